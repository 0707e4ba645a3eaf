"""Investment: what is spent on AI and near it, by whom, against what was announced or is to be proposed."""

from __future__ import annotations

import streamlit as st

from dashboards import data
from dashboards.charts.marks import has_value
from dashboards.investment import continued, show_investment
from dashboards.reader import Reader, reader
from dashboards.selection import part, stated
from dashboards.themes import theme_page
from dashboards.usual import show_members, show_ranking, show_trend
from indicators.registry import indicators, themes
from indicators.targets import targets_of
from indicators.words import translate

ESTIMATE, CAPITAL, ANNOUNCED = "ai_investment", "venture_capital_ai", "ai_investment_announced"
COMPOSITION = "ai_investment_composition"
THEME = "investment"


def page(reader: Reader) -> None:
    """Draw the page."""
    lang = reader.lang
    question = translate("How much is invested in AI, and what is aimed for?", lang)
    theme_page(
        THEME,
        question,
        _sentences(reader),
        lambda: _charts(reader),
        reader,
        [one.id for one in themes()[THEME]],
    )


def _sentences(reader: Reader) -> list[str]:
    lang, row = reader.lang, stated(part(reader.figures(ESTIMATE)))
    said = []
    if row is not None:
        said.append(continued(row, lang))
    said.append(
        translate(
            "There is no target for AI investment yet: one is to be proposed. Nobody measures AI investment as such, so "
            "the other figures are near it, not parts of it.",
            lang,
        )
    )
    return said


def _charts(reader: Reader) -> None:
    lang = reader.lang
    show_investment(reader, targets_of(data.targets(reader.release), ESTIMATE))
    composed, announced = reader.figures(COMPOSITION), reader.figures(ANNOUNCED)
    for name, figures in ((COMPOSITION, composed), (ANNOUNCED, announced)):
        title = translate(indicators()[name].title, lang)
        for breakdown in figures["breakdown"].unique():
            show_members(figures, breakdown, title, reader, f"{name}-{breakdown}")
    capital = reader.figures(CAPITAL)
    if has_value(part(capital)).any():
        title = translate(indicators()[CAPITAL].title, lang)
        show_trend(capital, translate("{title} over time", lang, title=title), reader, "capital-trend")
        show_ranking(capital, translate("{title} by country", lang, title=title), reader, "capital-ranking")
        st.caption(
            translate(
                "Venture capital is private data on deals; it is never added to official statistics.", lang
            )
        )


page(reader())
