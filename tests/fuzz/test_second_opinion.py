"""Our reading of a TSV against the ``eurostat`` package's: two programs, one table."""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given

from tests.fuzz.inputs import DATASET, tables
from tests.fuzz.layouts import LAYOUTS, Row, generated, rows
from tests.peer import long_table
from tests.replica.tables import Cell

COLUMNS = (*DATASET.published_dimensions, "period", "value", "flags")


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


def ours(rows: list[Row]) -> list[str]:
    """Our rows with value and flags as the package states them."""
    return sorted(
        repr((*keys, math.nan if value is None else value, f"{flags}@{code}" if code else flags))
        for *keys, value, flags, code in rows
    )


def theirs(content: bytes) -> list[str]:
    """The package's rows, the letters of its flags in order."""
    found = []
    for *keys, value, flags in long_table(content, DATASET.published_dimensions)[[*COLUMNS]].to_numpy():
        letters, at, code = flags.partition("@")
        found.append(repr((*keys, value, "".join(sorted(letters)) + at + code)))
    return sorted(found)


@pytest.mark.parametrize("count", [40, pytest.param(2_000, marks=pytest.mark.slow)])
def test_both_read_the_same(count: int, tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    @generated(count)
    @given(cells=tables)
    def check(cells: list[Cell]) -> None:
        content = gzip.compress(LAYOUTS["tsv"][0](cells), mtime=0)
        assert ours(rows(content, tmp_path / "file", connection)) == theirs(content)

    check()
