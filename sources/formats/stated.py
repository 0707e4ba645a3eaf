"""Our own layout for figures that we state: two lines of provenance, then one observation a row.

``# vintage: YYYY-MM-DD`` and ``# source: …`` come first, then a CSV with the dataset's dimensions, geo,
period, value, flags and, where it is needed, confidentiality.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from sources.codes import PERIOD
from sources.formats.content import open_plain
from sources.model import Dataset, Unreadable


@dataclass(frozen=True)
class Stated:
    """The provenance of stated figures: from when they were known, and who published them."""

    vintage: datetime
    source: str


def _lines(subject: str, content: Path) -> list[str]:
    with open_plain(content, subject) as file:
        try:
            return file.read().decode("utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            raise Unreadable(subject, content.name, "it is no text in UTF-8") from error


def provenance(subject: str, content: Path) -> Stated:
    """The vintage (UTC midnight) and the source in the first lines; raises Unreadable without them."""
    said = dict(re.findall(r"^#\s*(\w+)\s*:\s*(.+?)\s*$", "\n".join(_lines(subject, content)), re.M))
    try:
        return Stated(datetime.fromisoformat(said["vintage"]).replace(tzinfo=UTC), said["source"])
    except (KeyError, ValueError) as error:
        reason = f"the line '# vintage: YYYY-MM-DD' or '# source: …' is missing or wrong: {error}"
        raise Unreadable(subject, content.name, reason) from error


def read(dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """The tidy table of stated figures; raises Unreadable with the number of the first wrong line."""
    provenance(dataset.id, content)
    rows = list(_rows(dataset, content))
    if not rows:
        raise Unreadable(dataset.id, content.name, "the table holds no observation")
    types = {"value": pa.float64()}
    fields = [(name, types.get(name, pa.string())) for name in dataset.tidy_columns]
    return connection.from_arrow(pa.Table.from_pylist(rows, schema=pa.schema(fields)))


def _rows(dataset: Dataset, content: Path) -> Iterator[dict[str, object]]:
    lines = _lines(dataset.id, content)
    start = next((at for at, line in enumerate(lines) if line and not line.startswith("#")), len(lines))
    reader = csv.DictReader(lines[start:])
    extra = [name for name in reader.fieldnames or () if name not in dataset.tidy_columns]
    if extra:
        reason = f"the header has {extra[0]!r}, which is no column of this table"
        raise Unreadable(dataset.id, content.name, reason)
    missing = {*dataset.tidy_columns} - {"confidentiality", *(reader.fieldnames or ())}
    if missing:
        reason = f"the header misses the column {', '.join(sorted(missing))}"
        raise Unreadable(dataset.id, content.name, reason)
    for row in reader:
        yield _row(dataset, content, f"line {start + reader.line_num}", row)


def _row(dataset: Dataset, content: Path, line: str, row: dict[str, str]) -> dict[str, object]:
    if None in row.values():
        raise Unreadable(dataset.id, content.name, f"{line} has no text in a column of the header")
    cells: dict[str, object] = {name: (row.get(name) or "").strip() for name in dataset.tidy_columns}
    value = str(cells["value"])
    if None in row or not PERIOD.fullmatch(str(cells["period"])) or not cells["geo"]:
        raise Unreadable(dataset.id, content.name, f"{line} has no geo and period in their columns")
    try:
        cells["value"] = float(value) if value else None
    except ValueError as error:
        raise Unreadable(dataset.id, content.name, f"{line}: the value {value!r} is no number") from error
    if isinstance(cells["value"], float) and not math.isfinite(cells["value"]):
        raise Unreadable(dataset.id, content.name, f"{line}: the value {value!r} is no number")
    return cells
