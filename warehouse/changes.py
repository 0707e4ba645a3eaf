"""What a release changed against the one before it: written with it as ``changes.json``, read by page and feed.

How tables and figures are compared does not belong here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from sources.model import Dataset
from warehouse.model import Release
from warehouse.moves import Moves, Statement, moves
from warehouse.pins import pinned
from warehouse.read import DATABASE, FORMAT, open_release, sealed_format
from warehouse.revisions import revisions
from warehouse.vintages import State, Timeline

CHANGES = "changes.json"
LARGEST = 3
"""How many moves are told of each indicator."""
SHOWN = ("moved", "vanished")


@dataclass(frozen=True)
class TableChange:
    """How a dataset's state differs from the previous release's, in numbers; ``fault`` where none could be read."""

    dataset: str
    compared: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True)
class FigureChange:
    """How many of an indicator's figures changed, by kind, and its largest moves as rows of ``Moves``."""

    indicator: str
    kinds: Mapping[str, int]
    largest: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Changes:
    """What a release changed; ``previous`` is empty for the first, which changes nothing.

    ``fault`` says why the previous release could not be read.
    """

    release: str
    created_at: datetime
    previous: str
    code_version: str
    previous_code_version: str
    datasets: Sequence[TableChange] = ()
    figures: Sequence[FigureChange] = ()
    fault: str = ""

    def count(self, kind: str) -> int:
        """How many figures changed in this way."""
        return sum(one.kinds.get(kind, 0) for one in self.figures)


def changes_of(
    home: Path,
    release: Release,
    previous: Release | None,
    database: Path,
    datasets: Sequence[Dataset],
    timelines: Mapping[str, Timeline],
) -> Changes:
    """Compare a release that is being built, as ``database``, with the one before it.

    Only tables whose captures, or whose reading of them, differ are looked into.
    """
    own = (release.id, release.created_at, release.previous or "", release.code_version)
    if previous is None:
        return Changes(*own, "")
    try:
        tables = _tables(home, previous, datasets, timelines)
        moved = moves(Statement(home / "releases" / previous.id / DATABASE), Statement(database))
    except duckdb.Error as error:  # a spoilt release is mended by the next one
        return Changes(*own, previous.code_version, fault=str(error).splitlines()[0])
    return Changes(*own, previous.code_version, tables, figure_changes(moved))


def figure_changes(moved: Moves) -> tuple[FigureChange, ...]:
    """The moves of each indicator in short."""
    rows = moved.rows[moved.rows["kind"].isin(SHOWN)]
    return tuple(
        FigureChange(
            indicator,
            kinds,
            [
                {str(name): value for name, value in row.items()}
                for row in json.loads(
                    rows[rows["indicator"] == indicator].head(LARGEST).to_json(orient="records")
                )
            ],
        )
        for indicator, kinds in moved.kinds.items()
    )


def write(path: Path, changes: Changes) -> None:
    """Write the changes into the folder of a release that is being built."""
    path.write_text(json.dumps(asdict(changes), default=str, indent=1))


def changes(home: Path, most: int | None = None) -> list[Changes]:
    """The changes of the releases that recorded them, the newest first."""
    return [_read(folder / CHANGES) for folder in islice(_told(home), most)]


def seen(home: Path, most: int | None = None) -> list[Changes]:
    """Those of ``changes`` that readers see: none after a release at which they are held."""
    pin = pinned(home)
    told = (folder for folder in _told(home) if pin is None or folder.name <= pin.release)
    return [_read(folder / CHANGES) for folder in islice(told, most)]


def _told(home: Path) -> Iterator[Path]:
    folders = sorted(home.glob("releases/[0-9]*/"), reverse=True)
    return (f for f in folders if (f / CHANGES).exists() and sealed_format(f) == FORMAT)


def _tables(
    home: Path, previous: Release, datasets: Sequence[Dataset], timelines: Mapping[str, Timeline]
) -> tuple[TableChange, ...]:
    before = open_release(home, previous.id)
    try:
        pairs = [
            (before.state(one), timelines[one.id].now if one.id in timelines else None) for one in datasets
        ]
    finally:
        before.connection.close()
    return tuple(
        _table(old, new) for old, new in pairs if (old.digest if old else "") != (new.digest if new else "")
    )


def _table(old: State | None, new: State | None) -> TableChange:
    """One table's change; what was there before can be gone from the disk, and that must not stop a release."""
    name = next(state.dataset.id for state in (new, old) if state)
    try:
        found = revisions(old, new, limit=0)
    except duckdb.IOException as error:
        return TableChange(name, fault=str(error).splitlines()[0])
    return TableChange(name, found.compared, found.kinds, found.columns)


def _read(path: Path) -> Changes:
    content = json.loads(path.read_bytes())
    return Changes(
        **{
            **content,
            "created_at": datetime.fromisoformat(content["created_at"]),
            "datasets": tuple(TableChange(**one) for one in content["datasets"]),
            "figures": tuple(FigureChange(**one) for one in content["figures"]),
        }
    )
