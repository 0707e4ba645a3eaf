"""The lines, areas, marks and bars of a chart as SVG, each where its axes put it.

Axes, ticks, notes and legends are chart.py's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.takeaway.plot import Axis, Undrawable, Values, wide
from dashboards.takeaway.svg import box, filled, hatching, mark, polyline, text

Place = tuple[float, float]
PATTERNS = {"/": "lines", ".": "dots", "x": "crosses"}


@dataclass(frozen=True)
class Ground:
    """What marks are drawn on: two axes put on paper, the traces' common layout, and the colour of the paper."""

    x: Axis
    y: Axis
    layout: Values
    paper: str

    def place(self, x: Any, y: Any) -> Place | None:
        """A point on paper; None where a value is missing."""
        left, top = self.x.at(x), self.y.at(y)
        return None if left is None or top is None else (left, top)


def marks(traces: Sequence[Values], ground: Ground) -> Iterator[str]:
    """All traces in order; raises Undrawable for a kind that our charts do not have."""
    groups = [trace for trace in traces if trace["type"] == "bar"]
    before: list[Place] = []
    for trace in traces:
        if trace["type"] == "bar":
            yield from _bars(trace, groups.index(trace), len(groups), ground)
        elif trace["type"] == "scatter":
            runs = _runs(trace, ground)
            yield from _scatter(trace, runs, before, ground)
            before = [place for run in runs for place in run]
        else:
            raise Undrawable(f"no drawing of a trace of the type {trace['type']}")


def _runs(trace: Values, ground: Ground) -> list[list[Place]]:
    """The places of a trace, parted where a value is missing."""
    runs: list[list[Place]] = [[]]
    for x, y in zip(trace.get("x") or (), trace.get("y") or (), strict=True):
        place = ground.place(x, y)
        if place is not None:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _scatter(trace: Values, runs: list[list[Place]], before: list[Place], ground: Ground) -> Iterator[str]:
    line, mode, opacity = trace.get("line", {}), trace.get("mode", "lines"), trace.get("opacity", 1)
    colour, width = line.get("color", "none"), float(line.get("width", 2))
    fill = trace.get("fill", "none")
    if fill == "toself" and runs:
        yield filled(runs, filling(trace, ground.paper), colour, width)
    elif fill == "tonexty" and runs and before:
        yield filled([[*before, *reversed(runs[0])]], trace.get("fillcolor", "none"), "none", 0)
    elif fill not in ("toself", "tonexty", "none"):
        raise Undrawable(f"no drawing of the filling {fill}")
    if "lines" in mode and fill != "toself" and width:
        for run in runs:
            yield polyline(run, colour, width, str(line.get("dash", "")), opacity)
    if "markers" in mode:
        yield from _markers(trace, ground)
    if "text" in mode:
        yield from _texts(trace, ground)


def filling(trace: Values, paper: str) -> str:
    """The colour of an area, or the name of the hatching that says why it has none."""
    pattern = trace.get("fillpattern", {}).get("shape")
    return f"url(#{PATTERNS[pattern]})" if pattern else str(trace.get("fillcolor", paper))


def hatchings(traces: Sequence[Values]) -> str:
    """The definitions of the hatchings that areas are filled with."""
    used = {
        trace["fillpattern"]["shape"]: trace["fillpattern"] for trace in traces if trace.get("fillpattern")
    }
    return "".join(
        hatching(PATTERNS[shape], shape, pattern.get("fgcolor", "#777"), pattern.get("bgcolor", "#fff"))
        for shape, pattern in used.items()
        if shape
    )


def _each(value: Any, place: int) -> Any:
    """A property of one mark, where all may share one value."""
    return value[place] if isinstance(value, list) else value


def _markers(trace: Values, ground: Ground) -> Iterator[str]:
    look = trace.get("marker", {})
    for number, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        place = ground.place(x, y)
        if place is None:
            continue
        colour = _each(look.get("color", trace.get("line", {}).get("color", "#777")), number)
        symbol, size = _each(look.get("symbol", "circle"), number), _each(look.get("size", 6), number)
        drawn = mark(place, float(size) / 2, str(symbol), str(colour), ground.paper, trace.get("opacity", 1))
        if drawn is None:
            raise Undrawable(f"no drawing of the symbol {symbol}")
        yield drawn


def _texts(trace: Values, ground: Ground) -> Iterator[str]:
    font, position = trace.get("textfont", {}), trace.get("textposition", "middle center")
    size = float(_each(font.get("size", 12), 0))
    for number, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        place, own = ground.place(x, y), str(_each(position, number))
        words = str(_each(trace.get("text") or "", number) or "")
        if place is None or not words:
            continue
        anchor = "start" if "right" in own else "end" if "left" in own else "middle"
        clear = float(_each(trace.get("marker", {}).get("size", 6), number)) / 2 + 3
        shift = {"start": clear, "end": -clear, "middle": 0.0}[anchor]
        down = -clear if "top" in own else size + clear if "bottom" in own else size * 0.35
        yield text(
            place[0] + shift, place[1] + down, words, _each(font.get("color", "#000"), number), size, anchor
        )


def _bars(trace: Values, place: int, count: int, ground: Ground) -> Iterator[str]:
    """Bars beside each other within a category, each with its text behind its end."""
    flat = trace.get("orientation") == "h"
    names, values = (ground.y, ground.x) if flat else (ground.x, ground.y)
    step = abs(names.end - names.start) / max(len(names.categories), 1)
    thick = step * (1 - float(ground.layout.get("bargap", 0.2))) / count
    look, texts = trace.get("marker", {}), trace.get("text")
    for number, (name, value) in enumerate(
        zip(*(trace[axis] for axis in (("y", "x") if flat else ("x", "y"))), strict=True)
    ):
        middle, base = names.at(name), _each(trace.get("base") or 0, number)
        start, end = values.at(base or 0), values.at((base or 0) + (value or 0))
        if middle is None or start is None or end is None:
            continue
        side = middle + (thick * count / 2 - (place + 1) * thick) * (1 if flat else -1)
        colour = str(_each(look.get("color", "#777"), number))
        line = look.get("line", {})
        edge, width = _each(line.get("color", colour), number), float(_each(line.get("width", 0), number))
        if not flat:
            side = middle - thick * count / 2 + place * thick
            yield box(side, min(start, end), thick, abs(end - start), colour, str(edge), width)
            continue
        yield box(min(start, end), side, abs(end - start), thick, colour, str(edge), width)
        if texts:
            font = trace.get("textfont", {})
            size = float(font.get("size", 12))
            words, colour = str(_each(texts, number) or ""), font.get("color", "#000")
            yield text(max(start, end) + 4, side + thick / 2 + size * 0.35, words, colour, size)


def reach(traces: Sequence[Values], ground: Ground) -> float:
    """How far to the right the texts behind bars go."""
    ends = [0.0]
    for trace in traces:
        if trace["type"] != "bar" or trace.get("orientation") != "h":
            continue
        size = float(trace.get("textfont", {}).get("size", 12))
        for number, value in enumerate(trace["x"]):
            base = _each(trace.get("base") or 0, number) or 0
            words = str(_each(trace.get("text") or "", number) or "") if trace.get("text") else ""
            ends.append((ground.x.at(base + (value or 0)) or 0) + 6 + wide(words, size))
    return max(ends)
