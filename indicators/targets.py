"""Targets: from the register's rows to values, in the order in which readers meet them, and how far they are.

Which targets there are is data of the source ``curated``; how a target reads on a page is phrase.py's, how pace
compares with what is required, pace.py's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import get_args

from indicators.model import Target, TargetStatus
from indicators.registry import indicators
from sources.curated import Curated

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
    """All targets, by status, then year (those without one last), then as they stand in the register.

    One whose indicator is not ours, or is measured in another unit, stays without an indicator: nothing is
    compared with it.
    """
    found = [target(row) for row in rows]
    fitting = [replace(aim, indicator="") if misfit(aim.indicator, aim.unit) else aim for aim in found]
    return tuple(sorted(fitting, key=lambda t: (STATUSES.index(t.status), t.year or "9999")))


def misfit(indicator: str, unit: str) -> str:
    """Why a target cannot be compared with its indicator, and what to do; empty where it can, or names none."""
    known = indicators()
    if not indicator:
        return ""
    if indicator not in known:
        near = get_close_matches(indicator, known, 1)
        meant = f"did you mean {near[0]}?" if near else "see observatory indicators"
        return f"the indicator {indicator!r} is unknown: {meant}"
    own = known[indicator].unit
    return (
        "" if unit in ("", own) else f"the unit {unit!r} is not that of {indicator}: give the value in {own}"
    )


def complaints(curated: Curated) -> list[str]:
    """What is wrong with the users' own targets: file, line, what it is and what to do."""
    own = curated.own_targets()
    misfits = [(entry.line, misfit(entry.cells["indicator"], entry.cells["unit"])) for entry in own.entries]
    where = curated.own_file
    return [*own.refused, *(f"{where}: line {line}: {said}" for line, said in misfits if said)]


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
