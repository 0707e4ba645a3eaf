"""How fast an indicator moves towards a target, against how fast it would have to: on track, behind, reached.

Which targets there are, and how far away, belongs to targets.py; projections to trajectory.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from indicators.model import Better, Target
from indicators.phrase import NO_BREAK
from indicators.targets import distance
from indicators.words import N_, translate

Progress = Literal["reached", "on track", "behind", "pace not known", "no target"]

PROGRESS_WORDS: dict[Progress, str] = {
    "reached": N_("reached"),
    "on track": N_("on track"),
    "behind": N_("behind"),
    "pace not known": N_("pace not known"),
    "no target": N_("no target"),
}
PROGRESS_SHAPES: dict[Progress, str] = {
    "reached": "★",
    "on track": "▲",
    "behind": "▼",
    "pace not known": "?",
    "no target": "–",
}
"""A shape for each, so that nobody needs to tell colours apart."""


COMPARABLE = ("comparable", "noted")


@dataclass(frozen=True)
class Point:
    """A figure of a series: its period, its value, and how it compares with the one before (``change_status``)."""

    period: str
    value: float | None
    change_status: str = ""


@dataclass(frozen=True)
class Standing:
    """Where a series stands before a target; amounts are in the indicator's unit, paces in that unit a year.

    ``achieved`` is the mean pace from ``since`` to ``period``, the longest stretch up to the newest value without
    a break; None where there is none. ``noted`` says that a change on the way is not fully comparable.
    """

    progress: Progress
    period: str = ""
    value: float | None = None
    missing: float | None = None
    required: float | None = None
    achieved: float | None = None
    since: str = ""
    noted: bool = False


def progress_text(progress: Progress, lang: str) -> str:
    """The shape and the words."""
    return f"{PROGRESS_SHAPES[progress]}{NO_BREAK}{translate(PROGRESS_WORDS[progress], lang)}"


def standing(aim: Target | None, points: Iterable[Point], better: Better = "up") -> Standing:
    """Where a series stands; a target without a value or whose time is over counts as none."""
    known = sorted(
        (point for point in points if point.value is not None), key=lambda point: moment(point.period)
    )
    last = known[-1] if known else Point("", None)
    since, achieved, noted = _pace(known)
    if aim is None or aim.value is None or aim.status == "historic":
        return Standing("no target", last.period, last.value, None, None, achieved, since, noted)
    missing = distance(last.value, aim)
    if missing is None:
        return Standing("pace not known")
    years = float(aim.year) - moment(last.period) if aim.year else 0.0
    required = round(missing / years, 10) if years > 0 else None
    progress = _progress(missing, required, achieved, -1 if better == "down" else 1)
    return Standing(progress, last.period, last.value, missing, required, achieved, since, noted)


def moment(period: str) -> float:
    """A period as a year and the part of it that is over before it begins; a target's year counts from its start."""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return int(year) + (int(part[1:]) - 1) / 4
    if part.startswith("S"):
        return int(year) + (int(part[1:]) - 1) / 2
    if part.startswith("W"):
        return int(year) + (int(part[1:]) - 1) / 53
    return int(year) + ((int(part[:2]) - 1) / 12 if part else 0)


def _progress(missing: float, required: float | None, achieved: float | None, upward: int) -> Progress:
    if missing * upward <= 0:
        return "reached"
    if required is None:
        return "behind"
    if achieved is None:
        return "pace not known"
    return "on track" if achieved * upward >= required * upward else "behind"


def _pace(known: list[Point]) -> tuple[str, float | None, bool]:
    """From when, how fast a year, and whether with a note: over the newest stretch of comparable values."""
    first = len(known) - 1
    while first > 0 and known[first].change_status in COMPARABLE:
        first -= 1
    if first < 0 or first == len(known) - 1:
        return "", None, False
    start, end = known[first], known[-1]
    years = moment(end.period) - moment(start.period)
    if years <= 0 or start.value is None or end.value is None:
        return "", None, False
    noted = any(point.change_status == "noted" for point in known[first + 1 :])
    return start.period, round((end.value - start.value) / years, 10), noted
