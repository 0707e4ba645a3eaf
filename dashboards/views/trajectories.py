"""Trajectories: where an indicator goes by 2030 if it goes on, how well that foretold the past, and other paces."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboards import data
from dashboards.address import choice, drop
from dashboards.charts.ahead import ahead
from dashboards.charts.values import UNITS
from dashboards.exhibit import Exhibit, Listing, exhibit, listed, plain, show
from dashboards.heading import opening
from dashboards.keeping import kept
from dashboards.reader import Reader, reader
from dashboards.selection import part, points
from indicators.model import Indicator, Target
from indicators.outlook import Outlook, finding, formula, notes, outlook, tested
from indicators.pace import progress_text, standing
from indicators.phrase import amount_text, value_text
from indicators.registry import in_reading_order, indicators
from indicators.scenario import Scenario, scenarios
from indicators.targets import targets_of
from indicators.trajectory import HORIZON, PERCENTAGES, comparable, yearly
from indicators.words import N_, apart, geo_name, translate, worded

FIRST = "enterprises_using_ai"
"""Long enough to be projected; the target that binds is of an indicator with too few years yet."""
INDICATOR, PACE = "indicator", "pace"
"""Names in the address."""
SUPPOSED = {
    "same pace": N_("same pace"),
    "double pace": N_("double pace"),
    "pace of the best five": N_("pace of the best five"),
    "own pace": N_("a pace of your own"),
}


def page(reader: Reader) -> None:
    """Draw the page."""
    ids = data.with_course(reader.release)
    if not ids:
        text = translate("This release holds no indicator with a yearly course.", reader.lang)
        opening(translate("Trajectories", reader.lang), [text])
        return
    indicator = _chosen(ids, reader)
    said = _outlook(indicator, reader)
    if reader.day:
        st.info(translate("Projections are made from what is known now, not as of a day.", reader.lang))
    opening(
        translate(
            "{title}: where does it go from here?", reader.lang, title=translate(indicator.title, reader.lang)
        ),
        [finding(said, reader.lang)],
    )
    _targets(indicator, reader)
    _chart(indicator, reader)
    _test(said, reader)


@kept()
def _outlook(indicator: Indicator, reader: Reader) -> Outlook:
    return outlook(reader.release, indicator, reader.geo)


def _chosen(ids: Sequence[str], reader: Reader) -> Indicator:
    """The indicator of the address, or the first one; only those with a yearly course."""
    name = choice(
        translate("Indicator", reader.lang),
        INDICATOR,
        [one.id for one in in_reading_order() if one.id in ids],
        FIRST if FIRST in ids else ids[0],
        lambda one: translate(indicators()[one].title, reader.lang),
    )
    return indicators()[name]


def _targets(indicator: Indicator, reader: Reader) -> None:
    """Official targets come before anything of ours: distance, required pace and the pace achieved."""
    aims = targets_of(data.targets(reader.release), indicator.id, reader.geo)
    rows = [
        _line(aim, indicator, reader) for aim in aims if aim.value is not None and aim.status != "historic"
    ]
    if rows:
        title = worded(reader.say(indicator.title), translate("Targets", reader.lang), reader.lang)
        listing = Listing(f"{indicator.id}-targets", title, (indicator.id,), ("curated.targets",))
        listed(pd.DataFrame(rows), listing, reader)
    else:
        st.markdown(plain(translate("No target is set for it here.", reader.lang)))


def _line(aim: Target, indicator: Indicator, reader: Reader) -> dict[str, str]:
    lang = reader.lang
    now = standing(aim, points(_own(indicator, reader), reader.geo), indicator.better)

    def pace(value: float | None) -> str:
        return translate("not known", lang) if value is None else amount_text(value, indicator.unit, lang, 2)

    return {
        translate("Target", lang): f"{translate(aim.title, lang)}, {aim.year}",
        translate("Value", lang): value_text(aim.value, aim.unit, lang),
        translate("Required a year", lang): pace(now.required),
        translate("Achieved a year", lang): pace(now.achieved),
        translate("Status", lang): progress_text(now.progress, lang),
    }


def _own(indicator: Indicator, reader: Reader) -> pd.DataFrame:
    rows = part(reader.figures(indicator.id), "", "")
    return rows[(rows["geo"] == reader.geo) & rows["value"].notna()].sort_values("period")


def _chart(indicator: Indicator, reader: Reader) -> None:
    if _comparable(indicator, reader).empty:
        return
    show(_ahead(indicator, _pace(indicator, reader), reader), reader)


@kept()
def _comparable(indicator: Indicator, reader: Reader) -> pd.DataFrame:
    """The course of every place over the years that can be compared, if the reader's own place has any."""
    course = comparable(yearly(part(reader.figures(indicator.id), "", "")))
    return course if (course["geo"] == reader.geo).any() else course.head(0)


@kept(chart=True)
def _ahead(indicator: Indicator, pace: float | None, reader: Reader) -> Exhibit:
    """The place's own course, what is projected of it, and where it leads at other paces."""
    said, course, own = _outlook(indicator, reader), _comparable(indicator, reader), _own(indicator, reader)
    own = own[own["period"].isin({str(year) for year in course[course["geo"] == reader.geo]["year"]})]
    supposed = scenarios(course, reader.geo, indicator.unit, indicator.better, pace)
    names = {name: translate(text, reader.lang) for name, text in SUPPOSED.items()}
    aims = [
        aim
        for aim in targets_of(data.targets(reader.release), indicator.id, reader.geo)
        if aim.status != "historic"
    ]
    chart = ahead(own, said.projected, supposed, aims, names, reader.look, reader.lang)
    title = f"{translate(indicator.title, reader.lang)}, {geo_name(reader.geo, reader.lang)}"
    return exhibit("ahead", title, _summary(said, supposed, names, indicator, reader), chart, own, reader)


def _pace(indicator: Indicator, reader: Reader) -> float | None:
    """A pace that the reader chooses, kept in the address."""
    asked = st.query_params.get(PACE, "")
    try:
        start = float(asked) if asked else None
    except ValueError:
        start = math.nan
    if start is not None and not math.isfinite(start):
        start = None
        drop(PACE)
    label = translate(
        "A pace of your own ({unit} a year; empty: none)", reader.lang, unit=_unit(indicator, reader.lang)
    )
    chosen = st.number_input(label, value=start, step=0.5, format="%.2f")
    if chosen is None:
        st.query_params.pop(PACE, None)
    else:
        st.query_params[PACE] = f"{chosen:g}"
    return chosen


def _unit(indicator: Indicator, lang: str) -> str:
    name = "points" if indicator.unit in PERCENTAGES else UNITS.get(indicator.unit, indicator.unit)
    return translate(name, lang)


def _summary(
    said: Outlook, supposed: list[Scenario], names: dict[str, str], indicator: Indicator, reader: Reader
) -> str:
    """The scenarios in a sentence, beside what the projection says."""
    ends = apart(
        (
            worded(names[one.supposition], value_text(one.end, indicator.unit, reader.lang), reader.lang)
            for one in supposed
        ),
        reader.lang,
    )
    told = translate("By {year}: {list}.", reader.lang, year=HORIZON, list=ends) if ends else ""
    return told or finding(said, reader.lang)


def _test(said: Outlook, reader: Reader) -> None:
    """How the models did on the year that was held out, the formula, and what to mind."""
    st.header(translate("How far projections like this one miss", reader.lang), anchor=False)
    lines = tested(said, reader.lang) or [translate("No model could be tested.", reader.lang)]
    st.markdown("\n".join(f"- {plain(line)}" for line in [*lines, *notes(said, reader.lang)]))
    if said.verdict == "projected":
        st.header(translate("How it is computed", reader.lang), anchor=False)
        st.markdown(plain(formula(said, reader.lang)))
        texts = [
            worded(period, value_text(value, said.indicator.unit, reader.lang, 2), reader.lang)
            for period, value in _used(said, reader)
        ]
        st.markdown(plain(translate("Its own values: {list}.", reader.lang, list=apart(texts, reader.lang))))


def _used(said: Outlook, reader: Reader) -> list[tuple[str, float]]:
    own = _own(said.indicator, reader)
    own = own[own["period"].between(said.first_period, said.last_period)]
    return list(zip(own["period"], own["value"], strict=True))


page(reader())
