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
    Where the column holds ``several`` codes, parted by blanks, a record counts under each of them.
    The period is the day of the edition that was counted. A column of which no record of the edition says
    anything (each is empty or ``unknown``) leaves the counts not measured: an edition without it says nothing.
    """

    dataset: str
    where: Sequence[Condition]
    unit: str
    by: str = ""
    members: Sequence[str] = ()
    name: str = ""
    several: bool = False


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
class Product:
    """``first * second * scale`` in ``unit``."""

    first: Formula
    second: Formula
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
class Behind:
    """The value less the best among geographies, in the same period: zero for the best, negative where more is better.

    Where several are best, the first by code stands for them: its flags and captures go with the result.
    """

    of: Formula
    better: Literal["up", "down"]
    among: Sequence[str] = tuple(MEMBER_STATES)


@dataclass(frozen=True)
class Regions:
    """Only the cells of regions at level 2 of NUTS: two letters of the country and two more characters."""

    of: Formula


@dataclass(frozen=True)
class Named:
    """The same cells under other members: ``names`` gives each member its name; one without a name is left out.

    So two tables that write one thing in two codes meet in one member.
    """

    of: Formula
    names: Mapping[str, str]


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


@dataclass(frozen=True)
class Group:
    """The members added up into groups, which are the members of the breakdown ``name``; both empty for a total.

    A member that is missing leaves its group missing; one that is in no group is left out.
    """

    of: Formula
    groups: Mapping[str, Sequence[str]]
    name: str


@dataclass(frozen=True)
class Total:
    """The values, and for the EU their total over geographies, in place of any value given for the EU.

    A geography without a cell adds nothing (the source says so); one whose value is missing leaves it missing.
    """

    of: Formula
    among: Sequence[str] = tuple(MEMBER_STATES)


@dataclass(frozen=True)
class Everywhere:
    """The value of one geography, given to each of the others: an exchange rate, for example."""

    of: Formula
    geo: str
    among: Sequence[str] = (EU, *MEMBER_STATES)


@dataclass(frozen=True)
class Latest:
    """The values restated at the periods of ``at``: for each, the newest one that is not later and has a value."""

    of: Formula
    at: Formula


Formula = (
    Slice
    | Count
    | Sum
    | Difference
    | Ratio
    | Product
    | Share
    | Change
    | Gap
    | Behind
    | Regions
    | Named
    | Rank
    | Spread
    | Prefer
    | Group
    | Total
    | Everywhere
    | Latest
)

PERCENTAGE = "PC"
"""How the codes of all percentages begin, whatever they are a percentage of."""


def operands(formula: Formula) -> tuple[Formula, ...]:
    """The formulas that a formula is built on; none for a slice or a count."""
    match formula:
        case Slice() | Count():
            return ()
        case Sum(parts):
            return tuple(parts)
        case Difference(first, second) | Ratio(first, second) | Product(first, second):
            return (first, second)
        case Share(first, second) | Prefer(first, second) | Latest(first, second):
            return (first, second)
        case Group(of) | Total(of) | Everywhere(of):
            return (of,)
        case Change(of) | Gap(of) | Behind(of) | Regions(of) | Named(of) | Rank(of) | Spread(of):
            return (of,)


def unit_of(formula: Formula) -> str:
    """The code of the unit that the formula's values are in; raises ValueError where operands disagree."""
    match formula:
        case Slice(unit=unit) | Count(unit=unit) | Ratio(unit=unit) | Product(unit=unit):
            return unit
        case Share():
            return "PC"
        case Rank():
            return "RANK"
        case Latest(of):
            return unit_of(of)
    units = {unit_of(operand) for operand in operands(formula)}
    if len(units) != 1:
        raise ValueError(f"units differ: {', '.join(sorted(units))}")
    unit = units.pop()
    compares = isinstance(formula, Difference | Change | Gap | Behind | Spread)
    return "PP" if compares and unit.startswith(PERCENTAGE) else unit


def breakdown_of(formula: Formula) -> str:
    """The breakdown that the formula's members belong to; empty for a total."""
    match formula:
        case Slice(by=by, name=name) | Count(by=by, name=name):
            return name or by
        case Group(name=name):
            return name
        case Latest(of):
            return breakdown_of(of)
    names = {breakdown_of(operand) for operand in operands(formula)} - {""}
    if len(names) > 1:
        raise ValueError(f"breakdowns differ: {', '.join(sorted(names))}")
    return names.pop() if names else ""


def members_of(formula: Formula) -> tuple[str, ...]:
    """The members that the formula's values can have; none for a total."""
    match formula:
        case Slice(members=members) | Count(members=members):
            return tuple(members)
        case Named(names=names):
            return tuple(names.values())
        case Group(groups=groups):
            return tuple(group for group in groups if group)
        case Latest(of):
            return members_of(of)
    found = (member for operand in operands(formula) for member in members_of(operand))
    return tuple(dict.fromkeys(found))


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
    nodes = Ratio | Product | Gap | Behind | Named | Rank | Spread | Group | Total | Everywhere
    own = {} if parts and not isinstance(formula, nodes) else asdict(formula)
    return json.dumps([type(formula).__name__, own, parts], sort_keys=True, default=list)
