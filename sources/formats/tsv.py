"""Eurostat's TSV: one row a series, one column a period, flags inside the cells; and its comma twin.

The twin, a spreadsheet's habit, has each dimension in a column of its own and no TIME_PERIOD.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb

from sources.codes import PERIOD
from sources.formats.content import Description, first_line, recognise
from sources.formats.packed import Packed
from sources.formats.wide import Layout, Text, blocks
from sources.model import Dataset, Unreadable


def _layout(subject: str, content: Path) -> Layout:
    line = first_line(content, subject)
    if recognise(content) == "wide_csv":
        columns = [column.strip().strip('"') for column in line.split(",")]
        keys = columns[: columns.index("geo") + 1]
        return Layout(tuple(keys), tuple(columns[len(keys) :]), joined=False)
    first, *periods = line.split("\t")
    names, _, across = first.strip().partition("\\")
    if across.strip() != "TIME_PERIOD":
        reason = f"the header starts with {first.strip()!r}: an older TSV layout, which is not read"
        raise Unreadable(subject, content.name, reason, "download today's TSV")
    keys = [key.strip() for key in names.split(",")]
    return Layout(tuple(keys), tuple(period.strip() for period in periods), joined=True)


def describe(path: Path) -> Description:
    """The dimensions in the header; a TSV names neither its dataset nor its update."""
    layout = _layout("file", path)
    return Description(recognise(path), dimensions=tuple(key for key in layout.keys if key != "geo"))


def _check(dataset: Dataset, content: Path, layout: Layout) -> None:
    wanted = dataset.published_dimensions
    missing = [key for key in wanted if key not in layout.keys]
    extra = [key for key in layout.keys if key not in wanted]
    again = [key for key, times in Counter(layout.keys).items() if times > 1]
    wrong = [period for period in layout.periods if not PERIOD.fullmatch(period)]
    twice = [period for period, times in Counter(layout.periods).items() if times > 1]
    for found, what in (
        (missing, "the header misses the dimension"),
        (extra, "the header has a dimension too many:"),
        (again, "a dimension stands twice:"),
        (wrong, "a column is no period:"),
        (twice, "a period stands twice:"),
        ([] if layout.periods else ["no period"], "the header has"),
    ):
        if found:
            advice = f"expected {','.join(wanted)}\\TIME_PERIOD and periods"
            named = ", ".join(found[:10])
            raise Unreadable(dataset.id, content.name, f"{what} {named}", advice)


def read(dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """The tidy table, cells without value, flag and confidentiality left out; raises Unreadable."""
    layout = _layout(dataset.id, content)
    _check(dataset, content, layout)
    packed = Packed(layout.keys, layout.periods, blocks(Text(dataset.id, content, layout)))
    if not packed.rows:
        raise Unreadable(dataset.id, content.name, "the table holds no observation", "widen the download")
    constants = {"geo": dataset.place} if dataset.place else {}
    return packed.relation(dataset.tidy_columns, connection, constants)
