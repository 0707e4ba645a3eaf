"""The bundled figures: well-formed, small, enough to answer every question, and equal to what was published."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from indicators.compute import compute
from indicators.formula import Count, Formula, Prefer, operands
from indicators.model import Indicator
from indicators.registry import datasets, formulas, indicators
from sources.baseline import FOLDER, baseline
from sources.codes import ALL_RECORDED, EU, EU_INSTITUTIONS, FLAGS, MEMBER_STATES, PERIOD
from sources.model import Dataset
from sources.registry import source_of, sources
from sources.settings import Settings
from warehouse.archive import Archive
from warehouse.vintages import State, timeline

GEOS = {EU, ALL_RECORDED, EU_INSTITUTIONS, *MEMBER_STATES}
FILES = sorted(FOLDER.glob("*.csv"))
SETTINGS = Settings(offline=True)
PUBLISHED = {
    "isoc_eb_ai.csv": "eurostat/isoc_eb_ai_2025.json",
    "isoc_eb_ai.earlier_years.csv": "eurostat/isoc_eb_ai_tabular.excerpt.tsv",
    "isoc_eb_ain2.csv": "eurostat/isoc_eb_ain2_2025.json.gz",
    "isoc_cicce_use.csv": "eurostat/isoc_cicce_use_2025.json",
    "isoc_eb_das.csv": "eurostat/isoc_eb_das_2025.json",
    "isoc_e_dii.csv": "eurostat/isoc_e_dii.csv.gz",
    "une_rt_m.csv": "labour/estat_une_rt_m_2016_2024.csv.gz",
}
"""Bundled file -> the collected one that its cells were read from."""
FIRST_START = {
    *("enterprises_using_ai", "smes_using_ai", "large_enterprises_using_ai", "sme_gap"),
    *("enterprises_using_ai_by_activity", "enterprises_using_ai_by_technology", "cloud_data_or_ai"),
    *("smes_basic_digital_intensity", "public_sector_ai_cases", "ict_specialists"),
    *("ict_specialists_employed", "unemployment", "ai_investment"),
}
"""The indicators that a first start without a network must answer; the others may wait for their tables."""

each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def dataset_of(file: Path) -> Dataset:
    name = file.name.partition(".")[0]
    return next(d for source in sources(SETTINGS) for d in source.datasets if d.id == name)


def table(
    dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
) -> dict[tuple[str, ...], object]:
    """Key -> value and flags, as the dataset's own source reads them."""
    parsed = source_of(dataset, SETTINGS).parse(dataset, content, connection)
    columns = [*dataset.key, "value", "flags"]
    rows = parsed.project(", ".join(f'"{column}"' for column in columns)).fetchall()
    return {row[:-2]: row[-2:] for row in rows}


def test_the_baseline_is_small() -> None:
    assert len(FILES) >= 9
    assert sum(file.stat().st_size for file in FILES) < 100_000


@each_file
def test_a_bundled_file_holds_values_of_the_eu_and_its_member_states(
    file: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    dataset = dataset_of(file)
    found = table(dataset, file, connection)
    with file.open(encoding="utf-8", newline="") as opened:
        stated = list(csv.DictReader(line for line in opened if not line.startswith("#")))
    assert len(found) == len(stated) > 0, "a key is stated twice"
    assert {row["geo"] for row in stated} <= GEOS
    assert EU in {row["geo"] for row in stated}
    assert all(PERIOD.fullmatch(row["period"]) and row["value"] for row in stated)
    assert {flag for row in stated for flag in row["flags"]} <= FLAGS.keys()


@each_file
def test_a_bundled_file_is_named_after_a_dataset_that_an_indicator_reads(file: Path) -> None:
    read = {name for indicator in indicators().values() for name in datasets(indicator)}
    assert dataset_of(file).id in read


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, State]:
    """What is known at a first start without a network: the baseline and the curated figures."""
    home = tmp_path_factory.mktemp("home")
    archive = Archive(home)
    for dataset, retrieval, vintage in baseline(sources(SETTINGS)):
        capture = archive.add(dataset, retrieval, scope="partial", origin="baseline", known_from=vintage)
        archive.judge(capture, "accepted", "")
    for dataset in source_of("curated_figures", SETTINGS).datasets:
        retrieval = source_of(dataset, SETTINGS).fetch(dataset, home)
        capture = archive.add(
            dataset, retrieval, scope="full", origin="live", known_from=retrieval.retrieved_at
        )
        archive.judge(capture, "accepted", "")
    known = archive.captures()
    held = {c.dataset: source_of(c.dataset, SETTINGS) for c in known}
    found = {
        dataset.id: timeline(home, source, dataset, known, archive)
        for source in held.values()
        for dataset in source.datasets
    }
    return {name: one.now for name, one in found.items() if one is not None}


@pytest.mark.parametrize("indicator", indicators().values(), ids=indicators().keys())
def test_every_witness_is_reproduced_at_a_first_start(
    indicator: Indicator, states: dict[str, State], tmp_path: Path
) -> None:
    witness = indicator.witness
    if witness is None:
        pytest.skip(f"waits for {indicator.waits_for}")
    figures = compute(tmp_path, indicator, states)
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT DISTINCT round(coalesce(value, high), 2), low FROM read_parquet(?) "
            "WHERE geo = ? AND period = ? AND member = ?",
            [str(figures), witness.geo, witness.period, witness.member],
        ).fetchall()
    if not found:
        assert indicator.id not in FIRST_START
        pytest.skip("the baseline states no figure for it")
    assert found == [(witness.value, witness.low)]


@pytest.mark.parametrize(
    "name",
    ["enterprises_using_ai", "smes_using_ai", "large_enterprises_using_ai", "sme_gap", "cloud_data_or_ai"],
)
def test_every_member_state_has_a_value_at_a_first_start(
    name: str, states: dict[str, State], tmp_path: Path
) -> None:
    figures = compute(tmp_path, indicators()[name], states)
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT geo FROM read_parquet(?) WHERE period = '2025' AND member = '' AND value IS NOT NULL",
            [str(figures)],
        ).fetchall()
    assert {geo for (geo,) in found} == {EU, *MEMBER_STATES}


@pytest.mark.parametrize(("name", "collected"), PUBLISHED.items())
def test_every_bundled_cell_is_the_published_one(
    name: str, collected: str, shared_data: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    dataset = dataset_of(FOLDER / name)
    stated = table(dataset, FOLDER / name, connection)
    published = table(dataset, shared_data / collected, connection)
    assert {key: published.get(key) for key in stated} == stated


def test_ict_specialists_are_those_of_two_collections(
    shared_data: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """The share, with its flags, stands in both; the number of persons in one, without flags."""
    file = FOLDER / "isoc_sks_itspt.csv"
    stated = table(dataset_of(file), file, connection)
    with (shared_data / "labour/ict_labour_panel_2014_2024.csv").open(newline="") as opened:
        panel = {(row["geo"], row["year"]): row for row in csv.DictReader(opened)}
    with gzip.open(shared_data / "labour/jaf_labour_indicators_2025-10-20.csv.gz", "rt") as opened:
        shares = {
            (row["geo"], row["time"]): (float(row["value"]), row["flags"].strip())
            for row in csv.DictReader(opened)
            if row["JAF_KEY"] == "PA8.1.C6.T" and row["value"]
        }
    for (_, unit, *place), cell in stated.items():
        key = (place[0], place[1])
        column = "ict_share_pc_emp" if unit == "PC_EMP" else "ict_employed_ths"
        flags = shares[key][1] if unit == "PC_EMP" else ""
        assert cell == (float(panel[key][column]), flags)
        assert unit != "PC_EMP" or cell == shares[key]


def counts(formula: Formula) -> Iterator[Count]:
    if isinstance(formula, Count):
        yield formula
    for operand in operands(formula):
        yield from counts(operand)


def test_stated_counts_are_those_of_the_cases(
    shared_data: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    file = FOLDER / "pstw_counts.csv"
    stated = table(dataset_of(file), file, connection)
    source = source_of("pstw_cases", SETTINGS)
    cases = next(d for d in source.datasets if d.id == "pstw_cases")
    source.parse(cases, shared_data / "pstw/pstw_dataset_2026-03-04.csv", connection).create("cases")
    counted: dict[tuple[str, ...], object] = {}
    preferred = [f for f in formulas(indicators()["public_sector_ai_cases"]) if isinstance(f, Prefer)]
    for formula in preferred:
        for count in counts(formula):
            counted |= recount(count, connection)
    assert counted == stated


def recount(count: Count, connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, ...], object]:
    """A count in plain SQL, for every place and member of the baseline but those it leaves out as unknown."""
    where = " AND ".join(f"{c.column} IN ({', '.join(map(repr, c.values))})" for c in count.where) or "true"
    breakdown = count.name or count.by
    found: dict[tuple[str, ...], object] = {}
    for member in [m for m in count.members if m != "unknown"] or [""]:
        chosen = f"{where} AND {count.by} = '{member}'" if count.by else where
        for geo in GEOS:
            place = {
                ALL_RECORDED: "true",
                EU: "geo_group = 'member_state'",
            }.get(geo, f"geo = '{geo}'")
            row = connection.execute(f"SELECT count(*) FROM cases WHERE {chosen} AND {place}").fetchone()
            found[(breakdown, member, geo, "2026-03-04")] = (float(row[0] if row else 0), "")
    return found
