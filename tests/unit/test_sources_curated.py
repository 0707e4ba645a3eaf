"""Figures that we collect by hand name their currency and their source, and say which years were not over."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from sources.curated import CURRENCIES, FIGURES, FOLDER, TARGETS, UNITS, Curated
from sources.model import Dataset, Unreadable

FIGURE = dict.fromkeys(FIGURES.columns, "") | {
    "figure": "capital_2025",
    "series": "capital",
    "geo": "EU27_2020",
    "period": "2025",
    "value": "15.8",
    "unit": "USD_BN",
    "definition": "all deals of the year",
    "source": "a report",
    "link": "https://example.invalid",
    "source_date": "2026-02-17",
}
TARGET = dict.fromkeys(TARGETS.columns, "x") | {"status": "set", "value": "75", "unit": "PC_ENT"}


def read(dataset: Dataset, row: dict[str, str], folder: Path) -> list[dict[str, object]]:
    path = folder / "rows.csv"
    path.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    with duckdb.connect() as connection:
        rows = Curated().parse(dataset, path, connection).fetchall()
    return [dict(zip(dataset.columns, one, strict=True)) for one in rows]


@pytest.mark.parametrize("unit", CURRENCIES)
def test_an_amount_keeps_the_currency_of_its_row(unit: str, tmp_path: Path) -> None:
    (row,) = read(FIGURES, FIGURE | {"unit": unit}, tmp_path)
    assert (row["value"], row["unit"]) == (15.8, unit)
    assert unit[:4] in ("EUR_", "USD_")


@pytest.mark.parametrize(
    ("dataset", "row", "said"),
    [
        (FIGURES, FIGURE | {"unit": "BN"}, "line 2: the unit 'BN' is none of EUR_BN, EUR_M"),
        (FIGURES, FIGURE | {"unit": ""}, "line 2: unit is blank"),
        (FIGURES, FIGURE | {"source": ""}, "line 2: source is blank"),
        (FIGURES, FIGURE | {"source_date": ""}, "line 2: source_date is blank"),
        (FIGURES, FIGURE | {"flags": "x"}, "line 2: the flags 'x' are none of b, d, e"),
        (FIGURES, FIGURE | {"value": ""}, "line 2: neither value nor low and high are given"),
        (
            FIGURES,
            FIGURE | {"source_date": "2025-11"},
            "line 2: the year 2025 was not over in 2025-11: flag d",
        ),
        (FIGURES, FIGURE | {"period": "2027"}, "line 2: the year 2027 was not over in 2026-02-17: flag d"),
        (
            FIGURES,
            FIGURE | {"source_date": "2025", "flags": "p"},
            "line 2: the year 2025 was not over in 2025",
        ),
        (TARGETS, TARGET | {"unit": "PCT"}, "line 2: the unit 'PCT' is none of"),
        (TARGETS, TARGET | {"unit": ""}, "line 2: the unit '' is none of"),
    ],
)
def test_a_row_that_would_mislead_is_refused_with_its_line(
    dataset: Dataset, row: dict[str, str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(dataset, row, tmp_path)
    assert str(caught.value).startswith(f"{dataset.id}: rows.csv: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"source_date": "2025-11", "flags": "d"},
        {"source_date": "2025-02-17", "flags": "ep"},
        {"period": "2030", "flags": "f"},
        {"period": "2026-02-11"},
        {"value": "", "low": "1", "high": "2"},
    ],
)
def test_a_row_that_says_what_it_is_stands(changes: dict[str, str], tmp_path: Path) -> None:
    (row,) = read(FIGURES, FIGURE | changes, tmp_path)
    assert row["flags"] == changes.get("flags", "")


def test_a_target_that_is_still_to_be_proposed_needs_no_value(tmp_path: Path) -> None:
    (row,) = read(TARGETS, TARGET | {"status": "announced", "value": "", "unit": ""}, tmp_path)
    assert row["value"] is None


@pytest.mark.parametrize(("dataset", "rows"), [(FIGURES, 80), (TARGETS, 14)])
def test_our_own_rows_stand(dataset: Dataset, rows: int, connection: duckdb.DuckDBPyConnection) -> None:
    file = FOLDER / f"{dataset.code}.csv"
    assert len(Curated().parse(dataset, file, connection).fetchall()) == rows
    with file.open(encoding="utf-8", newline="") as opened:
        assert {row["unit"] for row in csv.DictReader(opened)} <= {*UNITS}


def test_two_sources_of_one_sum_stay_two_figures(connection: duckdb.DuckDBPyConnection) -> None:
    """The headline for the EU is one source's figure in its own unit; the countries of another never change it."""
    rows = Curated().parse(FIGURES, FOLDER / "figures.csv", connection).fetchall()
    found = [dict(zip(FIGURES.columns, row, strict=True)) for row in rows]
    europe = [row for row in found if (row["series"], row["geo"]) == ("venture_capital_ai", "EU27_2020")]
    assert [(row["value"], row["unit"], row["source_date"]) for row in europe] == [
        (15.8, "USD_BN", "2026-02-17")
    ]
