"""The formats that data come in: which one a file holds, what it tells of itself, and its tidy table.

Each format has a module; what is particular to one source does not belong here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from sources.formats import jsonstat, sdmx_csv, stated, tsv
from sources.formats.answers import refusal
from sources.formats.content import Description, Format, check_whole, open_plain, recognise
from sources.model import Dataset, Unreadable

__all__ = ["Description", "Format", "describe", "open_plain", "read", "recognise", "refusal"]

Reader = Callable[[Dataset, Path, duckdb.DuckDBPyConnection], duckdb.DuckDBPyRelation]

READERS: dict[Format, Reader] = {
    "tsv": tsv.read,
    "wide_csv": tsv.read,
    "sdmx_csv": sdmx_csv.read,
    "jsonstat": jsonstat.read,
    "stated": stated.read,
}

DESCRIBERS: dict[Format, Callable[[Path], Description]] = {
    "tsv": tsv.describe,
    "wide_csv": tsv.describe,
    "sdmx_csv": sdmx_csv.describe,
    "jsonstat": jsonstat.describe,
}


def read(dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """The tidy table of a file in any of these formats, with exactly ``dataset.tidy_columns``.

    Raises Unreadable for a file that is damaged, is no table, or is the table of another dataset.
    """
    check_whole(dataset.id, content)
    reader = READERS.get(recognise(content))
    if reader is None:
        raise refusal(dataset.id, content)
    return reader(dataset, content, connection)


def describe(path: Path) -> Description:
    """What a file tells of itself: its format, dataset code, dimensions and update stamp; never raises."""
    try:
        found = recognise(path)
        describer = DESCRIBERS.get(found)
        return describer(path) if describer else Description(found)
    except Unreadable:
        return Description("text")
