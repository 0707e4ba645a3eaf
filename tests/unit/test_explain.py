"""Explanations: every figure computed anew from its cells, by another evaluator than the one that stated it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from indicators.compute import history
from indicators.explain import Explanation, NoFigure, cells_of, counts_of, explain
from indicators.explain.algebra import algebra
from indicators.explain.document import checks_by_name, document, words_of
from indicators.formula import (
    Change,
    Condition,
    Count,
    Difference,
    Formula,
    Gap,
    Prefer,
    Rank,
    Ratio,
    Share,
    Slice,
    Spread,
    Sum,
    unit_of,
)
from indicators.model import Event, Indicator
from sources.model import Dataset
from tests.toys import CASES, NOON, TOY, state
from tests.unit.test_release import INDICATOR
from warehouse.model import Check
from warehouse.read import DATABASE, OpenRelease, current, open_release
from warehouse.release import Contents, publish
from warehouse.vintages import State, Timeline

SEEN = ("EU27_2020", "ALL", "DE", "FR", "NO", "SE")
"""Places with and without rows; all other Member States are as SE, without any."""

DATASETS: dict[str, Dataset] = {TOY.id: TOY, CASES.id: CASES}
ALL = Slice("toy", {"size": "ALL"}, unit="PC_ENT")
SMALL = Slice("toy", {"size": "S"}, unit="PC_ENT")
LARGE = Slice("toy", {"size": "L"}, unit="PC_ENT")
BY_SIZE = Slice("toy", {}, unit="PC_ENT", by="size", members=("S", "L"), name="class")
VERSIONS = Slice("toy", {"size": {"2023": "S", "2024": "L", "2025": "S"}}, unit="PC_ENT")
SCALED = replace(ALL, scale=0.1)
AMONG = ("DE", "FR", "IT", "AT")
USED = Count("toy_cases", (Condition("status", ("used", "pilot")),), "CASES")
BY_KIND = replace(USED, by="kind", members=("ai", "other"))
FORMULAS: list[Formula] = [
    ALL, SCALED, VERSIONS, BY_SIZE, USED, BY_KIND,
    Sum((SMALL, LARGE, ALL)), Difference(LARGE, SMALL), Difference(BY_SIZE, ALL), Share(BY_SIZE, ALL),
    Ratio(SMALL, LARGE, unit="TIMES", scale=3), Share(SMALL, ALL), Change(ALL), Change(Difference(LARGE, SMALL)),
    Change(VERSIONS), Gap(ALL), Gap(VERSIONS, "DE"), Gap(Difference(LARGE, SMALL)), Gap(BY_SIZE),
    Rank(ALL, "up"), Rank(ALL, "down", AMONG), Rank(BY_SIZE, "up", AMONG), Spread(ALL), Spread(VERSIONS, AMONG),
    Spread(BY_SIZE, AMONG), Prefer(Slice("absent", {}, unit="PC_ENT"), ALL), Prefer(replace(USED, unit="PC_ENT"), ALL),
    Difference(Prefer(LARGE, ALL), SMALL), Sum((ALL,)), Ratio(USED, USED, unit="TIMES"),
]  # fmt: skip


def indicator(formula: Formula, *breakdowns: Formula) -> Indicator:
    return replace(
        INDICATOR, formula=formula, breakdowns=breakdowns, unit=unit_of(formula),
        events=(Event("2025", "notes", "wider"),),
    )  # fmt: skip


def grid(random: Random) -> list[str]:
    """Rows of the toy table with breaks, other definitions, empty cells, zeros, and some rows wanting."""
    rows = []
    for size in ("ALL", "S", "L"):
        for geo in ("EU27_2020", "DE", "FR", "IT", "AT", "NO"):
            for period in ("2023", "2024", "2025"):
                value = random.choice(["", "0", "1.1", "2.2", "3.3", "19.95", "42.03"])
                flags = random.choice(["", "", "", "b", "d", "eu"])
                rows.append(f"{size},{geo},{period},{value},{flags},{'C' if not value else ''}")
    return random.sample(rows, len(rows) * 4 // 5)


def cases(random: Random) -> list[str]:
    return [
        f"c{n},{random.choice(['DE', 'FR', 'NO', ''])},{random.choice(['ai', 'other'])},"
        f"{random.choice(['used', 'pilot', 'ended'])}"
        for n in range(30)
    ]


def home(folder: Path, seed: int, *asked: Indicator) -> OpenRelease:
    """A release of what three days of captures told: a whole table, a part of one, and a whole one again."""
    random = Random(seed)  # noqa: S311 - made-up tables
    days = [NOON + timedelta(days=30 * n) for n in range(3)]
    whole = state(folder / "v", grid(random), name="t0", known_from=days[0])
    part = state(folder / "v", grid(random)[:30], scope="partial", name="t1", known_from=days[1])
    later = state(folder / "v", grid(random), name="t2", known_from=days[2])
    editions = [state(folder / "v", cases(random), CASES, name=f"e{n}", known_from=days[n]) for n in (0, 2)]
    steps = (
        (days[0], whole),
        (days[1], State(TOY, (*part.layers, *whole.layers))),
        (days[2], later),
    )
    known = {
        "toy": Timeline(TOY, steps),
        "toy_cases": Timeline(CASES, ((days[0], editions[0]), (days[2], editions[1]))),
    }
    captures = [layer.capture for one in (part, whole, later, *editions) for layer in one.layers]
    figures = [history(folder, one, known, "700MB") for one in asked]
    checks = [
        Check("toy", "keys", True, "error", "once"), Check("toy", "keys", True, "error", "twice"),
        Check("toy", "bounds", False, "warning", "one is odd"), Check("other", "keys", True, "error"),
    ]  # fmt: skip
    labels = [("size", "L", "de", "Große"), ("size", "L", "en", "Big ones")]
    publish(folder, Contents("1.0", [*DATASETS.values()], captures, known, figures, checks, labels))
    return open_release(folder)


def every(opened: OpenRelease) -> list[dict[str, Any]]:
    found = opened.query("SELECT * FROM figures").to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in found]


def explained(opened: OpenRelease, asked: Indicator, geo: str, period: str = "", **more: Any) -> Explanation:
    return explain(opened, asked, geo, period, datasets=DATASETS, **more)


@pytest.mark.parametrize("number", range(len(FORMULAS)), ids=[algebra(one)[:60] for one in FORMULAS])
def test_every_figure_of_every_day_equals_what_its_cells_give(number: int, tmp_path: Path) -> None:
    asked = indicator(FORMULAS[number])
    opened = home(tmp_path, number, asked)
    rows = [row for row in every(opened) if row["geo"] in SEEN]
    assert rows, "nothing was stated, so nothing was compared"
    for row in rows:
        own = {"breakdown": row["breakdown"], "member": row["member"], "on": row["known_from"].date()}
        found = explained(opened, asked, row["geo"], row["period"], **own)
        assert found.figure.known_from == row["known_from"]
        assert found.tree is not None, row
        assert found.agrees, (row, found.tree)


def test_a_figure_that_was_tampered_with_is_called_out(tmp_path: Path) -> None:
    asked = indicator(ALL)
    opened = home(tmp_path, 1, asked)
    opened.connection.close()
    with duckdb.connect(str(opened.folder / DATABASE)) as connection:
        connection.execute("UPDATE figures SET value = value + 0.01")
    again = open_release(tmp_path)
    row = next(
        row for row in every(again) if row["value"] == row["value"] and row["known_to"] is not row["value"]
    )
    found = explained(again, asked, row["geo"], row["period"], on=row["known_from"].date())
    assert found.agrees is False


def release(folder: Path, rows: Sequence[str], *asked: Indicator, scope: Any = "full") -> OpenRelease:
    held = state(folder, rows, scope=scope)
    known = {"toy": Timeline(TOY, ((NOON, held),))}
    figures = [history(folder, one, known, "700MB") for one in asked]
    publish(folder, Contents("1.0", [TOY], [held.layers[0].capture], known, figures, [], []))
    return open_release(folder)


def test_a_ratio_shows_numerator_and_denominator_each_with_its_cell(tmp_path: Path) -> None:
    asked = indicator(Ratio(SMALL, LARGE, unit="TIMES"))
    found = explained(release(tmp_path, ["S,DE,2025,3,e,", "L,DE,2025,4,b,"], asked), asked, "DE", "2025")
    assert found.tree is not None
    assert found.figure.value == found.tree.value == 0.75
    assert [(node.value, node.flags) for node in found.tree.operands] == [(3, "e"), (4, "b")]
    cells = cells_of(found.tree)
    assert [(c.codes, c.value, c.capture.id) for c in cells] == [
        ({"size": "S"}, 3, "c1"),
        ({"size": "L"}, 4, "c1"),
    ]


def test_what_is_missing_shows_why(tmp_path: Path) -> None:
    asked = indicator(ALL)
    opened = release(tmp_path, ["ALL,DE,2025,1,,", "ALL,FR,2025,,u,C"], asked)
    empty, absent = (explained(opened, asked, geo, "2025") for geo in ("FR", "IT"))
    assert empty.tree is not None
    assert absent.tree is not None
    (hidden,), (nowhere,) = cells_of(empty.tree), cells_of(absent.tree)
    assert (empty.figure.status, hidden.missing, hidden.flags, hidden.confidentiality) == (
        "not publishable", "not publishable", "u", "C",
    )  # fmt: skip
    assert (absent.figure.status, nowhere.missing, nowhere.capture.scope) == (
        "not measured",
        "not measured",
        "full",
    )


def test_a_count_lists_its_cases(tmp_path: Path) -> None:
    asked = indicator(BY_KIND)
    opened = home(tmp_path, 5, asked)
    for geo in ("DE", "EU27_2020", "ALL"):
        found = explained(opened, asked, geo, breakdown="kind", member="ai")
        assert found.tree is not None
        (counted,) = counts_of(found.tree)
        assert len(counted.cases) == found.figure.value
        assert {case.status for case in counted.cases} <= {"used", "pilot"}
        assert counted.capture.id == "e2"
    assert "" in {case.geo for case in counted.cases}, "ALL counts those without a country too"


def test_the_day_decides_which_captures_are_read(tmp_path: Path) -> None:
    asked = indicator(ALL)
    opened = home(tmp_path, 1, asked)
    days = {str(r["known_from"].date()): r for r in every(opened) if r["value"] == r["value"]}
    for day, row in days.items():
        found = explained(opened, asked, row["geo"], row["period"], on=row["known_from"].date())
        known = [capture.known_from for _, capture in found.sources]
        assert known
        assert all(at is not None and str(at.date()) <= day for at in known)
        assert found.recompute.endswith(f"--as-of {day}")


def test_words_algebra_and_checks_tell_of_it(tmp_path: Path) -> None:
    asked = indicator(Difference(LARGE, SMALL))
    opened = home(tmp_path, 1, asked)
    found = explained(opened, asked, "EU27_2020")
    assert algebra(found.formula) == "Difference(Slice(toy, size=L), Slice(toy, size=S))"
    assert words_of(found, "en") == "[toy: Big ones] less [toy: S]"
    assert "Große" in words_of(found, "de")
    said = {
        (subject, name): (passed, len(failed))
        for subject, name, passed, failed in checks_by_name(found.checks)
    }
    assert said == {("toy", "bounds"): (0, 1), ("toy", "keys"): (2, 0)}


def test_every_formula_reads_as_words_and_as_data(tmp_path: Path) -> None:
    for number, formula in enumerate(FORMULAS):
        asked = indicator(formula)
        opened = home(tmp_path / str(number), number, asked)
        row = next(row for row in every(opened) if row["value"] == row["value"])
        own = {"breakdown": row["breakdown"], "member": row["member"], "on": row["known_from"].date()}
        found = explained(opened, asked, row["geo"], row["period"], **own)
        told = json.loads(json.dumps(document(found, "en"), allow_nan=False))
        assert told["agrees"] is True
        assert "{" not in told["formula"]["in_words"]
        assert told["cells"] or told["counted"]


@pytest.mark.parametrize(
    ("wrong", "said", "there"),
    [
        ({"geo": "XX"}, "no figure for XX", "DE"),
        ({"period": "1999"}, "no figure for DE in 1999", "2025"),
        ({"breakdown": "sex"}, "no breakdown sex", "class"),
        ({"breakdown": "class"}, "no member", "S"),
        ({"breakdown": "class", "member": "X"}, "no member X", "L"),
    ],
)
def test_what_there_is_not_is_named_with_what_there_is(
    wrong: dict[str, str], said: str, there: str, tmp_path: Path
) -> None:
    asked = indicator(ALL, BY_SIZE)
    opened = release(tmp_path, ["ALL,DE,2025,1,,", "S,DE,2025,1,,"], asked)
    with pytest.raises(NoFigure, match=said) as raised:
        explained(opened, asked, **{"geo": "DE", "period": "2025", **wrong})
    assert there in raised.value.there


def test_what_was_stated_once_is_named_with_its_day(tmp_path: Path) -> None:
    asked = indicator(USED)
    opened = home(tmp_path, 1, asked)
    with pytest.raises(NoFigure) as raised:
        explained(opened, asked, "DE", "2026-01-02")
    assert raised.value.before == "2026-01-02"


def test_a_release_whose_tables_are_gone_still_shows_the_figure(tmp_path: Path) -> None:
    asked = indicator(ALL)
    opened = release(tmp_path, ["ALL,DE,2025,1,,"], asked)
    (tmp_path / "c1.parquet").unlink()
    found = explained(opened, asked, "DE", "2025")
    assert (found.figure.value, found.agrees, found.tree) == (1, None, None)
    assert [capture.id for _, capture in found.sources] == ["c1"]
    assert current(tmp_path) == found.release
