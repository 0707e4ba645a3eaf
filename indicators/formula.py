"""The algebra of formulas: what a figure is made of, as plain data, and what follows from it.

Evaluating a formula over tables does not belong here: compute.py does that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from sources.codes import EU, MEMBER_STATES

Codes = Mapping[str, str | Mapping[str, str]]
"""Dimension -> its code, or -> the code of each period where a code stands for different versions."""


@dataclass(frozen=True)
class Condition:
    """The column holds one of the values."""

    column: str
    values: Sequence[str]


@dataclass(frozen=True)
class Slice:
    """Cells of a dataset, picked by their codes; with ``by``, one member for each code in ``members``.

    ``name`` names the breakdown where it is not called like its column.
    A dimension whose code varies by period makes one series per code: no change passes between them.
    ``scale`` multiplies the values into ``unit``.
    """

    dataset: str
    codes: Codes
    unit: str
    by: str = ""
    members: Sequence[str] = ()
    name: str = ""
    scale: float = 1


@dataclass(frozen=True)
class Count:
    """Records of a dataset that meet every condition, by country, for the EU27 and for all recorded.

    With ``by``, one member for each code of that column; ``name`` tells apart two breakdowns by one column.
    The period is the day of the edition that was counted.
    """

    dataset: str
    where: Sequence[Condition]
    unit: str
    by: str = ""
    members: Sequence[str] = ()
    name: str = ""


@dataclass(frozen=True)
class Sum:
    """The parts added up; a part that is missing leaves the whole missing."""

    parts: Sequence[Formula]


@dataclass(frozen=True)
class Difference:
    """``minuend - subtrahend``; between two percentages it is in percentage points."""

    minuend: Formula
    subtrahend: Formula


@dataclass(frozen=True)
class Ratio:
    """``numerator / denominator * scale`` in ``unit``; a denominator of zero leaves it missing."""

    numerator: Formula
    denominator: Formula
    unit: str
    scale: float = 1


@dataclass(frozen=True)
class Share:
    """``part`` in per cent of ``whole``."""

    part: Formula
    whole: Formula


@dataclass(frozen=True)
class Change:
    """The value less the value of the previous period of the same series; not across a break."""

    of: Formula


@dataclass(frozen=True)
class Gap:
    """The value less that of another geography, in the same period."""

    of: Formula
    geo: str = EU


@dataclass(frozen=True)
class Rank:
    """The position among geographies that have a value; 1 is the best, equal values share a rank."""

    of: Formula
    better: Literal["up", "down"]
    among: Sequence[str] = tuple(MEMBER_STATES)


@dataclass(frozen=True)
class Spread:
    """The highest value less the lowest among geographies, stated for the EU."""

    of: Formula
    among: Sequence[str] = tuple(MEMBER_STATES)


@dataclass(frozen=True)
class Prefer:
    """``first``; wherever it has no figure at all for a breakdown, ``otherwise``."""

    first: Formula
    otherwise: Formula


Formula = Slice | Count | Sum | Difference | Ratio | Share | Change | Gap | Rank | Spread | Prefer

POINTS = {"PC_ENT": "PP", "PC_EMP": "PP", "PC_ACT": "PP", "PC": "PP"}
"""The unit of a difference between two values of a unit, where it is another one."""


def operands(formula: Formula) -> tuple[Formula, ...]:
    """The formulas that a formula is built on; none for a slice or a count."""
    match formula:
        case Slice() | Count():
            return ()
        case Sum(parts):
            return tuple(parts)
        case Difference(first, second) | Ratio(first, second) | Share(first, second):
            return (first, second)
        case Prefer(first, second):
            return (first, second)
        case Change(of) | Gap(of) | Rank(of) | Spread(of):
            return (of,)


def unit_of(formula: Formula) -> str:
    """The code of the unit that the formula's values are in; raises ValueError where operands disagree."""
    match formula:
        case Slice(unit=unit) | Count(unit=unit) | Ratio(unit=unit):
            return unit
        case Share():
            return "PC"
        case Rank():
            return "RANK"
    units = {unit_of(operand) for operand in operands(formula)}
    if len(units) != 1:
        raise ValueError(f"units differ: {', '.join(sorted(units))}")
    unit = units.pop()
    return POINTS.get(unit, unit) if isinstance(formula, Difference | Change | Gap | Spread) else unit


def breakdown_of(formula: Formula) -> str:
    """The breakdown that the formula's members belong to; empty for a total."""
    match formula:
        case Slice(by=by, name=name) | Count(by=by, name=name):
            return name or by
    names = {breakdown_of(operand) for operand in operands(formula)} - {""}
    if len(names) > 1:
        raise ValueError(f"breakdowns differ: {', '.join(sorted(names))}")
    return names.pop() if names else ""


def datasets_of(formula: Formula) -> frozenset[str]:
    """The ids of all datasets that the formula reads."""
    match formula:
        case Slice(dataset=dataset) | Count(dataset=dataset):
            return frozenset({dataset})
    return frozenset().union(*(datasets_of(operand) for operand in operands(formula)))


def digest_of(formula: Formula) -> str:
    """A checksum of the formula's meaning: equal formulas, equal digests."""
    return hashlib.sha256(_canonical(formula).encode()).hexdigest()


def _canonical(formula: Formula) -> str:
    parts = [_canonical(operand) for operand in operands(formula)]
    own = {} if parts and not isinstance(formula, Ratio | Gap | Rank | Spread) else asdict(formula)
    return json.dumps([type(formula).__name__, own, parts], sort_keys=True, default=list)
