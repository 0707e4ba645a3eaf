"""Eurostat's TSV: one row a series, one column a period, flags inside the cells; and its comma twin.

The twin, a spreadsheet's habit, has each dimension in a column of its own and no TIME_PERIOD.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from sources.codes import PERIOD
from sources.formats import sql
from sources.formats.content import Description, first_line, recognise
from sources.model import Dataset, Unreadable

CELL = rf"(:|{sql.NUMBER}) ?([a-z]*)(?:@([A-Z]))?\s*"
PARTS = ["value", "flags", "code"]


@dataclass(frozen=True)
class _Header:
    """The columns of a file: the names in its key, and its periods. ``joined``: the key is one column."""

    keys: tuple[str, ...]
    periods: tuple[str, ...]
    joined: bool


def _header(subject: str, content: Path) -> _Header:
    line = first_line(content, subject)
    if recognise(content) == "wide_csv":
        columns = [column.strip().strip('"') for column in line.split(",")]
        keys = columns[: columns.index("geo") + 1]
        return _Header(tuple(keys), tuple(columns[len(keys) :]), joined=False)
    first, *periods = line.split("\t")
    names, _, across = first.strip().partition("\\")
    if across.strip() != "TIME_PERIOD":
        reason = f"the header starts with {first.strip()!r}: an older TSV layout, which is not read"
        raise Unreadable(subject, content.name, reason, "download today's TSV")
    while periods and not periods[-1].strip():
        periods.pop()
    return _Header(tuple(names.split(",")), tuple(period.strip() for period in periods), joined=True)


def describe(path: Path) -> Description:
    """The dimensions in the header; a TSV names neither its dataset nor its update."""
    header = _header("file", path)
    return Description(recognise(path), dimensions=tuple(key for key in header.keys if key != "geo"))


def _check_header(dataset: Dataset, content: Path, header: _Header) -> None:
    wanted = (*dataset.dimensions, "geo")
    missing = [key for key in wanted if key not in header.keys]
    extra = [key for key in header.keys if key not in wanted]
    wrong = [period for period in header.periods if not PERIOD.fullmatch(period)]
    twice = {period for period in header.periods if header.periods.count(period) > 1}
    for found, what in (
        (missing, "the header misses the dimension"),
        (extra, "the header has a dimension too many:"),
        (wrong, "a column is no period:"),
        (sorted(twice), "a period stands twice:"),
        ([] if header.periods else ["no period"], "the header has"),
    ):
        if found:
            advice = f"expected {','.join(wanted)}\\TIME_PERIOD and periods"
            raise Unreadable(dataset.id, content.name, f"{what} {', '.join(found)}", advice)


def _cells(content: Path, header: _Header) -> str:
    """A SELECT of one row a cell: a list ``key``, ``period`` and ``cell``."""
    if header.joined:
        text = sql.csv_text(content, ("key", *header.periods), "\t", "")
        key, columns = "string_split(key, ',')", "key"
    else:
        text = sql.csv_text(content, (*header.keys, *header.periods), ",", '"')
        columns = ", ".join(sql.name(key) for key in header.keys)
        key = f"[{columns}]"
    wide = f"SELECT {key} AS series, * EXCLUDE ({columns}) FROM ({text})"
    cells = f"UNPIVOT ({wide}) ON * EXCLUDE (series) INTO NAME period VALUE cell"
    return f"SELECT series AS key, period, cell FROM ({cells})"


BAD_CELL = (
    f"(NOT regexp_full_match(cell, {sql.literal(CELL)}) "
    f"OR coalesce(isinf(TRY_CAST(regexp_extract(cell, '^{sql.NUMBER}') AS DOUBLE)), false))"
)
BAD_CODES = f"list_filter(key, lambda code: NOT regexp_full_match(code, {sql.literal(sql.CODE)}))"


def _check_cells(
    dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection, header: _Header, cells: str
) -> None:
    bad_key = f"(len(key) <> {len(header.keys)} OR len({BAD_CODES}) > 0)"
    wrong, present = f"{BAD_CELL} OR {bad_key}", "trim(cell) <> ':'"
    query = f"SELECT count(*) FILTER ({wrong}), count(*) FILTER ({present}) FROM ({cells})"
    bad, observations = sql.one_row(dataset, content, connection, query) or (0, 0)
    if bad:
        first = f"array_to_string(key, ','), period, cell, {bad_key} FROM ({cells}) WHERE {wrong} LIMIT 1"
        found = sql.one_row(dataset, content, connection, f"SELECT {first}") or ("", "", "", False)
        raise Unreadable(dataset.id, content.name, _fault(*found), "download it again")
    if not observations:
        raise Unreadable(dataset.id, content.name, "the table holds no observation", "widen the download")


def _fault(key: object, period: object, cell: object, by_key: object) -> str:
    if by_key:
        return f"the series {key!r} does not fit the header"
    return f"the cell {cell!r} is no value (series {key}, period {period})"


def read(dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """The tidy table, cells without value, flag and confidentiality left out; raises Unreadable.

    The file is read when the relation is, so it has to stay in its place until then.
    """
    header = _header(dataset.id, content)
    _check_header(dataset, content, header)
    cells = _cells(content, header)
    _check_cells(dataset, content, connection, header, cells)
    keys = ", ".join(
        f"key[{header.keys.index(key) + 1}] AS {sql.name(key)}" for key in (*dataset.dimensions, "geo")
    )
    split = (
        f"SELECT key, period, regexp_extract(cell, {sql.literal('^' + CELL + '$')}, {PARTS}) AS cell "
        f"FROM ({cells}) WHERE trim(cell) <> ':'"
    )
    cell = sql.tidy_cell("cell.value", "cell.flags", "cell.code")
    return connection.sql(f"SELECT {keys}, period, {cell} FROM ({split})")
