"""What compares or adds up places, periods and members: changes, gaps, ranks, spreads, groups, totals.

Values of one place, period and member are joined in joining.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import fsum
from typing import Any

from indicators.explain.joining import DECIMALS, both, flags_of, missing
from indicators.explain.model import Node
from indicators.explain.reading import group_of
from indicators.formula import (
    Behind,
    Change,
    Everywhere,
    Formula,
    Gap,
    Group,
    Latest,
    Rank,
    Spread,
    Total,
    unit_of,
)
from sources.codes import EU


def same(formula: Formula, node: Node, *others: Node, **changed: Any) -> Node:
    """What a formula says again of a node, but for what it changes; ``others`` had a part in it."""
    operands = (node, *others)
    return replace(node, formula=formula, operands=operands, cells=(), counted=None, **changed)


def changes(formula: Change, course: Sequence[Node]) -> list[Node]:
    """Each value less the one before of its series and season, where nothing stands between them."""
    found = (_since(formula, node, course) for node in course)
    return [node for node in found if node is not None]


def _since(formula: Change, node: Node, course: Sequence[Node]) -> Node | None:
    key = (node.geo, node.member, node.series)
    own = [n for n in course if (n.geo, n.member, n.series) == key]
    before = [
        n for n in own if n.value is not None and n.period < node.period and n.period[4:] == node.period[4:]
    ]
    previous = max(before, key=lambda n: n.period, default=None)
    if node.value is None or previous is None or previous.value is None:
        return None
    broken = any("b" in n.flags and previous.period < n.period <= node.period for n in own)
    stopped = broken or ("d" in node.flags) != ("d" in previous.flags)
    value = None if stopped else round(node.value - previous.value, DECIMALS)
    status = "not comparable" if stopped else "measured"
    return same(formula, node, previous, value=value, unit=unit_of(formula), status=status)


def gaps(formula: Gap, found: Sequence[Node]) -> list[Node]:
    """Each node less that of the other place, in the same period and series."""
    references = [node for node in found if node.geo == formula.geo]
    return [
        _less(formula, node, other)
        for node in found
        if node.geo != formula.geo
        for other in references
        if _rival(node, other)
    ]


def behind(formula: Behind, found: Sequence[Node]) -> list[Node]:
    """Each node less the best of its period, the first by code where several are best."""
    sign = 1 if formula.better == "up" else -1
    among = [node for node in _held(found) if node.geo in formula.among]
    less = []
    for node in found:
        rivals = [n for n in among if _rival(n, node)]
        if rivals:
            best = min(rivals, key=lambda n: (-sign * (n.value or 0), n.geo))
            less.append(_less(formula, node, best))
    return less


def _less(formula: Formula, node: Node, other: Node) -> Node:
    return replace(both(formula, node, other, lambda a, b: a - b), series=node.series)


def ranks(formula: Rank, found: Sequence[Node]) -> list[Node]:
    """The position of each value among its rivals; all of them, the best first, are its operands."""
    sign = 1 if formula.better == "up" else -1
    held = sorted(_held(found), key=lambda n: -sign * (n.value or 0))
    ranked = []
    for node in held:
        rivals = [n for n in held if _rival(n, node)]
        ahead = sum(1 for n in rivals if sign * ((n.value or 0) - (node.value or 0)) > 0)
        position = same(formula, node, value=ahead + 1.0, unit=unit_of(formula))
        ranked.append(replace(position, operands=tuple(rivals)))
    return ranked


def spreads(formula: Spread, found: Sequence[Node]) -> list[Node]:
    """The highest value less the lowest of each period, as one of the EU."""
    alike: dict[tuple[str, str, str], list[Node]] = {}
    for node in _held(found):
        alike.setdefault((node.period, node.member, node.series), []).append(node)
    spread = []
    for (period, member, series), nodes in alike.items():
        held = sorted(nodes, key=lambda n: -(n.value or 0))
        value = round((held[0].value or 0) - (held[-1].value or 0), DECIMALS)
        said = (value, None, None, unit_of(formula), "", "measured", series, tuple(held))
        spread.append(Node(formula, EU, period, member, *said))
    return spread


def groups_of(formula: Group, found: Sequence[Node]) -> list[Node]:
    """The members of each group added up; one of which no member may be missing."""
    names = group_of(formula)
    alike: dict[tuple[str, str, str, str], list[Node]] = {}
    for node in found:
        key = (node.geo, node.period, names[node.member], node.series)
        alike.setdefault(key, []).append(node)
    return [
        _added(formula, parts, geo, period, name, series, whole=len(parts) == len(formula.groups[name]))
        for (geo, period, name, series), parts in alike.items()
    ]


def totals(formula: Total, found: Sequence[Node]) -> list[Node]:
    """The nodes but those of the EU, and for the EU the total of those of its places that have one."""
    alike: dict[tuple[str, str, str], list[Node]] = {}
    for node in found:
        if node.geo in formula.among:
            alike.setdefault((node.period, node.member, node.series), []).append(node)
    others = [same(formula, node) for node in found if node.geo != EU]
    return others + [
        _added(formula, parts, EU, period, member, series)
        for (period, member, series), parts in alike.items()
    ]


def _added(
    formula: Formula,
    parts: Sequence[Node],
    geo: str,
    period: str,
    member: str,
    series: str,
    whole: bool = True,
) -> Node:
    """The parts added up; missing where one of them is."""
    values = [node.value for node in _held(parts) if node.value is not None]
    given = whole and len(values) == len(parts)
    value = round(fsum(values), DECIMALS) if given else None
    status = "measured" if given else missing(parts)
    said = (value, None, None, unit_of(formula), flags_of(parts), status, series, tuple(parts))
    return Node(formula, geo, period, member, *said)


def everywhere(formula: Everywhere, found: Sequence[Node]) -> list[Node]:
    """The nodes of one place, once for each of the others."""
    return [same(formula, node, geo=geo) for node in found for geo in formula.among]


def restated(formula: Latest, course: Sequence[Node], periods: Iterable[str]) -> list[Node]:
    """For each of the periods the newest value that is not later, by place, member and series."""
    found = []
    for period in periods:
        newest: dict[tuple[str, str, str], Node] = {}
        for node in sorted(_held(course), key=lambda n: n.period):
            if node.period <= period:
                newest[node.geo, node.member, node.series] = node
        found += [same(formula, node, period=period) for node in newest.values()]
    return found


def _held(nodes: Iterable[Node]) -> list[Node]:
    """Those that have a value."""
    return [node for node in nodes if node.value is not None]


def _rival(one: Node, other: Node) -> bool:
    return (one.period, one.member, one.series) == (other.period, other.member, other.series)
