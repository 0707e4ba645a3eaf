"""How new a dataset is, and by when the next period should be here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sources.model import Dataset, Expected
from tests.toys import CASES, NOON, TOY, state
from warehouse.freshness import end_of_period, fresh
from warehouse.suites import check_fresh


def dataset(cadence: str, lag: int | None) -> Dataset:
    return replace(TOY, cadence=cadence, expected=Expected(lag=lag))


@pytest.mark.parametrize(
    ("cadence", "lag", "newest", "expected", "due"),
    [
        ("yearly", 2, "2025", "2026", date(2027, 2, 28)),
        ("every two years", 2, "2023", "2025", date(2026, 2, 28)),
        ("quarterly", 4, "2025-Q4", "2026-Q1", date(2026, 7, 31)),
        ("monthly", 2, "2024-12", "2025-01", date(2025, 3, 31)),
        ("yearly", 14, "2023", "2024", date(2026, 2, 28)),
    ],
)
def test_the_next_period_is_due_after_its_end_and_the_usual_lag(
    tmp_path: Path, cadence: str, lag: int, newest: str, expected: str, due: date
) -> None:
    found = fresh(state(tmp_path, [f"S,DE,{newest},5,,", "S,DE,2099,,,"], dataset(cadence, lag)), "700MB")
    assert (found.newest, found.expected, found.due) == (newest, expected, due)
    assert not found.overdue(due)
    assert found.overdue(date(due.year + 1, 1, 1))


@pytest.mark.parametrize(("cadence", "lag"), [("irregular", 2), ("yearly", None)])
def test_without_a_calendar_nothing_is_due(tmp_path: Path, cadence: str, lag: int | None) -> None:
    found = fresh(state(tmp_path, ["S,DE,2000,5,,"], dataset(cadence, lag)), "700MB")
    assert (found.newest, found.due) == ("2000", None)
    assert not found.overdue(date(2099, 1, 1))
    assert check_fresh([found]) == []


def test_a_collection_without_periods_is_due_by_the_age_of_its_edition(tmp_path: Path) -> None:
    cases = replace(CASES, cadence="several times a year", expected=Expected(lag=4))
    found = fresh(
        state(tmp_path, ["1,DE,ai,pilot"], cases, known_from=datetime(2026, 3, 4, tzinfo=UTC)), "700MB"
    )
    assert (found.newest, found.expected, found.due) == ("", "a new edition", date(2027, 1, 31))


def test_what_is_overdue_is_a_warning_that_says_since_when(tmp_path: Path) -> None:
    late = fresh(state(tmp_path, ["S,DE,2022,5,,"], dataset("yearly", 6), name="late"), "700MB")
    good = fresh(state(tmp_path, ["S,DE,2025,5,,"], dataset("yearly", 6), name="good"), "700MB")
    first, second = check_fresh([late, good], today=date(2026, 5, 1))
    assert (first.name, first.passed, first.severity) == ("fresh", False, "warning")
    assert first.detail == "2022 is the newest; 2023 was expected by 2024-06-30"
    assert (second.passed, second.detail) == (True, "2025 is the newest; 2026 is expected by 2027-06-30")


def test_the_last_time_the_source_was_seen_is_kept(tmp_path: Path) -> None:
    assert fresh(state(tmp_path, ["S,DE,2025,5,,"]), "700MB").last_seen == NOON


@pytest.mark.parametrize(
    ("period", "end"),
    [("2024", date(2024, 12, 31)), ("2024-S1", date(2024, 6, 30)), ("2024-Q3", date(2024, 9, 30)), ("2024-02", date(2024, 2, 29))],
)  # fmt: skip
def test_a_period_ends_on_its_last_day(period: str, end: date) -> None:
    assert end_of_period(period) == end


def test_a_period_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="2024-W05"):
        end_of_period("2024-W05")
