"""The small parsers, of an OECD.AI export and of a code list: no crash but our own errors, no row lost or invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.codelists import DATASETS, HEADINGS, CodeLists
from sources.model import Dataset, SourceError
from sources.oecd import VENTURE_CAPITAL, Oecd
from sources.settings import Settings
from tests.fuzz.inputs import Spoiling, several, spoilt
from tests.fuzz.layouts import generated

LIST = DATASETS[0]
amounts = st.one_of(st.integers(0, 10**6).map(str), st.floats(0, 1e9).map(repr), st.just("0"))
deals = st.lists(
    st.tuples(st.sampled_from(["AUT", "GRC", "GBR", "XKX", "EU27"]), st.integers(2012, 2026), amounts),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row[:2],
)
entries = st.lists(
    st.tuples(
        st.from_regex(r"[A-Z][A-Z0-9_\-]{0,8}", fullmatch=True),
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).filter(
            lambda label: label.strip() and label.strip().casefold() not in HEADINGS
        ),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda entry: entry[0],
)


def export(rows: list[tuple[str, int, str]]) -> bytes:
    lines = [",".join((country, str(year), amount)) for country, year, amount in rows]
    return "\n".join(["iso3,year,vc_ai_musd_nominal", *lines, ""]).encode()


def listing(rows: list[tuple[str, str]]) -> bytes:
    return "".join(f"{code}\t{label}\n" for code, label in rows).encode()


def counted_export(content: bytes) -> int:
    """Lines below the header that say anything."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig", errors="replace"), newline="")))
    return sum(1 for row in rows[1:] if row)


def counted_list(content: bytes) -> int:
    """Distinct lines with a code, less a heading."""
    lines = content.decode("utf-8-sig").splitlines()
    rows = {tuple(part.strip() for part in line.split("\t", 1)) for line in lines if line.strip()}
    first = lines[0].split("\t", 1)[-1].strip().casefold() if lines else ""
    return len(rows) - (first in {"label", "labels", "name", "description"} and "\t" in lines[0])


@dataclass(frozen=True)
class Parser:
    dataset: Dataset
    parse: Callable[..., duckdb.DuckDBPyRelation]
    count: Callable[[bytes], int]


PARSERS = {
    "oecd": (Parser(VENTURE_CAPITAL, Oecd(Settings()).parse, counted_export), deals.map(export)),
    "codelist": (Parser(LIST, CodeLists(Settings()).parse, counted_list), entries.map(listing)),
}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


@pytest.mark.parametrize("count", [60, pytest.param(10_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", PARSERS)
def test_no_spoilt_file_crashes_or_changes_the_count(
    name: str, count: int, tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    parser, contents = PARSERS[name]

    @generated(count)
    @given(content=contents, ways=st.one_of(st.just([]), several))
    def check(content: bytes, ways: list[Spoiling]) -> None:
        path = tmp_path / "file"
        path.write_bytes(spoilt(content, ways))
        try:
            found, said = len(parser.parse(parser.dataset, path, connection).fetchall()), ""
        except SourceError as caught:
            found, said = -1, str(caught)
        assert "\n" not in said
        assert found == parser.count(path.read_bytes()) if not said else ways

    check()
