"""Releases: built aside, sealed by a manifest, named, then pointed to. Never written again.

What the figures mean does not belong here; they come as Parquet files with the columns of ``FIGURES``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree

import duckdb
import pandas as pd

from sources.formats.sql import literal
from sources.model import Capture, Dataset
from warehouse.files import flush, write_whole
from warehouse.model import Check, Release
from warehouse.read import DATABASE, current
from warehouse.vintages import State

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
)
"""The columns that a figures digest covers: what is stated, not how it came about."""

SECOND = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Contents:
    """All that goes into a release."""

    code_version: str
    datasets: Sequence[Dataset]
    captures: Sequence[Capture]
    states: Mapping[str, State]
    figures: Sequence[Path]
    checks: Sequence[Check]
    labels: Sequence[tuple[str, str, str, str]]


def publish(home: Path, contents: Contents) -> Release:
    """Build, seal and point to a release; the current one again where nothing that is stated changed."""
    created = datetime.now(UTC)
    building = home / "releases" / f".building-{created:%Y%m%dT%H%M%S%f}-{os.getpid()}"
    building.mkdir(parents=True)
    try:
        digest = _build(home, building / DATABASE, contents)
        release = Release(
            id=_next_id(home, created, digest),
            created_at=created,
            code_version=contents.code_version,
            captures=tuple(_used(contents)),
            checks=tuple(contents.checks),
            figures_digest=digest,
            previous=current(home),
        )
        if release.previous:
            known = manifest(home, release.previous)
            if _states_the_same(known, release):
                return known
        _seal(building, release)
        building.rename(home / "releases" / release.id)
        flush(home / "releases")
    finally:
        rmtree(building, ignore_errors=True)
    write_whole(home / "current", release.id.encode())
    return release


def releases(home: Path) -> list[Release]:
    """Every release, the oldest first."""
    return [manifest(home, path.parent.name) for path in sorted(home.glob("releases/[0-9]*/release.json"))]


def manifest(home: Path, release: str) -> Release:
    """A release's manifest as its ``release.json`` holds it."""
    content = json.loads((home / "releases" / release / "release.json").read_text())
    return Release(
        **{
            **content,
            "created_at": datetime.fromisoformat(content["created_at"]),
            "captures": tuple(content["captures"]),
            "checks": tuple(Check(**check) for check in content["checks"]),
        }
    )


def _next_id(home: Path, created: datetime, digest: str) -> str:
    """The second and the figures' digest; of two releases in one second the later one is named a second later."""
    newest = max((path.name for path in (home / "releases").glob("[0-9]*")), default="")[:16]
    if newest >= f"{created:{SECOND}}":
        created = datetime.strptime(newest, SECOND).replace(tzinfo=UTC) + timedelta(seconds=1)
    return f"{created:{SECOND}}-{digest[:6]}"


def _build(home: Path, path: Path, contents: Contents) -> str:
    """Write the database; its views name tables relative to the home, so that a home may be moved."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET file_search_path = ?", [str(home.resolve())])
        _write_figures(connection, contents.figures)
        _write_captures(connection, contents)
        checks = pd.DataFrame([asdict(c) for c in contents.checks], columns=list(Check.__dataclass_fields__))
        _write_frame(connection, "checks", checks)
        labels = pd.DataFrame(contents.labels, columns=["dimension", "code", "lang", "label"])
        _write_frame(connection, "labels", labels)
        for state in contents.states.values():
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {state.dataset.source}")
            connection.execute(f"CREATE VIEW {state.dataset.view} AS {state.sql(home)}")
        return _digest(connection)


def _write_figures(connection: duckdb.DuckDBPyConnection, figures: Sequence[Path]) -> None:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in FIGURES.items())
    connection.execute(f"CREATE TABLE figures ({columns})")
    if figures:
        files = "[" + ", ".join(literal(str(path)) for path in figures) + "]"
        order = "indicator, breakdown, member, geo, period"
        connection.execute(
            f"INSERT INTO figures BY NAME SELECT * FROM read_parquet({files}) ORDER BY {order}"
        )


def _write_captures(connection: duckdb.DuckDBPyConnection, contents: Contents) -> None:
    used, datasets = set(_used(contents)), {d.id: d for d in contents.datasets}
    described = ("view", "title", "publisher", "kind", "licence", "landing_page")
    rows = [
        {
            **asdict(capture),
            **{name: getattr(datasets[capture.dataset], name) for name in described},
            "used": capture.id in used,
        }
        for capture in contents.captures
        if capture.dataset in datasets
    ]
    columns = [*Capture.__dataclass_fields__, *described, "used"]
    frame = pd.DataFrame(rows, columns=columns)
    for moment in ("retrieved_at", "known_from", "source_updated_at"):
        frame[moment] = pd.to_datetime(frame[moment], utc=True)
    _write_frame(connection, "captures", frame)


def _write_frame(connection: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    connection.register("frame", frame)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
    connection.unregister("frame")


def _used(contents: Contents) -> list[str]:
    return [layer.capture.id for state in contents.states.values() for layer in state.layers]


def _digest(connection: duckdb.DuckDBPyConnection) -> str:
    row = ", ".join(f"coalesce({column}::VARCHAR, '')" for column in STATED)
    line = f"concat_ws('|', {row})"
    found = connection.execute(
        f"SELECT sha256(coalesce(string_agg({line}, chr(10) ORDER BY {line}), '')) FROM figures"
    ).fetchone()
    return str(found[0]) if found else ""


def _states_the_same(known: Release, new: Release) -> bool:
    return (known.figures_digest, known.captures, known.checks, known.code_version) == (
        new.figures_digest,
        new.captures,
        new.checks,
        new.code_version,
    )


def _seal(building: Path, release: Release) -> None:
    with duckdb.connect(str(building / DATABASE)) as connection:
        connection.execute(
            "CREATE OR REPLACE TABLE release AS SELECT ?::VARCHAR AS id, ?::TIMESTAMPTZ AS created_at, "
            "?::VARCHAR AS code_version, ?::VARCHAR AS figures_digest, ?::VARCHAR AS previous",
            [release.id, release.created_at, release.code_version, release.figures_digest, release.previous],
        )
    text = json.dumps(asdict(release), default=str, indent=1)
    write_whole(building / "release.json", text.encode())
