"""What was known of an indicator's figures over time: the figures of every moment, folded into intervals.

A figure of one moment is computed in the package itself; how a page filters a day belongs to the pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from indicators.compute.engines import DUCKDB, Engine
from indicators.compute.moment import Queries, compute, digest
from indicators.model import Indicator
from indicators.registry import datasets
from sources.formats.sql import literal
from warehouse.contents import FIGURES
from warehouse.files import whole
from warehouse.scratch import scratch
from warehouse.vintages import EARLIEST, State, Timeline

KEY = ("indicator", "breakdown", "member", "geo", "period")
RESTS_ON = ("vintage", "captures", "origin")
"""What a figure rests on may change while what it states stays: the newest is kept."""

KNOWN = ("known_from", "known_to")
STATES = [name for name in FIGURES if name not in (*KEY, *RESTS_ON, *KNOWN)]

TOGETHER = 20
"""So many days are folded at once: preparing a query takes longer than folding a day, and memory holds no more of large ones."""


@dataclass(frozen=True)
class Step:
    """The states of an indicator's datasets from a moment on; ``mark`` stands for all steps up to this one."""

    since: datetime | None
    states: Mapping[str, State]
    mark: str


def history(
    home: Path,
    indicator: Indicator,
    timelines: Mapping[str, Timeline],
    memory: str,
    engine: Engine = DUCKDB,
) -> Path:
    """The indicator's figures as Parquet with the columns of ``FIGURES``, one row for each figure and interval.

    ``known_to`` is null for what is stated now, ``known_from`` for what rests on undated captures. Only steps
    that no earlier run has folded are computed, on ``engine``; folding them is DuckDB's on either.
    """
    steps = _steps(indicator, timelines)
    paths = [home / "figures" / indicator.id / f"history-{step.mark}.parquet" for step in steps]
    if not steps:
        return _nothing(home, indicator, memory)
    done = max((number for number, path in enumerate(paths) if path.exists()), default=-1)
    if done == len(steps) - 1:
        return paths[-1]
    with scratch(memory) as connection:
        _start(connection, paths[done] if done >= 0 else None)
        queries: Queries = {}
        for first in range(done + 1, len(steps), TOGETHER):
            some = steps[first : first + TOGETHER]
            figures = [compute(home, indicator, step.states, memory, engine, queries) for step in some]
            _fold(connection, figures, [step.since for step in some])
        _write(connection, paths[-1])
    _keep_only(paths[-1], paths[done])
    return paths[-1]


def _steps(indicator: Indicator, timelines: Mapping[str, Timeline]) -> list[Step]:
    """Every moment at which the state of one of the indicator's datasets changed."""
    own = {name: timelines[name] for name in sorted(datasets(indicator) & timelines.keys())}
    moments = {since.date() if since else None: since for since in _moments(own.values())}
    found: list[Step] = []
    mark = ""
    for since in moments.values():
        states = {name: state for name, one in own.items() if (state := one.on(since))}
        inputs = digest(indicator, states)
        mark = hashlib.sha256(f"{mark} {since} {inputs}".encode()).hexdigest()[:16]
        found.append(Step(since, states, mark))
    return found


def _moments(timelines: Iterable[Timeline]) -> list[datetime | None]:
    moments = {since for timeline in timelines for since, _ in timeline.steps}
    return sorted(moments, key=lambda since: since or EARLIEST)


def _nothing(home: Path, indicator: Indicator, memory: str) -> Path:
    """The history of an indicator of which no dataset is loaded."""
    path = home / "figures" / indicator.id / "history-nothing.parquet"
    with scratch(memory) as connection:
        _start(connection, None)
        _write(connection, path)
    return path


def _start(connection: duckdb.DuckDBPyConnection, known: Path | None) -> None:
    """The tables ``past`` and ``now``: what was stated once, and what is stated still."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in FIGURES.items())
    for table, filter_ in (("past", "IS NOT NULL"), ("now", "IS NULL")):
        connection.execute(f"CREATE TEMP TABLE {table} ({columns})")
        if known:
            query = f"SELECT * FROM read_parquet({literal(str(known))}) WHERE known_to {filter_}"
            connection.execute(f"INSERT INTO {table} BY NAME {query}")


def _fold(
    connection: duckdb.DuckDBPyConnection, figures: Sequence[Path], days: Sequence[datetime | None]
) -> None:
    """What the figures of one day after the other state without a break is one interval, told as on its last day.

    What figures state is told apart by its checksum, which is narrow enough to be sorted by.
    """
    key, states, columns = (", ".join(f'"{name}"' for name in names) for names in (KEY, STATES, FIGURES))
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE folded AS
        WITH told AS (
            SELECT *, 0 AS day FROM now
            UNION ALL BY NAME
            SELECT *, file_index::BIGINT + 1 AS day, $days[day] AS known_from FROM read_parquet($files)
        ), placed AS (
            SELECT *, hash({states}) AS said,
                day - row_number() OVER (PARTITION BY {key}, said ORDER BY day) AS unbroken
            FROM told
        )
        SELECT * REPLACE (first(known_from) OVER interval AS known_from, $days[day + 1] AS known_to)
        FROM placed
        WINDOW interval AS (PARTITION BY {key}, said, unbroken ORDER BY day)
        QUALIFY lead(day) OVER interval IS NULL
        """,
        {"files": [str(path) for path in figures], "days": list(days)},
    )
    connection.execute(f"INSERT INTO past BY NAME SELECT {columns} FROM folded WHERE known_to IS NOT NULL")
    connection.execute("DELETE FROM now")
    connection.execute(f"INSERT INTO now BY NAME SELECT {columns} FROM folded WHERE known_to IS NULL")


def _write(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    columns = ", ".join(f'"{name}"' for name in FIGURES)
    order = ", ".join((*KEY, "known_from"))
    query = f"SELECT {columns} FROM (FROM past UNION ALL BY NAME FROM now) ORDER BY {order}"
    with whole(path) as aside:
        connection.execute(f"COPY ({query}) TO {literal(str(aside))} (FORMAT parquet)")


def _keep_only(*histories: Path) -> None:
    """Drop what any run can fold again."""
    for path in histories[0].parent.glob("history-*.parquet"):
        if path not in histories:
            path.unlink(missing_ok=True)
