"""The list of Eurostat's tables: complete, well formed, and in agreement with the structures and files we hold."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from sources.eurostat_tables import TABLES, UNSEEN_NAMES, UNSEEN_ORDER
from sources.formats import describe
from sources.model import Dataset

CODES = {table.code: table for table in TABLES}
WANTED = (
    "isoc_eb_ai isoc_eb_ain2 isoc_r_eb_ain2 isoc_cicce_use isoc_cicce_usen2 isoc_eb_das isoc_eb_dan2 isoc_e_dii "
    "isoc_ai_iaiu isoc_ai_iaiuxr isoc_sk_dskl_i21 isoc_sks_itspt isoc_sks_itsps isoc_sks_itspa isoc_sks_itspe "
    "isoc_ske_itspe isoc_ske_itrcrs isoc_ske_itts une_rt_m lfsi_emp_a lfsa_egai2d jvs_q_nace2 jvs_q_r21 "
    "trng_lfse_01 nama_10_lp_ulc isoc_sk_oja1 gba_nabsfin07 rd_e_berdindr2 nama_10_a64_p5 demo_gind nama_10_gdp "
    "ert_bil_eur_a sbs_sc_ovw isoc_env_ict_nrg isoc_eb_p3dn2 ef_mp_digi ef_mp_digicr tin00074 htec_emp_nat2 "
    "lfsa_eisn2"
).split()
"""The tables of the live refresh, and those of which files were collected."""

HEADERS = {
    "eurostat/estat_isoc_e_dii.tsv": "isoc_e_dii",
    "eurostat/estat_isoc_sks_itsp_age.tsv": "isoc_sks_itspa",
    "eurostat/estat_isoc_sks_itsp_ed.tsv": "isoc_sks_itspe",
    "eurostat/estat_isoc_sks_itsp_sex.tsv": "isoc_sks_itsps",
    "eurostat/estat_tin00074.tsv": "tin00074",
    "eurostat/isoc_cicce_use_2025.json": "isoc_cicce_use",
    "eurostat/isoc_eb_ain2_2025.json.gz": "isoc_eb_ain2",
    "eurostat/isoc_eb_das_2025.json": "isoc_eb_das",
    "eurostat/isoc_eb_ai_tabular.excerpt.tsv": "isoc_eb_ai",
    "eurostat/useofai.csv": "isoc_ai_iaiu",
    "labour/estat_une_rt_m_2016_2024.csv.gz": "une_rt_m",
}


def test_the_list_is_complete_and_names_each_table_once() -> None:
    assert sorted(table.code for table in TABLES) == sorted(WANTED)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_a_table_is_well_formed(table: Dataset) -> None:
    assert table.id == table.code == table.code.lower()
    assert table.dimensions[0] == "freq"
    assert not {"geo", "time", "period"} & {*table.dimensions}
    assert len({*table.dimensions}) == len(table.dimensions)
    assert table.expected.codes["freq"] in (["A"], ["Q"], ["M"])
    assert set(table.expected.codes) <= {*table.dimensions}
    assert table.expected.member_states <= 25, "a Member State may come late"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_only_percentages_have_an_upper_bound(table: Dataset) -> None:
    for unit, (low, high) in table.expected.units.items():
        assert (low, high) == ((0, 100) if unit.startswith("PC") else (0, None)), unit


def test_experimental_statistics_are_told_apart() -> None:
    kinds = {table.code: table.kind for table in TABLES if table.kind != "european statistics"}
    assert kinds == {"isoc_sk_oja1": "experimental statistics"}


def test_a_table_without_places_speaks_of_one() -> None:
    assert [table.code for table in TABLES if table.place] == ["ert_bil_eur_a"]
    assert CODES["ert_bil_eur_a"].published_dimensions == ("freq", "statinfo", "unit", "currency")
    assert CODES["demo_gind"].published_dimensions == ("freq", "indic_de", "geo")


def test_what_was_not_seen_is_said_of_tables_that_exist() -> None:
    assert {*UNSEEN_NAMES, *UNSEEN_ORDER} < CODES.keys()
    assert not {*UNSEEN_NAMES} & {*UNSEEN_ORDER}


@pytest.mark.parametrize(("name", "code"), HEADERS.items())
def test_the_dimensions_are_those_of_the_collected_files_in_order(
    name: str, code: str, shared_data: Path
) -> None:
    assert describe(shared_data / name).dimensions == CODES[code].dimensions
    assert code not in {*UNSEEN_NAMES, *UNSEEN_ORDER}


def test_the_dimensions_are_those_of_the_published_structures(shared_data: Path) -> None:
    found: dict[str, set[str]] = {}
    with gzip.open(shared_data / "eurostat" / "opensdmx_constraints_isoc.csv.gz", "rt", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["df_id"].lower(), set()).add(row["dimension_id"])
    known = {table.code: {*table.published_dimensions, "TIME_PERIOD"} for table in TABLES}
    ours = {code: names for code, names in known.items() if code.startswith("isoc_")}
    assert ours == {code: found[code] for code in ours}


def test_the_number_of_dimensions_is_the_published_one(shared_data: Path) -> None:
    with gzip.open(shared_data / "eurostat" / "eurostat_status.csv.gz", "rt", newline="") as file:
        published = {row["df_id"].lower(): int(row["n_dims"]) for row in csv.DictReader(file)}
    counted = {table.code: len(table.published_dimensions) + 1 for table in TABLES}
    assert counted == {code: published[code] for code in counted}
