"""A measure: one indicator, or one member of a breakdown of it, as pages name it, keep it in the address and ask it.

Which figures a release holds is asked of reader.py; what is drawn of them does not belong here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd
import streamlit as st

from dashboards import data
from dashboards.address import asked, drop, keep
from dashboards.charts.marks import has_value
from dashboards.keeping import kept
from dashboards.reader import Reader
from dashboards.selection import member_states, part
from indicators.explain import NoFigure
from indicators.explain.figure import formula_of
from indicators.labels import LABELS, label
from indicators.model import Indicator
from indicators.registry import datasets, in_reading_order, indicators
from indicators.words import translate, worded
from sources.registry import datasets as all_datasets
from sources.settings import Settings

ADOPTION = "enterprises_using_ai"
"""The headline of AI adoption, which all others are held against."""
ENOUGH = 10
"""A period with so many Member States stands for an indicator before a newer one with fewer."""


@dataclass(frozen=True)
class Measure:
    """``breakdown`` and ``member`` are empty for the whole."""

    indicator: str
    breakdown: str = ""
    member: str = ""

    @property
    def text(self) -> str:
        """What the address calls it: ``enterprises_using_ai``, ``enterprises_using_ai~size_emp~GE250``."""
        return "~".join((self.indicator, self.breakdown, self.member)) if self.breakdown else self.indicator

    @property
    def key(self) -> str:
        """The same as a part of the name of a file or a widget; codes of members hold no more than word signs."""
        return self.text.replace("~", "-").replace("_", "-").lower()

    @property
    def catalogued(self) -> Indicator:
        return indicators()[self.indicator]


def read(text: str) -> Measure | None:
    """The measure that an address names; None for a text that names none of the catalogue."""
    name, *rest = text.split("~")
    if name not in indicators() or len(rest) not in (0, 2):
        return None
    try:
        formula_of(indicators()[name], *(rest or ("", "")))
    except NoFigure:
        return None
    return Measure(name, *rest)


def title(measure: Measure, reader: Reader) -> str:
    """The indicator's title, and the member's name where it is of one."""
    own = translate(measure.catalogued.title, reader.lang)
    return worded(own, member_name(measure, reader), reader.lang) if measure.breakdown else own


def member_name(measure: Measure, reader: Reader) -> str:
    """The breakdown and its member in words, or that it is the whole."""
    if not measure.breakdown:
        return translate("the whole", reader.lang)
    official = data.names(reader.release, measure.breakdown, reader.lang)
    name = label(measure.breakdown, measure.member, reader.lang, official)
    return worded(label("breakdown", measure.breakdown, reader.lang), name, reader.lang)


def measured(measure: Measure, reader: Reader) -> pd.DataFrame:
    """All figures of the measure, of every place and period."""
    return part(reader.figures(measure.indicator), measure.breakdown, measure.member)


def by_country(figures: pd.DataFrame) -> tuple[str, dict[str, float | None]]:
    """The newest period with enough Member States, or else that with the most, and their values in it."""
    known = member_states(figures[figures["value"].notna()])
    counts = known.groupby("period")["geo"].nunique()
    if counts.empty:
        return "", {}
    enough = counts[counts >= ENOUGH]
    period = str(enough.index.max() if len(enough) else counts[counts == counts.max()].index.max())
    own = known[known["period"] == period]
    return period, dict(zip(own["geo"], own["value"], strict=True))


@kept(lambda indicator, *_: [indicator])
def parts(indicator: str, reader: Reader) -> list[Measure]:
    """The whole and the members that have values in this release, in the order of the catalogue's words."""
    figures = reader.figures(indicator)
    held = figures[has_value(figures)][["breakdown", "member"]].drop_duplicates()
    order = {name: list(LABELS.get(name, {})) for name in held["breakdown"]}
    found = [Measure(indicator, *pair) for pair in held.itertuples(index=False, name=None)]
    return sorted(found, key=lambda one: (one.breakdown, _place(one.member, order.get(one.breakdown, []))))


def _place(member: str, order: Sequence[str]) -> tuple[int, str]:
    return (order.index(member) if member in order else len(order), member)


def is_collected(indicator: Indicator) -> bool:
    """Whether it counts what somebody collected: this says how much was collected, and ranks no country."""
    return indicator.id in _collected()


@cache
def _collected() -> frozenset[str]:
    held = all_datasets(Settings())
    return frozenset(
        one.id
        for one in indicators().values()
        if any(held[name].kind == "curated collection" for name in datasets(one))
    )


def waits_for(indicator: Indicator) -> tuple[str, ...]:
    """The tables that bring the first figures of an indicator."""
    return (indicator.waits_for,) if indicator.waits_for else tuple(sorted(datasets(indicator)))


def waiting(indicator: Indicator, lang: str) -> str:
    """That an indicator is not measured yet, and which tables it waits for."""
    return translate(
        "not measured yet: its data ({tables}) are still to come",
        lang,
        tables=", ".join(waits_for(indicator)),
    )


def choose(name: str, title_of: str, ids: Sequence[str], default: Measure, reader: Reader) -> Measure:
    """An indicator of ``ids`` and, where it has any, a part of it; the address names both as one."""
    ids = [one.id for one in in_reading_order() if one.id in ids]
    _take_over(name, ids)
    st.session_state.setdefault(name, default.indicator)
    indicator = str(
        st.selectbox(
            title_of, ids, key=name, format_func=lambda one: translate(indicators()[one].title, reader.lang)
        )
    )
    chosen = _part(name, indicator, default, reader)
    keep(name, "" if chosen == default else chosen.text)
    return chosen


def _take_over(name: str, ids: Sequence[str]) -> None:
    value = asked(name)
    found = read(value) if value else None
    if value and (found is None or found.indicator not in ids):
        drop(name)
    elif found is not None:
        st.session_state[name] = found.indicator
        if found.breakdown:
            st.session_state[f"{name}-part-{found.indicator}"] = found.text


def _part(name: str, indicator: str, default: Measure, reader: Reader) -> Measure:
    found = {one.text: one for one in parts(indicator, reader)}
    if not found:
        return Measure(indicator)
    key = f"{name}-part-{indicator}"
    usual = default.text if default.text in found else next(iter(found))
    if st.session_state.get(key, usual) not in found:
        drop(name)
        del st.session_state[key]
    if len(found) == 1:
        return found[usual]
    st.session_state.setdefault(key, usual)
    chosen = st.selectbox(
        translate("Part", reader.lang),
        list(found),
        key=key,
        format_func=lambda one: member_name(found[one], reader),
    )
    return found[str(chosen)]
