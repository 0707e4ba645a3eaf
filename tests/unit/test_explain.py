"""Explanations: every figure computed anew from its cells, by another evaluator than the one that stated it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from indicators.compute import history
from indicators.explain import Explanation, NoFigure, cells_of, counts_of, explain
from indicators.explain.algebra import algebra
from indicators.explain.document import checks_by_name, words_of
from indicators.explain.evaluate import evaluate
from indicators.explain.reading import Asked, Reading
from indicators.formula import (
    Condition,
    Count,
    Difference,
    Formula,
    Latest,
    Ratio,
    Slice,
    members_of,
    unit_of,
)
from indicators.model import Event, Indicator
from sources.model import Dataset
from tests.toys import CASES, NOON, TOY, state
from tests.unit.test_release import INDICATOR
from warehouse.contents import Contents
from warehouse.model import Check
from warehouse.read import DATABASE, OpenRelease, current, known, open_release
from warehouse.release import publish
from warehouse.vintages import State, Timeline

DATASETS: dict[str, Dataset] = {TOY.id: TOY, CASES.id: CASES}
ALL = Slice("toy", {"size": "ALL"}, unit="PC_ENT")
SMALL = Slice("toy", {"size": "S"}, unit="PC_ENT")
LARGE = Slice("toy", {"size": "L"}, unit="PC_ENT")
BY_SIZE = Slice("toy", {}, unit="PC_ENT", by="size", members=("S", "L"), name="class")
VERSIONS = Slice("toy", {"size": {"2023": "S", "2024": "L", "2025": "S"}}, unit="PC_ENT")
USED = Count("toy_cases", (Condition("status", ("used", "pilot")),), "CASES")
BY_KIND = replace(USED, by="kind", members=("ai", "other"))
NEWEST = Latest(ALL, USED)
LATER = NOON + timedelta(days=30)


def indicator(formula: Formula, *breakdowns: Formula, number: int = 0) -> Indicator:
    return replace(
        INDICATOR, id=f"toy_{number}", formula=formula, breakdowns=breakdowns, unit=unit_of(formula),
        events=(Event("2025", "notes", "wider"),),
    )  # fmt: skip


GEOS = ("EU27_2020", "DE", "FR", "IT", "AT", "NO", "DE11", "FRK2", "EA20", "EU28")


def grid(random: Random) -> list[str]:
    """Rows of the toy table with breaks, other definitions, empty cells, zeros, and some rows wanting."""
    rows = []
    for size in ("ALL", "S", "L"):
        for geo in GEOS:
            for period in ("2023", "2024", "2025"):
                value = random.choice(["", "0", "1.1", "2.2", "3.3", "19.95", "42.03"])
                flags = random.choice(["", "", "", "b", "d", "eu"])
                rows.append(f"{size},{geo},{period},{value},{flags},{'C' if not value else ''}")
    return random.sample(rows, len(rows) * 4 // 5)


def cases(random: Random, kinds: Sequence[str]) -> list[str]:
    """Records with and without a country; one status may be two."""
    return [
        f"c{n},{random.choice(['DE', 'FR', 'NO', ''])},{random.choice(kinds)},"
        f"{random.choice(['used', 'pilot', 'ended', 'used pilot'])}"
        for n in range(30)
    ]


def published(
    folder: Path, toys: Sequence[State], editions: Sequence[State], *asked: Indicator
) -> OpenRelease:
    """A release of indicators over the states of two datasets, each known since its newest capture."""
    timelines = {
        one[0].dataset.id: Timeline(
            one[0].dataset, tuple((held.layers[0].capture.known_from, held) for held in one)
        )
        for one in (toys, editions)
    }
    layers = [layer.capture for held in (*toys, *editions) for layer in held.layers]
    captures = list({capture.id: capture for capture in layers}.values())
    figures = [history(folder, one, timelines, "700MB") for one in asked]
    checks = [
        Check("toy", "keys", True, "error", "once"), Check("toy", "keys", True, "error", "twice"),
        Check("toy", "bounds", False, "warning", "one is odd"), Check("other", "keys", True, "error"),
    ]  # fmt: skip
    labels = [("size", "L", "de", "Große"), ("size", "L", "en", "Big ones")]
    publish(folder, Contents("1.0", [*DATASETS.values()], captures, timelines, figures, checks, labels))
    return open_release(folder)


def home(folder: Path, seed: int, *asked: Indicator) -> OpenRelease:
    """A release of what three days of captures told: a whole table, a part of one, and a whole one again.

    The first of two editions of the cases says nothing of their kind.
    """
    random = Random(seed)  # noqa: S311 - made-up tables
    days = [NOON + timedelta(days=30 * n) for n in range(3)]
    whole = state(folder / "v", grid(random), name="t0", known_from=days[0])
    part = state(folder / "v", grid(random)[:30], scope="partial", name="t1", known_from=days[1])
    later = state(folder / "v", grid(random), name="t2", known_from=days[2])
    editions = [
        state(folder / "v", cases(random, kinds), CASES, name=f"e{n}", known_from=days[n])
        for n, kinds in ((0, ("", "unknown")), (2, ("ai", "other")))
    ]
    return published(folder, (whole, State(TOY, (*part.layers, *whole.layers)), later), editions, *asked)


def every(opened: OpenRelease) -> list[dict[str, Any]]:
    found = opened.query("SELECT * FROM figures").to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in found]


def explained(opened: OpenRelease, asked: Indicator, geo: str, period: str = "", **more: Any) -> Explanation:
    return explain(opened, asked, geo, period, datasets=DATASETS, **more)


SAID = ("value", "low", "high", "unit", "flags", "status", "series")


def said(of: Mapping[Hashable, Any]) -> list[Any]:
    """What is stated of a figure, its numbers to the ninth decimal: the tenth may round either way."""
    each = (of[name] for name in SAID)
    return [round(value, 9) if isinstance(value, float) and value == value else value for value in each]


def equal(opened: OpenRelease, asked: Indicator, on: date | None = None) -> int:
    """How many figures are stated of a day; no cell gives another, none is wanting, and each says the same."""
    rows = opened.query(f"SELECT * FROM figures WHERE {known(on)} AND indicator = ?", [asked.id])
    records = rows.astype(object).where(rows.notna(), None).to_dict("records")
    reading = Reading(opened, DATASETS, asked.coverage.since, on)
    wanted = Asked(None, None, members_of(asked.formula) or ("",))
    nodes = evaluate(reading, asked.formula, wanted)
    found = {(node.geo, node.period, node.member): said({**vars(node)}) for node in nodes}
    assert len(found) == len(nodes)
    assert found == {(row["geo"], row["period"], row["member"]): said(row) for row in records}
    return len(records)


DAYS = tuple(
    indicator(formula, number=number)
    for number, formula in enumerate(
        (VERSIONS, Difference(LARGE, SMALL), BY_KIND, Ratio(USED, NEWEST, unit="CASES"))
    )
)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """A few figures over three days."""
    return home(tmp_path_factory.mktemp("home"), 4, *DAYS)


@pytest.mark.parametrize("asked", DAYS, ids=lambda one: algebra(one.formula)[:40])
def test_every_figure_of_every_day_equals_what_was_known_then(asked: Indicator, days: OpenRelease) -> None:
    known_from = {row["known_from"].date() for row in every(days) if row["indicator"] == asked.id}
    assert len(known_from) > 1
    assert all(equal(days, asked, day) for day in known_from)


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


def test_a_figure_that_was_tampered_with_is_called_out(tmp_path: Path) -> None:
    asked = indicator(ALL)
    opened = release(tmp_path, ["ALL,DE,2025,1,,"], asked)
    opened.connection.close()
    with duckdb.connect(str(opened.folder / DATABASE)) as connection:
        connection.execute("UPDATE figures SET value = value + 0.01")
    assert explained(open_release(tmp_path), asked, "DE", "2025").agrees is False


def test_a_count_lists_its_cases(days: OpenRelease) -> None:
    for geo in ("DE", "EU27_2020", "ALL"):
        found = explained(days, DAYS[2], geo, breakdown="kind", member="ai")
        assert found.tree is not None
        (counted,) = counts_of(found.tree)
        assert len(counted.cases) == found.figure.value
        assert {case.status for case in counted.cases} <= {"used", "pilot"}
        assert counted.capture.id == "e2"
    assert "" in {case.geo for case in counted.cases}, "ALL counts those without a country too"


def test_the_day_decides_which_captures_are_read(days: OpenRelease) -> None:
    asked = DAYS[1]
    rows = [row for row in every(days) if row["indicator"] == asked.id and row["value"] == row["value"]]
    for day, row in {str(row["known_from"].date()): row for row in rows}.items():
        found = explained(days, asked, row["geo"], row["period"], on=row["known_from"].date())
        read = [capture.known_from for _, capture in found.sources]
        assert read
        assert all(at is not None and str(at.date()) <= day for at in read)
        assert found.recompute.endswith(f"--as-of {day}")


def test_words_algebra_and_checks_tell_of_it(days: OpenRelease) -> None:
    found = explained(days, DAYS[1], "EU27_2020")
    assert algebra(found.formula) == "Difference(Slice(toy, size=L), Slice(toy, size=S))"
    assert words_of(found, "en") == "[toy: Big ones] less [toy: S]"
    assert "Große" in words_of(found, "de")
    said = {
        (subject, name): (passed, len(failed))
        for subject, name, passed, failed in checks_by_name(found.checks)
    }
    assert said == {("toy", "bounds"): (0, 1), ("toy", "keys"): (2, 0)}


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """Two figures of one breakdown."""
    rows = ["ALL,DE,2025,1,,", "S,DE,2025,1,,"]
    return release(tmp_path_factory.mktemp("home"), rows, indicator(ALL, BY_SIZE))


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
    wrong: dict[str, str], said: str, there: str, little: OpenRelease
) -> None:
    with pytest.raises(NoFigure, match=said) as raised:
        explained(little, indicator(ALL, BY_SIZE), **{"geo": "DE", "period": "2025", **wrong})
    assert there in raised.value.there


def test_what_was_stated_once_is_named_with_its_day(days: OpenRelease) -> None:
    with pytest.raises(NoFigure) as raised:
        explained(days, DAYS[2], "DE", "2026-01-02", breakdown="kind", member="ai")
    assert raised.value.before == "2026-01-02"


def test_a_release_whose_tables_are_gone_still_shows_the_figure(tmp_path: Path) -> None:
    asked = indicator(ALL)
    opened = release(tmp_path, ["ALL,DE,2025,1,,"], asked)
    (tmp_path / "c1.parquet").unlink()
    found = explained(opened, asked, "DE", "2025")
    assert (found.figure.value, found.agrees, found.tree) == (1, None, None)
    assert [capture.id for _, capture in found.sources] == ["c1"]
    assert current(tmp_path) == found.release
