"""A formula and its parts in a reader's language, for one period and member; codes by their names.

The formula in its own algebra belongs to algebra.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from indicators.explain.model import Cell, Node
from indicators.explain.reading import codes_at
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
    operands,
)
from indicators.labels import label
from indicators.phrase import number_text
from indicators.words import N_, geo_name, translate

Labels = Mapping[tuple[str, str, str], str]

USUAL = {
    ("freq", "A"): N_("annual"),
    ("freq", "Q"): N_("quarterly"),
    ("freq", "M"): N_("monthly"),
    ("s_adj", "SA"): N_("seasonally adjusted"),
    ("age", "TOTAL"): N_("all ages"),
}
"""Codes that most tables have, named where no official name is at hand."""

ROLES: dict[type[Formula], tuple[str, ...]] = {
    Sum: (N_("added"),),
    Difference: (N_("value"), N_("subtracted")),
    Ratio: (N_("numerator"), N_("denominator")),
    Share: (N_("part"), N_("whole")),
    Change: (N_("value"), N_("period before")),
    Gap: (N_("value"), N_("compared with")),
    Rank: (N_("ranked"),),
    Spread: (N_("compared"),),
    Prefer: (N_("taken"),),
}


def role(parent: Node, place: int, lang: str) -> str:
    """What the operand in a place is to the node above it."""
    roles = ROLES[type(parent.formula)]
    return translate(roles[min(place, len(roles) - 1)], lang)


def code_name(labels: Labels, dimension: str, code: str, lang: str) -> str:
    """A code's name: as the release has it, else ours, else the code itself."""
    held = labels.get((dimension, code, lang))
    usual = USUAL.get((dimension, code))
    ours = label(dimension, code, lang)
    return held or (translate(usual, lang) if usual and ours == code else ours)


def cell_names(cell: Cell, labels: Labels, lang: str) -> str:
    """The codes of a cell by name, parted by semicolons; of a stated record, its definition."""
    if cell.dataset.record_key:
        return cell.codes.get("definition", "")
    known = {name: code for name, code in cell.codes.items() if name in cell.dataset.dimensions and code}
    return "; ".join(code_name(labels, name, code, lang) for name, code in known.items())


def in_words(formula: Formula, labels: Labels, lang: str, period: str, member: str = "") -> str:
    """What the formula does to which cells, as one phrase in the reader's language."""

    def part(operand: Formula) -> str:
        words = in_words(operand, labels, lang, period, member)
        return words if isinstance(operand, Slice | Count) else f"({words})"

    match formula:
        case Slice():
            codes = codes_at(formula, period, member).items()
            names = "; ".join(code_name(labels, name, code, lang) for name, code in codes if code)
            return translate("[{table}: {codes}]", lang, table=formula.dataset, codes=names or period)
        case Count():
            return _count_words(formula, labels, lang, member)
        case Sum(parts):
            return f" {translate('plus', lang)} ".join(map(part, parts))
        case Difference(first, second):
            return translate("{first} less {second}", lang, first=part(first), second=part(second))
        case Ratio(first, second, scale=scale):
            words = translate("{first} divided by {second}", lang, first=part(first), second=part(second))
            return (
                words
                if scale == 1
                else f"{words} × {number_text(scale, lang, 0 if scale == int(scale) else 2)}"
            )
        case Share(first, second):
            return translate("{first} in per cent of {second}", lang, first=part(first), second=part(second))
        case Prefer(first, second):
            words = N_("{first}; where that table is not loaded, {second}")
            return translate(words, lang, first=part(first), second=part(second))
    return _compared(formula, part(operands(formula)[0]), lang)


def _compared(formula: Formula, of: str, lang: str) -> str:
    match formula:
        case Gap(geo=geo):
            return translate("{of} less the same for {geo}", lang, of=of, geo=geo_name(geo, lang))
        case Rank(better=better, among=among):
            words = N_("place of {of} among {count} countries, the highest first")
            lowest = N_("place of {of} among {count} countries, the lowest first")
            return translate(words if better == "up" else lowest, lang, of=of, count=len(among))
        case Spread(among=among):
            words = N_("highest less lowest value of {of} among {count} countries")
            return translate(words, lang, of=of, count=len(among))
    return translate("change of {of} since the period before", lang, of=of)


def _count_words(formula: Count, labels: Labels, lang: str, member: str) -> str:
    wanted = [(one.column, code) for one in formula.where for code in one.values]
    wanted += [(formula.by, member)] if formula.by else []
    names = "; ".join(dict.fromkeys(code_name(labels, column, code, lang) for column, code in wanted))
    if not names:
        return translate("number of all records in {table}", lang, table=formula.dataset)
    return translate(
        "number of records in {table} with: {conditions}", lang, table=formula.dataset, conditions=names
    )


def codes_of(formula: Formula) -> set[tuple[str, str]]:
    """Every dimension and code that a formula names."""
    match formula:
        case Slice(codes=codes, by=by, members=members):
            each = [
                (n, c)
                for n, code in codes.items()
                for c in ([code] if isinstance(code, str) else code.values())
            ]
            return {*each, *((by, member) for member in members)}
        case Count(where=where, by=by, members=members):
            return {
                *((one.column, c) for one in where for c in one.values),
                *((by, member) for member in members),
            }
    return {pair for operand in operands(formula) for pair in codes_of(operand)}
