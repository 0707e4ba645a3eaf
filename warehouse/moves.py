"""Which figures moved between two moments or two releases, in SQL over the releases' databases.

What changed in the tables behind them does not belong here: revisions.py tells that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from sources.formats.sql import literal
from warehouse.alike import marks, unlike
from warehouse.read import known
from warehouse.revisions import beyond_rounding, decimals, exact

MOVES = ("moved", "vanished", "appeared", "status changed", "flags changed", "rounding")
"""``rounding``: a table stated it with other decimals, and nothing else. What is not stated at
all is not measured, as what is stated so."""

KEY = "indicator, geo, breakdown, member, unit"
PAIRED = ("period", "value", "low", "high", "flags", "status")


@dataclass(frozen=True)
class Statement:
    """The figures that a release's database states for a day, or for now."""

    database: Path
    on: date | None = None


@dataclass(frozen=True)
class Moves:
    """How many figures of each indicator moved, by kind, and the rows, each indicator's largest change first.

    Units differ between indicators, so rows of one kind take turns. ``rows`` has kind, indicator, geo, breakdown, member, unit, and period, value, low, high, flags and status
    as ``old_`` and ``new_``, and ``change``. Where an indicator states only its newest edition, editions are
    compared with each other, so that old and new periods differ. ``places`` are those where figures of an indicator
    moved by more than rounding.
    """

    kinds: Mapping[str, Mapping[str, int]]
    rows: pd.DataFrame
    places: Mapping[str, frozenset[str]]

    def count(self, kind: str) -> int:
        return sum(kinds[kind] for kinds in self.kinds.values())


def moves(
    old: Statement, new: Statement, *, indicators: Sequence[str] = (), limit: int | None = None
) -> Moves:
    """Compare two statements of figures, all or some indicators'; ``limit`` bounds the rows, not what is counted."""
    with duckdb.connect() as connection:
        for name, database in (("old_release", old.database), ("new_release", new.database)):
            if name == "old_release" or database != old.database:
                connection.execute(f"ATTACH {literal(str(database))} AS {name} (READ_ONLY)")
        newer = "old_release" if new.database == old.database else "new_release"
        before = f"FROM old_release.figures WHERE {known(old.on)}"
        now = f"FROM {newer}.figures WHERE {known(new.on)}"
        concerned = [one for one in _changed(connection, before, now) if not indicators or one in indicators]
        _state(connection, "old", before, concerned)
        _state(connection, "new", now, concerned)
        _compare(connection)
        return Moves(_kinds(connection), _rows(connection, limit), _places(connection))


def _changed(connection: duckdb.DuckDBPyConnection, old: str, new: str) -> list[str]:
    """The indicators of which two statements differ at all, told by checksums: of most, a release states the same."""
    columns = (*KEY.split(", "), *PAIRED, "captures")
    before, now = (f"({marks(rows, 'indicator', columns)})" for rows in (old, new))
    return [str(indicator) for (indicator,) in connection.execute(unlike(before, now)).fetchall()]


def _state(connection: duckdb.DuckDBPyConnection, name: str, figures: str, indicators: Sequence[str]) -> None:
    """Lay a statement in a table, with the decimals in which each indicator's captures state it."""
    connection.execute(
        f"CREATE TEMP TABLE {name} AS SELECT *, "
        f"max({decimals('value')}) OVER (PARTITION BY indicator, unit, captures) AS decimals "
        f"FROM ({figures}) WHERE indicator IN (SELECT unnest(?))",
        [indicators],
    )


def _compare(connection: duckdb.DuckDBPyConnection) -> None:
    """Lay the figures that differ in ``differing``."""
    connection.execute("""
        CREATE TEMP TABLE editions AS SELECT indicator FROM (
            SELECT indicator, count(DISTINCT period) AS n, min(length(period)) AS l FROM old GROUP BY ALL
            UNION ALL SELECT indicator, count(DISTINCT period), min(length(period)) FROM new GROUP BY ALL
        ) GROUP BY indicator HAVING max(n) = 1 AND min(l) = length('2026-03-04')
    """)
    course = "CASE WHEN indicator IN (FROM editions) THEN '' ELSE period END AS course"
    both = ", ".join(f"o.{c} AS old_{c}, n.{c} AS new_{c}" for c in (*PAIRED, "decimals"))
    apart = " OR ".join(
        f"coalesce({beyond_rounding(f'old_{c}', f'new_{c}', 'old_decimals', 'new_decimals')}, FALSE)"
        if c == "value"
        else f"{exact(f'old_{c}')} IS DISTINCT FROM {exact(f'new_{c}')}"
        for c in ("value", "low", "high")
    )
    connection.execute(f"""
        CREATE TEMP TABLE differing AS
        SELECT *, ({exact("new_value")} - {exact("old_value")})::DOUBLE AS change,
            coalesce(old_value, old_low) IS NOT NULL AS said, coalesce(new_value, new_low) IS NOT NULL AS says,
            CASE WHEN says AND NOT said THEN 'appeared' WHEN said AND NOT says THEN 'vanished'
                WHEN {apart} THEN 'moved'
                WHEN coalesce(old_status, 'not measured') <> coalesce(new_status, 'not measured') THEN 'status changed'
                WHEN coalesce(old_flags, '') <> coalesce(new_flags, '') THEN 'flags changed'
                WHEN old_value <> new_value THEN 'rounding' END AS kind
        FROM (
            SELECT {KEY}, {both} FROM (SELECT *, {course} FROM old) o
            FULL JOIN (SELECT *, {course} FROM new) n USING ({KEY}, course)
        ) WHERE kind IS NOT NULL
    """)


def _kinds(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    query = "SELECT indicator, kind, count(*) FROM differing GROUP BY ALL ORDER BY ALL"
    for indicator, kind, count in connection.execute(query).fetchall():
        found.setdefault(indicator, dict.fromkeys(MOVES, 0))[kind] = count
    return found


def _places(connection: duckdb.DuckDBPyConnection) -> dict[str, frozenset[str]]:
    query = "SELECT indicator, list(DISTINCT geo) FROM differing WHERE kind <> 'rounding' GROUP BY ALL ORDER BY ALL"
    return {indicator: frozenset(geos) for indicator, geos in connection.execute(query).fetchall()}


def _rows(connection: duckdb.DuckDBPyConnection, limit: int | None) -> pd.DataFrame:
    shown = ", ".join(f"old_{c}, new_{c}" for c in PAIRED)
    order = ", ".join(literal(kind) for kind in MOVES)
    cut = "" if limit is None else f"LIMIT {int(limit)}"
    rank = f"row_number() OVER (PARTITION BY kind, indicator ORDER BY abs(change) DESC NULLS LAST, {KEY}, new_period)"
    return connection.execute(
        f"SELECT kind, {KEY}, {shown}, change FROM (SELECT *, {rank} AS place FROM differing) "
        f"ORDER BY list_position([{order}], kind), place, {KEY} {cut}"
    ).df()
