"""Changes of a table's structure: what is said of them, and that they are recorded while the table is published."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from pipelines.refresh import plan
from pipelines.run import Outcome, run
from sources.codes import EU, MEMBER_STATES
from sources.eurostat import DATASETS, Eurostat
from sources.model import Dataset, Retrieval, Scope
from sources.settings import Settings
from tests.releases import build_release
from tests.replica.tables import Cell, jsonstat, sdmx_csv, tsv
from tests.toys import CASES, TOY
from tests.unit.test_pages import opened, shown
from warehouse import structure
from warehouse.archive import Archive
from warehouse.read import DATABASE, current, open_release
from warehouse.receive import Arrival, receive

AI = next(dataset for dataset in DATASETS if dataset.code == "isoc_eb_ai")


def table(folder: Path, name: str, rows: Sequence[tuple[str, str, str]]) -> Path:
    """A tidy table of the toy dataset from sizes, places and periods."""
    path = folder / f"{name}.parquet"
    values = ", ".join(f"('{size}', '{geo}', '{period}', 1.0, '', '')" for size, geo, period in rows)
    with duckdb.connect() as connection:
        columns = ", ".join(TOY.tidy_columns)
        connection.sql(f"SELECT * FROM (VALUES {values}) t({columns})").write_parquet(str(path))
    return path


OLD = [("S", "DE", "2023"), ("L", "DE", "2024"), ("S", "FR", "2024")]


@pytest.mark.parametrize(
    ("rows", "scope", "said"),
    [
        (OLD, "full", []),
        ([*OLD, ("S", "DE", "2025")], "full", []),
        ([*OLD, ("M", "IT", "2024"), ("K", "DE", "2024")], "full", ["size: new codes K, M", "geo: new codes IT"]),
        (OLD[:2], "full", ["geo: codes gone FR"]),
        (OLD[1:], "full", ["period: periods gone 2023"]),
        ([("X", "DE", "2023")], "full", ["size: new codes X", "size: codes gone L, S", "geo: codes gone FR", "period: periods gone 2024"]),
        ([("X", "DE", "2023")], "partial", ["size: new codes X"]),
    ],
)  # fmt: skip
def test_new_and_vanished_codes_are_named_by_dimension(
    rows: list[tuple[str, str, str]], scope: Scope, said: list[str], tmp_path: Path
) -> None:
    new, old = table(tmp_path, "new", rows), table(tmp_path, "old", OLD)
    assert structure.changes(TOY, new, old, "700MB", scope) == said


def test_many_codes_are_counted(tmp_path: Path) -> None:
    many = [(f"S{number:02}", "DE", "2024") for number in range(20)]
    lines = structure.changes(
        TOY, table(tmp_path, "new", [*OLD, *many]), table(tmp_path, "old", OLD), "700MB"
    )
    assert lines == ["size: new codes S00, S01, S02, S03, S04, S05, S06, S07 and 12 more"]


def test_records_have_no_structure_to_change(tmp_path: Path) -> None:
    assert structure.changes(CASES, tmp_path / "no.parquet", tmp_path / "file.parquet", "700MB") == []


CELLS = [
    Cell(("A", size, "C10-S951_X_K", "E_AI_TANY", "PC_ENT"), geo, period, "12.5")
    for size in ("GE10", "10-49", "GE250")
    for geo in (EU, *MEMBER_STATES)
    for period in ("2023", "2024", "2025")
]


def moved(dataset: Dataset, places: Sequence[int]) -> tuple[Dataset, list[Cell]]:
    """The dataset and its cells with the dimensions in another order."""
    names = tuple(dataset.dimensions[place] for place in places)
    cells = [replace(cell, codes=tuple(cell.codes[place] for place in places)) for cell in CELLS]
    return replace(dataset, dimensions=names), cells


@pytest.mark.parametrize("write", [tsv, jsonstat, sdmx_csv], ids=["tsv", "jsonstat", "sdmx-csv"])
def test_dimensions_in_another_order_are_told_by_the_files_headers(write: object, tmp_path: Path) -> None:
    assert callable(write)
    old, new, same = tmp_path / "old.gz", tmp_path / "new", tmp_path / "same"
    old.write_bytes(gzip.compress(write(AI, CELLS)))
    new.write_bytes(write(*moved(AI, (0, 2, 1, 4, 3))))
    same.write_bytes(write(AI, CELLS[:5]))
    assert structure.reordered(same, old) == []
    assert structure.reordered(new, old) == [
        "dimensions moved: freq,nace_r2,size_emp,unit,indic_is instead of freq,size_emp,nace_r2,indic_is,unit"
    ]


def test_files_of_two_formats_or_without_dimensions_are_not_compared(tmp_path: Path) -> None:
    one, other, page = tmp_path / "one", tmp_path / "other", tmp_path / "page"
    one.write_bytes(tsv(AI, CELLS))
    other.write_bytes(jsonstat(*moved(AI, (0, 2, 1, 4, 3))))
    page.write_bytes(b"<html></html>")
    assert structure.reordered(other, one) == structure.reordered(page, one) == []


class OneTable(Eurostat):
    """Eurostat, as if it had but one table: that is quick to refresh."""

    datasets = (AI,)


class Desk:
    """A home in which one table after the other is imported, whole and dated."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder / "home", offline=True)
        self.folder = folder

    def take_in(self, content: bytes, dated: date, full: bool = True) -> Outcome:
        file = self.folder / f"isoc_eb_ai-{dated}.tsv"
        file.write_bytes(content)
        arrival = Arrival(file, file.name, AI.id, dated, full)
        received = receive(self.settings, [arrival], lambda _: None)
        assert received.refused == () or not received.captures
        self.refused = received.refused
        return self.refresh()

    def refresh(self) -> Outcome:
        return run(self.settings, plan(self.settings, sources=[OneTable(self.settings)]), indicators=())

    def changes(self) -> list[tuple[str, str]]:
        found = open_release(self.settings.home).query(
            "SELECT severity, detail FROM checks WHERE name = 'structure' AND NOT passed ORDER BY detail"
        )
        return list(found.itertuples(index=False, name=None))

    def rows(self) -> int:
        return int(
            open_release(self.settings.home).query("SELECT count(*) AS n FROM eurostat.isoc_eb_ai")["n"][0]
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    assert desk.take_in(tsv(AI, CELLS), date(2026, 8, 1)).release is not None
    return desk


def test_a_first_table_changes_nothing(desk: Desk) -> None:
    assert desk.changes() == []
    assert desk.rows() == len(CELLS)


NEW = [*CELLS, replace(CELLS[0], codes=("A", "2-9", "C10-S951_X_K", "E_AI_TANY", "PC_ENT"))]
GONE = [cell for cell in CELLS if cell.geo != "LU"]


@pytest.mark.parametrize(
    ("content", "said", "rows"),
    [
        (tsv(AI, NEW), "2026-09-01: size_emp: new codes 2-9", len(NEW)),
        (tsv(AI, GONE), "2026-09-01: geo: codes gone LU", len(GONE)),
        (
            tsv(AI, [cell for cell in CELLS if cell.period != "2023"]),
            "2026-09-01: period: periods gone 2023",
            len(CELLS) * 2 // 3,
        ),
        (
            tsv(*moved(AI, (0, 4, 1, 2, 3))),
            "2026-09-01: dimensions moved: freq,unit,size_emp,nace_r2,indic_is "
            "instead of freq,size_emp,nace_r2,indic_is,unit",
            len(CELLS),
        ),
    ],
    ids=["a new code", "a vanished code", "a withdrawn wave", "moved dimensions"],
)  # fmt: skip
def test_a_changed_table_is_published_and_the_change_recorded(
    desk: Desk, content: bytes, said: str, rows: int
) -> None:
    before = current(desk.settings.home)
    outcome = desk.take_in(content, date(2026, 9, 1))
    assert outcome.problems == ()
    assert outcome.release is not None
    assert outcome.release.id != before
    assert desk.changes() == [("warning", said)]
    assert desk.rows() == rows


def test_a_recorded_change_stays_when_a_later_table_brings_none(desk: Desk) -> None:
    desk.take_in(tsv(AI, NEW), date(2026, 9, 1))
    later = [replace(cell, value="13.5") for cell in NEW]
    desk.take_in(tsv(AI, later), date(2026, 10, 1))
    assert desk.changes() == [("warning", "2026-09-01: size_emp: new codes 2-9")]


def test_a_part_of_a_table_is_not_taken_for_a_loss(desk: Desk) -> None:
    desk.take_in(tsv(AI, CELLS[:3]), date(2026, 9, 1), full=False)
    assert desk.changes() == []
    assert desk.rows() == len(CELLS)


ADDED = replace(AI, dimensions=(*AI.dimensions, "nace_r2_1"))
WIDER = [replace(cell, codes=(*cell.codes, "TOTAL")) for cell in CELLS]


@pytest.mark.parametrize("write", [tsv, jsonstat, sdmx_csv], ids=["tsv", "jsonstat", "sdmx-csv"])
def test_an_import_with_a_dimension_more_is_refused_by_its_name(desk: Desk, write: object) -> None:
    assert callable(write)
    before = current(desk.settings.home)
    desk.take_in(write(ADDED, WIDER), date(2026, 9, 1))
    assert len(desk.refused) == 1
    assert "nace_r2_1" in desk.refused[0]
    assert "\n" not in desk.refused[0]
    assert current(desk.settings.home) == before


@pytest.mark.parametrize(
    ("dataset", "cells", "said"),
    [
        (ADDED, WIDER, "nace_r2_1"),
        (
            replace(AI, dimensions=AI.dimensions[:-1]),
            [replace(cell, codes=cell.codes[:-1]) for cell in CELLS],
            "unit",
        ),
    ],
    ids=["one more", "one less"],
)
@pytest.mark.fault("parse", "the structure changed at the source", expected="held back; the release stays")
def test_a_fetched_table_with_other_dimensions_is_held_back_and_the_release_stays(
    desk: Desk, dataset: Dataset, cells: list[Cell], said: str, tmp_path: Path
) -> None:
    before = current(desk.settings.home)
    content = tmp_path / "fetched.tsv"
    content.write_bytes(tsv(dataset, cells))
    at = datetime(2026, 9, 1, tzinfo=UTC)
    got = Retrieval(content, "https://example.invalid", at, "text/tab-separated-values", at)
    capture = Archive(desk.settings.home).add(AI, got, scope="full", origin="live", known_from=at)
    outcome = desk.refresh()
    assert [line.startswith(f"{capture.id} held back: ") and said in line for line in outcome.problems] == [
        True
    ]
    assert desk.rows() == len(CELLS)
    assert before is not None
    values = open_release(desk.settings.home, before).query("SELECT count(*) AS n FROM eurostat.isoc_eb_ai")
    assert values["n"][0] == len(CELLS)
    assert desk.changes() == []


def test_the_status_page_lists_the_changes_with_table_and_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for home in (tmp_path / "without", tmp_path / "with"):
        build_release(home)
    with duckdb.connect(str(next((tmp_path / "with").glob(f"releases/*/{DATABASE}")))) as connection:
        connection.execute(
            "INSERT INTO checks BY NAME SELECT 'une_rt_m' AS subject, 'structure' AS name, false AS passed, "
            "'warning' AS severity, '2026-09-01: age: new codes Y15-19; geo: codes gone UK' AS detail"
        )
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path / "without"))
    assert "No table changed its codes or dimensions." in shown(opened("data"))
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path / "with"))
    tables = [element.value for element in opened("data").get("table")]
    changes = next(table for table in tables if "What changed" in table.columns)
    said = [str(cell).replace("\\", "") for cell in changes.to_numpy().ravel()]
    assert said == ["une_rt_m", "1 Sept 2026", "age: new codes Y15-19; geo: codes gone UK"]
