"""Every format gives the same tidy table; a damaged package is refused or gives that very table."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given

from sources.model import SourceError
from tests.fuzz.inputs import Spoiling, several, spoilt, tables
from tests.fuzz.layouts import LAYOUTS, generated, rows
from tests.replica.tables import Cell

Cells = list[Cell]
COUNTS = [50, pytest.param(1_000, marks=pytest.mark.slow)]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_written_is_read_back(
    layout: str, count: int, tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    write, values = LAYOUTS[layout]

    @generated(count)
    @given(cells=tables)
    def check(cells: Cells) -> None:
        content = write(cells)
        expected = sorted((cell.tidy() for cell in cells), key=str)
        assert sorted(rows(content, tmp_path / "file", connection), key=str) == expected
        assert sorted(map(str, values(content))) == sorted(str(row[-3]) for row in expected)

    check()


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("layout", ["tsv", "xlsx"])
def test_no_spoilt_package_is_read_as_something_else(
    layout: str, count: int, tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """Spoilt below the text, a gzip or a workbook is refused, or still holds the very same table."""
    write = LAYOUTS[layout][0]

    @generated(count)
    @given(cells=tables, ways=several)
    def check(cells: Cells, ways: list[Spoiling]) -> None:
        content = write(cells) if layout == "xlsx" else gzip.compress(write(cells), mtime=0)
        try:
            found = rows(spoilt(content, ways), tmp_path / "file", connection)
        except SourceError:
            return
        assert sorted(found, key=str) == sorted((cell.tidy() for cell in cells), key=str)

    check()
