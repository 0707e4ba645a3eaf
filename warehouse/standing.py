"""How a home stands: what readers see, what each dataset rests on, how fresh it is, and what is held back and why.

How that reads at a terminal or on a page does not belong here, nor does judging anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from sources.model import Capture, Dataset
from warehouse import journal
from warehouse.archive import Archive
from warehouse.freshness import Fresh
from warehouse.journal import Look
from warehouse.model import Check, Release
from warehouse.pins import Pin, pinned
from warehouse.read import DATABASE, current, latest
from warehouse.release import manifest
from warehouse.vintages import layers


@dataclass(frozen=True)
class Row:
    """One dataset: the newest capture that counts, how fresh it is in the newest release, what is held back."""

    dataset: Dataset
    capture: Capture | None
    fresh: Fresh | None
    held: tuple[Capture, ...]

    def overdue(self, today: date) -> bool:
        return self.fresh is not None and self.fresh.overdue(today)


@dataclass(frozen=True)
class Standing:
    """``current`` is the release that readers see, ``newest`` the last one published; ``looked`` the last look."""

    current: str | None
    newest: Release | None
    pin: Pin | None
    looked: Look | None
    rows: tuple[Row, ...]

    @property
    def failed(self) -> list[Check]:
        """The checks of the newest release that failed, errors first."""
        found = [check for check in self.newest.checks if not check.passed] if self.newest else []
        return sorted(found, key=lambda check: (check.severity, check.subject, check.name))

    @property
    def held(self) -> list[Capture]:
        """Everything that is held back, by dataset."""
        return [capture for row in self.rows for capture in row.held]

    def next_expected(self, today: date) -> Fresh | None:
        """The dataset of which something new is expected soonest, from today on."""
        due = [row.fresh for row in self.rows if row.fresh and row.fresh.due and row.fresh.due >= today]
        return min(due, key=lambda one: (one.due or date.max, one.dataset), default=None)


def standing(home: Path, datasets: Iterable[Dataset]) -> Standing:
    """How a home stands, without changing anything in it."""
    newest = latest(home)
    known = _known(home / "releases" / newest / DATABASE) if newest else {}
    own: dict[str, list[Capture]] = {}
    for capture in Archive(home).captures():
        own.setdefault(capture.dataset, []).append(capture)
    rows = tuple(
        Row(
            dataset,
            next(iter(layers(own.get(dataset.id, ()))), None),
            known.get(dataset.id),
            tuple(capture for capture in own.get(dataset.id, ()) if capture.state == "held back"),
        )
        for dataset in datasets
    )
    sealed = manifest(home, newest) if newest else None
    return Standing(current(home), sealed, pinned(home), journal.last(home), rows)


def _known(database: Path) -> dict[str, Fresh]:
    """How fresh each dataset was found for a release; empty for one of an earlier version of the code."""
    names = ", ".join(Fresh.__dataclass_fields__)
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        tables = connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
        if ("freshness",) not in tables:
            return {}
        rows = connection.execute(f"SELECT {names} FROM main.freshness").fetchall()
    return {row[0]: Fresh(*row) for row in rows}


def since(capture: Capture) -> datetime:
    """From when a capture has had its verdict."""
    return capture.judged_at or capture.retrieved_at
