"""The records of an edition that a count holds, by place and member.

Cells of tables of observations are read in reading.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indicators.explain.model import Case, Counted, Node
from indicators.explain.reading import Asked, Reading, marks
from indicators.formula import Count
from sources.codes import ALL_RECORDED, EU, MEMBER_STATES
from sources.formats.sql import name

ALWAYS = (EU, ALL_RECORDED, *MEMBER_STATES)
"""The places that are counted even where no record names them."""

SHOWN = ("name", "status", "geo", "country")
"""What is shown of a record beside its key, where the table has it."""


def edition(reading: Reading, formula: Count) -> str:
    """The day of the edition that is counted: the period of its counts."""
    newest = reading.held(formula.dataset).layers[0].capture
    return f"{newest.known_from or newest.retrieved_at:%Y-%m-%d}"


def counts(reading: Reading, formula: Count, asked: Asked) -> list[Node]:
    """A node for each place and member with its cases; not measured where the edition lacks a column."""
    period = edition(reading, formula)
    members = [member for member in asked.members if member in (formula.members if formula.by else ("",))]
    if not members or (asked.periods is not None and period not in asked.periods):
        return []
    silent = _silent(reading, formula)
    found = []
    for geo in _places(reading, formula, asked):
        for member in members:
            counted = _counted(reading, formula, geo, member, silent)
            value = None if silent else float(len(counted.cases))
            status = "not measured" if silent else "measured"
            said = (value, None, None, formula.unit, "", status)
            found.append(Node(formula, geo, period, member, *said, counted=counted))
    return found


def _counted(reading: Reading, formula: Count, geo: str, member: str, silent: tuple[str, ...]) -> Counted:
    state = reading.held(formula.dataset)
    newest = state.layers[0].capture
    if silent:
        return Counted(state.dataset, newest, (), silent)
    tests, values = _conditions(formula, geo, member)
    key = state.dataset.record_key
    columns = [key, *(column for column in SHOWN if column in state.dataset.columns and column != key)]
    rows = reading.rows(
        f"SELECT {', '.join(map(name, columns))} FROM ({state.sql()}) "
        f"WHERE {' AND '.join(tests) or 'true'} ORDER BY geo, {name(key)}",
        values,
    )
    return Counted(state.dataset, newest, tuple(_cases(rows, key)))


def _conditions(formula: Count, geo: str, member: str) -> tuple[list[str], list[str]]:
    """The SQL conditions for the records of a place and member, and their values."""
    tests = [f"{name(one.column)} IN ({marks(one.values)})" for one in formula.where]
    values = [code for one in formula.where for code in one.values]
    if formula.by:
        said = _said(formula.by)
        tests.append(f"list_contains(string_split({said}, ' '), ?)" if formula.several else f"{said} = ?")
        values.append(member)
    if geo != ALL_RECORDED:
        places = [EU, *MEMBER_STATES] if geo == EU else [geo]
        tests.append(f"geo IN ({marks(places)})")
        values += places
    return tests, values


def _places(reading: Reading, formula: Count, asked: Asked) -> list[str]:
    """The places asked for that are counted: those that always are, and those that a record names."""
    query = f"SELECT DISTINCT geo FROM ({reading.held(formula.dataset).sql()}) WHERE geo <> '' ORDER BY geo"
    if asked.geos is not None and set(asked.geos) <= set(ALWAYS):
        return list(asked.geos)
    every = dict.fromkeys((*ALWAYS, *(str(row["geo"]) for row in reading.rows(query, []))))
    return [geo for geo in every if asked.geos is None or geo in asked.geos]


def _silent(reading: Reading, formula: Count) -> tuple[str, ...]:
    """The columns asked for of which the edition says nothing at all: each record's is empty or unknown."""
    columns = sorted({one.column for one in formula.where} | ({formula.by} - {""}))
    if not columns:
        return ()
    table = reading.held(formula.dataset).sql()
    tests = [f"bool_and({_said(column)} IN ('', 'unknown')) AS {name(column)}" for column in columns]
    (row,) = reading.rows(f"SELECT {', '.join(tests)} FROM ({table})", [])
    return tuple(column for column in columns if row[column])


def _said(column: str) -> str:
    return f"coalesce(CAST({name(column)} AS VARCHAR), '')"


def _cases(rows: Sequence[Mapping[str, Any]], key: str) -> Iterator[Case]:
    for row in rows:
        texts = {column: str(value) for column, value in row.items() if value is not None}
        yield Case(*(texts.get(column, "") for column in (key, *SHOWN)))
