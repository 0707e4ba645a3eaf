"""Working in memory: what one lays there, no other sees, and nothing stays."""

from __future__ import annotations

import duckdb
import pytest

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
