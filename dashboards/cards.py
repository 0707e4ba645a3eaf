"""KPI cards: one small, even block per indicator with value, change, course, target and freshness.

Which cards a page has is the page's choice; charts with axes are drawn in charts/.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from dashboards.charts.look import Look
from dashboards.charts.marks import Row, lines, number, records, text_of
from dashboards.panel import Choices, address
from dashboards.reader import Reader
from dashboards.selection import change_of, stated
from indicators.labels import label
from indicators.model import Indicator, Target
from indicators.phrase import (
    PERCENTAGES,
    TARGET_WORDS,
    change_text,
    date_text,
    flags_text,
    period_text,
    target_text,
)
from indicators.targets import distance
from indicators.words import geo_name, translate, worded
from sources.codes import EU

SHAPES = {"set": "●", "announced": "◇", "proposed": "△", "political": "◐", "historic": "□"}
"""The status of a target as a shape; the word always stands beside it."""
WIDTH, HEIGHT = 200, 36
LONG = 13
"""A value with more letters is set smaller, so that it stays on one line."""


@dataclass(frozen=True)
class Card:
    """What a card is made from: the indicator's figures without breakdown, and its targets for the EU.

    ``instead`` is said where there are none: what its parts say, or what it waits for. ``link`` leads to its page.
    """

    indicator: Indicator
    figures: pd.DataFrame
    targets: tuple[Target, ...]
    instead: str = ""
    link: str = ""


def cards(shown: Sequence[str]) -> str:
    """A grid of cards as HTML."""
    return f'<div class="cards">{"".join(shown)}</div>'


def choices(shown: Sequence[Card], reader: Reader) -> Choices:
    """The number of every card that has one, to be explained."""
    rows = [(card.indicator.title, stated(card.figures, reader.geo)) for card in shown]
    numbers = {
        worded(translate(title, reader.lang), text_of(row, reader.lang), reader.lang): address(
            row["indicator"], row["geo"], row["period"]
        )
        for title, row in rows
        if row is not None
    }
    return {"": numbers} if numbers else {}


def card(shown: Card, reader: Reader, level: int = 3) -> str:
    """A card as HTML, its title a heading of a level; every text in it is escaped."""
    lang, row = reader.lang, stated(shown.figures, reader.geo)
    theme = escape(label("theme", shown.indicator.theme, lang))
    title = escape(translate(shown.indicator.title, lang))
    linked = f'<a href="{escape(shown.link)}">{title}</a>' if shown.link else title
    head = f'<p class="theme">{theme}</p><h{level}>{linked}</h{level}>'
    if row is None and shown.instead:
        return f'<article class="card">{head}<p class="instead">{escape(shown.instead)}</p></article>'
    if row is None:
        absent = escape(_absent(shown.figures, reader))
        return f'<article class="card">{head}<p class="none">{absent}</p>{_union(shown, lang)}</article>'
    value = text_of(row, lang, flags=False)
    body = [
        f'<p class="value{" long" if len(value) > LONG else ""}">{escape(value)}</p>',
        f'<p class="when">{escape(_when(row, reader))}</p>',
        f'<div class="change">{escape(change_text(change_of(row), lang))}{_note(row, lang)}</div>',
        _course(shown.figures, reader.geo, reader.look),
        _target(shown, row, lang) if reader.geo == EU else _union(shown, lang),
        f'<p class="fresh">{escape(_fresh(row, lang))}</p>',
    ]
    return f'<article class="card">{head}{"".join(body)}</article>'


def _absent(figures: pd.DataFrame, reader: Reader) -> str:
    own = figures[figures["geo"] == reader.geo].sort_values("period")
    if own.empty and reader.geo == EU:
        return translate("by country only", reader.lang)
    status = str(own["status"].iloc[-1]) if len(own) else "not loaded"
    return label("figure_status", status, reader.lang)


def _when(row: Row, reader: Reader) -> str:
    unit = (
        label("unit", str(row["unit"]), reader.lang)
        if row["unit"] in PERCENTAGES and row["unit"] != "PC"
        else ""
    )
    parts = [unit, geo_name(str(row["geo"]), reader.lang), period_text(str(row["period"]), reader.lang)]
    words = flags_text(str(row["flags"]), reader.lang)
    return ", ".join(part for part in (*parts, words) if part)


def _note(row: Row, lang: str) -> str:
    if row["change_status"] != "noted" or not row["change_note"]:
        return ""
    text = escape(translate(str(row["change_note"]), lang))
    return f"<details><summary>{escape(translate('Note', lang))}</summary>{text}</details>"


def _union(card: Card, lang: str) -> str:
    row = stated(card.figures, EU)
    if row is None:
        return ""
    return f'<p class="aim">{escape(_named(row, lang))}</p>'


def _named(row: Row, lang: str) -> str:
    period = period_text(str(row["period"]), lang)
    return worded(geo_name(str(row["geo"]), lang), f"{text_of(row, lang, flags=False)} ({period})", lang)


def _target(card: Card, row: Row, lang: str) -> str:
    if not card.targets:
        return f'<p class="aim">{escape(translate("No target", lang))}</p>'
    return "".join(_aim(target, row, lang) for target in card.targets[:2])


def _aim(target: Target, row: Row, lang: str) -> str:
    words = [translate(TARGET_WORDS[target.status], lang), target.year]
    text = translate(
        "Target: {value} ({words})",
        lang,
        value=target_text(target.value, target.unit, lang),
        words=", ".join(word for word in words if word),
    )
    value = number(row["value"])
    return _bar(value, target) + f'<p class="aim">{SHAPES[target.status]} {escape(text)}</p>'


def _bar(value: float | None, target: Target) -> str:
    """How much of the target is reached; none for a target that is past, a sum or without a value."""
    if value is None or target.status == "historic" or distance(value, target) is None or not target.value:
        return ""
    full = 100.0 if target.unit in PERCENTAGES else target.value
    reached, mark = (min(100.0, share / full * 100) for share in (value, target.value))
    return f'<div class="bar"><i style="width:{reached:.1f}%"></i><b style="left:{mark:.1f}%"></b></div>'


def _fresh(row: Row, lang: str) -> str:
    if pd.isna(row["vintage"]):  # type: ignore[call-overload]
        return translate("undated", lang)
    day = date_text(pd.Timestamp(row["vintage"]).date(), lang)  # type: ignore[arg-type]
    if row["origin"] == "baseline":
        return translate("baseline of {day}", lang, day=day)
    return translate("as of {day}", lang, day=day)


def _course(figures: pd.DataFrame, geo: str, look: Look) -> str:
    drawing = sparkline(figures, geo, look)
    image = b64encode(drawing.encode()).decode()
    picture = f'<img alt="" src="data:image/svg+xml;base64,{image}">' if drawing else ""
    return f'<p class="spark">{picture}</p>'


def sparkline(figures: pd.DataFrame, geo: str, look: Look) -> str:
    """The course of the values as a small SVG, parted like the trend's lines; empty with fewer than two."""
    known = figures[(figures["geo"] == geo) & figures["value"].notna()].sort_values("period")
    if len(known) < 2:
        return ""
    return _drawing(_points(known), look.union if geo == EU else look.chosen)


def _drawing(points: list[tuple[float, float, int]], colour: str) -> str:
    pieces = "".join(
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y, own in points if own == line)}"/>'
        for line in dict.fromkeys(line for *_, line in points)
    )
    marked = points if len(points) < 9 else points[-1:]
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour}"/>' for x, y, _ in marked)
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    style = f'fill="none" stroke="{colour}" stroke-width="2"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><g {style}>{pieces}</g>{dots}</svg>'


def _points(known: pd.DataFrame) -> list[tuple[float, float, int]]:
    times = [_time(str(period)) for period in known["period"]]
    low, high = float(known["value"].min()), float(known["value"].max())
    width, height = max(times[-1] - times[0], 1e-9), max(high - low, 1e-9)
    return [
        (
            4 + (WIDTH - 8) * (time - times[0]) / width,
            HEIGHT - 4 - (HEIGHT - 8) * (value - low) / height,
            line,
        )
        for time, value, line in zip(times, known["value"], lines(records(known)), strict=True)
    ]


def _time(period: str) -> float:
    return float(pd.Timestamp(period if "-W" not in period else period[:4]).to_julian_date())
