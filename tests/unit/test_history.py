"""What was known of a figure and when: from captures that come in their order, late, on one day, or undated."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import duckdb
import ibis.expr.types as ir
import pytest

from indicators.compute import history
from indicators.compute.engines import DUCKDB, Engine
from indicators.compute.on_duckdb import DuckDB, DuckDBSession
from sources.model import Scope
from tests.toys import NOON, TOY, ToySource, retrieval, write
from tests.unit.test_release import INDICATOR
from warehouse.archive import Archive
from warehouse.vintages import State, timeline

DAYS = [NOON + timedelta(days=30 * number) for number in range(4)]
TABLES = [
    ["ALL,DE,2024,1,,", "ALL,FR,2024,5,,"],
    ["ALL,DE,2024,1,,", "ALL,FR,2024,5,,", "ALL,DE,2025,2,,"],
    ["ALL,DE,2024,1.5,b,", "ALL,FR,2024,5,,", "ALL,DE,2025,2,,"],
    ["ALL,DE,2024,1,,", "ALL,DE,2025,2,,"],
]


class Stand:
    """A home that takes in captures and says what was known of the toy indicator."""

    def __init__(self, home: Path) -> None:
        self.home, self.archive = home, Archive(home)

    def take_in(self, rows: Sequence[str], known_from: datetime | None, scope: Scope = "full") -> None:
        path = write(self.home / "in.csv", rows)
        got = retrieval(path)
        added = self.archive.add(TOY, got, scope=scope, origin="imported", known_from=known_from)
        self.archive.judge(added, "accepted", "")

    def path(self, engine: Engine = DUCKDB) -> Path:
        known = timeline(self.home, ToySource(), TOY, self.archive.captures(), self.archive)
        return history(self.home, INDICATOR, {"toy": known} if known else {}, "700MB", engine)

    def rows(self) -> list[tuple[Any, ...]]:
        path = self.path()
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            query = (
                "SELECT geo, period, value, flags, strftime(known_from, '%m-%d'), strftime(known_to, '%m-%d'), "
                "strftime(vintage, '%m-%d') FROM read_parquet(?) WHERE status = 'measured' ORDER BY ALL"
            )
            return connection.execute(query, [str(path)]).fetchall()


EXPECTED = [
    ("DE", "2024", 1.0, "", "01-02", "03-03", "02-01"),
    ("DE", "2024", 1.0, "", "04-02", None, "04-02"),
    ("DE", "2024", 1.5, "b", "03-03", "04-02", "03-03"),
    ("DE", "2025", 2.0, "", "02-01", "03-03", "02-01"),
    ("DE", "2025", 2.0, "", "03-03", "04-02", "03-03"),
    ("DE", "2025", 2.0, "", "04-02", None, "04-02"),
    ("FR", "2024", 5.0, "", "01-02", "04-02", "03-03"),
]
"""The value of 2025 stays; its change since 2024 does not, so three intervals tell of it."""


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_intervals_follow_the_days_whatever_order_captures_come_in(
    order: Sequence[int], tmp_path: Path
) -> None:
    stand = Stand(tmp_path)
    for number in order:
        stand.take_in(TABLES[number], DAYS[number])
        stand.rows()
    assert stand.rows() == EXPECTED


@pytest.mark.parametrize("together", [1, 3, 20])
def test_all_at_once_gives_the_same(together: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[history.__module__], "TOGETHER", together)
    stand = Stand(tmp_path)
    for rows, day in zip(TABLES, DAYS, strict=True):
        stand.take_in(rows, day)
    assert stand.rows() == EXPECTED


def test_only_new_steps_are_computed(tmp_path: Path) -> None:
    stand = Stand(tmp_path)
    for rows, day in zip(TABLES[:3], DAYS, strict=False):
        stand.take_in(rows, day)
    stand.rows()
    folder = tmp_path / "figures" / "toy"
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    stand.take_in(TABLES[3], DAYS[3])
    stand.rows()
    added = {path.name for path in folder.iterdir()} - before.keys()
    assert len([name for name in added if not name.startswith("history")]) == 1
    assert all(
        path.stat().st_mtime_ns == before[path.name] for path in folder.iterdir() if path.name in before
    )
    assert len(list(folder.glob("history-*"))) <= 2


class Compiling(DuckDB):
    """DuckDB that notes every query it compiles."""

    def __init__(self) -> None:
        self.compiled: list[str] = []

    @contextmanager
    def session(self, states: Mapping[str, State], memory: str) -> Iterator[DuckDBSession]:
        with super().session(states, memory) as opened:
            yield NotingSession(opened.connection, self.compiled)


@dataclass(frozen=True)
class NotingSession(DuckDBSession):
    compiled: list[str]

    def compile(self, table: ir.Table) -> str:
        self.compiled.append(super().compile(table))
        return self.compiled[-1]


def test_moments_share_a_query_and_nobody_keeps_it(tmp_path: Path) -> None:
    engine = Compiling()
    for home in (tmp_path / "one", tmp_path / "other"):
        stand = Stand(home)
        for rows, day in zip(TABLES, DAYS, strict=True):
            stand.take_in(rows, day)
        stand.path(engine)
    first, again = engine.compiled
    assert first == again


def test_of_one_day_the_last_capture_counts(tmp_path: Path) -> None:
    stand = Stand(tmp_path)
    stand.take_in(TABLES[2], NOON)
    stand.take_in(TABLES[0], NOON + timedelta(hours=3))
    assert {row[:4] for row in stand.rows()} == {("DE", "2024", 1.0, ""), ("FR", "2024", 5.0, "")}


def test_what_is_undated_was_known_before_all_else(tmp_path: Path) -> None:
    stand = Stand(tmp_path)
    stand.take_in(TABLES[2][:1], DAYS[1], "partial")
    stand.take_in(TABLES[0], None)
    assert stand.rows() == [
        ("DE", "2024", 1.0, "", None, "02-01", None),
        ("DE", "2024", 1.5, "b", "02-01", None, "02-01"),
        ("FR", "2024", 5.0, "", None, None, None),
    ]


def test_without_captures_nothing_was_known(tmp_path: Path) -> None:
    assert Stand(tmp_path).rows() == []
