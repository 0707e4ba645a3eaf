"""Where one country stands: for each indicator a line from the lowest to the highest Member State, with its marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboards.charts.look import Look, axis, framed
from dashboards.charts.marks import colour_key, wrapped
from indicators.words import translate
from sources.codes import EU

ROW = 56


@dataclass(frozen=True)
class Strip:
    """One indicator: its name, the values of the places that have one, and their tooltips."""

    name: str
    values: Mapping[str, float]
    tooltips: Mapping[str, str]

    def place(self, geo: str) -> float:
        """Between 0, the lowest value of all, and 1, the highest; 0.5 where all are alike."""
        low, high = min(self.values.values()), max(self.values.values())
        return 0.5 if high == low else (self.values[geo] - low) / (high - low)


def standing(
    strips: Sequence[Strip], look: Look, lang: str, chosen: str, peers: Sequence[str] = ()
) -> go.Figure:
    """One line an indicator, the first on top; values are told by the tooltips and by the table below."""
    kinds = ("other", "peer", "union", "chosen")
    return framed(
        [trace for kind in kinds if (trace := _marks(strips, kind, look, chosen, peers))["x"]],
        look,
        height=ROW * len(strips) + 60,
        margin={"l": 30, "r": 30, "t": 8, "b": 8},
        xaxis=axis(
            look,
            range=[-0.04, 1.04],
            tickvals=[0, 1],
            ticktext=[translate("lowest", lang), translate("highest", lang)],
            side="top",
        ),
        yaxis=axis(
            look,
            showgrid=True,
            range=[len(strips) - 0.5, -0.8],
            tickvals=list(range(len(strips))),
            showticklabels=False,
        ),
        annotations=[_name(strip, row, look) for row, strip in enumerate(strips)],
    )


def _name(strip: Strip, row: int, look: Look) -> dict[str, Any]:
    """An indicator's name above its line, so that the line has the whole width of a phone."""
    return {
        "x": -0.04,
        "y": row,
        "text": wrapped(escape(strip.name, quote=False), 44),
        "showarrow": False,
        "xanchor": "left",
        "align": "left",
        "yanchor": "bottom",
        "yshift": 8,
        "font": {"color": look.text, "size": 13},
    }


def _marks(
    strips: Sequence[Strip], kind: str, look: Look, chosen: str, peers: Sequence[str]
) -> dict[str, Any]:
    points = [
        (strip.place(geo), row, strip.tooltips[geo])
        for row, strip in enumerate(strips)
        for geo in strip.values
        if _kind(geo, chosen, peers) == kind
    ]
    size, symbol = {"other": (7, "circle"), "peer": (11, "circle"), "union": (15, "line-ns"), "chosen": (15, "circle")}[kind]  # fmt: skip
    colour = getattr(look, kind)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _, _ in points],
        "y": [y for _, y, _ in points],
        "customdata": [tip for *_, tip in points],
        "hovertemplate": "%{customdata}<extra></extra>",
        "opacity": 0.7 if kind == "other" else 1,
        "marker": {
            "size": size,
            "symbol": symbol,
            "color": colour,
            "line": {"color": colour, "width": 3 if kind == "union" else 0},
        },
        "cliponaxis": False,
    }


def _kind(geo: str, chosen: str, peers: Sequence[str]) -> str:
    return "peer" if geo in peers and geo not in (chosen, EU) else colour_key(geo, chosen)
