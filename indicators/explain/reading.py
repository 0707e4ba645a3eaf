"""The cells that a formula reads, from the captures known on a day.

Only what a question needs is read, by SQL on the tidy tables; what is made of it belongs to evaluate.py, and how
records are counted to counting.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from indicators.explain.model import Cell
from indicators.formula import Formula, Group, Named, Prefer, Slice, datasets_of
from sources import eurostat_links
from sources.codes import EU, MEMBER_STATES
from sources.formats.sql import literal, name
from sources.model import Dataset
from warehouse.read import OpenRelease
from warehouse.vintages import State

OBSERVED = ("geo", "period", "value", "low", "high", "flags", "confidentiality")
"""What a table of records states of a figure, beside what identifies and describes it."""


@dataclass(frozen=True)
class Asked:
    """Which places and periods of which members are asked for; None asks for all."""

    geos: tuple[str, ...] | None
    periods: tuple[str, ...] | None
    members: tuple[str, ...] = ("",)

    def wants(self, geo: str, period: str) -> bool:
        """Whether a place and period are among those asked for."""
        here = self.geos is None or geo in self.geos
        return here and (self.periods is None or period in self.periods)

    def and_of(self, geos: Iterable[str]) -> Asked:
        """The same, asked of further places too."""
        return self if self.geos is None else replace(self, geos=tuple(dict.fromkeys((*self.geos, *geos))))


@dataclass(frozen=True)
class Reading:
    """The states of a release's datasets on a day, or now; ``since`` is when coverage is expected."""

    opened: OpenRelease
    datasets: Mapping[str, Dataset]
    since: str
    on: date | None = None
    eurostat_url: str = eurostat_links.PUBLIC
    _states: dict[str, State | None] = field(default_factory=dict)

    def state(self, dataset: str) -> State | None:
        """What was known of a dataset; None while nothing was, or where the code has no such dataset."""
        if dataset not in self._states:
            known = self.datasets.get(dataset)
            self._states[dataset] = self.opened.state(known, self.on) if known else None
        return self._states[dataset]

    def held(self, dataset: str) -> State:
        """The state of a dataset that has one."""
        state = self.state(dataset)
        if state is None:
            raise KeyError(dataset)
        return state

    def hold(self, formula: Formula) -> bool:
        """Whether a formula can be evaluated from what was known."""
        if isinstance(formula, Prefer):
            return self.hold(formula.first) or self.hold(formula.otherwise)
        return all(self.state(dataset) for dataset in datasets_of(formula))

    def cells(self, formula: Slice, asked: Asked) -> list[Cell]:
        """The published cells that a slice picks, by place and period."""
        state = self.held(formula.dataset)
        where, values = _picks(formula, asked)
        rows = self.rows(f"SELECT * FROM ({state.sql()}) WHERE {where} ORDER BY geo, period", values)
        captures = {layer.capture.id: layer.capture for layer in state.layers}
        return [self._cell(state.dataset, row, captures[row["capture"]]) for row in rows]

    def gaps(self, formula: Slice, asked: Asked, held: Sequence[Cell]) -> list[Cell]:
        """The cells of the EU and of Member States that the whole table lacks, in periods that it does hold.

        What a partial table leaves out says nothing.
        """
        state = self.held(formula.dataset)
        geos = [g for g in (EU, *MEMBER_STATES) if asked.geos is None or g in asked.geos]
        if not state.full or state.dataset.record_key or not geos:
            return []
        bottom = state.layers[-1]
        where, values = _picks(formula, replace(asked, geos=None))
        member = name(formula.by) if formula.by else "''"
        table = f"read_parquet({literal(str(bottom.table.resolve()))})"
        query = (
            f"SELECT DISTINCT period, {member} AS member FROM {table} WHERE {where} AND period >= ? "
            "ORDER BY period, member"
        )
        there = {(cell.geo, cell.period, cell.codes.get(formula.by, "")) for cell in held}
        return [
            self._linked(Cell(
                state.dataset, codes_at(formula, period, member), geo, period, None, None, None, "", "",
                "not measured", bottom.capture,
            ))
            for period, member in ((row["period"], row["member"]) for row in self.rows(query, [*values, self.since]))
            for geo in geos
            if (geo, period, member) not in there
        ]  # fmt: skip

    def rows(self, query: str, values: Sequence[Any]) -> list[dict[str, Any]]:
        """The rows of a query as plain values."""
        frame = self.opened.query(query, values)
        plain = frame.astype(object).where(frame.notna(), None)
        return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]

    def _cell(self, dataset: Dataset, row: Mapping[str, Any], capture: Any) -> Cell:
        value, low = row.get("value"), row.get("low")
        names = (
            [n for n in dataset.tidy_columns if n not in OBSERVED]
            if dataset.record_key
            else dataset.dimensions
        )
        return self._linked(Cell(
            dataset, {n: str(row[n]) for n in names if row[n] is not None}, str(row["geo"]), str(row["period"]),
            value, low, row.get("high"), str(row["flags"] or ""), str(row["confidentiality"] or ""),
            "" if value is not None or low is not None else "not publishable", capture,
        ))  # fmt: skip

    def _linked(self, cell: Cell) -> Cell:
        """The cell with the addresses that state it."""
        if cell.dataset.source != "eurostat":
            page = cell.codes.get("link", "") or cell.dataset.landing_page
            return replace(cell, page=page, source=cell.codes.get("source", ""))
        whole = set(cell.dataset.dimensions) <= cell.codes.keys()
        ask = (cell.dataset, cell.codes, cell.geo, cell.period, self.eurostat_url)
        query = eurostat_links.cell_query(*ask) if whole else ""
        return replace(cell, query=query, page=eurostat_links.table_page(cell.dataset))


def codes_at(formula: Slice, period: str, member: str) -> dict[str, str]:
    """The code of each dimension in one period; one that has none then is left out."""
    own = {formula.by: member} if formula.by else {}
    given = {
        name: code if isinstance(code, str) else code.get(period) for name, code in formula.codes.items()
    }
    return {**{name: code for name, code in given.items() if code is not None}, **own}


def group_of(formula: Group) -> dict[str, str]:
    """Each member and the group that it is in; where that would be several, the first."""
    backwards = reversed(list(formula.groups.items()))
    return {member: group for group, members in backwards for member in members}


def inside(formula: Named | Group, members: Sequence[str]) -> tuple[str, ...]:
    """The members of the operand that make up some members of the formula."""
    made = formula.names if isinstance(formula, Named) else group_of(formula)
    return tuple(member for member, becomes in made.items() if becomes in members)


def series_at(formula: Slice, period: str) -> str:
    """What tells apart the versions of a slice whose codes vary by period."""
    return "".join(codes.get(period, "") for codes in formula.codes.values() if not isinstance(codes, str))


def _picks(formula: Slice, asked: Asked) -> tuple[str, list[str]]:
    """The SQL condition for a slice's rows, and its values."""
    tests, values = ["true"], list[str]()
    for dimension, code in formula.codes.items():
        versions = {"": code} if isinstance(code, str) else code
        each = [f"({name(dimension)} = ?{' AND period = ?' if period else ''})" for period in versions]
        tests.append(f"({' OR '.join(each)})")
        values += [text for period, one in versions.items() for text in (one, *([period] if period else []))]
    if formula.by:
        tests.append(f"{name(formula.by)} IN ({marks(asked.members)})")
        values += asked.members
    for column, wanted in (("geo", asked.geos), ("period", asked.periods)):
        if wanted is not None:
            tests.append(f"{column} IN ({marks(wanted)})")
            values += wanted
    return " AND ".join(tests), values


def marks(values: Sequence[str]) -> str:
    """A place for each value in a list of SQL."""
    return ", ".join("?" * len(values)) or "NULL"
