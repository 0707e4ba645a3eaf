"""Which dataset a downloaded file belongs to, what is bundled, and what changed at a source."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import get_args

import duckdb
import pytest

from sources import registry
from sources.baseline import baseline
from sources.curated import FIGURES, FOLDER, TARGETS, Curated
from sources.eurostat import DATASETS, Eurostat
from sources.eurostat_updates import Stamps, read_inventory
from sources.model import Capture, Dataset, Kind, NotData, Unreachable, Unreadable
from sources.pstw import CASES, COUNTS, PublicSectorTechWatch
from sources.settings import Settings
from tests.replica import Replica
from tests.replica.tables import Cell, jsonstat, sdmx_csv, tsv

TABLES = {one.code: one for one in DATASETS}
AI, DII, SPECIALISTS = TABLES["isoc_eb_ai"], TABLES["isoc_e_dii"], TABLES["isoc_sks_itsps"]
CELL = Cell(("A", "GE10", "C10-S951_X_K", "E_AI_TANY", "PC_ENT"), "AT", "2025", "20.5")
SEXES = Cell(("A", "PC", "F"), "AT", "2025", "20.5")
SETTINGS = Settings()


def capture(dataset: Dataset, **fields: object) -> Capture:
    plain = Capture(
        id="1",
        dataset=dataset.id,
        url="",
        retrieved_at=datetime.now(UTC),
        known_from=None,
        source_updated_at=None,
        sha256="",
        size=0,
        media_type="",
        scope="full",
        origin="live",
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "content", "dataset"),
    [
        ("whatever.dat", jsonstat(AI, [CELL]), "isoc_eb_ai"),
        ("isoc_eb_ai.csv", sdmx_csv(DII, [CELL], "2.0"), "isoc_e_dii"),
        ("estat_isoc_e_dii.tsv", tsv(DII, [CELL]), "isoc_e_dii"),
        ("isoc_eb_ai_tabular.excerpt.tsv", tsv(AI, [CELL]), "isoc_eb_ai"),
        ("isoc_eb_ain2(1).tsv", tsv(AI, [CELL]), "isoc_eb_ain2"),
        ("ICT specialists.tsv", tsv(SPECIALISTS, [SEXES]), "isoc_sks_itsps"),
        ("table.tsv", tsv(AI, [CELL]), None),
        ("isoc_e_dii.tsv", b"<html></html>", "isoc_e_dii"),
        ("isoc_e_dii.tsv", b"", "isoc_e_dii"),
        ("isoc_e_dii.tsv.gz", b"\x1f\x8b\x08\x00", "isoc_e_dii"),
        ("pstw.csv", (FOLDER / "figures.csv").read_bytes(), "curated_figures"),
        ("notes.csv", (FOLDER / "targets.csv").read_bytes(), "curated_targets"),
        ("other.csv", b"a,b\n1,2\n", None),
    ],
)
def test_whose_a_file_is(name: str, content: bytes, dataset: str | None, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    found = registry.recognise(tmp_path / name, SETTINGS)
    assert (found and found.id) == dataset


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"error": {"label": "No results found"}}', "an answer without data: No results found"),
        (b"a,b\n1,2\n", "no dataset of ours has its columns"),
        (b"freq,age,geo\\TIME_PERIOD\t2024 \n", "its dimensions freq, age do not tell which dataset it is"),
        (jsonstat(replace(AI, code="tin00075"), [CELL]), "it holds tin00075, which is none of our datasets"),
        (b"\x1f\x8b\x08\x00", "the gzip ends too early"),
        (b"# Notes\n", "text in no layout"),
    ],
)
def test_why_a_file_is_nobodys(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "unknown"
    path.write_bytes(content)
    assert registry.recognise(path, SETTINGS) is None
    text = str(registry.refusal(path, "folder/unknown"))
    assert text.startswith("folder/unknown: not read: ")
    assert said in text


def test_every_dataset_says_what_it_is() -> None:
    datasets = registry.datasets(SETTINGS).values()
    assert len({dataset.view for dataset in datasets}) == len(datasets)
    for dataset in datasets:
        assert dataset.title.strip() == dataset.title != ""
        assert dataset.kind in get_args(Kind)
        assert bool(dataset.dimensions) != bool(dataset.record_key), "observations or records"
        assert dataset.landing_page.startswith("https://") or dataset.source == "curated"
        assert dataset.cadence
        assert len(set(dataset.tidy_columns)) == len(dataset.tidy_columns)


def test_every_dataset_has_one_source() -> None:
    found = registry.datasets(SETTINGS)
    assert len(found) == sum(len(source.datasets) for source in registry.sources(SETTINGS))
    assert {registry.source_of(name, SETTINGS).name for name in found} == {
        "eurostat", "pstw", "oecd", "curated", "codelists",
    }  # fmt: skip
    with pytest.raises(KeyError):
        registry.source_of("nobody", SETTINGS)


def test_the_bundled_baseline_is_read_by_its_sources(connection: duckdb.DuckDBPyConnection) -> None:
    stated = baseline(registry.sources(SETTINGS))
    assert {"isoc_eb_ai", "pstw_counts", "une_rt_m"} <= {dataset.id for dataset, _, _ in stated}
    for dataset, retrieval, vintage in stated:
        table = registry.source_of(dataset, SETTINGS).parse(dataset, retrieval.content, connection)
        assert table.fetchall()
        assert vintage.tzinfo is UTC
        assert retrieval.url == f"bundled:baseline/{retrieval.content.name}"


def test_a_baseline_of_an_unknown_dataset_is_refused(tmp_path: Path) -> None:
    (tmp_path / "nobodys.csv").write_text("# vintage: 2026-02-27\n# source: x\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="nobodys"):
        baseline(registry.sources(SETTINGS), tmp_path)


def test_eurostat_fetches_what_the_inventory_says_is_new(
    replica: Replica, settings: Settings, tmp_path: Path
) -> None:
    for dataset in (AI, DII):
        (replica.folder / f"{dataset.code}.tsv").write_bytes(tsv(dataset, [CELL]))
    source = Eurostat(settings)
    got = source.fetch(AI, tmp_path)
    assert got.source_updated_at == datetime(2026, 2, 27, 10, tzinfo=UTC)
    assert got.url == f"{settings.eurostat_url}/sdmx/2.1/data/ISOC_EB_AI?format=TSV&compressed=true"
    known = {one.id: capture(one, source_updated_at=got.source_updated_at) for one in (AI, DII)}
    unknown = [one for one in DATASETS if one not in (AI, DII)]
    assert source.changed(known) == unknown
    replica.updated["isoc_eb_ai"] = "2026-12-11T11:00:00+0100"
    assert source.changed(known) == [AI, *unknown]
    assert replica.asked.count("/api/dissemination/files/inventory?type=data") == 3


def test_an_inventory_is_read_by_the_names_of_its_columns() -> None:
    text = (
        '"Last data change"\t"CODE"\tLast structural change\n'
        "2026-02-27T11:00:00+0100\tISOC_EB_AI\t2026-01-01T00:00:00Z\n"
        "\tFOLDER\t\n"
    )
    changed = Stamps(datetime(2026, 2, 27, 10, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
    assert read_inventory(text) == {"isoc_eb_ai": changed}


def test_a_table_that_is_gone_is_named(replica: Replica, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(NotData, match=r"isoc_eb_ai: .*ERR_NOT_FOUND_4: ISOC_EB_AI .*is not available"):
        Eurostat(settings).fetch(AI, tmp_path)


def test_an_unreachable_inventory_is_said(closed_url: str) -> None:
    with pytest.raises(Unreachable, match="the connection was refused"):
        Eurostat(Settings(eurostat_url=closed_url, retries=0)).changed({})


@pytest.mark.parametrize(("age", "due"), [(timedelta(hours=19), []), (timedelta(hours=21), [CASES])])
def test_pstw_is_asked_once_a_day(age: timedelta, due: list[Dataset]) -> None:
    known = {CASES.id: capture(CASES, retrieved_at=datetime.now(UTC) - age)}
    assert PublicSectorTechWatch(SETTINGS).changed(known) == due
    assert PublicSectorTechWatch(SETTINGS).changed({}) == [CASES]


def test_stated_counts_are_not_fetched(tmp_path: Path) -> None:
    with pytest.raises(NotData, match="stated, not published"):
        PublicSectorTechWatch(SETTINGS).fetch(COUNTS, tmp_path)


def test_curated_rows_change_with_their_bundled_file(tmp_path: Path) -> None:
    for dataset in Curated.datasets:
        (tmp_path / f"{dataset.code}.csv").write_bytes((FOLDER / f"{dataset.code}.csv").read_bytes())
    source = Curated(tmp_path)
    assert source.changed({}) == [*Curated.datasets]
    digest = sha256((tmp_path / "figures.csv").read_bytes()).hexdigest()
    known = {dataset.id: capture(dataset, sha256="old") for dataset in Curated.datasets}
    known[FIGURES.id] = capture(FIGURES, sha256=digest)
    assert source.changed(known) == [dataset for dataset in Curated.datasets if dataset != FIGURES]


FIGURE = dict.fromkeys(FIGURES.columns, "x") | {"period": "2025", "value": "1", "low": "", "high": "2.5"}
FIGURE |= {"unit": "EUR_BN", "flags": "", "source_date": "2026-02-17"}
TARGET = dict.fromkeys(TARGETS.columns, "x") | {"status": "set", "value": "", "unit": "PC"}


@pytest.mark.parametrize(
    ("dataset", "row", "said"),
    [
        (FIGURES, FIGURE | {"source": " "}, "line 2: source is blank"),
        (FIGURES, FIGURE | {"link": ""}, "line 2: link is blank"),
        (FIGURES, FIGURE | {"low": "several"}, "line 2: low is no number"),
        (FIGURES, FIGURE | {"value": "inf"}, "line 2: value is no number"),
        (FIGURES, FIGURE | {"period": "soon"}, "line 2: the period 'soon' is no period"),
        (TARGETS, TARGET | {"clause": ""}, "line 2: clause is blank"),
        (TARGETS, TARGET | {"status": "hoped"}, "line 2: the status 'hoped' is none of set, announced"),
        (TARGETS, {k: v for k, v in TARGET.items() if k != "note"}, "the header misses the column note"),
        (TARGETS, TARGET | {"note": "x,y"}, "line 2: the number of cells"),
    ],
)
def test_a_curated_row_without_its_source_or_sense_is_refused(
    dataset: Dataset, row: dict[str, str], said: str, tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        Curated().parse(dataset, path, connection)
    assert said in str(caught.value)


def test_a_curated_row(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"{','.join(FIGURE)}\n{','.join(FIGURE.values())}\n", encoding="utf-8")
    rows = Curated().parse(FIGURES, path, connection).fetchall()
    row = dict(zip(FIGURES.columns, rows[0], strict=True))
    assert (row["value"], row["low"], row["high"], row["period"]) == (1.0, None, 2.5, "2025")


READ = {
    "eurostat/estat_isoc_e_dii.tsv": ("isoc_e_dii", 7503),
    "eurostat/estat_isoc_e_dii_filtered_en.csv": ("isoc_e_dii", 4308),
    "eurostat/estat_isoc_sks_itsp_age.tsv": ("isoc_sks_itspa", 2464),
    "eurostat/estat_isoc_sks_itsp_ed.tsv": ("isoc_sks_itspe", 2610 + 208),
    "eurostat/estat_isoc_sks_itsp_sex.tsv": ("isoc_sks_itsps", 2464),
    "eurostat/estat_tin00074.tsv": ("tin00074", 874 + 246),
    "eurostat/isoc_e_dii.csv.gz": ("isoc_e_dii", 2860),
    "eurostat/isoc_eb_ai.csv": ("isoc_eb_ai", 81),
    "eurostat/isoc_eb_ai.sdmx.excerpt.csv": ("isoc_eb_ai", 271),
    "eurostat/isoc_eb_ai_2025.json": ("isoc_eb_ai", 20664 + 309),
    "eurostat/isoc_eb_ain2_2025.json.gz": ("isoc_eb_ain2", 170512 + 31574),
    "eurostat/isoc_eb_das_2025.json": ("isoc_eb_das", 8215 + 44),
    "labour/estat_une_rt_m_2016_2024.csv.gz": ("une_rt_m", 125573),
    "pstw/pstw_dataset_2026-03-04.csv": ("pstw_cases", 2291),
    "pstw/pstw_dataset_2025-08-20.xlsx": ("pstw_cases", 1964),
    "investment/oecd_ai_vc_by_country_2012_2026.csv": ("oecd_ai_vc", 505),
}


@pytest.mark.parametrize("name", READ)
def test_collected_files_are_read_whole(
    name: str, shared_data: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    dataset = registry.recognise(shared_data / name, SETTINGS)
    assert dataset is not None
    table = registry.source_of(dataset, SETTINGS).parse(dataset, shared_data / name, connection)
    assert (dataset.id, len(table.fetchall())) == READ[name]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("eurostat/isoc_eb_ai_2022.json", "holds no observation"),
        ("eurostat/useofai.csv", "holds labels instead of codes"),
        ("eurostat/errors/fault-100-no-results.xml", "NO_RESULTS"),
        ("labour/estat_une_rt_m_2025-01-06_long.xlsx", "XLSX workbook"),
        ("pstw/pstw_genai_guidelines_2025-04-10.csv", "misses the column 'PSTW ID', 'Name'"),
        ("investment/figures.csv", "no dataset of ours has its columns"),
    ],
)
def test_collected_files_that_are_refused(
    name: str, said: str, shared_data: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    file = shared_data / name
    dataset = registry.recognise(file, SETTINGS)
    if dataset is None:
        assert said in str(registry.refusal(file))
        return
    with pytest.raises(Unreadable) as caught:
        registry.source_of(dataset, SETTINGS).parse(dataset, file, connection)
    assert said in str(caught.value)
