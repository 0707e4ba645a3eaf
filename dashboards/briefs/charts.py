"""Rankings and bars of a brief as SVG, from the rows that the pages draw; they can be told apart without colours.

The course over the years is drawn in course.py; what a chart says in words belongs to summary.py, which the pages use too.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import pandas as pd

from dashboards.briefs.svg import bar, drawing, line, text, wide
from dashboards.charts.look import LIGHT, Look
from dashboards.charts.marks import Row, described, number, records, text_of
from indicators.words import translate
from sources.codes import EU

WIDTH, STEP = 246.0, 8.6
LONGEST = 130.0
"""Names that are wider stand on two lines."""
OTHER = "#B4BCC8"


def ranking(figures: pd.DataFrame, lang: str, chosen: str, look: Look = LIGHT) -> str:
    """Bars for the EU and every Member State, the highest on top, the EU's value drawn through."""
    rows = records(described(figures, lang))
    left = max(wide(str(row["name"]), 7) for row in rows) + 8
    top = max((number(row["value"]) or 0 for row in rows), default=0) or 1.0
    texts = max(wide(str(row["text"]), 7) for row in rows if number(row["value"]) is not None)
    scale = (WIDTH - left - min(texts + 6, 90)) / top
    marks = []
    union = next((number(row["value"]) for row in rows if row["geo"] == EU), None)
    if union is not None:
        x = left + union * scale
        marks.append(line([(x, 0), (x, STEP * len(rows))], look.union, 0.8, "2 1.5"))
    for place, row in enumerate(rows):
        marks += _bar_row(row, place * STEP, left, scale, chosen, look)
    return drawing(WIDTH, STEP * len(rows) + 1, marks)


def _bar_row(row: Row, y: float, left: float, scale: float, chosen: str, look: Look) -> list[str]:
    value, own = number(row["value"]), row["geo"] == chosen
    weight = 700 if own or row["geo"] == EU else 400
    colour = look.chosen if own and chosen != EU else look.union if row["geo"] == EU else OTHER
    name = text(left - 4, y + 6.6, str(row["name"]), look.text, 7, "end", weight)
    if value is None:
        return [name, text(left + 2, y + 6.6, str(row["text"]), look.muted, 6.5)]
    end = left + value * scale
    said = str(row["text"])
    ground = bar(end + 2, y + 0.6, wide(said, 7) + 2, STEP - 1.6, look.background)
    return [
        name,
        bar(left, y + 1.2, value * scale, STEP - 2.6, colour, bool(row["hollow"])),
        ground,
        text(end + 3, y + 6.6, said, look.text, 7, "start", weight),
    ]


def members(rows: Sequence[Row], union: Sequence[Row], lang: str, chosen: str, look: Look = LIGHT) -> str:
    """Bars of a breakdown's members, the highest on top, each with a tick at the EU's value; missing ones in words."""
    shown = sorted(rows, key=lambda row: _or(number(row["value"]), -1.0), reverse=True)
    also = {row["member"]: number(row["value"]) for row in union} if chosen != EU else {}
    left = min(max(wide(str(row["label"]), 7) for row in shown), LONGEST) + 4
    values = [
        value for value in (*(number(row["value"]) for row in shown), *also.values()) if value is not None
    ]
    texts = max((wide(text_of(row, lang), 7) for row in shown if number(row["value"]) is not None), default=0)
    scale = (WIDTH - left - min(texts + 10, 70)) / (max(values, default=0) or 1.0)
    colour, marks, step = look.union if chosen == EU else look.chosen, [], 10.2
    for place, row in enumerate(shown):
        y, value = place * step, number(row["value"])
        marks += _name(str(row["label"]), left - 4, y, look)
        if value is None:
            marks += _reason(text_of(row, lang), left + 2, y, look)
            continue
        marks.append(bar(left, y + 1.6, value * scale, step - 3.6, colour))
        end = (
            max(value, also.get(row["member"]) or 0) * scale
            if _near(value, also.get(row["member"]), scale)
            else value * scale
        )
        marks.append(text(left + end + 4, y + 7.2, text_of(row, lang), look.text, 7))
        mark = also.get(row["member"])
        if mark is not None:
            x = left + mark * scale
            marks.append(line([(x, y + 0.4), (x, y + step - 0.8)], look.union, 1.6))
    height = step * len(shown) + 1
    if also:
        said = translate("The line marks the EU.", lang)
        marks += [
            line([(left, height + 2), (left, height + 9)], look.union, 1.6),
            text(left + 4, height + 8, said, look.muted, 6.5),
        ]
        height += 11
    return drawing(WIDTH, height, marks)


def _near(value: float, mark: float | None, scale: float) -> bool:
    """Whether the EU's tick would cross the text beside the bar."""
    return mark is not None and 0 <= (mark - value) * scale < 34


def _name(said: str, x: float, y: float, look: Look) -> list[str]:
    """A member's name beside its bar, on two smaller lines where it is long."""
    if wide(said, 7) <= LONGEST:
        return [text(x, y + 7.2, said, look.text, 7, "end")]
    return [
        text(x, y + 4.6 + 5.2 * row, part, look.text, 5.4, "end") for row, part in enumerate(_halves(said))
    ]


def _reason(said: str, x: float, y: float, look: Look) -> list[str]:
    """Why a member has no bar, on two smaller lines where one would leave the drawing."""
    if x + wide(said, 6.5) <= WIDTH:
        return [text(x, y + 7.2, said, look.muted, 6.5)]
    return [text(x, y + 4.6 + 5.2 * row, part, look.muted, 5.4) for row, part in enumerate(_halves(said))]


def _halves(said: str) -> list[str]:
    return wrap(said, len(said) // 2 + 6, max_lines=2, placeholder="…")


def _or(value: float | None, other: float) -> float:
    return other if value is None else value
