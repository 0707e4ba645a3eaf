"""Working in memory: what one lays there, no other sees, and nothing stays."""

from __future__ import annotations

import duckdb
import pytest

from warehouse import scratch as module
from warehouse.scratch import scratch

MEMORY = "200MB"


def test_what_one_lays_there_no_other_sees() -> None:
    with scratch(MEMORY) as one, scratch(MEMORY) as other:
        one.execute("CREATE TEMP TABLE cells AS SELECT 1 AS value")
        one.execute("SET VARIABLE capture = 'a'")
        with pytest.raises(duckdb.CatalogException):
            other.execute("FROM cells")
        assert other.execute("SELECT getvariable('capture')").fetchall() == [(None,)]
    with scratch(MEMORY) as later, pytest.raises(duckdb.CatalogException):
        later.execute("FROM cells")


def test_all_of_a_process_share_the_memory_and_tell_time_in_utc() -> None:
    with scratch(MEMORY) as one:
        settings = "SELECT current_setting('memory_limit'), current_setting('TimeZone')"
        assert one.execute(settings).fetchall() == [("190.7 MiB", "UTC")]


def kept() -> bool:
    """Whether a table that is not temporary is still there: it goes only with the DuckDB that holds it."""
    with scratch(MEMORY) as one:
        tables = one.execute("SELECT table_name FROM duckdb_tables() WHERE table_name = 'stays'").fetchall()
        return bool(tables)


def test_a_duckdb_is_closed_after_many_uses_and_never_while_one_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_open", {})
    monkeypatch.setattr(module, "USES", 4)
    with scratch(MEMORY) as one:
        one.execute("CREATE TABLE stays AS SELECT 1 AS value")
    assert kept()
    with scratch(MEMORY) as one:
        assert [kept() for _ in range(6)] == [True] * 6
        assert one.execute("FROM stays").fetchall() == [(1,)]
    assert not kept()
    assert [kept() for _ in range(6)] == [False] * 6


def test_what_failed_does_not_count_as_going_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_open", {})
    monkeypatch.setattr(module, "USES", 2)
    with scratch(MEMORY) as one:
        one.execute("CREATE TABLE stays AS SELECT 1 AS value")
    with pytest.raises(duckdb.ParserException), scratch(MEMORY) as one:
        one.execute("no query")
    assert not kept()
