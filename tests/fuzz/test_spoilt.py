"""No file, however spoilt, crashes a parser, loses an observation or invents one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.model import SourceError
from tests.fuzz import writers
from tests.fuzz.inputs import Spoiling, several, spoilt, tables
from tests.fuzz.layouts import LAYOUTS, generated, rows
from tests.replica.tables import Cell

Cells = list[Cell]
PARSERS = ("tsv", "sdmx 1.0", "jsonstat", "stated", "xlsx")
VARIANTS = ("wide", "sdmx labels", "sdmx joined")
"""Other ways through the same parsers."""

CASES = [(layout, 60) for layout in PARSERS] + [(layout, 30) for layout in VARIANTS]
LONG = [(layout, 9_000) for layout in PARSERS] + [(layout, 1_000) for layout in VARIANTS]
"""In the long run each parser gets 10,000 inputs and more, with those that are read back."""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


def hold(content: bytes, layout: str, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """A spoilt file is refused by one line of ours, or as many observations come out as it states."""
    try:
        found = rows(content, path, connection)
    except SourceError as caught:
        said = str(caught)
    else:
        said = ""
        expected = sorted(str(value) for value in LAYOUTS[layout][1](content))
        assert sorted(str(row[-3]) for row in found) == expected
    assert "\n" not in said
    assert len(said) < 2000


@pytest.mark.parametrize(
    ("layout", "count"), [*CASES, *(pytest.param(*case, marks=pytest.mark.slow) for case in LONG)]
)
def test_no_spoilt_file_crashes_or_changes_the_count(
    layout: str, count: int, tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    write = LAYOUTS[layout][0]

    @generated(count)
    @given(cells=tables, ways=several, part=st.integers(0, 9))
    def check(cells: Cells, ways: list[Spoiling], part: int) -> None:
        content = write(cells)
        content = _spoilt_part(content, ways, part) if layout == "xlsx" else spoilt(content, ways)
        hold(content, layout, tmp_path / "file", connection)

    check()


def _spoilt_part(content: bytes, ways: list[Spoiling], part: int) -> bytes:
    """A workbook with one of its parts spoilt and everything around it whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = list(parts)[-1 - part % len(parts)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts[name] = spoilt(archive.read(name), ways)
    return writers.zipped(parts)
