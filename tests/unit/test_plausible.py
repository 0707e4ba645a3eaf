"""Rules on how values stand to each other: each broken by a table with just that fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sources.codes import MEMBER_STATES
from sources.model import Capture, Scope
from tests.toys import NOON
from tests.unit.test_expectations import SURVEY, failed, table
from warehouse.model import Check
from warehouse.suites import check_tidy
from warehouse.vintages import Layer, State

WIDE = replace(
    SURVEY,
    expected=replace(
        SURVEY.expected,
        codes={"size": ("S", "L", "ALL")},
        totals={"size": {"ALL": ("S", "L")}},
        member_states=0,
    ),
)
COUNTRIES = MEMBER_STATES[:20]


def row(size: str, geo: str, value: float | str, unit: str = "PC", period: str = "2025") -> str:
    return f"('{size}', '{unit}', '{geo}', '{period}', {value}, '', '')"


def each(size: str, values: Sequence[float], unit: str = "PC", period: str = "2025") -> list[str]:
    """A row for each country, its value taken in turn."""
    return [row(size, geo, values[n % len(values)], unit, period) for n, geo in enumerate(COUNTRIES)]


def judge(
    folder: Path,
    rows: Sequence[str],
    known: Sequence[str] = (),
    previous: Sequence[str] = (),
    scope: Scope = "full",
) -> dict[str, Check]:
    before = table(folder, previous, WIDE, "previous") if previous else None
    state = _state(table(folder, known, WIDE, "known")) if known else None
    found = check_tidy(WIDE, table(folder, rows, WIDE), before, scope, state)
    return {check.name: check for check in found}


def _state(path: Path) -> State:
    capture = Capture("k1", WIDE.id, "", NOON, NOON, None, "0", 1, "", "full", "live", "accepted")
    return State(WIDE, (Layer(capture, path),))


def test_an_eu_percentage_outside_its_countries_is_told_and_one_among_them_is_not(tmp_path: Path) -> None:
    good = judge(tmp_path, [*each("S", [10, 20]), row("S", "EU27_2020", 20.05)])
    assert good["eu"].passed
    eu = judge(tmp_path, [*each("S", [10, 20]), row("S", "EU27_2020", 20.5)])["eu"]
    assert (eu.passed, eu.severity) == (False, "warning")
    assert eu.rows == ("size S unit PC period 2025 EU 20.5, countries 10.0 to 20.0",)


def test_where_many_eu_values_are_odd_the_table_is_held_back(tmp_path: Path) -> None:
    rows = [
        one
        for period in ("2024", "2025")
        for one in (*each("S", [10, 20], period=period), row("S", "EU27_2020", 90, period=period))
    ]
    assert judge(tmp_path, rows)["eu"].severity == "error"


def test_the_eu_is_not_held_against_few_countries(tmp_path: Path) -> None:
    assert judge(tmp_path, [*each("S", [10, 20])[:19], row("S", "EU27_2020", 90)])["eu"].passed


def test_a_percentage_is_among_its_parts_and_a_number_their_sum(tmp_path: Path) -> None:
    parts = [row("S", "DE", 10), row("L", "DE", 30)]
    assert judge(tmp_path, [*parts, row("ALL", "DE", 12)])["totals"].passed
    totals = judge(tmp_path, [*parts, row("ALL", "DE", 31)])["totals"]
    assert (totals.passed, totals.severity) == (False, "warning")
    assert totals.rows == ("size ALL unit PC geo DE period 2025 31.0, parts 10.0 to 30.0",)
    numbers = [row("S", "DE", 100, "THS"), row("L", "DE", 300, "THS")]
    assert judge(tmp_path, [*numbers, row("ALL", "DE", 402, "THS")])["totals"].passed
    assert not judge(tmp_path, [*numbers, row("ALL", "DE", 300, "THS")])["totals"].passed


def test_a_total_without_all_its_parts_is_not_judged(tmp_path: Path) -> None:
    rows = [row("S", "DE", 10), row("L", "DE", "NULL"), row("ALL", "DE", 31)]
    assert judge(tmp_path, rows)["totals"].passed


def test_a_large_revision_is_told_with_both_values_the_largest_first(tmp_path: Path) -> None:
    before = [row("S", "DE", 10), row("S", "FR", 10), row("S", "IT", 10), row("S", "AT", 4, "THS")]
    known = [*before, *(row("L", geo, 10) for geo in COUNTRIES)]
    after = [row("S", "DE", 15.1), row("S", "FR", 40), row("S", "IT", 14.9), row("S", "AT", 4.9, "THS")]
    rows = [*after, *(row("L", geo, 10) for geo in COUNTRIES)]
    revisions = judge(tmp_path, rows, known, scope="partial")["revisions"]
    assert (revisions.passed, revisions.severity) == (False, "warning")
    assert revisions.rows == (
        "size S unit PC geo FR period 2025 10.0 → 40.0",
        "size S unit PC geo DE period 2025 10.0 → 15.1",
    )


def test_a_table_that_states_most_values_otherwise_is_held_back(tmp_path: Path) -> None:
    known, rows = each("S", [10]), each("S", [99])
    assert judge(tmp_path, rows, known)["revisions"].severity == "error"


def test_newest_cells_without_values_are_told_by_country(tmp_path: Path) -> None:
    rows = [*each("S", ["NULL", "NULL", 5]), *each("S", [5], period="2024")]  # type: ignore[list-item]
    suppressed = judge(tmp_path, rows)["suppressed"]
    assert (suppressed.passed, suppressed.severity) == (False, "warning")
    assert "70%" in suppressed.detail
    assert suppressed.rows[0] == "AT: 1 of 1 cells"
    assert judge(tmp_path, [*each("S", [5]), *each("S", ["NULL"], period="2024")])["suppressed"].passed  # type: ignore[list-item]


def test_a_rise_of_suppression_counts_against_the_table_before(tmp_path: Path) -> None:
    rows = each("S", ["NULL", 5, 5])  # type: ignore[list-item]
    assert judge(tmp_path, rows)["suppressed"].passed
    assert not judge(tmp_path, rows, previous=each("S", [5]))["suppressed"].passed
    assert judge(tmp_path, rows, previous=each("S", ["NULL", 5, 5, 5]))["suppressed"].passed  # type: ignore[list-item]


def test_a_newest_period_without_any_value_holds_a_table_back(tmp_path: Path) -> None:
    assert judge(tmp_path, each("S", ["NULL"]))["suppressed"].severity == "error"  # type: ignore[list-item]


def test_member_states_that_lost_their_values_are_named(tmp_path: Path) -> None:
    rows = each("S", [5])
    lost = [row("S", geo, "NULL") for geo in COUNTRIES[:2]] + rows[2:]
    coverage = judge(tmp_path, lost, previous=rows)["coverage"]
    assert (coverage.passed, coverage.severity, coverage.rows) == (False, "warning", ("AT", "BE"))
    more = [row("S", geo, "NULL") for geo in COUNTRIES[:5]] + rows[5:]
    assert judge(tmp_path, more, previous=rows)["coverage"].severity == "error"


def test_a_first_table_and_a_new_period_are_not_measured_against_what_was_not_there(tmp_path: Path) -> None:
    new = [*each("S", [5]), *each("S", [5], period="2026")[:3]]
    assert failed(judge(tmp_path, new, previous=each("S", [5]))) == []


def test_no_more_than_twenty_offending_rows_are_kept(tmp_path: Path) -> None:
    rows = [row("S", geo, 101, period=period) for geo in COUNTRIES for period in ("2024", "2025")]
    bounds = judge(tmp_path, rows)["bounds"]
    assert len(bounds.rows) == 20
    assert "40 of 40 rows" in bounds.detail


def test_values_that_stay_count_among_those_held_against_what_was_known(tmp_path: Path) -> None:
    known = [one for size in ("S", "L") for one in each(size, [10])]
    some = [*each("S", [10]), *each("L", [30, 10, 10])]
    most = [*each("S", [30]), *each("L", [30, 10, 10])]
    assert judge(tmp_path, known, known=known)["revisions"].passed
    revised = judge(tmp_path, some, known=known)["revisions"]
    assert (revised.passed, revised.severity) == (False, "warning")
    assert revised.detail.startswith("7 values differ")
    assert judge(tmp_path, most, known=known)["revisions"].severity == "error"
