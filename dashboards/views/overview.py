"""The overview: every indicator's EU value, or the chosen country's, on one card each."""

from __future__ import annotations

import streamlit as st

from dashboards.heading import findings, note, opening
from dashboards.keeping import kept, of_all
from dashboards.offered import offer as offer_brief
from dashboards.panel import Choices, offer
from dashboards.reader import Reader, reader
from dashboards.selection import part
from dashboards.themes import grid
from dashboards.usual import show_trend
from indicators.registry import in_reading_order
from indicators.words import translate


def page(reader: Reader) -> None:
    """Draw the page."""
    headline = reader.figures("enterprises_using_ai")
    sentence = translate("{value} of EU enterprises used AI in {period}", reader.lang)
    opening(
        translate("How far has artificial intelligence spread in the EU?", reader.lang),
        findings(headline, sentence, reader),
    )
    note(headline, reader)
    offer_brief(reader)
    made, named = _grid(reader)
    st.html(made)
    offer("cards", named, reader.lang)
    show_trend(headline, translate("Enterprises using AI over time", reader.lang), reader, "overview-trend")


@kept(of_all)
def _grid(reader: Reader) -> tuple[str, Choices]:
    """The cards in HTML and the numbers on them: of every indicator that is measured as a whole."""
    return grid(
        [one for one in in_reading_order() if len(part(reader.figures(one.id)))],
        reader,
        level=2,
    )


page(reader())
