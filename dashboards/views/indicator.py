"""Any indicator of the catalogue: where, since when, of what, against which target, how measured, how revised."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import courses, data
from dashboards.aims import line
from dashboards.charts.marks import has_value, number, records, text_of
from dashboards.charts.vintages import DECIMALS, day_text
from dashboards.courses import Part
from dashboards.exhibit import Listing, listed, plain
from dashboards.heading import findings, in_or_on, note, opening
from dashboards.keeping import kept
from dashboards.links import link
from dashboards.measure import (
    ADOPTION,
    Measure,
    choose,
    is_collected,
    measured,
    member_name,
    parts,
    title,
    waiting,
)
from dashboards.reader import Reader, reader
from dashboards.selection import member_states, newest_period, part
from dashboards.together import COLLECTED, show_scatter
from dashboards.usual import show_map, show_members, show_ranking, show_trend
from indicators.labels import label
from indicators.methodology import entry
from indicators.model import Indicator
from indicators.phrase import period_text
from indicators.registry import indicators
from indicators.targets import targets_of
from indicators.words import geo_name, translate, worded
from sources.codes import EU

INDICATOR = "indicator"
"""Name in the address; all pages about one indicator use it."""
MOST_REVISIONS = 10


def page(reader: Reader) -> None:
    """Draw the page."""
    lang, place = reader.lang, st.container()
    with st.container(key="measure"):
        measure = choose(
            INDICATOR, translate("Indicator", lang), list(indicators()), Measure(ADOPTION), reader
        )
    indicator, figures = measure.catalogued, reader.figures(measure.indicator)
    with place:
        opening(translate(indicator.question, lang), _sentences(measure, figures, reader))
        note(figures, reader, measure.breakdown, measure.member)
    if has_value(figures).any():
        _charts(measure, figures, reader)
        _targets(indicator, reader)
        _together(measure, reader)
        _revisions(measure, reader)
        _elsewhere(measure, reader)
    _method(indicator, lang)


def _sentences(measure: Measure, figures: pd.DataFrame, reader: Reader) -> list[str]:
    """What the data say in the newest period, and in which unit; or what the indicator waits for."""
    lang, own = reader.lang, measured(measure, reader)
    if not has_value(own).any():
        name = title(measure, reader)
        return [translate("{name}: {list}.", lang, name=name, list=waiting(measure.catalogued, lang))]
    unit = label("unit", str(own["unit"].iloc[0]), lang)
    of_part = member_name(measure, reader) if measure.breakdown else ""
    return [
        f"{of_part}." if of_part else "",
        *findings(figures, in_or_on(own, lang), reader, measure.breakdown, measure.member),
        translate("Unit: {unit}.", lang, unit=unit),
    ]


def _charts(measure: Measure, figures: pd.DataFrame, reader: Reader) -> None:
    """Map, ranking and course of what is chosen, and the members of every breakdown."""
    lang, name, key = reader.lang, title(measure, reader), measure.key
    of = (measure.breakdown, measure.member)
    if has_value(member_states(part(figures, *of))).any():
        show_map(figures, name, reader, f"{key}-map", *of)
        by_country = translate("{title} by country", lang, title=name)
        show_ranking(figures, by_country, reader, f"{key}-ranking", *of)
    over_time = translate("{title} over time", lang, title=name)
    aims = targets_of(data.targets(reader.release), measure.indicator) if not measure.breakdown else ()
    if measured(measure, reader)["period"].nunique() > 1:
        show_trend(figures, over_time, reader, f"{key}-trend", aims, *of)
    else:
        st.caption(translate("This release holds one period only: there is no course to show.", lang))
    for breakdown in dict.fromkeys(one.breakdown for one in parts(measure.indicator, reader)):
        if breakdown:
            own = translate(measure.catalogued.title, lang)
            heading = worded(own, label("breakdown", breakdown, lang), lang)
            whole = EU if (part(figures, breakdown)["geo"] == EU).any() else "ALL"
            show_members(figures, breakdown, heading, reader, f"{measure.indicator}-{breakdown}", whole=whole)


def _targets(indicator: Indicator, reader: Reader) -> None:
    aims = targets_of(data.targets(reader.release), indicator.id)
    title = translate("Targets", reader.lang)
    st.header(title, anchor=False)
    if aims:
        listing = Listing(
            f"targets-{indicator.id}",
            worded(title, reader.say(indicator.title), reader.lang),
            (indicator.id,),
            ("curated.targets",),
        )
        listed(pd.DataFrame([line(aim, reader) for aim in aims]), listing, reader)
    else:
        st.markdown(translate("No target is set, announced or proposed for it.", reader.lang))


def _together(measure: Measure, reader: Reader) -> None:
    """How it goes together with the headline of AI adoption."""
    if measure.indicator == ADOPTION or not has_value(member_states(measured(measure, reader))).any():
        return
    if is_collected(measure.catalogued):
        st.caption(plain(reader.say(COLLECTED)))
        return
    show_scatter(Measure(ADOPTION), measure, reader, f"{measure.key}-together")


def _revisions(measure: Measure, reader: Reader) -> None:
    """What was known of the newest figure before, and how often figures of this measure changed."""
    lang = reader.lang
    st.header(translate("Revisions", lang), anchor=False)
    said, shown, name = _revised(measure, reader)
    if said:
        st.markdown(plain(said))
    if len(shown):
        title = f"{reader.say(measure.catalogued.title)}, {name}: {translate('Revisions', lang)}"
        listed(shown, Listing(f"{measure.key}-revisions", title, (measure.indicator,)), reader)


@kept()
def _revised(measure: Measure, reader: Reader) -> tuple[str, pd.DataFrame, str]:
    """What is said of the newest figure's revisions, what was known of it when, and its name."""
    lang = reader.lang
    own = Part(measure.indicator, reader.geo, measure.breakdown, measure.member)
    period = newest_period(measured(measure, reader), reader.geo)
    editions = not courses.periods(reader.release, own, ask=data.ask)
    rows = records(courses.course(reader.release, own, "" if editions else period, reader.day, ask=data.ask))
    if not rows:
        return translate("Nothing was known of this figure then.", lang), pd.DataFrame(), ""
    values = [number(row["value"]) for row in rows if number(row["value"]) is not None]
    name = f"{geo_name(reader.geo, lang)}, {period_text(period, lang)}"
    said = ""
    if len(set(values)) < 2 and not editions:
        said = translate("{name}: its value has not changed since it was first known here.", lang, name=name)
    shown = [
        {
            translate("Known from", lang): day_text(row["known_from"], lang) or translate("undated", lang),
            translate("Period", lang): period_text(str(row["period"]), lang),
            translate("Value", lang): text_of(row, lang, DECIMALS),
        }
        for row in rows[-MOST_REVISIONS:]
    ]
    return said, pd.DataFrame(shown), name


def _elsewhere(measure: Measure, reader: Reader) -> None:
    """Where else the page of one indicator leads."""
    pages = {
        "compare": (translate("Compare with another indicator", reader.lang), {"up": measure.text}),
        "revisions": (translate("All revisions of it", reader.lang), {"figure": measure.indicator}),
    }
    if measure.indicator in data.with_course(reader.release):
        there = {INDICATOR: measure.indicator}
        pages["trajectories"] = (translate("Its course until 2030", reader.lang), there)
    with st.container(horizontal=True):
        for name, (text, query) in pages.items():
            link(name, text, **query)


@st.cache_resource(show_spinner=False, hash_funcs={Indicator: lambda indicator: indicator.id})
def _method(indicator: Indicator, lang: str) -> None:
    st.header(translate("How this is measured, and what to mind", lang), anchor=False)
    st.markdown("\n".join(entry(indicator, lang)))


page(reader())
