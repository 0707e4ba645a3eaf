"""Every node of the algebra: values, flags, the two kinds of missing, breaks, and where cells came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from indicators.compute import compute
from indicators.compute.moment import COLUMNS
from indicators.formula import (
    Behind,
    Change,
    Condition,
    Count,
    Difference,
    Formula,
    Gap,
    Named,
    Prefer,
    Product,
    Rank,
    Ratio,
    Regions,
    Share,
    Slice,
    Spread,
    Sum,
    breakdown_of,
    digest_of,
    members_of,
    unit_of,
)
from indicators.model import Coverage, Event, Indicator, Witness
from sources.codes import MEMBER_STATES
from tests.toys import CASES, state
from warehouse.vintages import State

ALL = Slice("toy", {"size": "ALL"}, unit="PC_ENT")
SMALL = Slice("toy", {"size": "S"}, unit="PC_ENT")
LARGE = Slice("toy", {"size": "L"}, unit="PC_ENT")
BY_SIZE = Slice("toy", {}, unit="PC_ENT", by="size", members=("S", "L"))


def figures(
    home: Path,
    formula: Formula,
    states: Sequence[State],
    events: Sequence[Event] = (),
    since: str = "2000",
) -> pd.DataFrame:
    indicator = Indicator(
        id="toy",
        title="Toy",
        question="?",
        theme="enterprises",
        unit="PC_ENT",
        better="up",
        method="",
        caveats=(),
        formula=formula,
        bounds=(0, 100),
        coverage=Coverage(27, since),
        witness=Witness("DE", "2025", 1, "nobody", date(2026, 1, 2)),
        events=events,
    )
    return pd.read_parquet(compute(home, indicator, {s.dataset.id: s for s in states}))


def one(frame: pd.DataFrame, **where: str) -> Mapping[str, Any]:
    for column, value in where.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1, frame
    return dict(frame.iloc[0])


def part(tmp_path: Path, *rows: str) -> State:
    return state(tmp_path, rows, scope="partial")


def test_a_slice_gives_the_cells_with_flags_and_both_kinds_of_missing(tmp_path: Path) -> None:
    rows = ["ALL,DE,2025,19.95,b,", "ALL,FR,2025,,u,", "ALL,MT,2025,,,C", "S,DE,2025,1,,"]
    found = figures(tmp_path, ALL, [state(tmp_path, rows)])
    assert list(found.columns) == COLUMNS
    assert (one(found, geo="DE")["value"], one(found, geo="DE")["flags"]) == (19.95, "b")
    assert one(found, geo="FR")["status"] == one(found, geo="MT")["status"] == "not publishable"
    assert one(found, geo="IT")["status"] == "not measured"
    assert set(found["geo"]) == {"EU27_2020", *MEMBER_STATES}
    assert found["value"].notna().sum() == 1


def test_what_a_partial_capture_leaves_out_is_not_called_unmeasured(tmp_path: Path) -> None:
    found = figures(tmp_path, ALL, [part(tmp_path, "ALL,DE,2025,1,,")])
    assert list(found["geo"]) == ["DE"]


def test_a_later_partial_says_nothing_of_the_countries_it_leaves_out(tmp_path: Path) -> None:
    whole = state(tmp_path, ["ALL,DE,2025,1,,", "ALL,FR,2025,2,,"])
    later = part(tmp_path / "later", "ALL,DE,2026,3,,")
    held = State(whole.dataset, (*later.layers, *whole.layers))
    found = figures(tmp_path, ALL, [held])
    assert list(found[found["period"] == "2026"]["geo"]) == ["DE"]
    assert one(found, geo="IT", period="2025")["status"] == "not measured"


def test_a_breakdown_gives_one_member_for_each_code(tmp_path: Path) -> None:
    found = figures(tmp_path, BY_SIZE, [part(tmp_path, "S,DE,2025,1,,", "L,DE,2025,2,,", "ALL,DE,2025,3,,")])
    assert dict(zip(found["member"], found["value"], strict=True)) == {"S": 1, "L": 2}
    assert set(found["breakdown"]) == {"size"}


def test_a_difference_joins_flags_and_states_no_binary_noise(tmp_path: Path) -> None:
    rows = ["L,DE,2025,55.03,b,", "S,DE,2025,18.9,eu,", "L,FR,2025,1,,", "S,FR,2025,,u,", "L,MT,2025,1,,"]
    found = figures(tmp_path, Difference(LARGE, SMALL), [part(tmp_path, *rows)])
    gap = one(found, geo="DE")
    assert (gap["value"], gap["flags"], gap["unit"]) == (36.13, "beu", "PP")
    assert one(found, geo="FR")["status"] == "not publishable"
    assert pd.isna(one(found, geo="FR")["value"])
    assert "MT" not in set(found["geo"])


def test_a_total_goes_with_every_member_of_a_breakdown(tmp_path: Path) -> None:
    rows = ["S,DE,2025,1,,", "L,DE,2025,6,,", "ALL,DE,2025,4,,"]
    found = figures(tmp_path, Share(BY_SIZE, ALL), [part(tmp_path, *rows)])
    assert dict(zip(found["member"], found["value"], strict=True)) == {"S": 25, "L": 150}
    assert set(found["unit"]) == {"PC"}


def test_a_ratio_to_zero_is_missing_and_not_infinite(tmp_path: Path) -> None:
    rows = ["S,DE,2025,1,,", "L,DE,2025,0,,", "S,FR,2025,3,,", "L,FR,2025,2,,"]
    found = figures(tmp_path, Ratio(SMALL, LARGE, unit="PC", scale=10), [part(tmp_path, *rows)])
    assert pd.isna(one(found, geo="DE")["value"])
    assert one(found, geo="FR")["value"] == 15


def test_a_sum_with_a_missing_part_is_missing(tmp_path: Path) -> None:
    rows = ["S,DE,2025,1,,", "L,DE,2025,2,,", "S,FR,2025,1,,", "L,FR,2025,,c,"]
    found = figures(tmp_path, Sum((SMALL, LARGE)), [part(tmp_path, *rows)])
    assert one(found, geo="DE")["value"] == 3
    assert pd.isna(one(found, geo="FR")["value"])


def test_a_change_skips_years_without_a_survey_and_stops_at_a_break(tmp_path: Path) -> None:
    rows = [
        "ALL,DE,2021,5,,",
        "ALL,DE,2023,8,,",
        "ALL,FR,2023,8,,",
        "ALL,FR,2024,9,b,",
        "ALL,FR,2025,11,,",
        "ALL,SE,2023,1,,",
        "ALL,SE,2024,,bu,",
        "ALL,SE,2025,2,,",
        "ALL,NL,2024,1,,",
        "ALL,NL,2025,2,d,",
        "ALL,AT,2024,1,d,",
        "ALL,AT,2025,2,,",
        "ALL,BE,2024,1,d,",
        "ALL,BE,2025,2,d,",
    ]
    found = figures(tmp_path, ALL, [part(tmp_path, *rows)])
    german = one(found, geo="DE", period="2023")
    assert (german["previous_period"], german["change"], german["change_status"]) == ("2021", 3, "comparable")
    broken = one(found, geo="FR", period="2024")
    assert (broken["change_status"], broken["change_note"]) == ("stopped", "break in series")
    assert pd.isna(broken["change"])
    assert one(found, geo="FR", period="2025")["change"] == 2
    assert one(found, geo="SE", period="2025")["change_status"] == "stopped", "the break lies between them"
    assert one(found, geo="NL", period="2025")["change_note"] == "definition differs"
    assert one(found, geo="AT", period="2025")["change_status"] == "stopped", "back to the common definition"
    assert one(found, geo="BE", period="2025")["change"] == 1, "the same deviating definition twice"
    as_formula = figures(tmp_path, Change(ALL), [part(tmp_path, *rows)])
    assert one(as_formula, geo="DE")["value"] == 3
    assert one(as_formula, geo="FR", period="2024")["status"] == "not comparable"


def test_an_event_that_notes_lets_a_change_pass_and_one_that_stops_does_not(tmp_path: Path) -> None:
    rows = ["ALL,DE,2024,1,,", "ALL,DE,2025,3,,", "ALL,FR,2024,1,,", "ALL,FR,2025,3,,"]
    events = (Event("2025", "notes", "wider"), Event("2025", "stops", "other question", geo="FR"))
    found = figures(tmp_path, ALL, [part(tmp_path, *rows)], events)
    noted, stopped = (one(found, geo=g, period="2025") for g in ("DE", "FR"))
    assert (noted["change"], noted["change_status"], noted["change_note"]) == (2, "noted", "wider")
    assert (stopped["change_status"], stopped["change_note"]) == ("stopped", "other question")


def test_a_month_is_compared_with_the_same_month_of_the_year_before(tmp_path: Path) -> None:
    rows = ["ALL,DE,2024-01,6,,", "ALL,DE,2024-12,5,,", "ALL,DE,2025-01,7,,"]
    found = figures(tmp_path, ALL, [part(tmp_path, *rows)])
    assert one(found, period="2025-01")["previous_period"] == "2024-01"
    assert one(found, period="2025-01")["change"] == 1


def test_versions_of_a_code_are_series_between_which_no_change_passes(tmp_path: Path) -> None:
    versions = Slice("toy", {"size": {"2023": "S", "2024": "L", "2025": "S"}}, unit="PC_ENT")
    rows = ["S,DE,2023,50,,", "L,DE,2023,1,,", "L,DE,2024,70,,", "S,DE,2025,60,,"]
    found = figures(tmp_path, versions, [part(tmp_path, *rows)])
    assert list(found.sort_values("period")["value"]) == [50, 70, 60]
    assert list(found.sort_values("period")["series"]) == ["S", "L", "S"]
    assert one(found, period="2025")["previous_period"] == "2023"
    assert one(found, period="2025")["change"] == 10
    assert one(found, period="2024")["change_status"] == ""


def test_a_gap_is_the_distance_to_another_geography(tmp_path: Path) -> None:
    rows = ["ALL,EU27_2020,2025,20,,", "ALL,DK,2025,42.03,p,", "ALL,RO,2024,1,,"]
    found = figures(tmp_path, Gap(ALL), [part(tmp_path, *rows)])
    assert list(found["geo"]) == ["DK"]
    assert (one(found, geo="DK")["value"], one(found, geo="DK")["flags"]) == (22.03, "p")


def test_being_behind_is_measured_from_the_best_of_the_member_states(tmp_path: Path) -> None:
    rows = ["ALL,EU27_2020,2025,20,,", "ALL,DK,2025,42.03,p,", "ALL,RO,2025,5.2,e,", "ALL,NO,2025,99,,"]
    rows += ["ALL,MT,2025,,u,", "ALL,RO,2024,3,,"]
    found = figures(tmp_path, Behind(ALL, "up"), [part(tmp_path, *rows)])
    last = one(found, geo="RO", period="2025")
    assert (last["value"], last["flags"], last["unit"]) == (-36.83, "ep", "PP")
    assert one(found, geo="DK")["value"] == 0
    assert one(found, geo="EU27_2020")["value"] == -22.03
    assert one(found, geo="NO")["value"] == 56.97
    assert one(found, geo="MT")["status"] == "not publishable"
    assert one(found, geo="RO", period="2024")["value"] == 0, "the only one of its year is its best"
    lowest = figures(tmp_path, Behind(ALL, "down"), [part(tmp_path, *rows)])
    assert one(lowest, geo="DK")["value"] == 36.83


def test_of_several_best_the_first_by_code_stands_for_them(tmp_path: Path) -> None:
    rows = ["ALL,DE,2025,9,,", "ALL,FR,2025,9,b,", "ALL,IT,2025,5,,"]
    found = figures(tmp_path, Behind(ALL, "up"), [part(tmp_path, *rows)])
    assert (one(found, geo="IT")["value"], one(found, geo="IT")["flags"]) == (-4, "")


def test_a_product_is_scaled_into_its_unit_and_missing_where_a_factor_is(tmp_path: Path) -> None:
    rows = ["S,DE,2025,1500,,", "L,DE,2025,8.06,e,", "S,FR,2025,1500,,", "L,FR,2025,,u,"]
    formula = Product(LARGE, SMALL, unit="ENT", scale=0.01)
    found = figures(tmp_path, formula, [part(tmp_path, *rows)])
    german = one(found, geo="DE")
    assert (german["value"], german["flags"], german["unit"]) == (120.9, "e", "ENT")
    assert one(found, geo="FR")["status"] == "not publishable"


def test_regions_leave_out_countries_groups_and_other_levels(tmp_path: Path) -> None:
    geos = ("AT", "AT1", "AT11", "ES61", "EL30", "EE00", "EU28", "EA20", "EU27_2020")
    rows = [f"ALL,{geo},2025,{number},," for number, geo in enumerate(geos)]
    found = figures(tmp_path, Regions(ALL), [state(tmp_path, rows)])
    assert sorted(found["geo"]) == ["AT11", "EE00", "EL30", "ES61"]


def test_members_of_two_codes_meet_under_one_name(tmp_path: Path) -> None:
    users = Named(BY_SIZE, {"S": "first"})
    others = Named(
        Slice("toy", {}, unit="PC_ENT", by="size", members=("ALL",), name="size"), {"ALL": "first"}
    )
    rows = ["S,DE,2025,3,,", "L,DE,2025,9,,", "ALL,DE,2025,12,,"]
    formula = Share(users, others)
    found = figures(tmp_path, formula, [part(tmp_path, *rows)])
    assert (one(found, geo="DE")["member"], one(found, geo="DE")["value"]) == ("first", 25)
    assert members_of(formula) == ("first",)


def test_equal_values_share_a_rank_and_missing_ones_have_none(tmp_path: Path) -> None:
    rows = ["ALL,DE,2025,5,,", "ALL,FR,2025,5,,", "ALL,IT,2025,7,,", "ALL,NO,2025,99,,", "ALL,MT,2025,,u,"]
    found = figures(tmp_path, Rank(ALL, "up"), [part(tmp_path, *rows)])
    assert dict(zip(found["geo"], found["value"], strict=True)) == {"IT": 1, "DE": 2, "FR": 2}
    lowest_first = figures(tmp_path, Rank(ALL, "down"), [part(tmp_path, *rows)])
    assert one(lowest_first, geo="IT")["value"] == 3


def test_spread_is_highest_less_lowest_among_member_states(tmp_path: Path) -> None:
    rows = ["ALL,DE,2025,5.1,,", "ALL,IT,2025,7.3,,", "ALL,NO,2025,99,,", "ALL,MT,2025,,u,"]
    found = figures(tmp_path, Spread(ALL), [part(tmp_path, *rows)])
    assert (one(found, geo="EU27_2020")["value"], len(found)) == (2.2, 1)


COUNT = Count(
    "toy_cases", (Condition("kind", ("ai",)),), unit="CASES", by="status", members=("done", "pilot")
)
RECORDS = ["1,DE,ai,done", "2,DE,ai,pilot", "3,FR,ai,done", "4,UK,ai,done", "5,,ai,done", "6,DE,other,done"]


def test_cases_are_counted_by_country_for_the_eu_and_for_all_recorded(tmp_path: Path) -> None:
    found = figures(tmp_path, COUNT, [state(tmp_path, RECORDS, CASES)])
    done = found[found["member"] == "done"]
    counted = dict(zip(done["geo"], done["value"], strict=True))
    assert {g: counted[g] for g in ("ALL", "EU27_2020", "DE", "FR", "UK", "IT")} == {
        "ALL": 4,
        "EU27_2020": 2,
        "DE": 1,
        "FR": 1,
        "UK": 1,
        "IT": 0,
    }
    assert set(found["period"]) == {"2026-01-02"}


def test_a_count_without_a_condition_counts_every_record(tmp_path: Path) -> None:
    found = figures(tmp_path, Count("toy_cases", (), unit="CASES"), [state(tmp_path, RECORDS, CASES)])
    assert one(found, geo="ALL")["value"] == 6


def test_prefer_takes_the_counts_that_are_stated_only_where_no_case_is_loaded(tmp_path: Path) -> None:
    stated = Slice("toy", {}, unit="CASES", by="size", members=("S",), name="status")
    formula = Prefer(COUNT, stated)
    assert breakdown_of(formula) == "status"
    toy = part(tmp_path, "S,DE,2025,7,,")
    assert list(figures(tmp_path, formula, [toy])["value"]) == [7]
    both = figures(tmp_path, formula, [toy, state(tmp_path, RECORDS, CASES, name="c2")])
    assert one(both, geo="DE", member="done")["value"] == 1
    assert figures(tmp_path, COUNT, [toy]).empty


def test_a_home_may_have_any_name(tmp_path: Path) -> None:
    home = tmp_path / """h"o'm%e {x}, é"""
    assert list(figures(home, ALL, [part(home, "ALL,DE,2025,1,,")])["value"]) == [1]


def test_figures_say_which_captures_they_rest_on_and_since_when(tmp_path: Path) -> None:
    found = figures(tmp_path, Difference(LARGE, SMALL), [part(tmp_path, "L,DE,2025,2,,", "S,DE,2025,1,,")])
    assert list(one(found, geo="DE")["captures"]) == ["c1"]
    assert one(found, geo="DE")["vintage"] == pd.Timestamp("2026-01-02T12:00Z")
    assert one(found, geo="DE")["origin"] == "imported"


def test_an_indicator_is_computed_again_only_when_its_inputs_change(tmp_path: Path) -> None:
    first = part(tmp_path, "ALL,DE,2025,1,,")
    figures(tmp_path, ALL, [first])
    written = {p: p.stat().st_mtime_ns for p in tmp_path.glob("figures/toy/*.parquet")}
    figures(tmp_path, ALL, [first])
    assert {p: p.stat().st_mtime_ns for p in tmp_path.glob("figures/toy/*.parquet")} == written
    figures(tmp_path, ALL, [state(tmp_path, ["ALL,DE,2025,2,,"], scope="partial", name="c2")])
    assert len(list(tmp_path.glob("figures/toy/*.parquet"))) == 2


def test_units_that_differ_are_refused_where_they_would_be_added() -> None:
    with pytest.raises(ValueError, match="units differ: CASES, PC_ENT"):
        unit_of(Sum((ALL, COUNT)))


def test_formulas_that_mean_the_same_have_the_same_digest() -> None:
    again = Difference(Slice("toy", {"size": "L"}, unit="PC_ENT"), SMALL)
    assert digest_of(again) == digest_of(Difference(LARGE, SMALL))
    assert digest_of(again) != digest_of(Difference(SMALL, LARGE))
    assert digest_of(Rank(ALL, "up")) != digest_of(Rank(ALL, "down"))
    assert digest_of(Gap(ALL, "DE")) != digest_of(Gap(ALL, "FR"))
    assert digest_of(Named(BY_SIZE, {"S": "a"})) != digest_of(Named(BY_SIZE, {"S": "b"}))
    assert digest_of(Product(ALL, SMALL, "ENT")) != digest_of(Product(ALL, SMALL, "ENT", scale=0.01))
