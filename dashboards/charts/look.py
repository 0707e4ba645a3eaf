"""Colours and type of all charts, for the light and the dark theme, and what their layouts share.

What a single chart shows does not belong here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

Theme = Literal["light", "dark"]
FONT = '"Source Sans", sans-serif'
CONFIG: Mapping[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "plotlyServerURL": "",
    "topojsonURL": "",
    "typesetMath": False,
}
"""How the browser shows a chart: still, without buttons, and with no address to ask anything of."""


@dataclass(frozen=True)
class Look:
    """The colours of one theme. ``steps`` run from the lowest class of a map to the highest."""

    background: str
    surface: str
    text: str
    muted: str
    grid: str
    union: str
    chosen: str
    peer: str
    other: str
    land: str
    border: str
    hatch: str
    steps: tuple[str, str, str, str, str]
    categories: tuple[str, ...] = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")


LIGHT = Look(
    background="#FFFFFF",
    surface="#F5F6F8",
    text="#1B1F24",
    muted="#57606A",
    grid="#DADFE5",
    union="#1F4E9E",
    chosen="#D55E00",
    peer="#4F7396",
    other="#8490A0",
    land="#ECEDEA",
    border="#FFFFFF",
    hatch="#7A838E",
    steps=("#CFDFF4", "#9DBDE6", "#6A97D2", "#3D71B8", "#1B4589"),
)
DARK = Look(
    background="#12161C",
    surface="#1A2029",
    text="#E8EBEF",
    muted="#A3ADB8",
    grid="#2F3742",
    union="#8AB4FF",
    chosen="#FF8A3D",
    peer="#9DB9D4",
    other="#6F7C8B",
    land="#232932",
    border="#12161C",
    hatch="#8B96A3",
    steps=("#24406E", "#2F5A9E", "#4A7CCB", "#78A5EC", "#B9D3FF"),
)


def look_of(theme: str | None) -> Look:
    """The colours of a theme as the browser names it; the light ones where it names none."""
    return DARK if theme == "dark" else LIGHT


def faint(colour: str, opacity: float) -> str:
    """A colour of a look that lets through what lies behind it."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def framed(traces: list[dict[str, Any]], look: Look, **layout: Any) -> go.Figure:
    """A figure of ``traces`` with the layout that all charts share, and what is given on top."""
    shared = {
        "font": {"family": FONT, "size": 14, "color": look.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": look.surface,
            "bordercolor": look.grid,
            "font": {"family": FONT, "size": 14, "color": look.text},
            "align": "left",
        },
    }
    return go.Figure({"data": traces, "layout": {**shared, **layout}}, _validate=False)


def axis(look: Look, **more: Any) -> dict[str, Any]:
    """An axis that stays still and keeps in the background."""
    still = {"fixedrange": True, "tickangle": 0, "zeroline": False, "showline": False, "automargin": True}
    colours = {"gridcolor": look.grid, "tickfont": {"color": look.muted, "size": 13}}
    return {**still, **colours, **more}
