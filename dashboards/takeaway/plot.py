"""Where the marks of a chart stand on paper: its axes and scales, read from the layout that the browser gets.

Only what our charts use is known here; anything else is refused rather than drawn wrongly.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.look import DARK, LIGHT
from dashboards.charts.scale import breaks

WIDTH = 800.0
LETTER = 0.5
"""About how wide a letter is, as a share of its size."""
DAY = 86_400_000_000_000.0
Values = Mapping[str, Any]


class Undrawable(ValueError):
    """A chart has something that cannot be put on paper here."""


@dataclass(frozen=True)
class Axis:
    """A scale from values to points on paper, with its ticks as values and texts."""

    layout: Values
    kind: str
    low: float
    high: float
    categories: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]
    start: float = 0.0
    end: float = 1.0

    def number(self, value: Any) -> float | None:
        """A value as a number on the axis; None where there is none."""
        if value is None or (isinstance(value, float) and np.isnan(value)):
            return None
        if self.kind == "category":
            return float(self.categories.index(str(value))) if str(value) in self.categories else float(value)
        return _days(value) if self.kind == "date" else float(value)

    def at(self, value: Any) -> float | None:
        """Where a value stands on paper."""
        number = self.number(value)
        return None if number is None else self.share(number) * (self.end - self.start) + self.start

    def share(self, number: float) -> float:
        """How far along the axis a number stands, from 0 to 1."""
        return (number - self.low) / ((self.high - self.low) or 1.0)

    @property
    def visible(self) -> bool:
        return bool(self.layout.get("visible", True))


def content(figure: go.Figure) -> dict[str, Any]:
    """A figure's traces and layout as plain values, in the colours of the light theme: paper is white."""
    text = figure.to_json()
    for name in LIGHT.__dataclass_fields__:
        for dark, light in _pairs(getattr(DARK, name), getattr(LIGHT, name)):
            text = text.replace(dark, light)
    found: dict[str, Any] = json.loads(text, object_hook=_array)
    return found


def _pairs(dark: str | tuple[str, ...], light: str | tuple[str, ...]) -> Iterable[tuple[str, str]]:
    if isinstance(dark, str) and isinstance(light, str):
        yield dark, light
        yield _rgb(dark), _rgb(light)
    else:
        yield from zip(dark, light, strict=True)


def _rgb(colour: str) -> str:
    return "rgba(" + ",".join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5)) + ","


def _array(value: dict[str, Any]) -> Any:
    """Plotly packs numbers of arrays; here they are lists again."""
    if "bdata" not in value:
        return value
    return np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"]).tolist()


def axis_of(name: str, traces: Iterable[Values], layout: Values) -> Axis:
    """The axis ``x`` or ``y`` of a chart, not yet put on paper."""
    own = layout.get(f"{name}axis", {})
    values = [value for trace in traces for value in trace.get(name) or () if value is not None]
    kind = own.get("type") or _kind(values)
    categories = tuple(dict.fromkeys(str(value) for value in own.get("categoryarray") or values))
    numbers = Axis(own, kind, 0, 1, categories, ())
    low, high = _span([n for value in values if (n := numbers.number(value)) is not None], numbers)
    ticks = tuple(_ticks(own, kind, categories, low, high, numbers.number))
    return Axis(own, kind, low, high, categories, ticks)


def _kind(values: list[Any]) -> str:
    if values and isinstance(values[0], str):
        return "date" if re.match(r"\d{4}-\d\d-\d\d", values[0]) else "category"
    return "linear"


def _span(numbers: list[float], axis: Axis) -> tuple[float, float]:
    if axis.layout.get("range"):
        low, high = (axis.number(value) for value in axis.layout["range"])
        return low or 0.0, high or 0.0
    if axis.kind == "category":
        return -0.5, len(axis.categories) - 0.5
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    room = (high - low) * 0.04
    return low - room, high + room


def _ticks(
    own: Values, kind: str, categories: tuple[str, ...], low: float, high: float, number: Callable[[Any], Any]
) -> Iterable[tuple[float, str]]:
    if own.get("tickvals") is not None:
        texts = own.get("ticktext") or own["tickvals"]
        return [(number(place), str(text)) for place, text in zip(own["tickvals"], texts, strict=True)]
    if kind == "category":
        return list(enumerate(f"{name}{own.get('ticksuffix', '')}" for name in categories))
    if kind == "date":
        return _months(low, high, int(own.get("nticks") or 6), str(own.get("tickformat") or "%m/%Y"))
    if own.get("dtick"):
        first, step = float(own.get("tick0", 0)), float(own["dtick"])
        count = range(int((low - first) // step) + 1, int((high - first) // step) + 1)
        return [(first + step * n, f"{first + step * n:g}") for n in count]
    return [(place, f"{place:g}") for place in breaks([low, high]) if low <= place <= high]


def _months(low: float, high: float, most: int, form: str) -> list[tuple[float, str]]:
    """First days of months, evenly apart, at most so many."""
    start, end = (pd.Timestamp(int(day * DAY), unit="ns") for day in (low, high))
    months = max((end.year - start.year) * 12 + end.month - start.month, 1)
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 240) if months / step <= most)
    firsts = pd.date_range(start.normalize().replace(day=1), end, freq="MS")
    kept = [day for day in firsts if (day.year * 12 + day.month - 1) % step == 0 and day >= start]
    return [(_days(day), day.strftime(form)) for day in kept]


def _days(moment: Any) -> float:
    """A moment in days since 1970."""
    found = pd.Timestamp(moment)
    return float((found.tz_convert(None) if found.tz else found).as_unit("ns").value / DAY)


def said(text: str) -> str:
    """A text of a chart without its tags, its lines apart."""
    return html.unescape(re.sub(r"<(?!br)[^>]*>", "", text)).replace("<br>", "\n")


def wide(text: str, size: float) -> float:
    """About how wide the widest line of a chart's text is."""
    return max(len(line) for line in said(text).split("\n")) * size * LETTER
