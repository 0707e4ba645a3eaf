"""What a formula gives for the places and periods asked for, computed anew from the cells, as a tree.

It means what indicators.compute means, and shares no code with it: the one is checked by the other. Which
cells are read belongs to reading.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from indicators.explain.model import Cell, Node
from indicators.explain.reading import Asked, Reading, series_at
from indicators.formula import (
    Change,
    Count,
    Difference,
    Formula,
    Gap,
    Prefer,
    Rank,
    Ratio,
    Share,
    Slice,
    Spread,
    Sum,
    breakdown_of,
    operands,
    unit_of,
)
from sources.codes import ALL_RECORDED, EU, FLAGS, MEMBER_STATES

DECIMALS = 10
"""Results are rounded to this, so that no binary noise is stated."""

Combine = Callable[[float, float], float | None]


def evaluate(reading: Reading, formula: Formula, asked: Asked) -> list[Node]:
    """The formula's values at what was asked for; a place and period of which nothing is said has none."""
    match formula:
        case Slice():
            return _slice(reading, formula, asked)
        case Count():
            return _count(reading, formula, asked)
        case Sum(parts):
            return _sum(reading, formula, parts, asked)
        case Difference():
            return _two(reading, formula, asked, lambda a, b: a - b)
        case Ratio(scale=scale):
            return _two(reading, formula, asked, lambda a, b: a / b * scale if b else None)
        case Share():
            return _two(reading, formula, asked, lambda a, b: a / b * 100 if b else None)
        case Change():
            return _change(reading, formula, asked)
        case Gap():
            return _gap(reading, formula, asked)
        case Rank():
            return _rank(reading, formula, asked)
        case Spread():
            return _spread(reading, formula, asked)
        case Prefer(first, otherwise):
            chosen = first if reading.hold(first) else otherwise
            found = evaluate(reading, chosen, asked) if reading.hold(chosen) else []
            return [
                replace(node, formula=formula, operands=(node,), cells=(), counted=None) for node in found
            ]


def _slice(reading: Reading, formula: Slice, asked: Asked) -> list[Node]:
    if asked.member not in (formula.members if formula.by else ("",)):
        return []
    held = reading.cells(formula, asked)
    return [_leaf(formula, asked.member, cell) for cell in (*held, *reading.gaps(formula, asked, held))]


def _leaf(formula: Slice, member: str, cell: Cell) -> Node:
    value = None if cell.value is None else cell.value * formula.scale
    series, status = series_at(formula, cell.period), cell.missing or "measured"
    said = (value, cell.low, cell.high, formula.unit, cell.flags, status, series)
    return Node(formula, cell.geo, cell.period, member, *said, cells=(cell,))


def _count(reading: Reading, formula: Count, asked: Asked) -> list[Node]:
    newest = reading.held(formula.dataset).layers[0].capture
    edition = f"{newest.known_from or newest.retrieved_at:%Y-%m-%d}"
    geos = (EU, ALL_RECORDED, *MEMBER_STATES) if asked.geos is None else asked.geos
    wrong = asked.member not in (formula.members if formula.by else ("",))
    if wrong or (asked.periods is not None and edition not in asked.periods):
        return []
    counts = [(geo, reading.counted(formula, geo, asked.member)) for geo in geos]
    return [
        Node(formula, geo, edition, asked.member, float(len(one.cases)), None, None, formula.unit, "", "measured",
             counted=one)
        for geo, one in counts if one is not None
    ]  # fmt: skip


def _own(formula: Formula, asked: Asked) -> Asked:
    """What is asked of an operand: one without members goes with every member of the other."""
    return asked if breakdown_of(formula) else replace(asked, member="")


def _sum(reading: Reading, formula: Sum, parts: Sequence[Formula], asked: Asked) -> list[Node]:
    if asked.member and not breakdown_of(parts[0]):
        return []
    first, *rest = (evaluate(reading, part, _own(part, asked)) for part in parts)
    sums: list[tuple[Node, tuple[Node, ...]]] = [(node, (node,)) for node in first]
    for others in rest:
        sums = [
            (_both(formula, total, other, lambda a, b: a + b), (*added, other))
            for total, added in sums
            for other in others
            if _same_place(total, other)
        ]
    return [replace(total, formula=formula, operands=added, cells=()) for total, added in sums]


def _two(reading: Reading, formula: Formula, asked: Asked, combine: Combine) -> list[Node]:
    first, second = operands(formula)
    if asked.member and not breakdown_of(first):
        return []
    one, other = (evaluate(reading, part, _own(part, asked)) for part in (first, second))
    return [_both(formula, a, b, combine) for a in one for b in other if _same_place(a, b)]


def _same_place(one: Node, other: Node) -> bool:
    return (one.geo, one.period) == (other.geo, other.period)


def _both(formula: Formula, one: Node, other: Node, combine: Combine) -> Node:
    """Two nodes joined: their flags united; without a value, the kind of missing that tells more."""
    value = None if one.value is None or other.value is None else combine(one.value, other.value)
    statuses = (one.status, other.status)
    missing = "not publishable" if "not publishable" in statuses else "not measured"
    return Node(
        formula,
        one.geo,
        one.period,
        one.member,
        None if value is None else round(value, DECIMALS),
        None,
        None,
        unit_of(formula),
        "".join(flag for flag in sorted(FLAGS) if flag in one.flags + other.flags),
        "measured" if value is not None else missing,
        one.series + other.series,
        (one, other),
    )


def _change(reading: Reading, formula: Change, asked: Asked) -> list[Node]:
    """Each value less the one before of its series and season, where nothing stands between them."""
    course = evaluate(reading, formula.of, replace(asked, periods=None))
    return [
        changed
        for node in course
        if (asked.periods is None or node.period in asked.periods)
        and (changed := _since(formula, node, course)) is not None
    ]


def _since(formula: Change, node: Node, course: Sequence[Node]) -> Node | None:
    own = [n for n in course if (n.geo, n.member, n.series) == (node.geo, node.member, node.series)]
    before = [
        n for n in own if n.value is not None and n.period < node.period and n.period[4:] == node.period[4:]
    ]
    previous = max(before, key=lambda n: n.period, default=None)
    if node.value is None or previous is None or previous.value is None:
        return None
    broken = any("b" in n.flags and previous.period < n.period <= node.period for n in own)
    redefined = ("d" in node.flags) != ("d" in previous.flags)
    stopped = broken or redefined
    return replace(
        node,
        formula=formula,
        value=None if stopped else round(node.value - previous.value, DECIMALS),
        unit=unit_of(formula),
        status="not comparable" if stopped else "measured",
        operands=(node, previous),
        cells=(),
        counted=None,
    )


def _gap(reading: Reading, formula: Gap, asked: Asked) -> list[Node]:
    geos = None if asked.geos is None else (*asked.geos, formula.geo)
    found = evaluate(reading, formula.of, replace(asked, geos=geos))
    references = [node for node in found if node.geo == formula.geo]
    return [
        replace(_both(formula, node, other, lambda a, b: a - b), series=node.series)
        for node in found
        if node.geo != formula.geo
        for other in references
        if (node.period, node.series) == (other.period, other.series)
    ]


def _rank(reading: Reading, formula: Rank, asked: Asked) -> list[Node]:
    found = evaluate(reading, formula.of, replace(asked, geos=tuple(formula.among)))
    sign = 1 if formula.better == "up" else -1
    ranked = []
    for node in found:
        rivals = [n for n in found if _rival(n, node)]
        if node.value is None or (asked.geos is not None and node.geo not in asked.geos):
            continue
        ahead = sum(1 for n in rivals if n.value is not None and sign * (n.value - node.value) > 0)
        held = sorted((n for n in rivals if n.value is not None), key=lambda n: -sign * (n.value or 0))
        position = replace(
            node, formula=formula, value=ahead + 1.0, unit=unit_of(formula), operands=tuple(held)
        )
        ranked.append(replace(position, cells=(), counted=None))
    return ranked


def _rival(one: Node, other: Node) -> bool:
    return (one.period, one.member, one.series) == (other.period, other.member, other.series)


def _spread(reading: Reading, formula: Spread, asked: Asked) -> list[Node]:
    if asked.geos is not None and EU not in asked.geos:
        return []
    found = evaluate(reading, formula.of, replace(asked, geos=tuple(formula.among)))
    groups: dict[tuple[str, str, str], list[Node]] = {}
    for node in found:
        if node.value is not None:
            groups.setdefault((node.period, node.member, node.series), []).append(node)
    spreads = []
    for (period, member, series), nodes in groups.items():
        held = sorted(nodes, key=lambda n: -(n.value or 0))
        value = round((held[0].value or 0) - (held[-1].value or 0), DECIMALS)
        said = (value, None, None, unit_of(formula), "", "measured", series, tuple(held))
        spreads.append(Node(formula, EU, period, member, *said))
    return spreads
