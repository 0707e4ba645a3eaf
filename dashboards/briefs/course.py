"""The course of an indicator in a brief as SVG: the EU and the chosen country over the years, and what is projected.

The same rows as on the pages, parted at the same breaks; dashes and squares tell the EU apart without colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from dashboards.briefs.svg import area, dot, drawing, line, text
from dashboards.charts.look import LIGHT, Look
from dashboards.charts.marks import Row, is_provisional, lines, records, text_of
from dashboards.charts.scale import ticks
from dashboards.charts.values import tick_texts
from indicators.phrase import flags_text, value_text
from indicators.words import geo_name
from sources.codes import EU

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 246.0, 118.0, 24.0, 184.0, 8.0, 102.0
CLOSE, APART = 17.0, 8.5
"""Names nearer to each other than ``CLOSE`` are moved ``APART`` from their middle."""


@dataclass(frozen=True)
class Scale:
    """Where years and values stand in the drawing."""

    first: int
    last: int
    top: float

    def x(self, row: Row) -> float:
        return self.year(int(str(row["period"])))

    def year(self, year: int) -> float:
        return LEFT + (RIGHT - LEFT) * (year - self.first) / max(self.last - self.first, 1)

    def y(self, value: float) -> float:
        return BASE - (BASE - TOP) * value / self.top

    def at(self, row: Row, column: str = "value") -> tuple[float, float]:
        return self.x(row), self.y(float(str(row[column])))


def course(
    figures: pd.DataFrame, lang: str, chosen: str, projected: pd.DataFrame | None = None, look: Look = LIGHT
) -> str:
    """Lines of the yearly values of the EU and of ``chosen``, and its projection as a band with its interval."""
    known = figures[figures["value"].notna()].sort_values("period")
    ahead = records(projected) if projected is not None else []
    years = [int(str(period)) for period in (*known["period"], *(row["period"] for row in ahead))]
    places = ticks(max([*known["value"], *(float(str(row["high"])) for row in ahead)]), 4)
    scale = Scale(min(years), max(years), places[-1])
    unit = str(known["unit"].iloc[0])
    marks = _axes(scale, places, unit, lang, look)
    ends = []
    for geo in dict.fromkeys((EU, chosen)):
        rows = records(known[known["geo"] == geo])
        if rows:
            colour = look.union if geo == EU else look.chosen
            marks += _line(rows, scale, colour, geo == EU != chosen, lang, look)
            ends.append((rows[-1], colour))
    marks += _names(ends, scale, bool(ahead), lang)
    own = records(known[known["geo"] == chosen])
    if ahead and own:
        marks += _band(own[-1], ahead, scale, look.union if chosen == EU else look.chosen)
        marks += _projected(ahead[-1], scale, unit, lang, look)
    return drawing(WIDTH, HEIGHT, marks)


def _axes(scale: Scale, places: list[float], unit: str, lang: str, look: Look) -> list[str]:
    marks = []
    for place, said in zip(places, tick_texts(places, unit, lang), strict=True):
        y = scale.y(place)
        marks += [
            line([(LEFT, y), (RIGHT, y)], look.grid, 0.5),
            text(LEFT - 3, y + 2.3, said, look.muted, 6.5, "end"),
        ]
    step = 1 if scale.last - scale.first < 10 else 2
    years = range(scale.first, scale.last + 1, step)
    return [
        *marks,
        *(text(scale.year(year), BASE + 9, str(year), look.muted, 6.5, "middle") for year in years),
    ]


def _line(rows: list[Row], scale: Scale, colour: str, dashed: bool, lang: str, look: Look) -> list[str]:
    """One place: a line that ends where values stop being comparable, and there the reason."""
    on, marks = lines(rows), []
    for (one, before), (two, now) in pairwise(zip(rows, on, strict=True)):
        if before == now:
            marks.append(line([scale.at(one), scale.at(two)], colour, 1.6, "3 1.6" if dashed else ""))
        else:
            x, y = scale.at(two)
            marks.append(
                text(x, min(y + 9, BASE - 1.5), flags_text(str(two["flags"]), lang), look.muted, 6, "middle")
            )
    dots = [dot(*scale.at(row), 2, colour, is_provisional(str(row["flags"])), dashed) for row in rows]
    return [*marks, *dots]


def _names(ends: list[tuple[Row, str]], scale: Scale, inside: bool, lang: str) -> list[str]:
    """Names and values at the ends of the lines; with a projection behind them, above and below."""
    heights = [scale.at(row)[1] for row, _ in ends]
    if len(ends) == 2 and abs(heights[0] - heights[1]) < CLOSE:
        middle, down = sum(heights) / 2, 1 if heights[0] > heights[1] else -1
        heights = [middle + down * APART, middle - down * APART]
    marks: list[str] = []
    for (row, colour), y in zip(ends, heights, strict=True):
        name, value = geo_name(str(row["geo"]), lang), text_of(row, lang, flags=False)
        x = scale.x(row)
        if inside and y == min(heights):
            marks.append(text(x - 5, y - 3, f"{name} {value}", colour, 7, "end", 700))
        elif inside:
            marks.append(text(x + 5, y + 5, f"{name} {value}", colour, 7, "start", 700))
        else:
            marks += [text(x + 5, y, name, colour, 7, "start", 700), text(x + 5, y + 8, value, colour, 7)]
    return marks


def _band(own: Row, ahead: list[Row], scale: Scale, colour: str) -> list[str]:
    """The projection from the last value on: its interval as a band, its middle as a dotted line."""
    shown = [row for row in ahead if scale.x(row) > scale.x(own)]
    start = scale.at(own)
    high, low = [scale.at(row, "high") for row in shown], [scale.at(row, "low") for row in reversed(shown)]
    middle = [scale.at(row) for row in shown]
    return [area([start, *high, *low], colour, 0.16), line([start, *middle], colour, 1, "1.2 1.6")]


def _projected(end: Row, scale: Scale, unit: str, lang: str, look: Look) -> list[str]:
    """The value and the interval at the end, for they say more than the band."""
    marks = []
    for column, colour, weight in (
        ("high", look.muted, 400),
        ("value", look.text, 700),
        ("low", look.muted, 400),
    ):
        x, y = scale.at(end, column)
        said = value_text(float(str(end[column])), unit, lang)
        marks.append(text(x + 5, y + 2.3, said, colour, 7, "start", weight))
    return marks
