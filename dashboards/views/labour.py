"""Labour market: ICT specialists and unemployment, the setting in which AI changes work."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import data
from dashboards.heading import findings, note
from dashboards.reader import Reader, reader
from dashboards.themes import show_together, theme_page
from dashboards.usual import show_members, show_ranking, show_trend
from indicators.model import Target
from indicators.targets import targets_of
from indicators.words import translate

SPECIALISTS, NUMBER, UNEMPLOYMENT = "ict_specialists", "ict_specialists_employed", "unemployment"


def page(reader: Reader) -> None:
    """Draw the page."""
    lang = reader.lang
    share, number = (reader.figures(name) for name in (SPECIALISTS, NUMBER))
    said = [
        *findings(
            share,
            translate("{value} of all people in employment in the EU were ICT specialists in {period}", lang),
            reader,
        ),
        *findings(number, translate("That was {value} people in {period}", lang), reader)[:1],
    ]
    question = translate("Who works with digital technology, and how is the labour market?", lang)
    method = [SPECIALISTS, NUMBER, UNEMPLOYMENT]
    theme_page("labour", question, said, lambda: _charts(reader), reader, method)


def _charts(reader: Reader) -> None:
    lang, rate = reader.lang, reader.figures(UNEMPLOYMENT)
    st.markdown(
        translate(
            "ICT specialists build and run digital technology; few of them work on AI alone. No official statistic "
            "yet counts AI jobs, so these figures are the setting, not AI's effect.",
            lang,
        )
    )
    note(reader.figures(SPECIALISTS), reader)
    _specialists(reader, data.targets(reader.release))
    if len(rate):
        show_trend(
            rate, translate("Unemployment rate, seasonally adjusted", lang), reader, "unemployment-trend"
        )
        show_ranking(rate, translate("Unemployment rate by country", lang), reader, "unemployment")
        show_members(
            rate, "sex", translate("Unemployment rate of women and men", lang), reader, "sex", ranked=False
        )
    show_together("labour", reader)


def _specialists(reader: Reader, register: Sequence[Target]) -> None:
    lang = reader.lang
    share, number = (reader.figures(name) for name in (SPECIALISTS, NUMBER))
    if len(share):
        show_ranking(share, translate("ICT specialists in % of employment", lang), reader, "specialists")
        show_trend(
            share,
            translate("ICT specialists in % of employment, over time", lang),
            reader,
            "specialists-trend",
        )
    aims = targets_of(register, NUMBER)
    own = number[number["geo"].isin([reader.geo])]
    show_trend(own, translate("ICT specialists employed", lang), reader, "number-trend", aims)


page(reader())
