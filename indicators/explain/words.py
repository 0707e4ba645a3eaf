"""A formula and its parts in a reader's language, for one period and member; codes by their names.

The formula in its own algebra belongs to algebra.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indicators.explain.model import Cell, Node
from indicators.explain.reading import codes_at, inside
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
    breakdown_of,
    operands,
)
from indicators.labels import label
from indicators.phrase import number_text
from indicators.words import N_, apart, geo_name, translate

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
    Product: (N_("factor"),),
    Behind: (N_("value"), N_("compared with")),
    Regions: (N_("taken"),),
    Named: (N_("taken"),),
    Group: (N_("part"),),
    Total: (N_("part"),),
    Everywhere: (N_("taken"),),
    Latest: (N_("taken"),),
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


def member_name(labels: Labels, formula: Slice | Count, member: str, lang: str) -> str:
    """A member's name: that of the code in its column, else that of the member in its breakdown."""
    name = code_name(labels, formula.by, member, lang)
    return name if name != member else label(breakdown_of(formula), member, lang)


def cell_names(cell: Cell, labels: Labels, lang: str) -> str:
    """The codes of a cell by name, parted by semicolons; of a stated record, its definition."""
    if cell.dataset.record_key:
        return cell.codes.get("definition", "")
    known = {name: code for name, code in cell.codes.items() if name in cell.dataset.dimensions and code}
    return apart((code_name(labels, name, code, lang) for name, code in known.items()), lang)


def in_words(formula: Formula, labels: Labels, lang: str, period: str, member: str = "") -> str:
    """What the formula does to which cells, as one phrase in the reader's language."""
    return _Phrase(labels, lang, period).of(formula, (member,))


@dataclass(frozen=True)
class _Phrase:
    """The words for a formula's parts, all for one reader and period."""

    labels: Labels
    lang: str
    period: str

    def of(self, formula: Formula, members: Sequence[str]) -> str:
        """The formula for some of its members; without any, its cells are named by what they share."""
        match formula:
            case Slice():
                return self._cells(formula, members)
            case Count():
                return self._counted(formula, members)
            case Sum(parts):
                return f" {translate('plus', self.lang)} ".join(self._part(one, members) for one in parts)
            case Named(of):
                return self.of(of, inside(formula, members))
            case Group(of):
                return self._group(of, inside(formula, members))
            case Latest(of):
                return self._say(N_("{of}, the newest value that is not later"), of=self._part(of, members))
        first, *second = [self._part(operand, members) for operand in operands(formula)]
        return self._two(formula, first, *second) if second else self._one(formula, first)

    def _part(self, formula: Formula, members: Sequence[str]) -> str:
        words = self.of(formula, members)
        simple = isinstance(formula.of if isinstance(formula, Named) else formula, Slice | Count)
        return words if simple else f"({words})"

    def _two(self, formula: Formula, first: str, second: str) -> str:
        words = {
            Difference: N_("{first} less {second}"),
            Ratio: N_("{first} divided by {second}"),
            Product: N_("{first} times {second}"),
            Share: N_("{first} in per cent of {second}"),
            Prefer: N_("{first}; where that table is not loaded, {second}"),
        }[type(formula)]
        text = self._say(words, first=first, second=second)
        scale = formula.scale if isinstance(formula, Ratio | Product) else 1
        decimals = len(f"{scale:f}".rstrip("0").partition(".")[2])
        return text if scale == 1 else f"{text} × {number_text(scale, self.lang, decimals)}"

    def _one(self, formula: Formula, of: str) -> str:
        match formula:
            case Change():
                return self._say(N_("change of {of} since the period before"), of=of)
            case Regions():
                return self._say(N_("{of}, for regions at level 2 of NUTS"), of=of)
            case Gap(geo=geo):
                return self._say(N_("{of} less the same for {geo}"), of=of, geo=geo_name(geo, self.lang))
            case Everywhere(geo=geo):
                words = N_("{of} for {geo}, the same for all places")
                return self._say(words, of=of, geo=geo_name(geo, self.lang))
        return self._among(formula, of)

    def _among(self, formula: Formula, of: str) -> str:
        match formula:
            case Rank(better=better, among=among):
                highest = N_("place of {of} among {count} countries, the highest first")
                lowest = N_("place of {of} among {count} countries, the lowest first")
                return self._say(highest if better == "up" else lowest, of=of, count=len(among))
            case Behind(better=better, among=among):
                highest = N_("{of} less the highest of {count} countries")
                lowest = N_("{of} less the lowest of {count} countries")
                return self._say(highest if better == "up" else lowest, of=of, count=len(among))
            case Spread(among=among):
                words = N_("highest less lowest value of {of} among {count} countries")
                return self._say(words, of=of, count=len(among))
            case Total(among=among):
                words = N_("{of}, for the EU the total of its {count} countries")
                return self._say(words, of=of, count=len(among))
        raise TypeError(f"no words are known for {type(formula).__name__}")

    def _group(self, of: Formula, members: Sequence[str]) -> str:
        """The members are named once for all the cells that they are added up in."""
        parted = _parted(of)
        names = ", ".join(member_name(self.labels, parted, code, self.lang) for code in members)
        alone = self.of(of, ()) if isinstance(of, Slice) else f"({self.of(of, ())})"
        return self._say(N_("{of}, added up over: {members}"), of=alone, members=names)

    def _cells(self, formula: Slice, members: Sequence[str]) -> str:
        codes = codes_at(formula, self.period, "").items()
        names = self._names(codes, formula, members) or self.period
        return self._say(N_("[{table}: {codes}]"), table=formula.dataset, codes=names)

    def _counted(self, formula: Count, members: Sequence[str]) -> str:
        wanted = ((one.column, code) for one in formula.where for code in one.values)
        names = self._names(wanted, formula, members)
        if not names:
            return self._say(N_("number of all records in {table}"), table=formula.dataset)
        words = N_("number of records in {table} with: {conditions}")
        return self._say(words, table=formula.dataset, conditions=names)

    def _names(self, codes: Iterable[tuple[str, str]], formula: Slice | Count, members: Sequence[str]) -> str:
        """The names of codes, and of those members that the formula has."""
        names = [code_name(self.labels, column, code, self.lang) for column, code in codes if code]
        own = [member for member in members if member in formula.members]
        names += [member_name(self.labels, formula, member, self.lang) for member in own]
        return apart(dict.fromkeys(names), self.lang)

    def _say(self, words: str, **said: object) -> str:
        return translate(words, self.lang, **said)


def _parted(formula: Formula) -> Slice | Count:
    """What the formula's members come from."""
    found = (operand for operand in operands(formula) if breakdown_of(operand))
    return formula if isinstance(formula, Slice | Count) else _parted(next(found))


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
