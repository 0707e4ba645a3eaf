"""Each check of a tidy table, failed by a table with just that fault, and passed by one without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from sources.model import Dataset, Expected, Scope
from tests.toys import CASES, TOY
from warehouse.model import Check
from warehouse.suites import NAMES, check_tidy

SURVEY = replace(
    TOY,
    dimensions=("size", "unit"),
    expected=Expected(units={"PC": (0, 100), "THS": (0, None)}, codes={"size": ("S", "L")}, member_states=3),
)
PEOPLE = replace(
    CASES,
    columns=("case", "geo", "status", "start_year"),
    expected=Expected(codes={"status": ("pilot", "")}, member_states=0),
)
GOOD = [
    f"('S', 'PC', '{geo}', '{period}', 5.0, '', '')"
    for geo in ("DE", "FR", "AT", "EU27_2020")
    for period in (2023, 2024, 2025)
]


def table(folder: Path, rows: Sequence[str], dataset: Dataset = SURVEY, name: str = "new") -> Path:
    """A tidy Parquet table of rows written as SQL; columns called value or ending in year are numbers."""
    path = folder / f"{name}.parquet"
    kinds = {"value": "DOUBLE", "start_year": "INTEGER"}
    columns = ", ".join(f'"{c}"::{kinds.get(c, "VARCHAR")} AS "{c}"' for c in dataset.tidy_columns)
    names = ", ".join(f'"{c}"' for c in dataset.tidy_columns)
    with duckdb.connect() as connection:
        connection.sql(f"SELECT {columns} FROM (VALUES {', '.join(rows)}) t({names})").write_parquet(
            str(path)
        )
    return path


def judge(
    folder: Path,
    rows: Sequence[str],
    dataset: Dataset = SURVEY,
    previous: Sequence[str] = (),
    scope: Scope = "full",
) -> dict[str, Check]:
    before = table(folder, previous, dataset, "previous") if previous else None
    checks = check_tidy(dataset, table(folder, rows, dataset), before, scope)
    assert all(check.subject == dataset.id and check.detail and "\n" not in check.detail for check in checks)
    return {check.name: check for check in checks}


def failed(checks: dict[str, Check]) -> list[str]:
    return [name for name, check in checks.items() if not check.passed]


def test_a_good_whole_table_passes_every_check(tmp_path: Path) -> None:
    checks = judge(tmp_path, GOOD, previous=GOOD)
    of_others = {"known", "totals", "revisions"}
    assert set(checks) == set(NAMES) - of_others, "those are for codes, totals and what was known"
    assert failed(checks) == []


@pytest.mark.parametrize(
    ("row", "name", "said"),
    [
        ("('S', 'PC', 'DE', '2025', 5.0, '', '')", "keys", "size S unit PC geo DE period 2025 (2 times)"),
        ("('S', 'PC', NULL, '2025', 5.0, '', '')", "keys", "geo (none) period 2025 (incomplete)"),
        ("('X', 'PC', 'DE', '2025', 5.0, '', '')", "codes", "size X unit PC geo DE period 2025"),
        ("('S', 'PC', 'Germany', '2025', 5.0, '', '')", "codes", "geo Germany"),
        ("('S', 'PC', 'DE', '2025 Q1', 5.0, '', '')", "codes", "period 2025 Q1"),
        ("('S', 'PC', 'IT', '2025', 5.0, 'bx', '')", "flags", "geo IT period 2025 flags bx"),
        ("('S', 'PC', 'IT', '2025', NULL, '', 'c')", "flags", "confidentiality c"),
        ("('S', 'PC', 'IT', '2025', NULL, NULL, '')", "flags", "geo IT"),
        ("('S', 'PC', 'IT', '2025', 100.1, '', '')", "bounds", "geo IT period 2025 value 100.1"),
        ("('S', 'THS', 'IT', '2025', -1, '', '')", "bounds", "unit THS geo IT period 2025 value -1.0"),
        ("('S', 'KG', 'IT', '2025', 'nan'::DOUBLE, '', '')", "bounds", "value nan"),
    ],
)
@pytest.mark.fault(
    "parse",
    "keys twice",
    "codes unknown",
    "values out of bounds",
    "flags unknown",
    expected="held back; the offending rows are named",
)
def test_a_faulty_row_fails_its_check_and_is_named(tmp_path: Path, row: str, name: str, said: str) -> None:
    checks = judge(tmp_path, [*GOOD, row])
    assert failed(checks) == [name]
    assert checks[name].severity == "error"
    assert said in checks[name].detail


def test_what_is_unusual_but_published_passes(tmp_path: Path) -> None:
    rows = ["('L', 'THS', 'XK', '2025-Q1', 5e6, 'bdu', '')", "('L', 'PC', 'EL', '2025', NULL, '', 'C')"]
    assert failed(judge(tmp_path, [*GOOD, *rows])) == []


def test_offending_rows_are_counted_and_the_first_three_named(tmp_path: Path) -> None:
    rows = [f"('S', 'PC', '{geo}', '2025', 101, '', '')" for geo in ("IT", "ES", "PL", "NL")]
    detail = judge(tmp_path, [*GOOD, *rows])["bounds"].detail
    assert "4 of 16 rows" in detail
    assert detail.index("geo ES") < detail.index("geo IT") < detail.index("geo NL")
    assert "geo PL" not in detail


@pytest.mark.fault("parse", "a table that lost rows", expected="held back, with the count before and after")
def test_a_whole_table_that_lost_rows_fails(tmp_path: Path) -> None:
    checks = judge(tmp_path, GOOD, previous=[*GOOD, "('L', 'PC', 'DE', '2025', 1, '', '')"])
    assert failed(checks) == []
    checks = judge(tmp_path, GOOD[:10], previous=GOOD)
    assert failed(checks) == ["rows"]
    assert "10 rows after 12" in checks["rows"].detail


@pytest.mark.fault("parse", "a table without a Member State", expected="held back; the State is named")
def test_a_whole_table_without_a_member_state_fails_and_names_it(tmp_path: Path) -> None:
    checks = judge(tmp_path, [row for row in GOOD if "'AT'" not in row])
    assert failed(checks) == ["countries"]
    assert "2 of at least 3; missing: AT" in checks["countries"].detail


def test_a_wave_that_was_withdrawn_is_no_loss_of_rows_but_a_missing_newest_one_is(tmp_path: Path) -> None:
    withdrawn = [row for row in GOOD if "'2023'" not in row]
    checks = judge(tmp_path, withdrawn, previous=GOOD)
    assert failed(checks) == []
    assert checks["rows"].detail == "8 rows after 8"
    checks = judge(tmp_path, [row for row in GOOD if "'2025'" not in row], previous=GOOD)
    assert failed(checks) == ["rows"]
    assert "8 rows after 12" in checks["rows"].detail


def test_an_empty_whole_table_fails(tmp_path: Path) -> None:
    path = table(tmp_path, GOOD)
    with duckdb.connect() as connection:
        connection.sql(f"FROM '{path}' LIMIT 0").write_parquet(str(tmp_path / "empty.parquet"))
    checks = {c.name: c for c in check_tidy(SURVEY, tmp_path / "empty.parquet", None, "full")}
    assert "rows" in failed(checks)
    assert checks["rows"].detail == "the table is empty"


def test_of_a_partial_table_coverage_is_not_judged(tmp_path: Path) -> None:
    checks = judge(tmp_path, GOOD[:1], previous=GOOD, scope="partial")
    assert set(checks) == {"schema", "keys", "codes", "flags", "bounds", "eu"}
    assert failed(checks) == []


def test_other_columns_or_types_fail_at_once(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        path = tmp_path / "text.parquet"
        good = f"SELECT * REPLACE (value::VARCHAR AS value) FROM '{table(tmp_path, GOOD)}'"
        connection.sql(good).write_parquet(str(path))
    checks = check_tidy(SURVEY, path, None, "full")
    assert [(check.name, check.passed) for check in checks] == [("schema", False)]
    assert "value VARCHAR" in checks[0].detail


def test_records_are_judged_by_key_codes_and_years(tmp_path: Path) -> None:
    good = "('1', 'DE', 'pilot', 2020)"
    assert failed(judge(tmp_path, [good, "('2', '', '', NULL)"], PEOPLE)) == []
    assert failed(judge(tmp_path, [good, good], PEOPLE)) == ["keys"]
    assert failed(judge(tmp_path, [good, "('2', 'DE', 'Pilot', 2020)"], PEOPLE)) == ["codes"]
    checks = judge(tmp_path, [good, "('2', 'DE', 'pilot', 20200)"], PEOPLE)
    assert failed(checks) == ["bounds"]
    assert "case 2 start_year 20200" in checks["bounds"].detail


def test_expectations_of_columns_that_a_dataset_lacks_are_left_out(tmp_path: Path) -> None:
    expected = Expected(units={"PC": (0, 1)}, codes={"sex": ("F", "M")})
    dataset = replace(TOY, expected=expected)
    rows = ["('S', 'DE', '2025', 5.0, '', '')"]
    assert failed(judge(tmp_path, rows, dataset)) == []


def test_an_edition_whose_codes_nobody_knows_is_held_back(tmp_path: Path) -> None:
    dataset = replace(CASES, expected=Expected(unknown_at_most={"status": 0.5}))
    good = table(tmp_path, ["('1', 'DE', 'ai', 'pilot')", "('2', 'DE', 'ai', 'unknown')"], dataset)
    assert {check.name: check.passed for check in check_tidy(dataset, good, None, "full")}["known"]
    rows = ["('1', 'DE', 'ai', 'unknown')", "('2', 'DE', 'ai', 'unknown')"]
    bad = table(tmp_path, rows, dataset, "bad")
    known = {check.name: check for check in check_tidy(dataset, bad, None, "full")}["known"]
    assert (known.passed, known.severity) == (False, "error")
    assert "status unknown in 100" in known.detail
