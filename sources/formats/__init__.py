"""The formats that data come in: which one a file holds, what it tells of itself, and its tidy table.

Each format has a module; what is particular to one source does not belong here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from sources.formats import jsonstat, sdmx_csv, stated, tsv, xlsx
from sources.formats.answers import refusal
from sources.formats.content import Description, Format, check_whole, open_plain, recognise
from sources.formats.labels import Codelists
from sources.model import Dataset, Unreadable

__all__ = ["Codelists", "Description", "Format", "describe", "open_plain", "read", "recognise", "refusal"]

Reader = Callable[[Dataset, Path, duckdb.DuckDBPyConnection], duckdb.DuckDBPyRelation]
LabelReader = Callable[[Dataset, Path, duckdb.DuckDBPyConnection, Codelists | None], duckdb.DuckDBPyRelation]

READERS: dict[Format, Reader] = {
    "tsv": tsv.read,
    "wide_csv": tsv.read,
    "jsonstat": jsonstat.read,
    "stated": stated.read,
}

LABEL_READERS: dict[Format, LabelReader] = {"sdmx_csv": sdmx_csv.read, "xlsx": xlsx.read}
"""Formats that may show labels in the place of codes."""

CHECKED_AS_READ: tuple[Format, ...] = ("tsv", "wide_csv")
"""Formats whose reader itself unpacks a file to its end and within the limit."""

DESCRIBERS: dict[Format, Callable[[Path], Description]] = {
    "tsv": tsv.describe,
    "wide_csv": tsv.describe,
    "sdmx_csv": sdmx_csv.describe,
    "jsonstat": jsonstat.describe,
    "xlsx": xlsx.describe,
}


def read(
    dataset: Dataset,
    content: Path,
    connection: duckdb.DuckDBPyConnection,
    codelists: Codelists | None = None,
) -> duckdb.DuckDBPyRelation:
    """The tidy table of a file in any of these formats, with exactly ``dataset.tidy_columns``.

    ``codelists`` turn labels into codes; without them a file of labels is refused. Raises Unreadable for a
    file that is damaged, is no table, or is the table of another dataset.
    """
    found = recognise(content, dataset.id)
    if found not in CHECKED_AS_READ and found in READERS | LABEL_READERS:
        check_whole(dataset.id, content)
    if found in LABEL_READERS:
        return LABEL_READERS[found](dataset, content, connection, codelists)
    if found in READERS:
        return READERS[found](dataset, content, connection)
    raise refusal(dataset.id, content)


def describe(path: Path) -> Description:
    """What a file tells of itself: its format, dataset code, dimensions and update stamp; never raises."""
    try:
        found = recognise(path)
        describer = DESCRIBERS.get(found)
        return describer(path) if describer else Description(found)
    except Unreadable:
        return Description("text")
