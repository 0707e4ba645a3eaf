"""Enterprises: how many use AI, where, since when, of which size, in which activities, with which technologies."""

from __future__ import annotations

import streamlit as st

from dashboards import data
from dashboards.reader import Reader, reader
from dashboards.usual import (
    findings,
    note,
    opening,
    show_map,
    show_members,
    show_method,
    show_ranking,
    show_trend,
)
from indicators.registry import indicators
from indicators.words import N_, translate

MEASURES = {
    "enterprises_using_ai": N_("{value} of EU enterprises used AI in {period}"),
    "smes_using_ai": N_("{value} of SMEs in the EU used AI in {period}"),
    "large_enterprises_using_ai": N_("{value} of large enterprises in the EU used AI in {period}"),
    "cloud_data_or_ai": N_("{value} of EU enterprises used cloud, data analytics or AI in {period}"),
    "smes_basic_digital_intensity": N_("{value} of SMEs in the EU had basic digital intensity in {period}"),
}
"""What the map, the ranking and the trend can show -> the sentence that leads the page."""


def page(reader: Reader) -> None:
    """Draw the page."""
    measure = _measure(reader)
    indicator, figures = indicators()[measure], data.figures(reader.release, measure)
    title = translate(indicator.title, reader.lang)
    aims = [aim for aim in data.targets(reader.release) if aim.indicator == measure]
    opening(translate(indicator.question, reader.lang), findings(figures, reader.say(MEASURES[measure]), reader))
    note(figures, reader)
    if figures.empty:
        st.info(translate("{title}: not in this release.", reader.lang, title=title))
        return
    show_map(figures, title, reader, "map")
    show_trend(figures, translate("{title} over time", reader.lang, title=title), reader, "trend", aims)
    show_ranking(figures, translate("{title} by country", reader.lang, title=title), reader, "ranking")
    _parts(reader)
    show_method([indicators()[name] for name in dict.fromkeys((measure, "sme_gap"))], reader)


def _measure(reader: Reader) -> str:
    return str(
        st.selectbox(
            translate("Measure", reader.lang),
            list(MEASURES),
            format_func=lambda name: reader.say(indicators()[name].title),
            key="measure",
            persist_state="session",
        )
    )


def _parts(reader: Reader) -> None:
    """What stays the same whatever measure is chosen: sizes, the gap, activities, technologies, the combination."""
    lang = reader.lang
    using = data.figures(reader.release, "enterprises_using_ai")
    show_members(using, "size_emp", translate("AI use by size of enterprise", lang), reader, "size", ranked=False)
    gap = data.figures(reader.release, "sme_gap")
    show_trend(gap, translate("How many points SMEs lie behind large enterprises", lang), reader, "gap")
    by_activity = data.figures(reader.release, "enterprises_using_ai_by_activity")
    show_members(by_activity, "nace_r2", translate("AI use by economic activity", lang), reader, "activity")
    by_technology = data.figures(reader.release, "enterprises_using_ai_by_technology")
    show_members(by_technology, "indic_is", translate("AI use by technology", lang), reader, "technology")
    combination = data.figures(reader.release, "cloud_data_or_ai")
    title = translate("The parts of “cloud, data analytics or AI”", lang)
    show_members(combination, "component", title, reader, "component")
    st.markdown(
        translate(
            "An enterprise that uses several of these counts once in the combination, so the parts do not add up to it.",
            lang,
        )
    )


page(reader())
