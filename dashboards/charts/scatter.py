"""Two indicators against each other: one mark a country, named by its code, the EU and chosen countries by name."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboards.charts.look import Look, framed
from dashboards.charts.marks import colour_key
from dashboards.charts.values import span_axis
from indicators.words import geo_name
from sources.codes import EU

HEIGHT = 460
SIDES = {"top center": (0, 1), "middle right": (1, 0), "bottom center": (0, -1), "middle left": (-1, 0)}
"""Where a name may stand beside its mark, the best first -> how far it is moved across and up."""
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
    sides = _sides([*named, *others], len(named))
    traces = [_marks(others, sides, look.other, look.muted, 9, lang, named=False)] if others else []
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


def _sides(dots: Sequence[Dot], named: int) -> dict[str, str]:
    """On which side of each mark its name fits best, the first ``named`` being long; on a chart of usual size."""
    xs, ys = [dot.x for dot in dots], [dot.y for dot in dots]
    wide, high = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
    points = [(620 * (dot.x - min(xs)) / wide, 330 * (dot.y - min(ys)) / high) for dot in dots]
    taken = [(x, y, 12.0, 12.0) for x, y in points]
    chosen = {}
    for place, (dot, (x, y)) in enumerate(zip(dots, points, strict=True)):
        width = 70.0 if place < named else 20.0
        boxes = {
            side: (x + across * (width / 2 + 9), y + up * 16, width, 14.0)
            for side, (across, up) in SIDES.items()
        }
        chosen[dot.geo] = min(SIDES, key=lambda side: sum(_overlap(boxes[side], other) for other in taken))
        taken.append(boxes[chosen[dot.geo]])
    return chosen


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
    names = [f"<b>{geo_name(dot.geo, lang)}</b>" if named else dot.geo for dot in dots]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [dot.x for dot in dots],
        "y": [dot.y for dot in dots],
        "text": names,
        "textposition": [sides[dot.geo] for dot in dots],
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
