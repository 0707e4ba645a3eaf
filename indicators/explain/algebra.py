"""A formula as text in its own algebra, with datasets and codes: what words.py says in a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indicators.formula import (
    Behind,
    Condition,
    Count,
    Everywhere,
    Formula,
    Gap,
    Group,
    Named,
    Product,
    Rank,
    Ratio,
    Slice,
    Spread,
    Total,
    operands,
)
from sources.codes import EU, MEMBER_STATES


def algebra(formula: Formula, indent: int | None = None) -> str:
    """The formula as text on one line, or with one operand a line, ``indent`` spaces deeper each time."""
    match formula:
        case Slice():
            parts = [formula.dataset, *_codes(formula.codes), *_by(formula)]
            parts += [f"scale={formula.scale:g}"] if formula.scale != 1 else []
            return f"Slice({', '.join(parts)})"
        case Count():
            parts = [formula.dataset, *(_condition(one) for one in formula.where), *_by(formula)]
            parts += ["several"] if formula.several else []
            return f"Count({', '.join(parts)})"
    parts = [algebra(operand, indent) for operand in operands(formula)]
    return _call(type(formula).__name__, [*parts, *_options(formula)], indent)


def _call(name: str, parts: list[str], indent: int | None) -> str:
    if indent is None:
        return f"{name}({', '.join(parts)})"
    deeper = "\n" + " " * indent
    return f"{name}({deeper}{f',{deeper}'.join(part.replace(chr(10), deeper) for part in parts)}\n)"


def _codes(codes: Mapping[str, str | Mapping[str, str]]) -> list[str]:
    return [
        f"{dimension}={code if isinstance(code, str) else _versions(code)}"
        for dimension, code in codes.items()
    ]


def _versions(codes: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{period}: {code}" for period, code in codes.items()) + "}"


def _by(formula: Slice | Count) -> list[str]:
    if not formula.by:
        return []
    name = [f"name={formula.name}"] if formula.name else []
    return [f"by={formula.by}", f"members=[{', '.join(formula.members)}]", *name]


def _condition(condition: Condition) -> str:
    return f"{condition.column}={'|'.join(condition.values)}"


def _options(formula: Formula) -> list[str]:
    match formula:
        case Ratio(unit=unit, scale=scale) | Product(unit=unit, scale=scale):
            return [f"unit={unit}", *([f"scale={scale:g}"] if scale != 1 else [])]
        case Gap(geo=geo):
            return [f"geo={geo}"]
        case Rank(better=better, among=among) | Behind(better=better, among=among):
            return [f"better={better}", f"among={_among(among)}"]
        case Spread(among=among) | Total(among=among):
            return [f"among={_among(among)}"]
        case Everywhere(geo=geo, among=among):
            return [f"geo={geo}", f"among={_among(among)}"]
        case Named(names=names):
            return [f"names={_versions(names)}"]
        case Group(groups=groups, name=name):
            return [f"groups={_groups(groups)}", *([f"name={name}"] if name else [])]
    return []


def _groups(groups: Mapping[str, Sequence[str]]) -> str:
    """Each group with its members; a total has no name."""
    each = [f"{f'{name}: ' if name else ''}[{', '.join(members)}]" for name, members in groups.items()]
    return "{" + ", ".join(each) + "}"


def _among(geos: Sequence[str]) -> str:
    states, rest = set(MEMBER_STATES), [geo for geo in geos if geo not in MEMBER_STATES]
    if states <= set(geos) and rest in ([], [EU]):
        return "EU27 Member States" if not rest else "EU27 and its Member States"
    return f"[{', '.join(geos)}]"
