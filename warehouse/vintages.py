"""Tidy vintages: each distinct content parsed once into Parquet, and a dataset's state laid over captures.

Judging a vintage does not belong here, nor does anything that an indicator makes of it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from sources.formats.sql import literal
from sources.model import Capture, Dataset, Source, Unreadable
from warehouse.archive import Archive
from warehouse.files import whole
from warehouse.scratch import scratch

EARLIEST = datetime.min.replace(tzinfo=UTC)

SMALL = 1 << 20
"""Contents of fewer bytes share a DuckDB, as opening one takes longer; closing it gives back what a larger one took."""


@dataclass(frozen=True)
class Layer:
    """One capture and its tidy table."""

    capture: Capture
    table: Path


@dataclass(frozen=True)
class State:
    """What is known of a dataset on a day: layers, newest first, where the newest row of a key counts."""

    dataset: Dataset
    layers: tuple[Layer, ...]

    @property
    def full(self) -> bool:
        """Whether a whole table lies at the bottom, so that a missing row means that there is none."""
        return self.layers[-1].capture.scope == "full"

    @property
    def digest(self) -> str:
        """A checksum of all that the state's rows depend on."""
        marks = [f"{layer.capture.id}/{layer.table.name}" for layer in self.layers]
        return hashlib.sha256("\n".join(marks).encode()).hexdigest()

    def sql(self, base: Path | None = None) -> str:
        """A query for the state's rows: the tidy columns, and capture, known_from and origin of each row.

        It names tables by their full path, or relative to ``base`` for a reader that looks there.
        """
        parts = [_layer_sql(rank, layer, base) for rank, layer in enumerate(self.layers)]
        if len(parts) == 1:
            return f"SELECT * EXCLUDE (rank) FROM ({parts[0]})"
        key = ", ".join(f'"{column}"' for column in self.dataset.key)
        rows = " UNION ALL BY NAME ".join(parts)
        newest = f"row_number() OVER (PARTITION BY {key} ORDER BY rank) = 1"
        return f"SELECT * EXCLUDE (rank) FROM ({rows}) QUALIFY {newest}"


def tidy(
    home: Path, source: Source, dataset: Dataset, sha256: str, content: Path, memory: str = "700MB"
) -> Path:
    """The tidy table of some content, parsed now if it never was; raises Unreadable."""
    path = home / "vintages" / dataset.id / f"{sha256[:12]}-{source.parser_version}.parquet"
    if path.exists():
        return path
    with whole(path) as aside, _opened(content, memory) as connection:
        table = source.parse(dataset, content, connection)
        if tuple(table.columns) != dataset.tidy_columns:
            raise Unreadable(
                dataset.id, str(content), f"columns {table.columns} are not {dataset.tidy_columns}"
            )
        table.write_parquet(str(aside), compression="zstd")
    return path


def _opened(content: Path, memory: str) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    """A DuckDB to parse some content in; large ones need not keep rows in their order, which takes memory."""
    if content.stat().st_size < SMALL:
        return scratch(memory)
    return duckdb.connect(config={"memory_limit": memory, "preserve_insertion_order": "false"})


def layers(captures: Iterable[Capture], on: datetime | None = None) -> list[Capture]:
    """The accepted captures that make a dataset's state, newest first: partial ones down to a full one.

    ``on`` leaves out what was not known then; undated captures rank below every dated one, and a baseline
    below anything else of its date.
    """
    known = [
        c
        for c in captures
        if c.state == "accepted" and _rank(c)[0] <= (on or datetime.max.replace(tzinfo=UTC))
    ]
    return _down(_ranked(known), len(known) - 1)


def _ranked(captures: Sequence[Capture]) -> list[Capture]:
    """From the lowest rank to the highest; of equal ones the first in order counts most."""
    return sorted(captures, key=_rank, reverse=True)[::-1]


def _down(ranked: Sequence[Capture], number: int) -> list[Capture]:
    """Of captures from the lowest rank to the highest, those from one down to a full one."""
    full = (place for place in range(number, -1, -1) if ranked[place].scope == "full")
    return list(reversed(ranked[next(full, 0) : number + 1]))


@dataclass(frozen=True)
class Timeline:
    """What was known of a dataset over time: for each day that changed it, the moment and the state from then on.

    A moment of None comes first, where undated captures are all that is known.
    """

    dataset: Dataset
    steps: tuple[tuple[datetime | None, State], ...]

    @property
    def now(self) -> State:
        return self.steps[-1][1]

    def on(self, moment: datetime | None) -> State | None:
        """The state at a moment; None while nothing was known."""
        later = bisect_right(self.steps, moment or EARLIEST, key=lambda step: step[0] or EARLIEST)
        return self.steps[later - 1][1] if later else None


def timeline(
    home: Path, source: Source, dataset: Dataset, captures: Iterable[Capture], archive: Archive
) -> Timeline | None:
    """A dataset's states from its accepted captures, whose bytes lie in ``archive``; None where there are none.

    A day is the grain: of what came in on one day (UTC) the state at its last capture counts. Raises Unreadable.
    """
    own = [c for c in captures if c.dataset == dataset.id and c.state == "accepted"]
    tables = {c.id: tidy(home, source, dataset, c.sha256, archive.content(dataset, c)) for c in own}
    ranked = _ranked(own)
    last = {_rank(capture)[0].date(): number for number, capture in enumerate(ranked)}
    steps = []
    for number in last.values():
        found = tuple(Layer(capture, tables[capture.id]) for capture in _down(ranked, number))
        moment = _rank(ranked[number])[0]
        steps.append((None if moment == EARLIEST else moment, State(dataset, found)))
    return Timeline(dataset, tuple(steps)) if steps else None


def end_of(day: date) -> datetime:
    """The last moment of a day in UTC: what was known on a day is what was known then."""
    return datetime.combine(day, datetime.max.time(), UTC)


def newest_update(dataset: Dataset, table: Path) -> datetime | None:
    """The day of the newest change that a table of records tells of itself, in UTC; None when it tells none."""
    if not dataset.update_column:
        return None
    column = f'"{dataset.update_column}"'
    with duckdb.connect() as connection:
        query = f"SELECT max({column}) FROM read_parquet(?) WHERE {column} <= today()"
        ((day,),) = connection.execute(query, [str(table)]).fetchall()
    return datetime.combine(day, datetime.min.time(), UTC) if day else None


def disagreements(dataset: Dataset, one: Path, other: Path) -> int:
    """How many keys two tidy tables share with different content."""
    columns = ", ".join(f'"{c}"' for c in dataset.tidy_columns if c not in dataset.key)
    key = ", ".join(f'"{c}"' for c in dataset.key)
    with duckdb.connect() as connection:
        row = connection.execute(
            f"SELECT count(*) FROM (SELECT {key}, hash({columns}) AS mark FROM read_parquet(?)) a "
            f"JOIN (SELECT {key}, hash({columns}) AS mark FROM read_parquet(?)) b USING ({key}) "
            "WHERE a.mark <> b.mark",
            [str(one), str(other)],
        ).fetchone()
    return int(row[0]) if row else 0


def _rank(capture: Capture) -> tuple[datetime, bool, datetime]:
    return (capture.known_from or EARLIEST, capture.origin != "baseline", capture.retrieved_at)


def _layer_sql(rank: int, layer: Layer, base: Path | None) -> str:
    table = layer.table.resolve()
    name = table.relative_to(base.resolve()).as_posix() if base else str(table)
    capture = layer.capture
    known = f"TIMESTAMPTZ '{capture.known_from.isoformat()}'" if capture.known_from else "NULL::TIMESTAMPTZ"
    return (
        f"SELECT *, '{capture.id}' AS capture, {known} AS known_from, '{capture.origin}' AS origin, "
        f"{rank} AS rank FROM read_parquet({literal(name)})"
    )
