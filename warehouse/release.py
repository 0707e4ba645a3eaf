"""Releases: built aside, sealed by a manifest, named, then pointed to. Never written again.

What the figures mean does not belong here; they come as Parquet files with the columns of ``FIGURES``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from typing import Any

import duckdb
import pandas as pd

from sources.formats.sql import literal
from sources.model import Capture, Dataset
from warehouse import changes, feed, pins
from warehouse.archive import MOMENTS
from warehouse.files import flush, write_whole
from warehouse.freshness import Fresh
from warehouse.model import Check, Decision, Release, Sealed, stated_check
from warehouse.read import DATABASE, FORMAT, MANIFEST, NoRelease, format_of, latest, sealed_format
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

SECOND = "%Y%m%dT%H%M%SZ"


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


def publish(home: Path, contents: Contents) -> Release:
    """Build, seal and point to a release; the newest one again where nothing that is stated changed.

    While readers are held at an earlier release the pointer stays there.
    """
    created = datetime.now(UTC)
    building = home / "releases" / f".building-{created:%Y%m%dT%H%M%S%f}-{os.getpid()}"
    building.mkdir(parents=True)
    try:
        digest = _build(home, building / DATABASE, contents)
        release = Release(
            id=_next_id(home, created, digest),
            created_at=created,
            code_version=contents.code_version,
            captures=contents.sealed,
            checks=tuple(contents.checks),
            figures_digest=digest,
            previous=latest(home),
            format=FORMAT,
            decisions=tuple(contents.decisions),
        )
        known = manifest(home, release.previous) if release.previous else None
        if known and _states_the_same(known, release):
            return known
        changed = changes.changes_of(
            home, release, known, building / DATABASE, contents.datasets, contents.timelines
        )
        changes.write(building / changes.CHANGES, changed)
        _seal(building, release)
        building.rename(home / "releases" / release.id)
        flush(home / "releases")
    finally:
        rmtree(building, ignore_errors=True)
    _point(home, release.id)
    return release


def rollback(home: Path, release: str, why: str, by: str) -> pins.Pin:
    """Send readers to a release and keep them there until ``resume``; raises NoRelease."""
    if not format_of(home / "releases" / Path(release).name) == FORMAT:
        raise NoRelease(f"no release {release} that can be opened in {home}: see `observatory release list`")
    pin = pins.enter(home, release, why, by)
    _point(home, release)
    return pin


def resume(home: Path, why: str, by: str) -> str | None:
    """Let readers go on to the newest release; gives its name, None where there is none."""
    newest = latest(home)
    pins.enter(home, "", why, by)
    if newest:
        _point(home, newest)
    return newest


def _point(home: Path, release: str) -> None:
    """Have readers see a release, or the one that they are held at."""
    pin = pins.pinned(home)
    write_whole(home / "current", (pin.release if pin else release).encode())
    feed.write(home)


def releases(home: Path) -> list[Release]:
    """Every release of the present format that can be opened, the oldest first."""
    return [one for one in sealed(home) if format_of(home / "releases" / one.id) == FORMAT]


def sealed(home: Path) -> list[Release]:
    """Every release of the present format, also those of which only the manifest is kept, the oldest first."""
    folders = sorted(home.glob("releases/[0-9]*/"))
    return [manifest(home, folder.name) for folder in folders if sealed_format(folder) == FORMAT]


def last_release(home: Path, on: date) -> str | None:
    """The last release that was made by the end of a day, told by their names; None before the first."""
    names = (folder.name for folder in home.glob("releases/[0-9]*/") if sealed_format(folder) == FORMAT)
    return max((name for name in names if name[:8] <= f"{on:%Y%m%d}"), default=None)


def manifest(home: Path, release: str) -> Release:
    """A release's manifest as its ``release.json`` holds it; raises NoRelease."""
    folder = home / "releases" / release
    if not (folder / MANIFEST).exists():
        raise NoRelease(f"no release {release} in {home}: see `observatory release list`")
    return read_manifest(folder / MANIFEST)


def read_manifest(path: Path) -> Release:
    """The release that a manifest seals; raises NoRelease where it is none, or of another format."""
    try:
        content = json.loads(path.read_bytes())
        if content["format"] != FORMAT:
            raise NoRelease(f"{path} is of format {content['format']}, and {FORMAT} is read here")
        return Release(
            **{
                **content,
                "created_at": datetime.fromisoformat(content["created_at"]),
                "captures": tuple(_sealed(capture) for capture in content["captures"]),
                "checks": tuple(stated_check(check) for check in content["checks"]),
                "decisions": tuple(_decision(one) for one in content.get("decisions", ())),
            }
        )
    except (ValueError, KeyError, TypeError) as error:
        raise NoRelease(f"{path} is no manifest of a release: {error}") from error


def _sealed(content: dict[str, Any]) -> Sealed:
    moments = ("retrieved_at", "known_from")
    dated = {name: datetime.fromisoformat(content[name]) if content[name] else None for name in moments}
    return Sealed(**{**content, **dated})


def _decision(content: dict[str, Any]) -> Decision:
    return Decision(**{**content, "at": datetime.fromisoformat(content["at"])})


def _next_id(home: Path, created: datetime, digest: str) -> str:
    """The second and the figures' digest; of two releases in one second the later one is named a second later."""
    newest = max((path.name for path in (home / "releases").glob("[0-9]*")), default="")[:16]
    if newest >= f"{created:{SECOND}}":
        created = datetime.strptime(newest, SECOND).replace(tzinfo=UTC) + timedelta(seconds=1)
    return f"{created:{SECOND}}-{digest[:6]}"


def _build(home: Path, path: Path, contents: Contents) -> str:
    """Write the database; its views name tables relative to the home, so that a home may be moved."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET file_search_path = ?", [str(home.resolve())])
        _write_figures(connection, contents.figures)
        _write_captures(connection, home, contents)
        _write_values(connection, "checks", Check, contents.checks)
        _write_values(connection, "freshness", Fresh, contents.fresh)
        labels = pd.DataFrame(contents.labels, columns=["dimension", "code", "lang", "label"])
        _write_frame(connection, "labels", labels)
        for name, paths in contents.tables.items():
            files = "[" + ", ".join(literal(str(path)) for path in paths) + "]"
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM read_parquet({files}) ORDER BY ALL')
        for timeline in contents.timelines.values():
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {timeline.dataset.source}")
            connection.execute(f"CREATE VIEW {timeline.dataset.view} AS {timeline.now.sql(home)}")
        return _digest(connection)


def _write_figures(connection: duckdb.DuckDBPyConnection, figures: Sequence[Path]) -> None:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in FIGURES.items())
    connection.execute(f"CREATE TABLE figures ({columns})")
    if figures:
        files = "[" + ", ".join(literal(str(path)) for path in figures) + "]"
        order = "indicator, breakdown, member, geo, period, known_from"
        connection.execute(
            f"INSERT INTO figures BY NAME SELECT * FROM read_parquet({files}) ORDER BY {order}"
        )


def _write_captures(connection: duckdb.DuckDBPyConnection, home: Path, contents: Contents) -> None:
    """Every capture with what its dataset is, and, where a state rests on it, its tidy table in the home."""
    used, datasets = contents.used, {d.id: d for d in contents.datasets}
    described = ("view", "title", "publisher", "kind", "licence", "landing_page")
    steps = [state for timeline in contents.timelines.values() for _, state in timeline.steps]
    tables = {layer.capture.id: layer.table for state in steps for layer in state.layers}
    inside = home.resolve()
    rows = [
        {
            **asdict(capture),
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
        marks = ", ".join("?" for _ in kind.__dataclass_fields__)
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)


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


def _states_the_same(known: Release, new: Release) -> bool:
    stated = ("figures_digest", "captures", "checks", "code_version", "decisions")
    return all(getattr(known, name) == getattr(new, name) for name in stated)


def _seal(building: Path, release: Release) -> None:
    with duckdb.connect(str(building / DATABASE)) as connection:
        connection.execute(
            "CREATE OR REPLACE TABLE release AS SELECT ?::VARCHAR AS id, ?::TIMESTAMPTZ AS created_at, "
            "?::VARCHAR AS code_version, ?::VARCHAR AS figures_digest, ?::VARCHAR AS previous",
            [release.id, release.created_at, release.code_version, release.figures_digest, release.previous],
        )
    text = json.dumps(asdict(release), default=str, indent=1)
    write_whole(building / MANIFEST, text.encode())
