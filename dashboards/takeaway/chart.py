"""A chart of the pages as SVG, drawn on the server from the same data that the browser draws: no browser is needed.

Its title, its summary and its sources are put around it by picture.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go

from dashboards.takeaway.marks import Ground, filling, hatchings, marks, reach
from dashboards.takeaway.plot import WIDTH, Axis, Values, axis_of, content, wide
from dashboards.takeaway.svg import LINE, box, polyline, text, turned

PAPER = "#FFFFFF"
TITLE_ROOM = 14.0
KEY = 14.0
"""The side of a key of the legend."""


@dataclass(frozen=True)
class Drawn:
    """A chart as SVG marks within ``width`` and ``height``, and the definitions that they name."""

    body: str
    definitions: str
    width: float
    height: float


def chart(figure: go.Figure) -> Drawn:
    """A figure as the browser shows it, without what moves; raises Undrawable for what our charts do not have."""
    given = content(figure)
    traces: list[Values] = given.get("data", [])
    layout: Values = given.get("layout", {})
    height = float(layout.get("height") or 400)
    ground, frame = _ground(traces, layout, height)
    left, top, right, bottom = frame
    clip = f'<clipPath id="plot">{box(left, top, right - left, bottom - top, "#000")}</clipPath>'
    clipped = all(trace["type"] == "scatter" and trace.get("fill") for trace in traces[:1])
    drawn = "".join(marks(traces, ground))
    body = [
        *_shapes(layout, ground, frame, below=True),
        *_axes(ground, frame),
        f'<g clip-path="url(#plot)">{drawn}</g>' if clipped else drawn,
        *_shapes(layout, ground, frame, below=False),
        *_notes(layout, ground, frame),
        *_legend(traces, layout, frame),
    ]
    return Drawn("".join(body), hatchings(traces) + clip, WIDTH, height)


def _ground(
    traces: Sequence[Values], layout: Values, height: float
) -> tuple[Ground, tuple[float, float, float, float]]:
    """The axes put on paper so that ticks and texts find room, and the edges of the plot."""
    x, y = axis_of("x", traces, layout), axis_of("y", traces, layout)
    margin = {"l": 8.0, "r": 8.0, "t": 8.0, "b": 8.0, **layout.get("margin", {})}
    size = _size(y)
    labels = max((wide(name, size) for _, name in y.ticks), default=0) + 8 if y.visible else 0
    left = margin["l"] + labels + _beside(y)
    over = 24.0 if x.visible else 0.0
    above = x.layout.get("side") == "top"
    top = margin["t"] + (over if above else 0) + _legend_room(traces, layout)
    below = (20.0 if _title(x) and not above else 0) + (0 if above else over)
    bottom = height - margin["b"] - below
    right = WIDTH - margin["r"]
    for _ in range(3):
        ground = Ground(replace(x, start=left, end=right), replace(y, start=bottom, end=top), layout, PAPER)
        texts = [
            _note_end(note, ground, (left, top, right, bottom)) for note in layout.get("annotations", ())
        ]
        far = max([reach(traces, ground), *texts])
        right -= max(far - WIDTH + 4, 0)
    if layout.get("yaxis", {}).get("scaleanchor"):
        ground, right = _square(ground, left, right, top, bottom)
    else:
        ground = Ground(replace(x, start=left, end=right), replace(y, start=bottom, end=top), layout, PAPER)
    return ground, (left, top, right, bottom)


def _square(ground: Ground, left: float, right: float, top: float, bottom: float) -> tuple[Ground, float]:
    """A map: a unit is as long on both axes."""
    x, y = ground.x, ground.y
    scale = min((right - left) / (x.high - x.low), (bottom - top) / (y.high - y.low))
    wide_, middle = (x.high - x.low) * scale, (left + right) / 2
    start = middle - wide_ / 2
    placed = replace(x, start=start, end=start + wide_)
    return Ground(
        placed, replace(y, start=top + (y.high - y.low) * scale, end=top), ground.layout, PAPER
    ), right


def _size(axis: Axis) -> float:
    return float(axis.layout.get("tickfont", {}).get("size", 13))


def _title(axis: Axis) -> str:
    return str((axis.layout.get("title") or {}).get("text") or "") if axis.visible else ""


def _beside(axis: Axis) -> float:
    """The room that the title beside the axis of values takes."""
    return (_title(axis).count("<br>") + 1) * 13 * LINE + 4 if _title(axis) else 0.0


def _axes(ground: Ground, frame: tuple[float, float, float, float]) -> Iterator[str]:
    """Grid, ticks and titles of both axes."""
    left, top, right, bottom = frame
    for axis, flat in ((ground.x, True), (ground.y, False)):
        if not axis.visible:
            continue
        colour = axis.layout.get("tickfont", {}).get("color", "#57606A")
        above = axis.layout.get("side") == "top"
        for value, name in axis.ticks:
            if not -0.001 <= axis.share(value) <= 1.001:
                continue
            place = axis.share(value) * (axis.end - axis.start) + axis.start
            if axis.layout.get("showgrid", True):
                ends = [(place, top), (place, bottom)] if flat else [(left, place), (right, place)]
                yield polyline(ends, axis.layout.get("gridcolor", "#DADFE5"), 1)
            if flat:
                yield text(place, top - 8 if above else bottom + 18, name, colour, _size(axis), "middle")
            else:
                down = place + _size(axis) * 0.35 - name.count("<br>") * _size(axis) * LINE / 2
                yield text(left - 5, down, name.rstrip(), colour, _size(axis), "end")
        if _title(axis):
            muted = axis.layout["title"].get("font", {}).get("color", "#57606A")
            if flat:
                over = top - 26 if above else bottom + 36
                yield text((left + right) / 2, over, _title(axis), muted, 13, "middle")
            else:
                yield turned(TITLE_ROOM, (top + bottom) / 2, _title(axis), muted, 13)


def _point(item: Values, name: str, axis: Axis, low: float, high: float, part: str = "") -> float:
    """A coordinate of a shape or a note: on its axis, or as a share of the plot."""
    value = item.get(name + part, 0)
    if item.get(f"{name}ref", name) in ("paper", f"{name} domain"):
        return low + float(value) * (high - low)
    found = axis.at(value)
    return low if found is None else found


def _shapes(
    layout: Values, ground: Ground, frame: tuple[float, float, float, float], *, below: bool
) -> Iterator[str]:
    left, top, right, bottom = frame
    for shape in layout.get("shapes", ()):
        if (shape.get("layer") == "below") != below:
            continue
        xs = [_point(shape, "x", ground.x, left, right, part) for part in "01"]
        ys = [_point(shape, "y", ground.y, bottom, top, part) for part in "01"]
        line = shape.get("line", {})
        colour, width = line.get("color", "#57606A"), float(line.get("width", 2))
        if shape.get("type") == "line":
            yield polyline(list(zip(xs, ys, strict=True)), colour, width, str(line.get("dash", "")))
        else:
            fill, size = shape.get("fillcolor", "none"), (abs(xs[1] - xs[0]), abs(ys[1] - ys[0]))
            yield box(min(xs), min(ys), *size, fill, colour, width)


def _note_place(
    note: Values, ground: Ground, frame: tuple[float, float, float, float]
) -> tuple[float, float, str]:
    """Where a note's text begins or ends, and which: its x, the top of its box, and its anchor."""
    left, top, right, bottom = frame
    x = _point(note, "x", ground.x, left, right) + float(note.get("xshift", 0))
    y = _point(note, "y", ground.y, bottom, top) - float(note.get("yshift", 0))
    if note.get("showarrow", True):
        x, y = x + float(note.get("ax", 0)), y + float(note.get("ay", -30))
    anchor = {"left": "start", "right": "end"}.get(str(note.get("xanchor")), "middle")
    size = float(note.get("font", {}).get("size", 14))
    high = size * LINE * (str(note["text"]).count("<br>") + 1)
    lift = {"top": 0.0, "bottom": high}.get(str(note.get("yanchor")), high / 2)
    return x, y - lift, anchor


def _note_end(note: Values, ground: Ground, frame: tuple[float, float, float, float]) -> float:
    """How far to the right a note goes."""
    x, _, anchor = _note_place(note, ground, frame)
    width = wide(str(note["text"]), float(note.get("font", {}).get("size", 14)))
    return x + {"start": width, "middle": width / 2, "end": 0.0}[anchor]


def _notes(layout: Values, ground: Ground, frame: tuple[float, float, float, float]) -> Iterator[str]:
    left, top, right, bottom = frame
    for note in layout.get("annotations", ()):
        font: dict[str, Any] = note.get("font", {})
        size, words = float(font.get("size", 14)), str(note["text"])
        x, y, anchor = _note_place(note, ground, frame)
        if note.get("showarrow", True):
            start = _point(note, "x", ground.x, left, right), _point(note, "y", ground.y, bottom, top)
            yield polyline(
                [start, (start[0] + float(note.get("ax", 0)), y)], note.get("arrowcolor", "#57606A"), 1
            )
        if note.get("bgcolor"):
            width = wide(words, size)
            start_x = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
            yield box(start_x - 1, y, width + 2, size * LINE * (words.count("<br>") + 1), note["bgcolor"])
        yield text(x, y + size, words, font.get("color", "#1B1F24"), size, anchor)


def _named(traces: Sequence[Values], layout: Values) -> list[Values]:
    """The traces that the legend names, in its order."""
    found = [trace for trace in traces if trace.get("name") and trace.get("showlegend", True)]
    if not layout.get("showlegend"):
        return []
    return found[::-1] if "reversed" in str(layout.get("legend", {}).get("traceorder")) else found


def _flat(layout: Values) -> bool:
    return bool(layout.get("legend", {}).get("orientation") == "h")


def _legend_room(traces: Sequence[Values], layout: Values) -> float:
    return 26.0 if _flat(layout) and _named(traces, layout) else 0.0


def _legend(
    traces: Sequence[Values], layout: Values, frame: tuple[float, float, float, float]
) -> Iterator[str]:
    """Keys and names: in a row above the plot, or below each other at its upper left."""
    x, y = (frame[0], frame[1] - 22) if _flat(layout) else (4.0, frame[1] + 4)
    if layout.get("xaxis", {}).get("side") == "top" and _flat(layout):
        y -= 24
    for trace in _named(traces, layout):
        name, colour = str(trace["name"]), layout.get("font", {}).get("color", "#1B1F24")
        yield _key(trace, x, y)
        yield text(x + KEY + 6, y + 11.5, name, colour, 13)
        x, y = (x + KEY + 24 + wide(name, 13), y) if _flat(layout) else (x, y + 20)


def _key(trace: Values, x: float, y: float) -> str:
    """What a trace looks like, small."""
    line = trace.get("line", {})
    if trace["type"] == "bar":
        edge = trace.get("marker", {}).get("line", {}).get("color", "#777")
        return box(x, y, KEY, KEY, str(edge[0] if isinstance(edge, list) else edge))
    if trace.get("fill") == "toself":
        return box(x, y, KEY, KEY, filling(trace, PAPER), str(line.get("color", "none")), 0.7)
    colour = line.get("color") or trace.get("marker", {}).get("color", "#777")
    return polyline([(x, y + 7), (x + KEY, y + 7)], str(colour), 3, str(line.get("dash", "")))
