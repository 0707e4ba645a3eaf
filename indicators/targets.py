"""Targets: from the register's rows to values, in the order in which readers meet them, and how far they are.

Which targets there are is data of the source ``curated``; how a target reads on a page is phrase.py's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import get_args

from indicators.model import Target, TargetStatus

STATUSES: tuple[TargetStatus, ...] = get_args(TargetStatus)
"""From what binds most to what is past; this is also the order on pages."""


def target(row: Mapping[str, object]) -> Target:
    """One row of ``curated.targets`` as a Target; raises ValueError for a status that the register lacks."""
    status = _text(row, "status")
    if status not in STATUSES:
        raise ValueError(f"target {_text(row, 'target')}: status {status!r} is none of {', '.join(STATUSES)}")
    return Target(
        id=_text(row, "target"),
        indicator=_text(row, "indicator"),
        title=_text(row, "title"),
        geo=_text(row, "geo"),
        year=_text(row, "year"),
        value=_number(row["value"]),
        unit=_text(row, "unit"),
        status=status,
        clause=_text(row, "clause"),
        link=_text(row, "link"),
        dated=_text(row, "dated"),
        note=_text(row, "note"),
    )


def targets(rows: Iterable[Mapping[str, object]]) -> tuple[Target, ...]:
    """All targets, by status, then year (those without one last), then as they stand in the register."""
    found = [target(row) for row in rows]
    return tuple(sorted(found, key=lambda t: (STATUSES.index(t.status), t.year or "9999")))


def targets_of(register: Iterable[Target], indicator: str, geo: str | None = None) -> tuple[Target, ...]:
    """The targets of one indicator, for every geography or for one, in the register's order."""
    return tuple(t for t in register if t.indicator == indicator and geo in (None, t.geo))


def distance(value: float | None, aim: Target) -> float | None:
    """How much is still missing: the target less the value, in the indicator's unit (points for percentages).

    Negative once the target is passed; None where either is missing.
    """
    if value is None or aim.value is None or math.isnan(value):
        return None
    return round(aim.value - value, 10)


def _text(row: Mapping[str, object], column: str) -> str:
    value = row[column]
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return "" if missing else str(value)


def _number(value: object) -> float | None:
    number = float(str(value)) if value not in (None, "") else math.nan
    return None if math.isnan(number) else number
