"""Nodes that reach across members, geographies and periods, and counts of editions that lack a column."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.formula import (
    Condition,
    Count,
    Everywhere,
    Formula,
    Group,
    Latest,
    Ratio,
    Slice,
    Total,
    breakdown_of,
    digest_of,
    members_of,
    unit_of,
)
from sources.codes import EU
from tests.toys import CASES, state
from tests.unit.test_compute import figures, one, part

ALL = Slice("toy", {"size": "ALL"}, unit="EUR_M")
SIZES = Slice("toy", {}, unit="EUR_M", by="size", members=("S", "L", "ALL"))
GROUP = Group(SIZES, {"both": ("S", "L"), "all": ("ALL",)}, name="group")


def test_members_are_added_up_into_groups(tmp_path: Path) -> None:
    rows = ["S,DE,2025,1.1,e,", "L,DE,2025,2.2,p,", "ALL,DE,2025,3.4,,", "S,FR,2025,1,,"]
    found = figures(tmp_path, GROUP, [part(tmp_path, *rows)])
    both = one(found, geo="DE", member="both")
    assert (both["value"], both["flags"], both["breakdown"]) == (3.3, "ep", "group")
    assert one(found, geo="DE", member="all")["value"] == 3.4
    assert one(found, geo="FR", member="both")["status"] == "not measured"


def test_a_group_with_a_member_that_is_not_publishable_is_not_publishable(tmp_path: Path) -> None:
    found = figures(tmp_path, GROUP, [part(tmp_path, "S,DE,2025,1,,", "L,DE,2025,,u,")])
    assert one(found, geo="DE", member="both")["status"] == "not publishable"


def test_the_eu_is_the_total_of_the_member_states_that_have_a_row(tmp_path: Path) -> None:
    rows = ["ALL,DE,2025,1.1,d,", "ALL,FR,2025,2,,", "ALL,US,2025,99,,", f"ALL,{EU},2025,7,,"]
    found = figures(tmp_path, Total(ALL), [part(tmp_path, *rows)])
    union = one(found, geo=EU)
    assert (union["value"], union["flags"]) == (3.1, "d")
    assert one(found, geo="US")["value"] == 99


def test_a_total_lacks_no_part_that_is_not_publishable(tmp_path: Path) -> None:
    found = figures(tmp_path, Total(ALL), [part(tmp_path, "ALL,DE,2025,1,,", "ALL,FR,2025,,u,")])
    assert one(found, geo=EU)["status"] == "not publishable"


def test_one_value_serves_all_geographies(tmp_path: Path) -> None:
    rate = Everywhere(Slice("toy", {"size": "S"}, unit="RATE"), "EA")
    formula = Ratio(ALL, rate, unit="EUR_M")
    rows = ["ALL,DE,2025,10,,", "ALL,FR,2025,30,,", "S,EA,2025,2,e,"]
    found = figures(tmp_path, formula, [part(tmp_path, *rows)])
    assert (one(found, geo="FR")["value"], one(found, geo="FR")["flags"]) == (15, "e")
    assert one(found, geo="DE")["value"] == 5


def test_the_latest_value_not_later_stands_for_a_later_period(tmp_path: Path) -> None:
    cases = Count("toy_cases", (), unit="CASES")
    people = Slice("toy", {"size": "ALL"}, unit="PER")
    formula = Ratio(cases, Latest(people, cases), unit="CASES")
    rows = ["ALL,DE,2024,4,,", "ALL,DE,2025,2,,", "ALL,DE,2027,1,,", "ALL,FR,2025,,u,", "ALL,FR,2024,8,,"]
    records = ["1,DE,ai,done", "2,DE,ai,done", "3,FR,ai,done"]
    states = [part(tmp_path, *rows), state(tmp_path, records, CASES, name="c2")]
    found = figures(tmp_path, formula, states)
    assert (one(found, geo="DE")["value"], one(found, geo="FR")["value"]) == (1, 0.125)
    assert set(found["period"]) == {"2026-01-02"}


@pytest.mark.parametrize("said", ["", "unknown"])
def test_an_edition_that_says_nothing_in_a_column_is_not_counted_as_zero(said: str, tmp_path: Path) -> None:
    by_status = Count("toy_cases", (), unit="CASES", by="status", members=("done",))
    where = Count("toy_cases", (Condition("status", ("done",)),), unit="CASES")
    for number, formula in enumerate((by_status, where)):
        home = tmp_path / str(number)
        found = figures(home, formula, [state(home, [f"1,DE,ai,{said}", f"2,FR,ai,{said}"], CASES)])
        assert set(found["status"]) == {"not measured"}
        assert found["value"].isna().all()


def test_a_record_counts_under_each_of_its_codes(tmp_path: Path) -> None:
    formula = Count("toy_cases", (), unit="CASES", by="status", members=("done", "pilot"), several=True)
    found = figures(tmp_path, formula, [state(tmp_path, ["1,DE,ai,done pilot", "2,DE,ai,done"], CASES)])
    assert (one(found, geo="DE", member="done")["value"], one(found, geo="DE", member="pilot")["value"]) == (
        2,
        1,
    )


def test_what_follows_from_the_new_nodes() -> None:
    assert (breakdown_of(GROUP), members_of(GROUP)) == ("group", ("both", "all"))
    cases = Count("toy_cases", (), unit="CASES", by="status", members=("done",))
    latest = Latest(ALL, cases)
    assert (unit_of(latest), breakdown_of(latest), members_of(latest)) == ("EUR_M", "", ())
    different: tuple[Formula, ...] = (
        GROUP,
        Group(SIZES, {"both": ("S", "L")}, name="group"),
        Total(ALL),
        Total(ALL, ("DE",)),
        Everywhere(ALL, "EA"),
        Everywhere(ALL, "DE"),
        latest,
    )
    assert len({digest_of(formula) for formula in different}) == len(different)
