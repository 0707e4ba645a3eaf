"""What every chart says of figures: names, values as text, tooltips; which there are, and which a line joins.

Drawing does not belong here.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from itertools import count

import pandas as pd

from indicators.phrase import flags_text, period_text, value_text
from indicators.words import geo_name
from sources.codes import EU, MEMBER_STATES

NOT_LOADED = "not loaded"
BREAKS = ("b", "d")
"""Flags at which a line ends."""
NARROW, LETTER = 150, 6.3
"""Pixels that a phone leaves to the bars, and that a letter takes."""
LONG = 32
"""A text with more letters has its flags on a second line."""
TOLD = ("geo", "period", "value", "low", "high", "unit", "flags", "status")
"""The columns that say what a figure is."""
JOINED = ("geo", "series", "period", "flags", "previous_period", "change_status")
"""The columns that decide which line a figure is on."""
Row = dict[str, object]


def records(frame: pd.DataFrame, columns: Sequence[str] = ()) -> list[Row]:
    """The rows of a table, each by its columns' names; where any are named, those of them that the table has."""
    names = [str(name) for name in frame.columns if not columns or name in columns]
    held = [frame[name].tolist() for name in names]  # to_dict costs five times as much
    return [dict(zip(names, row, strict=True)) for row in zip(*held, strict=True)]


def described(figures: pd.DataFrame, lang: str, decimals: int = 1) -> pd.DataFrame:
    """The figures with columns ``name``, ``text`` (value and flags in words), ``short``, ``hollow``, ``tooltip``."""
    rows = records(figures, TOLD)
    texts = [text_of(row, lang, decimals) for row in rows]
    short = [text_of(row, lang, decimals, flags=False) for row in rows]
    names = [geo_name(str(row["geo"]), lang) for row in rows]
    tips = [tooltip(name, row, lang) for name, row in zip(names, rows, strict=True)]
    hollow = [is_provisional(str(row["flags"])) for row in rows]
    return figures.assign(name=names, text=texts, short=short, tooltip=tips, hollow=hollow)


def text_of(row: Row, lang: str, decimals: int = 1, flags: bool = True) -> str:
    """A figure's value as text; with its flags in words unless they are not wanted."""
    return value_text(
        number(row["value"]),
        str(row["unit"]),
        lang,
        decimals,
        flags=str(row["flags"]) if flags else "",
        status=str(row["status"]),
        low=number(row["low"]),
        high=number(row["high"]),
    )


def tooltip(name: str, row: Row, lang: str) -> str:
    """Name, value, period and flags in words, as lines of a tooltip."""
    value = text_of(row, lang, flags=False)
    words = flags_text(str(row["flags"]), lang)
    lines = [f"<b>{html.escape(name)}</b>", f"{value} · {period_text(str(row['period']), lang)}", words]
    return "<br>".join(line for line in lines if line)


def number(value: object) -> float | None:
    """A database's number as Python's; None where there is none."""
    if isinstance(value, float):  # as most are; pandas asks ten times as long
        return None if math.isnan(value) else float(value)
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    return float(value)  # type: ignore[arg-type]


def is_provisional(flags: str) -> bool:
    return "p" in flags or "f" in flags


def has_value(figures: pd.DataFrame) -> pd.Series[bool]:
    """Which figures state something: a value or a range."""
    return figures["value"].notna() | figures["low"].notna()


def room(figures: pd.DataFrame, low: float, end: float) -> float:
    """Pixels to leave beside an axis from ``low`` to ``end``, so that the ``text`` after every bar fits on a phone."""
    measured = figures[figures["value"].notna()]
    places: pd.Series[float] = (measured["value"].clip(lower=0) - low) / ((end - low) or 1.0)
    letters = [max(map(len, text.split("<br>"))) for text in measured["text"]]
    needed = [count * LETTER - NARROW * (1 - place) for count, place in zip(letters, places, strict=True)]
    return 8.0 + max([0.0, *map(float, needed)])


def parted(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures with the flags of every ``text`` on a line of their own, where one with a value is long."""
    measured = figures[figures["value"].notna()]
    if not (measured["text"].str.len() > LONG).any():
        return figures
    return figures.assign(
        text=figures["text"].where(figures["value"].isna(), figures["text"].str.replace(" (", "<br>("))
    )


def wrapped(name: str, width: int) -> str:
    """A long name on two lines, parted at a space near its middle."""
    if len(name) <= width:
        return name
    spaces = [i for i, character in enumerate(name) if character == " "]
    middle = min(spaces, key=lambda i: abs(i - len(name) / 2), default=0)
    return f"{name[:middle]}<br>{name[middle + 1 :]}" if middle else name


def complete(
    figures: pd.DataFrame, geos: Iterable[str] = MEMBER_STATES, reason: str = NOT_LOADED
) -> pd.DataFrame:
    """The figures of one period with a row for every one of ``geos``; ``reason`` is the status of added ones."""
    absent = [geo for geo in geos if geo not in set(figures["geo"])]
    if not absent or figures.empty:
        return figures
    like = figures.iloc[0]
    same = {column: like[column] for column in ("indicator", "period", "breakdown", "member", "unit")}
    none = {"value": None, "low": None, "high": None, "flags": "", "status": reason, "series": ""}
    rows = pd.DataFrame([{**same, **none, "geo": geo} for geo in absent])
    return pd.concat([figures, rows.astype(figures.dtypes[rows.columns].to_dict())], ignore_index=True)


def colour_key(geo: str, chosen: str) -> str:
    """Which of a look's colours a geography has: ``union``, ``chosen`` or ``other``."""
    return "union" if geo == EU else "chosen" if geo == chosen else "other"


def lines(rows: Sequence[Row]) -> list[int]:
    """For rows in order of time, which unbroken line each is on.

    A line joins values of one geography and series; a new one begins where values stop being comparable.
    """
    newest: dict[tuple[object, object], tuple[Row, int]] = {}
    begun, on = count(), []
    for row in rows:
        own = (row["geo"], row["series"])
        before, line = newest.get(own, (None, -1))
        line = next(begun) if before is None or _parted(before, row) else line
        newest[own] = (row, line)
        on.append(line)
    return on


def _parted(before: Row, row: Row) -> bool:
    """By a flag, or because no change is stated; months are compared with last year's, so one stop parts once."""
    if any(flag in str(row["flags"]) for flag in BREAKS):
        return True
    again = before.get("change_status") == "stopped" and row.get("previous_period") != before["period"]
    return row.get("change_status") == "stopped" and not again
