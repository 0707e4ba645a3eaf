"""Which releases keep their database: the newest, and every one that somebody may still open.

A manifest and what a release changed are always kept, so that it can be replayed; the archive is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from warehouse.pins import pinned
from warehouse.read import DATABASE, FORMAT, current, format_of, latest

BRIEFS = "briefs"
"""Where in a home the briefs of each release lie, if they are written."""


def prune(home: Path, keep: int) -> list[str]:
    """Remove the databases of all releases but the newest ``keep`` and those still needed; gives their names.

    Needed are the release that readers see, the newest, a pinned one, and each that a brief in the home was made
    of. Readings of a content that no database left refers to go too, where a newer reading of it is in use.
    What was known on an earlier day stands in the newest release, and its bytes in the archive.
    """
    whole = sorted(f.name for f in home.glob("releases/[0-9]*/") if format_of(f) == FORMAT)
    needed = {*whole[-keep:], *_needed(home)}
    gone = [name for name in whole if name not in needed]
    for name in gone:
        (home / "releases" / name / DATABASE).unlink(missing_ok=True)
    if gone:
        _drop_superseded(home, [name for name in whole if name in needed])
    return gone


def _needed(home: Path) -> set[str]:
    pin = pinned(home)
    named = {current(home), latest(home), pin.release if pin else None}
    briefs = {folder.name for folder in home.glob(f"{BRIEFS}/*/") if any(folder.iterdir())}
    return {name for name in named if name} | briefs


def _drop_superseded(home: Path, kept: Iterable[str]) -> None:
    """Remove readings by an earlier parser, where no kept release refers to them."""
    used = {home / path for name in kept for path in tables_of(home / "releases" / name / DATABASE)}
    read = {(path.parent, path.name.split("-")[0]) for path in used}
    for path in home.glob("vintages/*/*.parquet"):
        if path not in used and (path.parent, path.name.split("-")[0]) in read:
            path.unlink(missing_ok=True)
            path.with_suffix(".json").unlink(missing_ok=True)  # its outline


def tables_of(database: Path) -> list[str]:
    """The tidy tables that a release refers to, relative to its home."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute("SELECT tidy FROM captures WHERE tidy <> ''").fetchall()
    return [str(path) for (path,) in found]
