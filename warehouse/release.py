"""Releases: built aside, sealed by a manifest, named, then pointed to. Never written again.

What one holds, and its database, belongs to contents.py.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from shutil import rmtree
from typing import Any

import duckdb

from warehouse import changes, feed, pins
from warehouse.contents import Contents, build
from warehouse.files import flush, write_whole
from warehouse.model import Decision, Release, Sealed, stated_check
from warehouse.read import DATABASE, FORMAT, MANIFEST, NoRelease, format_of, latest, sealed_format

SECOND = "%Y%m%dT%H%M%SZ"


def publish(
    home: Path, contents: Contents, share: Callable[[Path, Release], None] = lambda _folder, _release: None
) -> Release:
    """Build, seal and point to a release; the newest one again where nothing that is stated changed.

    While readers are held at an earlier release the pointer stays there. ``share`` is given the sealed release before
    it has its name in the home; where it raises, the release never was.
    """
    created = datetime.now(UTC)
    building = home / "releases" / f".building-{created:%Y%m%dT%H%M%S%f}-{os.getpid()}"
    building.mkdir(parents=True)
    try:
        digest = build(home, building / DATABASE, contents)
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
        share(building, release)
        building.rename(home / "releases" / release.id)
        flush(home / "releases")
    finally:
        rmtree(building, ignore_errors=True)
    point(home, release.id)
    return release


def rollback(home: Path, release: str, why: str, by: str) -> pins.Pin:
    """Send readers to a release and keep them there until ``resume``; raises NoRelease."""
    if not format_of(home / "releases" / Path(release).name) == FORMAT:
        raise NoRelease(f"no release {release} that can be opened in {home}: see `observatory release list`")
    pin = pins.enter(home, release, why, by)
    point(home, release)
    return pin


def resume(home: Path, why: str, by: str) -> str | None:
    """Let readers go on to the newest release; gives its name, None where there is none."""
    newest = latest(home)
    pins.enter(home, "", why, by)
    if newest:
        point(home, newest)
    return newest


def point(home: Path, release: str) -> None:
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
    told = path.stat()
    return _read(path, told.st_size, told.st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _size: int, _changed: int) -> Release:
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


def _states_the_same(known: Release, new: Release) -> bool:
    stated = ("figures_digest", "captures", "checks", "code_version", "decisions")
    return all(getattr(known, name) == getattr(new, name) for name in stated)


def _plain(value: object) -> object:
    return vars(value) if is_dataclass(value) else str(value)


def _seal(building: Path, release: Release) -> None:
    with duckdb.connect(str(building / DATABASE)) as connection:
        connection.execute(
            "CREATE OR REPLACE TABLE release AS SELECT ?::VARCHAR AS id, ?::TIMESTAMPTZ AS created_at, "
            "?::VARCHAR AS code_version, ?::VARCHAR AS figures_digest, ?::VARCHAR AS previous",
            [release.id, release.created_at, release.code_version, release.figures_digest, release.previous],
        )
    text = ",\n".join(f' "{name}": {_stated(value)}' for name, value in vars(release).items())
    write_whole(building / MANIFEST, f"{{\n{text}\n}}".encode())


def _stated(value: object) -> str:
    """A field as JSON, each capture and each check in a line of its own: with more of them Python would take long."""
    if not isinstance(value, tuple):
        return json.dumps(value, default=_plain)
    return "[" + ",".join(f"\n  {json.dumps(one, default=_plain)}" for one in value) + "]"
