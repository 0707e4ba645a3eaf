"""The tables of a release, and how each is written to a file.

How files are described does not belong here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from indicators.phrase import FORMULA_STARTS
from indicators.registry import indicators
from sources.formats.sql import literal
from warehouse.read import OpenRelease

Columns = tuple[tuple[str, str], ...]
MAIN = "main"
DESCRIPTIONS = {
    "figures": "The figures of all indicators, with flags, status, change, and from when to when each was known.",
    "captures": "Every retrieval of a source table: when, from where, its checksum, and the verdict on it.",
    "checks": "The checks that the release and its tables passed or failed.",
    "labels": "Names of codes, by language.",
    "release": "The release itself: its name, when it was made, by which code, the digest of its figures.",
    "indicators": "What is measured: question, method, unit, caveats.",
    "outlooks": "Yearly courses and the model chosen for each.",
    "projections": "Projections to 2030 with their intervals.",
    "hindcasts": "How far each model missed the years held out.",
}
"""What is in the release's own tables."""


@dataclass(frozen=True)
class Table:
    """A table of the release: ``schema`` is its source, or ``main`` for the release's own."""

    schema: str
    name: str
    title: str
    columns: Columns
    held: bool = True
    """Whether the release itself holds it; the catalogue of indicators comes with the code."""

    @property
    def slug(self) -> str:
        """Its name among the files: small letters, digits, dots, hyphens and underscores."""
        return (self.name if self.schema == MAIN else f"{self.schema}.{self.name}").lower()

    @property
    def sql(self) -> str:
        return f'"{self.schema}"."{self.name}"' if self.held else f'"{CATALOGUE}"'


CATALOGUE = "catalogue"
"""What the rows of the catalogue are called where a query reads them."""


def tables(release: OpenRelease) -> tuple[Table, ...]:
    """All tables of a release, its own first, then its sources' by name."""
    found = release.query(
        "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns "
        "ORDER BY table_schema <> 'main', table_schema, table_name, ordinal_position"
    )
    titles = release.query("SELECT DISTINCT view, title FROM captures").set_index("view")["title"].to_dict()
    held = [
        Table(
            str(schema),
            str(name),
            str(titles.get(f"{schema}.{name}") or DESCRIPTIONS.get(str(name), str(name))),
            tuple(zip(own["column_name"], own["data_type"], strict=True)),
        )
        for (schema, name), own in found.groupby(["table_schema", "table_name"], sort=False)
    ]
    columns = tuple((str(name), "VARCHAR") for name in catalogue().columns)
    return (Table(MAIN, "indicators", DESCRIPTIONS["indicators"], columns, held=False), *held)


def catalogue() -> pd.DataFrame:
    """The indicators as rows of texts."""
    rows = [
        {
            "indicator": one.id,
            "theme": one.theme,
            "title": one.title,
            "question": one.question,
            "unit": one.unit,
            "better": one.better,
            "method": one.method,
            "caveats": " ".join(one.caveats),
        }
        for one in indicators().values()
    ]
    return pd.DataFrame(rows)


def asked(
    release: OpenRelease, sql: str, parameters: Sequence[object] = ()
) -> tuple[list[str], list[tuple[object, ...]]]:
    """The columns and rows of a query, with the catalogue at hand."""
    with release.connection.cursor() as cursor:
        prepare(cursor)
        found = cursor.execute(sql, list(parameters))
        return [str(column[0]) for column in found.description or ()], found.fetchall()


def prepare(cursor: duckdb.DuckDBPyConnection) -> None:
    """Moments in UTC, and the catalogue at hand."""
    cursor.execute("SET TimeZone = 'UTC'")
    cursor.register(CATALOGUE, catalogue())


def write(release: OpenRelease, select: str, path: Path, options: str) -> None:
    """The rows of a query in a file, by DuckDB."""
    with release.connection.cursor() as cursor:
        prepare(cursor)
        cursor.execute(f"COPY ({select}) TO {literal(str(path))} ({options})")


def as_parquet(release: OpenRelease, table: Table, path: Path) -> None:
    """The table as it is, with its types."""
    write(release, f"SELECT * FROM {table.sql}", path, "FORMAT parquet, COMPRESSION zstd")


def as_csv(release: OpenRelease, table: Table, path: Path) -> None:
    """The table as CSV in UTF-8; lists as words, moments in UTC, and no text can start a formula."""
    columns = ", ".join(f'{_cell(name, kind)} AS "{name}"' for name, kind in table.columns)
    write(release, f"SELECT {columns} FROM {table.sql}", path, "FORMAT csv, HEADER")


def _cell(name: str, kind: str) -> str:
    if kind.endswith("[]"):
        return f"array_to_string(\"{name}\", ' ')"
    if kind.startswith("TIMESTAMP"):
        return f"strftime(\"{name}\", '%Y-%m-%dT%H:%M:%SZ')"
    return safe(f'"{name}"') if kind == "VARCHAR" else f'"{name}"'


def safe(column: str) -> str:
    """The SQL of a text in which no formula of a spreadsheet can start."""
    starts = ", ".join(literal(start) for start in FORMULA_STARTS)
    return f"CASE WHEN left(ltrim({column}), 1) IN ({starts}) THEN concat('''', {column}) ELSE {column} END"
