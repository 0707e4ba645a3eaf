"""A formula as text in its own algebra, with datasets and codes: what words.py says in a language."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.formula import Condition, Count, Formula, Gap, Rank, Ratio, Slice, Spread, operands
from sources.codes import MEMBER_STATES


def algebra(formula: Formula, indent: int | None = None) -> str:
    """The formula as text on one line, or with one operand a line, ``indent`` spaces deeper each time."""
    match formula:
        case Slice():
            parts = [formula.dataset, *_codes(formula.codes), *_by(formula)]
            parts += [f"scale={formula.scale:g}"] if formula.scale != 1 else []
            return f"Slice({', '.join(parts)})"
        case Count():
            parts = [formula.dataset, *(_condition(one) for one in formula.where), *_by(formula)]
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
        case Ratio(unit=unit, scale=scale):
            return [f"unit={unit}", *([f"scale={scale:g}"] if scale != 1 else [])]
        case Gap(geo=geo):
            return [f"geo={geo}"]
        case Rank(better=better, among=among):
            return [f"better={better}", f"among={_among(among)}"]
        case Spread(among=among):
            return [f"among={_among(among)}"]
    return []


def _among(geos: object) -> str:
    geos = list(geos) if isinstance(geos, list | tuple) else [str(geos)]
    return "EU27 Member States" if set(geos) == set(MEMBER_STATES) else f"[{', '.join(geos)}]"
