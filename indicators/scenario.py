"""Scenarios: where a value would be at another pace. Plain arithmetic on what was observed, no forecast.

What follows if things go on as they went belongs to trajectory.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from indicators.trajectory import HORIZON, PERCENTAGES
from sources.codes import MEMBER_STATES

Supposition = Literal["same pace", "double pace", "pace of the best five", "own pace"]
BEST = 5


@dataclass(frozen=True)
class Scenario:
    """A supposed pace in units a year from the last observation on, and the value that it leads to by 2030."""

    supposition: Supposition
    pace: float
    start_year: int
    start: float
    end: float


def paces(course: pd.DataFrame) -> Mapping[str, float]:
    """The pace of each geography in units a year between the first and the last value of its comparable course.

    ``course`` has geo, year and value; a geography with one value has no pace.
    """
    found = {}
    for geo, own in course.sort_values("year").groupby("geo"):
        first, last = own.iloc[0], own.iloc[-1]
        if last["year"] > first["year"]:
            found[str(geo)] = float((last["value"] - first["value"]) / (last["year"] - first["year"]))
    return found


def scenarios(
    course: pd.DataFrame, geo: str, unit: str, better: str, own: float | None = None
) -> list[Scenario]:
    """The scenarios of one geography; none without a pace. ``own`` is a pace that a reader chose."""
    known = paces(course)
    if geo not in known:
        return []
    ordered = sorted((known[name] for name in known if name in MEMBER_STATES), reverse=better != "down")
    supposed: dict[Supposition, float | None] = {
        "same pace": known[geo],
        "double pace": 2 * known[geo],
        "pace of the best five": sum(ordered[:BEST]) / BEST if len(ordered) >= BEST else None,
        "own pace": own,
    }
    last = course[course["geo"] == geo].sort_values("year").iloc[-1]
    year, value = int(last["year"]), float(last["value"])
    return [
        Scenario(name, pace, year, value, _end(value + pace * (HORIZON - year), unit))
        for name, pace in supposed.items()
        if pace is not None
    ]


def _end(value: float, unit: str) -> float:
    return min(100.0, max(0.0, value)) if unit in PERCENTAGES else value
