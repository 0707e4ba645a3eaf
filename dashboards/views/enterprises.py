"""Enterprises: how many use AI, where, since when, of which size, in which activities, with which technologies."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import data
from dashboards.address import choice
from dashboards.heading import findings, note
from dashboards.reader import Reader, reader
from dashboards.themes import theme_page
from dashboards.usual import show_map, show_members, show_ranking, show_trend
from indicators.registry import indicators
from indicators.targets import targets_of
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
    indicator, figures = indicators()[measure], reader.figures(measure)
    title = translate(indicator.title, reader.lang)
    aims = targets_of(data.targets(reader.release), measure)
    said = findings(figures, reader.say(MEASURES[measure]), reader)

    def charts() -> None:
        note(figures, reader)
        if figures.empty:
            st.info(translate("{title}: not in this release.", reader.lang, title=title))
            return
        show_map(figures, title, reader, "map")
        show_trend(figures, translate("{title} over time", reader.lang, title=title), reader, "trend", aims)
        show_ranking(figures, translate("{title} by country", reader.lang, title=title), reader, "ranking")
        _parts(reader)

    method = list(dict.fromkeys((measure, "sme_gap")))
    theme_page("enterprises", translate(indicator.question, reader.lang), said, charts, reader, method)


def _measure(reader: Reader) -> str:
    """The measure that the address or the reader names."""
    return choice(
        translate("Measure", reader.lang),
        "measure",
        list(MEASURES),
        next(iter(MEASURES)),
        lambda name: reader.say(indicators()[name].title),
    )


def _parts(reader: Reader) -> None:
    """What stays the same whatever measure is chosen: sizes, the gap, activities, technologies, the combination."""
    lang = reader.lang
    using = reader.figures("enterprises_using_ai")
    gap = reader.figures("sme_gap")
    left, right = st.columns(2, gap="large")
    with left:
        show_members(
            using, "size_emp", translate("AI use by size of enterprise", lang), reader, "size", ranked=False
        )
    with right:
        show_trend(gap, translate("Points by which SMEs lie behind large enterprises", lang), reader, "gap")
    left, right = st.columns(2, gap="large")
    by_activity = reader.figures("enterprises_using_ai_by_activity")
    sections, divisions = _activities(by_activity)
    with left:
        title = translate("AI use by economic activity", lang)
        show_members(by_activity, "nace_r2", title, reader, "activity", members=sections)
        by_technology = reader.figures("enterprises_using_ai_by_technology")
        show_members(by_technology, "indic_is", translate("AI use by technology", lang), reader, "technology")
        _combination(reader)
    with right:
        title = translate("AI use by economic activity in detail", lang)
        show_members(by_activity, "nace_r2", title, reader, "activity-detail", members=divisions)


def _activities(figures: pd.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of sections, and those of the divisions that the survey tells apart."""
    codes = [str(code) for code in figures["member"].unique()]
    sections = tuple(code for code in codes if len(code) == 1 or code == "S951")
    return sections, tuple(code for code in codes if code not in sections) or ("",)


def _combination(reader: Reader) -> None:
    figures = reader.figures("cloud_data_or_ai")
    title = translate("The parts of “cloud, data analytics or AI”", reader.lang)
    show_members(figures, "component", title, reader, "component")
    st.markdown(
        translate(
            "An enterprise that uses several of these counts once in the combination, so the parts do not add up to it.",
            reader.lang,
        )
    )


page(reader())
