"""The map of Europe: five classes of one hue, what is missing hatched with its reason, neighbours in grey.

Shapes are drawn as filled lines in their own projection: Plotly's own maps would ask a server for theirs.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.look import Look, framed
from dashboards.charts.marks import described
from dashboards.charts.scale import breaks, class_of
from dashboards.charts.values import tick_texts
from indicators.phrase import STATUS_WORDS
from indicators.words import geo_name, translate

SHAPES = Path(__file__).parents[1] / "static" / "europe.json"
WINDOW = {"x": (2480.0, 6800.0), "y": (1330.0, 5480.0)}
INSET_SIZE = 560.0
INSET_LEFT = 6180.0
INSET_TOPS = {"LU": 5440.0, "MT": 4830.0, "CY": 4220.0}
HATCHES = {"not publishable": "/", "not measured": ".", "not comparable": "x", "not loaded": "x"}
Ring = list[float]


@cache
def shapes() -> dict[str, Any]:
    """The country shapes with their attribution, as the bundled file holds them."""
    content: dict[str, Any] = json.loads(SHAPES.read_text())
    return content


def europe(figures: pd.DataFrame, look: Look, lang: str, chosen: str = "") -> go.Figure:
    """A map of the figures of one period; geographies without a shape are left out."""
    rows = described(figures[figures["geo"].isin(shapes()["countries"])], lang).to_dict("records")
    limits = breaks([row["value"] for row in rows if not pd.isna(row["value"])] or [0.0])
    kinds = [_kind(row, limits) for row in rows]
    drawn = {str(row["geo"]) for row in rows}
    land = [shape["rings"] for geo, shape in shapes()["countries"].items() if geo not in drawn]
    traces = [_neighbours([*land, shapes()["neighbours"]], look), *_legend(kinds, rows, limits, look, lang)]
    traces += [_country(row, kind, look) for row, kind in zip(rows, kinds, strict=True)]
    traces += _insets(rows, kinds, look)
    if chosen in drawn:
        traces.append(_outline(shapes()["countries"][chosen]["rings"], look))
    if chosen in drawn & INSET_TOPS.keys():
        traces.append(_outline(_enlarged(chosen), look))
    return framed(traces, look, height=560, **_frame(look, lang, drawn))


def _kind(row: dict[Any, Any], limits: tuple[float, ...]) -> int | str:
    """A class of values, or the reason why there is no value."""
    return str(row["status"]) if pd.isna(row["value"]) else class_of(row["value"], limits)


def _filling(kind: int | str, look: Look) -> dict[str, Any]:
    if isinstance(kind, int):
        return {"fill": "toself", "fillcolor": look.steps[kind]}
    pattern = {
        "shape": HATCHES.get(kind, "x"),
        "fgcolor": look.hatch,
        "bgcolor": look.background,
        "size": 6,
        "solidity": 0.25,
    }
    return {"fill": "toself", "fillpattern": pattern}


def _country(row: dict[Any, Any], kind: int | str, look: Look) -> dict[str, Any]:
    return _area(shapes()["countries"][row["geo"]]["rings"], _filling(kind, look), look, row["tooltip"])


def _area(rings: list[Ring], filling: dict[str, Any], look: Look, tip: str = "") -> dict[str, Any]:
    x, y = _path(rings)
    hover = {"hoveron": "fills", "text": tip, "hoverinfo": "text"} if tip else {"hoverinfo": "skip"}
    line = {"color": look.border, "width": 0.7}
    return (
        {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "showlegend": False}
        | filling
        | hover
    )


def _neighbours(shapes_of: list[list[Ring]], look: Look) -> dict[str, Any]:
    rings = [ring for rings in shapes_of for ring in rings]
    return _area(rings, {"fill": "toself", "fillcolor": look.land}, look)


def _outline(rings: list[Ring], look: Look) -> dict[str, Any]:
    x, y = _path(rings)
    line = {"color": look.chosen, "width": 2.5}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": line,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _path(rings: list[Ring]) -> tuple[list[float | None], list[float | None]]:
    """Closed rings one after the other, parted by gaps."""
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in rings:
        x += [*ring[0::2], ring[0], None]
        y += [*ring[1::2], ring[1], None]
    return x[:-1], y[:-1]


def _legend(
    kinds: list[int | str], rows: list[dict[Any, Any]], limits: tuple[float, ...], look: Look, lang: str
) -> list[dict[str, Any]]:
    unit = str(rows[0]["unit"]) if rows else ""
    ends = tick_texts(limits, unit, lang)
    names: dict[int | str, str] = {i: f"{ends[i]} – {ends[i + 1]}" for i in range(len(look.steps))}
    missing = [reason for reason in HATCHES if reason in kinds]
    names |= {reason: translate(STATUS_WORDS[reason], lang) for reason in missing}
    shown: list[int | str] = [*reversed(range(len(look.steps))), *missing] if rows else []
    return [_key(f"{names[kind]}  ({kinds.count(kind)})", kind, look) for kind in shown]


def _key(name: str, kind: int | str, look: Look) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [None],
        "y": [None],
        "mode": "lines",
        "name": name,
        "line": {"color": look.hatch, "width": 0.7},
        "hoverinfo": "skip",
    } | _filling(kind, look)


def _insets(rows: list[dict[Any, Any]], kinds: list[int | str], look: Look) -> list[dict[str, Any]]:
    traces = []
    for row, kind in zip(rows, kinds, strict=True):
        if row["geo"] in INSET_TOPS:
            traces.append(_area([_box(row["geo"])], {"fill": "toself", "fillcolor": look.background}, look))
            traces.append(_area(_enlarged(row["geo"]), _filling(kind, look), look, row["tooltip"]))
    return traces


def _box(geo: str) -> Ring:
    top, left, right = INSET_TOPS[geo], INSET_LEFT, INSET_LEFT + INSET_SIZE
    return [left, top, right, top, right, top - INSET_SIZE, left, top - INSET_SIZE]


def _enlarged(geo: str) -> list[Ring]:
    """An inset's rings, moved and enlarged so that they fill the lower part of their box."""
    rings: list[Ring] = shapes()["insets"][geo]
    xs, ys = [v for r in rings for v in r[0::2]], [v for r in rings for v in r[1::2]]
    factor = INSET_SIZE * 0.66 / max(max(xs) - min(xs), max(ys) - min(ys))
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    to = INSET_LEFT + INSET_SIZE / 2, INSET_TOPS[geo] - INSET_SIZE * 0.6
    return [[to[i % 2] + (value - middle[i % 2]) * factor for i, value in enumerate(ring)] for ring in rings]


def _frame(look: Look, lang: str, drawn: set[str]) -> dict[str, Any]:
    hidden = {"visible": False, "fixedrange": True}
    names = [
        {
            "x": INSET_LEFT + INSET_SIZE / 2,
            "y": top - 20,
            "text": geo_name(geo, lang),
            "showarrow": False,
            "yanchor": "top",
            "font": {"size": 12, "color": look.muted},
        }
        for geo, top in INSET_TOPS.items()
        if geo in drawn
    ]
    return {
        "xaxis": {**hidden, "range": WINDOW["x"]},
        "yaxis": {**hidden, "range": WINDOW["y"], "scaleanchor": "x", "constrain": "domain"},
        "annotations": names,
        "showlegend": True,
        "legend": {
            "x": 0,
            "y": 1,
            "bgcolor": "rgba(0,0,0,0)",
            "font": {"size": 13, "color": look.text},
            "itemclick": False,
            "itemdoubleclick": False,
            "tracegroupgap": 0,
        },
    }
