"""One figure as it was known over time: steps from one vintage to the next, flags marked, gaps where withdrawn."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.look import Look, axis, framed
from dashboards.charts.marks import Row, is_provisional, number, records, text_of
from dashboards.charts.scale import breaks
from dashboards.charts.values import tick_texts
from indicators.phrase import date_text, flags_text
from indicators.words import translate

FEW = 8
"""Up to so many steps are labelled one by one."""
DECIMALS = 2
"""A revision is often smaller than what pages show elsewhere."""


def vintages(rows: pd.DataFrame, end: datetime, look: Look, lang: str) -> go.Figure:
    """Steps of what was known of a figure, up to ``end``; rows of ``courses.course``, at least one with a value.

    What rests on undated captures begins where the chart does.
    """
    steps = _dated(records(rows), end)
    values = [value for row in steps if (value := number(row["value"])) is not None]
    span = max(max(values) - min(values), max(values) * 0.01, 0.1)
    places = breaks(
        [max(min(values) - span / 4, 0) if min(values) >= 0 else min(values), max(values) + span / 4]
    )
    return framed(
        [_line(steps, look), _marks(steps, look, lang)],
        look,
        height=280,
        xaxis=axis(
            look,
            showgrid=False,
            type="date",
            nticks=5,
            tickformat="%m/%Y",
            hoverformat="",
            range=_margins(steps),
        ),
        yaxis=axis(
            look,
            range=[places[0] - (places[1] - places[0]) / 4, places[-1]],
            tickvals=list(places),
            ticktext=tick_texts(places, str(rows["unit"].iloc[0]), lang),
        ),
        annotations=_labels(steps, look, lang),
        margin={"l": 8, "r": 24, "t": 24, "b": 8},
    )


def _dated(rows: Sequence[Row], end: datetime) -> list[Row]:
    """The rows with a beginning and an end each; an undated one begins a tenth before all others."""
    known = [pd.Timestamp(row["known_from"]) for row in rows if pd.notna(row["known_from"])]  # type: ignore[arg-type, call-overload]
    last = max([pd.Timestamp(end), *known])
    first = min(known, default=last)
    before = first - max((last - first) / 10, pd.Timedelta(days=30))
    return [
        {
            **row,
            "begins": row["known_from"] if pd.notna(row["known_from"]) else before,  # type: ignore[call-overload]
            "ends": row["known_to"] if pd.notna(row["known_to"]) else last,  # type: ignore[call-overload]
        }
        for row in rows
    ]


def _margins(steps: Sequence[Row]) -> list[object]:
    """All of time, and a little before it, so that the first mark and date stand clear of the values' axis."""
    begins = min(pd.Timestamp(row["begins"]) for row in steps)  # type: ignore[arg-type]
    ends = max(pd.Timestamp(row["ends"]) for row in steps)  # type: ignore[arg-type]
    return [begins - (ends - begins) / 20, ends]


def _line(steps: Sequence[Row], look: Look) -> dict[str, Any]:
    """The steps; nothing is drawn from what was withdrawn to what came later."""
    x: list[object] = []
    y: list[float | None] = []
    for row in steps:
        if x and x[-1] != row["begins"]:
            x.append(x[-1])
            y.append(None)
        value = number(row["value"])
        x += [row["begins"], row["ends"]]
        y += [value, value]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": look.union, "width": 3},
        "hoverinfo": "skip",
        "connectgaps": False,
    }


def _marks(steps: Sequence[Row], look: Look, lang: str) -> dict[str, Any]:
    valued = [row for row in steps if number(row["value"]) is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row["begins"] for row in valued],
        "y": [number(row["value"]) for row in valued],
        "customdata": [_tooltip(row, lang) for row in valued],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "size": 9,
            "color": look.union,
            "symbol": ["circle-open" if is_provisional(str(row["flags"])) else "circle" for row in valued],
        },
    }


def _tooltip(row: Row, lang: str) -> str:
    parts = [f"<b>{html.escape(text_of(row, lang, DECIMALS, flags=False))}</b>", span_text(row, lang)]
    return "<br>".join([*parts, *filter(None, [flags_text(str(row["flags"]), lang)])])


def span_text(row: Row, lang: str) -> str:
    """From when to when something was known, in words."""
    since, until = (day_text(row[name], lang) for name in ("known_from", "known_to"))
    if not until:
        return translate("known since {since}", lang, since=since or translate("undated", lang))
    return translate(
        "known from {since} to {until}", lang, since=since or translate("undated", lang), until=until
    )


def day_text(moment: object, lang: str) -> str:
    """The day of a moment; empty where there is none."""
    if moment is None or pd.isna(moment):  # type: ignore[call-overload]
        return ""
    return date_text(pd.Timestamp(moment).date(), lang, short=True)  # type: ignore[arg-type]


def _labels(steps: Sequence[Row], look: Look, lang: str) -> list[dict[str, Any]]:
    """The value, and its flags in words, at each step that changes either; too many would lie on each other."""
    shown, said = [], ("", "")
    for row in steps:
        now = (text_of(row, lang, DECIMALS, flags=False), flags_text(str(row["flags"]), lang))
        if number(row["value"]) is not None and now != said:
            shown.append((row, [text for text in now if text]))
        said = now
    return [
        {
            "x": row["begins"],
            "y": number(row["value"]),
            "text": "<br>".join(html.escape(text) for text in texts),
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom",
            "align": "left",
            "yshift": 4,
            "font": {"color": look.text, "size": 13},
        }
        for row, texts in (shown if len(shown) <= FEW else [])
    ]
