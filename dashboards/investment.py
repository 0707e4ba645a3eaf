"""The estimates of AI investment in the EU against the goals, as two pages show them.

Venture capital and the proxies belong to the page of the theme.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboards.charts.bars import ranges
from dashboards.charts.marks import Row, records, text_of
from dashboards.exhibit import Exhibit, exhibit, show
from dashboards.keeping import kept
from dashboards.reader import Reader
from dashboards.selection import part
from indicators.model import Target
from indicators.phrase import one_bracket, period_text
from indicators.words import translate
from sources.codes import EU


def show_investment(reader: Reader, aims: Sequence[Target]) -> None:
    """The EU's estimates as bars from low to high, with the political goal for a year; or that there are none."""
    shown = _estimates(reader.figures("ai_investment"), tuple(aims), reader)
    if shown is None:
        st.info(translate("This release holds no figures for AI investment.", reader.lang))
    else:
        show(shown, reader)


@kept(chart=True)
def _estimates(figures: pd.DataFrame, aims: tuple[Target, ...], reader: Reader) -> Exhibit | None:
    figures = part(figures)
    rows = figures[(figures["geo"] == EU)].sort_values("period")
    if rows.empty:
        return None
    rows = rows.assign(label=[period_text(str(period), reader.lang) for period in rows["period"]])
    yearly = [aim for aim in aims if aim.status == "political"]
    text = " ".join(continued(row, reader.lang) for row in records(rows)[-1:])
    yet = translate(
        "The dashed line is a political goal for a year; the target announced in 2025 is to be proposed.",
        reader.lang,
    )
    title = translate("Public and private AI investment in the EU in a year", reader.lang)
    chart = ranges(rows, reader.look, reader.lang, yearly)
    return exhibit("investment", title, f"{text} {yet}", chart, rows.drop(columns="label"), reader)


def continued(row: Row, lang: str) -> str:
    """The newest estimate, and that no later one followed it."""
    said = translate(
        "{value} in {period}, by estimates that no later edition continued.",
        lang,
        value=text_of(row, lang),
        period=period_text(str(row["period"]), lang),
    )
    return one_bracket(said)
