"""Countries by value, as horizontal bars with the EU's value drawn through; what is missing stands below in words."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.look import Look, axis, framed
from dashboards.charts.marks import colour_key, described, parted, room
from dashboards.charts.values import value_axis
from indicators.words import alphabetical
from sources.codes import EU

ROW, TALL = 22, 38
"""Pixels of a country, and of one whose text takes two lines."""


def ranking(figures: pd.DataFrame, look: Look, lang: str, chosen: str = "") -> go.Figure:
    """Bars for the figures of one period, one a geography, the highest on top."""
    rows = _in_order(parted(described(figures, lang)), lang)
    measured, union = rows[rows["value"].notna()], rows[rows["geo"] == EU]
    top = max(float(measured["value"].max()), 0.0) if len(measured) else 1.0
    low = min(float(measured["value"].min()), 0.0) if len(measured) else 0.0
    unit = str(rows["unit"].iloc[0])
    xaxis = value_axis(top, unit, look, lang, low=low, side="top")
    return framed(
        [_bars(rows, look, chosen)],
        look,
        height=(TALL if rows["text"].str.contains("<br>").any() else ROW) * len(rows) + 56,
        bargap=0.28,
        xaxis=xaxis,
        margin={"l": 8, "r": room(rows, *xaxis["range"]), "t": 8, "b": 8},
        yaxis=axis(look, showgrid=False, ticksuffix=" ", tickfont={"color": look.text, "size": 13}),
        shapes=_union_line(union, look),
        annotations=_labels(rows, look),
    )


def _in_order(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """From the bottom up: places without a value, then the lowest; what is equal by name."""
    places = {geo: place for place, geo in enumerate(alphabetical(rows["geo"], lang))}
    rows = rows.assign(place=rows["geo"].map(places))
    return rows.sort_values(["value", "place"], ascending=[True, False], na_position="first")


def _bars(rows: pd.DataFrame, look: Look, chosen: str) -> dict[str, Any]:
    colours = [getattr(look, colour_key(geo, chosen)) for geo in rows["geo"]]
    return {
        "type": "bar",
        "orientation": "h",
        "y": rows["name"].tolist(),
        "x": rows["value"].fillna(0).tolist(),
        "customdata": rows["tooltip"].tolist(),
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "color": ["rgba(0,0,0,0)" if h else c for h, c in zip(rows["hollow"], colours, strict=True)],
            "line": {"color": colours, "width": [1.5 if hollow else 0 for hollow in rows["hollow"]]},
        },
    }


def _labels(rows: pd.DataFrame, look: Look) -> list[dict[str, Any]]:
    """The values beside their bars, each on a ground of its own, so that the EU's line does not cross them."""
    missing = rows["value"].isna()
    colours = [look.muted if nothing else look.text for nothing in missing]
    return [
        {
            "x": value,
            "y": name,
            "text": text,
            "showarrow": False,
            "xanchor": "left",
            "align": "left",
            "xshift": 3,
            "borderpad": 1,
            "bgcolor": look.background,
            "font": {"size": 13, "color": colour},
        }
        for value, name, text, colour in zip(
            rows["value"].fillna(0).clip(lower=0), rows["name"], rows["text"], colours, strict=True
        )
    ]


def _union_line(union: pd.DataFrame, look: Look) -> list[dict[str, Any]]:
    return [
        {
            "type": "line",
            "x0": value,
            "x1": value,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "layer": "below",
            "line": {"color": look.union, "width": 1.5, "dash": "dot"},
        }
        for value in union["value"].dropna()
    ]
