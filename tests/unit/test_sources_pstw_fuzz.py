"""Whatever an edition of PSTW holds, each of its rows is read once, or the whole is refused by our own error."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from sources.model import SourceError
from sources.pstw import CASES, spellings
from tests.unit.test_sources_pstw import CASE, OF_2023, OF_2024, SOURCE, edition
from tests.workbooks import text, workbook

PUBLISHED = [row["spelling"] for row in spellings._rows(spellings.SPELLINGS)] + list(
    spellings.codes("country")
)
ODD = [
    "",
    " ",
    "\u00a0",
    "#REF!",
    "FALSO",
    "219",
    "2024.0",
    "31/02/2026",
    'a "b',
    "x;y,z\t",
    "a\r\nb",
    "&amp;",
    "â€™",
]
ANY = some.text(some.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
CELL = some.one_of(some.sampled_from(PUBLISHED), some.sampled_from(ODD), ANY)
COLUMNS = (list(CASE), [OF_2023.get(name, name) for name in CASE], [OF_2024.get(name, name) for name in CASE])
WRITERS: tuple[Callable[[Sequence[dict[str, str]]], bytes], ...] = (
    lambda cases: edition(*cases),
    lambda cases: edition(*cases, mark=";", encoding="utf-8"),
    lambda cases: edition(*cases, mark=";", encoding="latin-1", errors="replace"),
    lambda cases: edition(*cases, encoding="cp1252", errors="replace"),
    lambda cases: edition(*cases, mark="\t"),
    lambda cases: workbook(
        {"Data": [list(map(text, cases[0])), *(list(map(text, c.values())) for c in cases)]}
    ),
)


@some.composite
def editions(draw: some.DrawFn) -> tuple[list[str], bytes]:
    """The ids of an edition's cases, and the edition in one of the shapes it may come in."""
    columns = draw(some.permutations(draw(some.sampled_from(COLUMNS))))
    cells = draw(
        some.lists(some.lists(CELL, min_size=len(columns), max_size=len(columns)), min_size=1, max_size=4)
    )
    ids = [f"PSTW-{number}" for number in range(1, len(cells) + 1)]
    key = next(name for name in columns if name in ("PSTW ID", "ID"))
    cases = [dict(zip(columns, row, strict=True)) | {key: name} for row, name in zip(cells, ids, strict=True)]
    return ids, draw(some.sampled_from(WRITERS))(cases)


@some.composite
def damaged(draw: some.DrawFn) -> bytes:
    """An edition of which some bytes are others, or the end is missing."""
    content = bytearray(draw(editions())[1])
    chance = random.Random(draw(some.integers(0, 2**32)))  # noqa: S311 - the same damage for the same number
    for _ in range(draw(some.integers(0, 4))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content[: draw(some.integers(0, len(content)))])


@cache
def _opened() -> duckdb.DuckDBPyConnection:
    """One connection for all examples: opening one takes longer than reading an edition."""
    return duckdb.connect()


def parse(content: bytes) -> list[tuple[object, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edition"
        path.write_bytes(content)
        return SOURCE.parse(CASES, path, _opened()).fetchall()


def every_row_is_read_once(made: tuple[list[str], bytes]) -> None:
    ids, content = made
    assert [row[0] for row in parse(content)] == ids


def damage_is_our_own_error(content: bytes) -> None:
    with suppress(SourceError):
        assert parse(content)


EASY = settings(deadline=None, suppress_health_check=list(HealthCheck))
FEW, MANY = settings(EASY, max_examples=40), settings(EASY, max_examples=10_000)

test_every_row_is_read_once = FEW(given(editions())(every_row_is_read_once))
test_damage_is_our_own_error = FEW(given(damaged())(damage_is_our_own_error))
test_every_row_of_many_is_read_once = pytest.mark.slow(MANY(given(editions())(every_row_is_read_once)))
test_much_damage_is_our_own_error = pytest.mark.slow(MANY(given(damaged())(damage_is_our_own_error)))
