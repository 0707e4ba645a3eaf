"""Wide tables: line ends, the order of dimensions, and tables that are read in many pieces."""

from __future__ import annotations

import gzip
import string
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from sources import formats
from sources.formats.packed import Packed
from sources.formats.wide import Layout, Text, blocks
from sources.model import Unreadable
from tests.replica.tables import Cell
from tests.unit.test_sources_formats import CODES, ONE, SPECIALISTS, TSV, WRITERS, read


def test_line_ends_and_the_order_of_dimensions_do_not_matter(tmp_path: Path) -> None:
    """Codes are read by the name of their dimension; unusual spellings of cells are read among usual ones."""
    header = b"sex,geo,freq,unit\\TIME_PERIOD\t2023 \t2024\r\n"
    rows = b"F,AT,A,PC\t0n\t5.88b\nM,BE,A,PC\t:c\t1.5e1 @N\r\nM,EL,A,PC\t: z\t12."
    assert read(header + rows, tmp_path) == [
        ("A", "PC", "F", "AT", "2023", 0.0, "n", ""),
        ("A", "PC", "F", "AT", "2024", 5.88, "b", ""),
        ("A", "PC", "M", "BE", "2023", None, "", "C"),
        ("A", "PC", "M", "BE", "2024", 15.0, "", "N"),
        ("A", "PC", "M", "EL", "2023", None, "m", ""),
        ("A", "PC", "M", "EL", "2024", 12.0, "", ""),
    ]


@pytest.mark.parametrize("separator", ["\t", ","])
def test_thousands_of_periods_and_many_blocks(separator: str, tmp_path: Path) -> None:
    """More text than several blocks hold: each series and each value is counted."""
    periods = [
        f"{year}-{month:02}-{day:02}"
        for year in range(2000, 2020)
        for month in range(1, 13)
        for day in range(1, 29)
    ]
    geos = [f"{one}{other}" for one in string.ascii_uppercase[:16] for other in string.ascii_uppercase[:10]]
    key = "freq,unit,sex,geo\\TIME_PERIOD" if separator == "\t" else "freq,unit,sex,geo"
    cells = [": ", "0.5 ", ": u", "2 b", "1234.25 "] * (len(periods) // 5)
    lines = [separator.join((key, *periods)), *(separator.join((f"A,PC,F,{geo}", *cells)) for geo in geos)]
    content = tmp_path / "wide"
    content.write_bytes(gzip.compress("\n".join(lines).encode(), 1))
    with duckdb.connect() as connection:
        table = formats.read(SPECIALISTS, content, connection)
        found = table.aggregate(
            "geo, count(*), count(DISTINCT period), sum(value), count(*) FILTER (flags = 'b')"
        )
        once = len(periods) // 5
        assert sorted(found.fetchall()) == [(geo, 4 * once, 4 * once, 1236.75 * once, once) for geo in geos]


@pytest.mark.parametrize("size", [1, 7, 40, 41, 42, 1000])
def test_blocks_of_any_size_give_the_same(size: int, tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_bytes(TSV)
    layout = Layout(("freq", "unit", "sex", "geo"), ("2023",), joined=True)
    packed = Packed(layout.keys, layout.periods, blocks(Text("table", path, layout), size))
    with duckdb.connect() as connection:
        found = packed.relation(SPECIALISTS.tidy_columns, connection, {}).fetchall()
    assert found == [cell.tidy() for cell in ONE]


def test_codes_are_texts_and_no_enumeration(tmp_path: Path) -> None:
    """DuckDB 2.0 writes enumerations of thousands of texts to Parquet with some of them empty, where two threads do."""
    path = tmp_path / "table.tsv"
    path.write_bytes(TSV)
    with duckdb.connect() as connection:
        kinds = formats.read(SPECIALISTS, path, connection).types
    assert {str(kind) for kind in kinds} == {"VARCHAR", "DOUBLE"}


def test_more_codes_than_a_block_knows(tmp_path: Path) -> None:
    """Ten thousand codes in many blocks, written by as many threads as there are: each stands with its own value."""
    keys = [f"A,PC,S{number},AT" for number in range(10_000)]
    lines = ["freq,unit,sex,geo\\TIME_PERIOD\t2024", *(f"{key}\t{number}" for number, key in enumerate(keys))]
    path, written = tmp_path / "table.tsv", tmp_path / "table.parquet"
    path.write_text("\n".join(lines))
    layout = Layout(("freq", "unit", "sex", "geo"), ("2024",), joined=True)
    packed = Packed(layout.keys, layout.periods, blocks(Text("table", path, layout), 1000))
    with duckdb.connect() as connection:
        packed.relation(SPECIALISTS.tidy_columns, connection, {}).write_parquet(str(written))
        found = connection.execute(f"SELECT count(*) FILTER (sex = 'S' || value::INTEGER) FROM '{written}'")
        assert found.fetchone() == (10_000,)


def test_a_relation_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "again.tsv"
    path.write_bytes(TSV)
    with duckdb.connect() as connection:
        table = formats.read(SPECIALISTS, path, connection)
        assert len(table.fetchall()) == len(table.fetchall()) == len(ONE)
        assert table.filter("geo = 'BE'").fetchall() == [(*CODES, "BE", "2023", 2.5, "", "")]


def test_a_table_of_one_place(tmp_path: Path) -> None:
    """A table without geo gets the place that its dataset states."""
    dataset = replace(SPECIALISTS, place="EA")
    cells = [Cell(CODES, "EA", "2023", "1.5", "b"), Cell(CODES, "EA", "2024", "", "u")]
    for layout in WRITERS.keys() - {"wide"}:
        found = read(WRITERS[layout](dataset, cells), tmp_path, dataset)
        assert found == [(*CODES, "EA", "2023", 1.5, "b", ""), (*CODES, "EA", "2024", None, "u", "")]


def test_a_table_below_an_empty_line_is_refused(tmp_path: Path) -> None:
    """A spreadsheet's twin whose header is not where it should be: nothing is guessed."""
    path = tmp_path / "table"
    path.write_bytes(b"\r\nfreq,unit,sex,geo,2024 \nA,PC,M,EL,0 \n")
    with duckdb.connect() as connection, pytest.raises(Unreadable, match="in no layout that is read"):
        formats.read(SPECIALISTS, path, connection)
