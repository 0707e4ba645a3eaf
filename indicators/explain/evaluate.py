"""What a formula gives for the places and periods asked for, computed anew from the cells, as a tree.

It means what indicators.compute means, and shares no code with it: the one is checked by the other. Here stands
what each kind of formula asks of its operands; what it makes of them is in joining.py and across.py, and which
cells are read in reading.py and counting.py.
"""

from __future__ import annotations

import re
from dataclasses import replace

from indicators.explain.across import (
    behind,
    changes,
    everywhere,
    gaps,
    groups_of,
    ranks,
    restated,
    same,
    spreads,
    totals,
)
from indicators.explain.counting import counts, edition
from indicators.explain.joining import joined
from indicators.explain.model import Cell, Node
from indicators.explain.reading import Asked, Reading, inside, series_at
from indicators.formula import (
    Behind,
    Change,
    Count,
    Difference,
    Everywhere,
    Formula,
    Gap,
    Group,
    Latest,
    Named,
    Prefer,
    Product,
    Rank,
    Ratio,
    Regions,
    Share,
    Slice,
    Spread,
    Sum,
    Total,
    members_of,
    operands,
)
from sources.codes import EU

REGION = re.compile(r"(?!E[AU])[A-Z]{2}[A-Z0-9]{2}")
"""NUTS 2: a country's two letters and two more characters; EA and EU are groups of countries, not countries."""


def evaluate(reading: Reading, formula: Formula, asked: Asked) -> list[Node]:
    """The formula's values at what was asked for; a place and period of which nothing is said has none."""
    return [node for node in _found(reading, formula, asked) if asked.wants(node.geo, node.period)]


def _found(reading: Reading, formula: Formula, asked: Asked) -> list[Node]:
    match formula:
        case Slice():
            return _slice(reading, formula, asked)
        case Count():
            return counts(reading, formula, asked)
        case Sum() | Difference() | Ratio() | Product() | Share():
            return _joined(reading, formula, asked)
        case Prefer(first, otherwise):
            chosen = first if reading.hold(first) else otherwise
            found = evaluate(reading, chosen, asked) if reading.hold(chosen) else []
            return [same(formula, node) for node in found]
        case Regions(of):
            found = evaluate(reading, of, asked)
            return [same(formula, node) for node in found if REGION.fullmatch(node.geo)]
        case Named(of, names):
            found = evaluate(reading, of, replace(asked, members=inside(formula, asked.members)))
            return [same(formula, node, member=names[node.member]) for node in found]
        case Group(of):
            own = replace(asked, members=inside(formula, asked.members))
            return groups_of(formula, evaluate(reading, of, own))
        case Change(of):
            return changes(formula, evaluate(reading, of, replace(asked, periods=None)))
        case Latest(of, at):
            course = evaluate(reading, of, replace(asked, periods=None))
            return restated(formula, course, _periods(reading, at, asked))
    return _across(reading, formula, asked)


def _across(reading: Reading, formula: Formula, asked: Asked) -> list[Node]:
    """The formulas for which other places count than those that are asked for."""
    match formula:
        case Gap(of, geo):
            return gaps(formula, evaluate(reading, of, asked.and_of([geo])))
        case Behind(of, among=among):
            return behind(formula, evaluate(reading, of, asked.and_of(among)))
        case Rank(of, among=among):
            return ranks(formula, evaluate(reading, of, replace(asked, geos=tuple(among))))
        case Spread(of, among):
            return spreads(formula, evaluate(reading, of, replace(asked, geos=tuple(among))))
        case Total(of, among):
            own = asked.and_of(among) if asked.geos is None or EU in asked.geos else asked
            return totals(formula, evaluate(reading, of, own))
        case Everywhere(of, geo):
            return everywhere(formula, evaluate(reading, of, replace(asked, geos=(geo,))))
    raise TypeError(f"no value is known for {type(formula).__name__}")


def _slice(reading: Reading, formula: Slice, asked: Asked) -> list[Node]:
    own = [member for member in asked.members if member in (formula.members if formula.by else ("",))]
    if not own:
        return []
    asked = replace(asked, members=tuple(own))
    held = reading.cells(formula, asked)
    return [_leaf(formula, cell) for cell in (*held, *reading.gaps(formula, asked, held))]


def _leaf(formula: Slice, cell: Cell) -> Node:
    value = None if cell.value is None else cell.value * formula.scale
    member = cell.codes[formula.by] if formula.by else ""
    series, status = series_at(formula, cell.period), cell.missing or "measured"
    said = (value, cell.low, cell.high, formula.unit, cell.flags, status, series)
    return Node(formula, cell.geo, cell.period, member, *said, cells=(cell,))


def _joined(
    reading: Reading, formula: Sum | Difference | Ratio | Product | Share, asked: Asked
) -> list[Node]:
    """One without members goes with every member of the first."""
    first, *rest = operands(formula)
    beside = replace(asked, members=tuple(dict.fromkeys((*asked.members, ""))))
    others = [evaluate(reading, operand, beside) for operand in rest]
    return joined(formula, evaluate(reading, first, asked), others)


def _periods(reading: Reading, at: Formula, asked: Asked) -> list[str]:
    """The periods of which ``at`` says anything at all, of any place and member."""
    if isinstance(at, Count):
        return [edition(reading, at)]
    anywhere = replace(asked, geos=None, members=(*members_of(at), ""))
    return sorted({node.period for node in evaluate(reading, at, anywhere)})
