"""What a release holds, and the database that is made of it; how figures are sealed by a digest of what they state.

Naming, publishing and finding releases belongs to release.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from sources.formats.sql import literal
from sources.model import Capture, Dataset
from warehouse import gathered
from warehouse.freshness import Fresh
from warehouse.log import MOMENTS
from warehouse.model import Check, Decision, Sealed
from warehouse.read import DATABASE
from warehouse.vintages import Timeline

FIGURES = {
    "indicator": "VARCHAR",
    "geo": "VARCHAR",
    "period": "VARCHAR",
    "breakdown": "VARCHAR",
    "member": "VARCHAR",
    "value": "DOUBLE",
    "low": "DOUBLE",
    "high": "DOUBLE",
    "unit": "VARCHAR",
    "flags": "VARCHAR",
    "status": "VARCHAR",
    "series": "VARCHAR",
    "previous_period": "VARCHAR",
    "change": "DOUBLE",
    "change_status": "VARCHAR",
    "change_note": "VARCHAR",
    "vintage": "TIMESTAMPTZ",
    "known_from": "TIMESTAMPTZ",
    "known_to": "TIMESTAMPTZ",
    "captures": "VARCHAR[]",
    "origin": "VARCHAR",
}
STATED = (
    "indicator",
    "geo",
    "period",
    "breakdown",
    "member",
    "value",
    "low",
    "high",
    "unit",
    "flags",
    "status",
    "known_from",
    "known_to",
)
"""The columns that a figures digest covers: what was stated and from when to when, not how it came about."""

COLUMN_KINDS = {
    "passed": "BOOLEAN",
    "rows": "VARCHAR[]",
    "known_from": "TIMESTAMPTZ",
    "last_seen": "TIMESTAMPTZ",
    "due": "DATE",
}
"""The types of a release's columns for checks and freshness that are no text."""


@dataclass(frozen=True)
class Contents:
    """All that goes into a release; ``figures`` are histories, Parquet with the columns of ``FIGURES``.

    ``tables`` are further tables of the release by name, each the rows of some Parquet files.
    """

    code_version: str
    datasets: Sequence[Dataset]
    captures: Sequence[Capture]
    timelines: Mapping[str, Timeline]
    figures: Sequence[Path]
    checks: Sequence[Check]
    labels: Sequence[tuple[str, str, str, str]]
    tables: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    fresh: Sequence[Fresh] = ()
    decisions: Sequence[Decision] = ()

    @cached_property
    def used(self) -> frozenset[str]:
        """The captures that the states of today rest on."""
        return frozenset(layer.capture.id for one in self.timelines.values() for layer in one.now.layers)

    @property
    def sealed(self) -> tuple[Sealed, ...]:
        """The accepted captures as the manifest keeps them."""
        names = [name for name in Sealed.__dataclass_fields__ if name != "used"]
        return tuple(
            Sealed(**{name: getattr(capture, name) for name in names}, used=capture.id in self.used)
            for capture in sorted(self.captures, key=lambda capture: capture.id)
            if capture.state == "accepted" and capture.dataset in self.timelines
        )


def build(home: Path, path: Path, contents: Contents) -> str:
    """Write the database; its views name tables relative to the home, so that a home may be moved."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET file_search_path = ?", [str(home.resolve())])
        connection.begin()
        _write_figures(connection, contents.figures, home / "figures" / "all.parquet")
        _write_captures(connection, home, contents)
        _write_values(connection, "checks", Check, contents.checks)
        _write_values(connection, "freshness", Fresh, contents.fresh)
        labels = pd.DataFrame(contents.labels, columns=["dimension", "code", "lang", "label"])
        _write_frame(connection, "labels", labels)
        for name, paths in contents.tables.items():
            rows = gathered.rows(connection, home / "trajectories" / f"{name}.parquet", paths)
            connection.execute(f'CREATE TABLE "{name}" AS FROM ({rows}) ORDER BY ALL')
        for source in sorted({timeline.dataset.source for timeline in contents.timelines.values()}):
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {source}")
        for timeline in contents.timelines.values():
            connection.execute(f"CREATE VIEW {timeline.dataset.view} AS {timeline.now.sql(home)}")
        connection.commit()
        return _digest(connection)


def _write_figures(
    connection: duckdb.DuckDBPyConnection, figures: Sequence[Path], copy: Path | None = None
) -> None:
    """The figures of histories, in order; ``copy`` is where many of them are kept together."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in FIGURES.items())
    connection.execute(f"CREATE TABLE figures ({columns})")
    if figures:
        rows = gathered.rows(connection, copy, figures) if copy else gathered.listed(figures)
        order = "indicator, breakdown, member, geo, period, known_from"
        connection.execute(f"INSERT INTO figures BY NAME SELECT * FROM ({rows}) ORDER BY {order}")


def _write_captures(connection: duckdb.DuckDBPyConnection, home: Path, contents: Contents) -> None:
    """Every capture with what its dataset is, and, where a state rests on it, its tidy table in the home."""
    used, datasets = contents.used, {d.id: d for d in contents.datasets}
    described = ("view", "title", "publisher", "kind", "licence", "landing_page")
    steps = [state for timeline in contents.timelines.values() for _, state in timeline.steps]
    tables = {layer.capture.id: layer.table for state in steps for layer in state.layers}
    inside = home.resolve()
    rows = [
        {
            **vars(capture),
            **{name: getattr(datasets[capture.dataset], name) for name in described},
            "used": capture.id in used,
            "tidy": tables[capture.id].resolve().relative_to(inside).as_posix()
            if capture.id in tables
            else "",
        }
        for capture in contents.captures
        if capture.dataset in datasets
    ]
    columns = [*Capture.__dataclass_fields__, *described, "used", "tidy"]
    frame = pd.DataFrame(rows, columns=columns)
    for moment in MOMENTS:
        frame[moment] = pd.to_datetime(frame[moment], utc=True)
    _write_frame(connection, "captures", frame)


def _write_values(
    connection: duckdb.DuckDBPyConnection, name: str, kind: type[Check | Fresh], values: Sequence[Any]
) -> None:
    """A table with a row for each value, which has columns also where there is none."""
    columns = ", ".join(
        f"{column} {COLUMN_KINDS.get(column, 'VARCHAR')}" for column in kind.__dataclass_fields__
    )
    connection.execute(f"CREATE TABLE {name} ({columns})")
    rows = [[list(v) if isinstance(v, tuple) else v for v in vars(value).values()] for value in values]
    if rows:
        marks = ", ".join("unnest(?)" for _ in kind.__dataclass_fields__)
        by_column = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(f"INSERT INTO {name} SELECT {marks}", by_column)


def _write_frame(connection: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    connection.register("frame", frame)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
    connection.unregister("frame")


def figures_digest(figures: Sequence[Path]) -> str:
    """The digest of histories, as the release that is made of them would have it."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        _write_figures(connection, figures)
        return _digest(connection)


def database(home: Path, release: str) -> Path | None:
    """The database of a release; None where it is not in the home."""
    path = home / "releases" / Path(release).name / DATABASE
    return path if path.exists() else None


def stated_digest(database: Path) -> str:
    """The digest of the figures as a release's database states them."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return _digest(connection)


def differing(database: Path, figures: Sequence[Path], limit: int = 10) -> list[str]:
    """Figures that a release's database states otherwise than these histories, one line each, the first few."""
    columns = ", ".join(STATED)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        _write_figures(connection, figures)
        connection.execute(f"ATTACH {literal(str(database))} AS sealed (READ_ONLY)")
        rows = connection.execute(
            f"SELECT 'sealed', * FROM (SELECT {columns} FROM sealed.figures EXCEPT SELECT {columns} FROM figures) "
            f"UNION ALL SELECT 'computed', * FROM "
            f"(SELECT {columns} FROM figures EXCEPT SELECT {columns} FROM sealed.figures) ORDER BY 2, 3, 4, 5, 6, 1 LIMIT ?",
            [limit],
        ).fetchall()
    return [" ".join(str(part) for part in row if part not in (None, "")) for row in rows]


def _digest(connection: duckdb.DuckDBPyConnection) -> str:
    row = ", ".join(f"coalesce({column}::VARCHAR, '')" for column in STATED)
    line = f"concat_ws('|', {row})"
    found = connection.execute(
        f"SELECT sha256(coalesce(string_agg({line}, chr(10) ORDER BY {line}), '')) FROM figures"
    ).fetchone()
    return str(found[0]) if found else ""
