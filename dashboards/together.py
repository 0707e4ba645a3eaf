"""Which indicators go together over Member States: the pairs of values, how strong, and the scatter of two.

What a coefficient is belongs to indicators/association.py; nothing here says what comes from what.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from dashboards.charts.marks import number, records, text_of
from dashboards.charts.scatter import Dot, scatter
from dashboards.exhibit import Exhibit, disarmed, exhibit, plain, show
from dashboards.keeping import kept, of_all
from dashboards.measure import Measure, by_country, is_collected, measured, title
from dashboards.reader import Reader
from dashboards.selection import newest_period
from indicators.association import Association, associate, association_text
from indicators.labels import label
from indicators.phrase import number_text, period_text
from indicators.registry import datasets, indicators
from indicators.words import N_, alphabetical, geo_name, translate, worded
from sources.codes import EU, MEMBER_STATES

COLLECTED = N_(
    "Counts of a collection reflect how much was collected in a country, so they cannot be held against other "
    "indicators."
)


@dataclass(frozen=True)
class Tie:
    """How an indicator goes together with another; ``shared`` are the tables that both are made from."""

    indicator: str
    period: str
    found: Association
    shared: tuple[str, ...]


def tie(measure: Measure, other: Measure, reader: Reader) -> Tie:
    """The association of two measures, each in its newest period."""
    return _tie(measure, other, reader.anybody())


@kept()
def _tie(measure: Measure, other: Measure, reader: Reader) -> Tie:
    period, values = by_country(measured(measure, reader))
    _, others = by_country(measured(other, reader))
    shared = datasets(measure.catalogued) & datasets(other.catalogued)
    return Tie(measure.indicator, period, associate(others, values), tuple(sorted(shared)))


def ties(other: Measure, reader: Reader) -> tuple[Tie, ...]:
    """All measured indicators by the strength of their association with another, the strongest first.

    Those that share no table with it come first; those without a coefficient come last. Counts of collections are
    left out.
    """
    return _ties(other, reader.anybody())


@kept(of_all)
def _ties(other: Measure, reader: Reader) -> tuple[Tie, ...]:
    names = [name for name, one in indicators().items() if name != other.indicator and not is_collected(one)]
    found = [tie(Measure(name), other, reader) for name in names]
    stated = [one for one in found if one.found.number]
    return tuple(sorted(stated, key=lambda one: (bool(one.shared), -_strength(one))))


def _strength(one: Tie) -> float:
    return -1.0 if one.found.spearman is None else abs(one.found.spearman)


def coefficient(value: float | None, lang: str) -> str:
    """A coefficient as a cell of a table."""
    return translate("too few countries", lang) if value is None else number_text(value, lang, 2)


def told(one: Tie, lang: str) -> list[str]:
    """The association in words, and what else may tie the two: one table, or how a collection was made."""
    texts = [association_text(one.found, lang)]
    if is_collected(indicators()[one.indicator]):
        texts.append(translate(COLLECTED, lang))
    if not one.shared:
        return texts
    return [
        *texts,
        translate(
            "Both are made from the table {tables}, so a part of this comes from how they are computed.",
            lang,
            tables=", ".join(one.shared),
        ),
    ]


def show_scatter(across: Measure, up: Measure, reader: Reader, key: str, peers: tuple[str, ...] = ()) -> None:
    """The scatter of two measures with its association, or a sentence where too few countries have both."""
    heading, texts, made = _scatter(across, up, reader, key, peers)
    if made is None:
        st.header(plain(heading), anchor=False)
        st.info(plain(texts))
    else:
        show(made, reader)


@kept(chart=True)
def _scatter(
    across: Measure, up: Measure, reader: Reader, key: str, peers: tuple[str, ...]
) -> tuple[str, str, Exhibit | None]:
    """Its heading, what is said of it, and the chart; None where too few countries have both."""
    sides = [_side(measure, reader) for measure in (across, up)]
    both = [geo for geo in (EU, *MEMBER_STATES) if all(geo in rows for _, rows in sides)]
    texts = told(tie(up, across, reader), reader.lang)
    names = [title(measure, reader) for measure in (across, up)]
    heading = translate("{one} and {other}", reader.lang, one=names[0], other=names[1])
    if not any(geo in MEMBER_STATES for geo in both):
        return heading, " ".join(texts), None
    (first, ones), (second, others) = sides
    dots = [_dot(geo, ones[geo], others[geo], names, reader.lang) for geo in both]
    axes = (_axis(names[0], ones[both[0]], first, reader), _axis(names[1], others[both[0]], second, reader))
    units = (str(ones[both[0]]["unit"]), str(others[both[0]]["unit"]))
    chart = scatter(dots, axes, units, reader.look, reader.lang, reader.country, peers)
    rows = pd.concat(
        [pd.DataFrame([rows[geo] for geo in both]).assign(label=name) for (_, rows), name in zip(sides, names, strict=True)],
        ignore_index=True,
    )  # fmt: skip
    lacking = [
        geo_name(geo, reader.lang) for geo in alphabetical(MEMBER_STATES, reader.lang) if geo not in both
    ]
    if lacking:
        texts.append(translate("Without both values: {list}.", reader.lang, list=", ".join(lacking)))
    made = exhibit(key, heading, " ".join(texts), chart, rows, reader)
    listed = sorted(alphabetical(both, reader.lang), key=lambda geo: geo != EU)
    cells = {translate("Country or group", reader.lang): [geo_name(geo, reader.lang) for geo in listed]}
    for (period, own), name in zip(sides, names, strict=True):
        column = f"{name}, {period_text(period, reader.lang)}"
        cells[column] = [text_of(own[geo], reader.lang, 2) for geo in listed]
    return heading, "", replace(made, worded=partial(_in_words, cells))


def _in_words(cells: dict[str, list[str]]) -> pd.DataFrame:
    return disarmed(pd.DataFrame(cells))


def _side(measure: Measure, reader: Reader) -> tuple[str, dict[str, dict[str, object]]]:
    """The period that stands for a measure, and its rows with a value by place."""
    figures = measured(measure, reader)
    period = by_country(figures)[0] or newest_period(figures)
    known = figures[(figures["period"] == period) & figures["value"].notna()]
    return period, {str(row["geo"]): row for row in records(known)}


def _dot(geo: str, one: dict[str, object], other: dict[str, object], names: list[str], lang: str) -> Dot:
    lines = [f"<b>{escape(geo_name(geo, lang))}</b>"]
    for row, name in zip((one, other), names, strict=True):
        period = period_text(str(row["period"]), lang)
        lines.append(escape(f"{worded(name, text_of(row, lang), lang)} · {period}", quote=False))
    return Dot(geo, number(one["value"]) or 0.0, number(other["value"]) or 0.0, "<br>".join(lines))


def _axis(name: str, row: dict[str, object], period: str, reader: Reader) -> str:
    unit = label("unit", str(row["unit"]), reader.lang)
    return ", ".join((name, unit, period_text(period, reader.lang)))
