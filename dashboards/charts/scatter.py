"""Two indicators against each other: one mark a country, named by its code, the EU and chosen countries by name."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboards.charts.look import FONT, Look, framed
from dashboards.charts.marks import colour_key
from dashboards.charts.values import span_axis
from indicators.words import geo_name
from sources.codes import EU

HEIGHT = 460
SIDES = {"top center": (0, 1), "middle right": (1, 0), "bottom center": (0, -1), "middle left": (-1, 0)}
"""Where a name may stand beside its mark, the best first -> how far it is moved across and up."""
USUAL, PHONE, UP = 620.0, 200.0, 300.0
"""Pixels between the outermost marks: across a chart of usual size, across one on a phone, and up."""
CODE = 20.0
"""The width of a country's code."""
ROOM = 0.15
"""The share of a name that may be covered."""
CROWDED = "crowded"
"""The font, of no look of its own, by which the style sheet tells the names that it leaves out on a phone."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Dot:
    """A country with both values, and its tooltip's lines, escaped."""

    geo: str
    x: float
    y: float
    tooltip: str


def scatter(
    dots: Sequence[Dot],
    titles: tuple[str, str],
    units: tuple[str, str],
    look: Look,
    lang: str,
    chosen: str = "",
    peers: Sequence[str] = (),
) -> go.Figure:
    """Marks for at least one dot; ``titles`` and ``units`` are those of the axis across and the axis up."""
    named = [dot for dot in dots if dot.geo in (EU, chosen, *peers)]
    others = [dot for dot in dots if dot not in named]
    widths = {dot.geo: 9.0 * len(geo_name(dot.geo, lang)) for dot in named}
    sides, crowded = _names([*named, *others], widths)
    traces = []
    for family in (FONT, f"{FONT}, {CROWDED}"):
        shown = [dot for dot in others if (dot.geo in crowded) == (family != FONT)]
        if shown:
            marks = _marks(shown, sides, look.other, look.muted, 9, lang, named=False)
            traces.append({**marks, "textfont": {**marks["textfont"], "family": family}})
    for dot in sorted(named, key=lambda dot: (dot.geo == chosen, dot.geo == EU)):
        key = "peer" if dot.geo in peers and dot.geo != chosen else colour_key(dot.geo, chosen)
        colour = getattr(look, key)
        traces.append(_marks([dot], sides, colour, colour, 13, lang, named=True))
    xs, ys = [dot.x for dot in dots], [dot.y for dot in dots]
    return framed(
        traces,
        look,
        height=HEIGHT,
        xaxis=span_axis(xs, units[0], html.escape(titles[0], quote=False), look, lang),
        yaxis=span_axis(ys, units[1], _wrapped(titles[1]), look, lang),
    )


def _names(dots: Sequence[Dot], widths: Mapping[str, float]) -> tuple[dict[str, str], set[str]]:
    """On which side of each mark its name fits best, and those whose names have no room on a phone.

    Those with a width of their own are named in full, and always; another one that would be covered on a chart
    of usual size too has no side.
    """
    sides: dict[str, str] = {}
    taken = [(x, y, 12.0, 12.0) for x, y in _points(dots, USUAL)]
    for dot, (x, y) in zip(dots, _points(dots, USUAL), strict=True):
        boxes = {side: _box(x, y, side, widths.get(dot.geo, CODE)) for side in SIDES}
        best = min(SIDES, key=lambda side: _covered(boxes[side], taken))
        if dot.geo in widths or _covered(boxes[best], taken) <= ROOM:
            sides[dot.geo] = best
            taken.append(boxes[best])
    crowded = set()
    taken = [(x, y, 12.0, 12.0) for x, y in _points(dots, PHONE)]
    for dot, (x, y) in zip(dots, _points(dots, PHONE), strict=True):
        if dot.geo in sides:
            box = _box(x, y, sides[dot.geo], widths.get(dot.geo, CODE))
            if dot.geo in widths or _covered(box, taken) <= ROOM:
                taken.append(box)
            else:
                crowded.add(dot.geo)
    return sides, crowded


def _points(dots: Sequence[Dot], across: float) -> list[tuple[float, float]]:
    """Where the marks stand, in pixels, on a chart of which so many pixels across lie between the outermost."""
    xs, ys = [dot.x for dot in dots], [dot.y for dot in dots]
    wide, high = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
    return [(across * (dot.x - min(xs)) / wide, UP * (dot.y - min(ys)) / high) for dot in dots]


def _box(x: float, y: float, side: str, width: float) -> Box:
    across, up = SIDES[side]
    return (x + across * (width / 2 + 9), y + up * 16, width, 14.0)


def _covered(box: Box, taken: Sequence[Box]) -> float:
    """Which share of a box others cover."""
    return sum(_overlap(box, other) for other in taken) / (box[2] * box[3])


def _overlap(one: Box, other: Box) -> float:
    """The area that two boxes share, each given by its middle, its width and its height."""
    across = (one[2] + other[2]) / 2 - abs(one[0] - other[0])
    up = (one[3] + other[3]) / 2 - abs(one[1] - other[1])
    return max(across, 0.0) * max(up, 0.0)


def _marks(
    dots: Sequence[Dot],
    sides: Mapping[str, str],
    colour: str,
    text: str,
    size: int,
    lang: str,
    *,
    named: bool,
) -> dict[str, Any]:
    """Dots of one colour; the EU, which is no country, is a diamond."""
    names = [f"<b>{geo_name(dot.geo, lang)}</b>" if named else dot.geo * (dot.geo in sides) for dot in dots]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [dot.x for dot in dots],
        "y": [dot.y for dot in dots],
        "text": names,
        "textposition": [sides.get(dot.geo, "top center") for dot in dots],
        "textfont": {"size": 14 if named else 12, "color": text},
        "customdata": [dot.tooltip for dot in dots],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "size": size,
            "color": colour,
            "symbol": ["diamond" if dot.geo == EU else "circle" for dot in dots],
            "line": {"width": 0},
        },
        "cliponaxis": False,
    }


def _wrapped(title: str, width: int = 46) -> str:
    """A long title beside the axis up, on as many lines as it needs."""
    lines = [""]
    for word in html.escape(title, quote=False).split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)
