"""Values of the same place, period and member joined: sums, differences, ratios, products, shares.

What compares places, periods or members belongs to across.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from indicators.explain.model import Node
from indicators.formula import Difference, Formula, Product, Ratio, Share, Sum, unit_of
from sources.codes import FLAGS

DECIMALS = 10
"""Results are rounded to this, so that no binary noise is stated."""

Combine = Callable[[float, float], float | None]


def joined(
    formula: Sum | Difference | Ratio | Product | Share, first: Sequence[Node], rest: Iterable[Sequence[Node]]
) -> list[Node]:
    """The operands' nodes joined one after the other, each with all that went into it."""
    combine = _combine(formula)
    found: list[tuple[Node, tuple[Node, ...]]] = [(node, (node,)) for node in first]
    for others in rest:
        found = [
            (both(formula, node, other, combine), (*parts, other))
            for node, parts in found
            for other in others
            if _meet(node, other)
        ]
    return [replace(node, formula=formula, operands=parts, cells=(), counted=None) for node, parts in found]


def both(formula: Formula, one: Node, other: Node, combine: Combine) -> Node:
    """Two nodes joined: their flags united; without a value, the kind of missing that tells more."""
    value = None if one.value is None or other.value is None else combine(one.value, other.value)
    return Node(
        formula,
        one.geo,
        one.period,
        one.member,
        None if value is None else round(value, DECIMALS),
        None,
        None,
        unit_of(formula),
        flags_of((one, other)),
        "measured" if value is not None else missing((one, other)),
        one.series + other.series,
        (one, other),
    )


def flags_of(nodes: Iterable[Node]) -> str:
    """The flags of several nodes, each once."""
    seen = "".join(node.flags for node in nodes)
    return "".join(flag for flag in sorted(FLAGS) if flag in seen)


def missing(nodes: Iterable[Node]) -> str:
    """Why there is no value of several nodes together: what is not publishable tells more."""
    hidden = any(node.status == "not publishable" for node in nodes)
    return "not publishable" if hidden else "not measured"


def _meet(one: Node, other: Node) -> bool:
    place = (one.geo, one.period) == (other.geo, other.period)
    return place and other.member in (one.member, "")


def _combine(formula: Sum | Difference | Ratio | Product | Share) -> Combine:
    match formula:
        case Sum():
            return lambda a, b: a + b
        case Difference():
            return lambda a, b: a - b
        case Product(scale=scale):
            return lambda a, b: a * b * scale
        case Ratio(scale=scale):
            return lambda a, b: a / b * scale if b else None
        case Share():
            return lambda a, b: a / b * 100 if b else None
