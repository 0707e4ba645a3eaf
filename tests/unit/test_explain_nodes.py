"""Explanations node by node: what each formula gives is computed anew, and told, as compute states it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from indicators.explain import cells_of, counts_of, telling
from indicators.explain.algebra import algebra
from indicators.explain.document import document
from indicators.explain.words import in_words, role
from indicators.formula import (
    Behind,
    Change,
    Count,
    Difference,
    Everywhere,
    Formula,
    Gap,
    Group,
    Latest,
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
    Total,
)
from tests.toys import CASES, TOY, state
from tests.unit.test_explain import (
    ALL,
    BY_KIND,
    BY_SIZE,
    LARGE,
    LATER,
    NEWEST,
    SMALL,
    USED,
    VERSIONS,
    cases,
    equal,
    every,
    explained,
    grid,
    indicator,
    published,
    release,
)
from warehouse.read import OpenRelease
from warehouse.vintages import State

SCALED = replace(ALL, scale=0.1)
AMONG = ("DE", "FR", "IT", "AT")
SEVERAL = Count("toy_cases", (), "CASES", by="status", members=("used", "pilot"), name="stage", several=True)
THREE = replace(BY_SIZE, members=("S", "L", "ALL"))
BOTH = Group(THREE, {"both": ("S", "L"), "part": ("S", "ALL"), "all": ("ALL",)}, name="group")
AS_GROUP = Named(replace(BY_SIZE, name="group"), {"L": "both", "S": "all"})
WHOLE = Group(Sum((BY_SIZE, replace(BY_SIZE, scale=2))), {"": ("S", "L")}, name="")
RATE = Everywhere(SMALL, "FR")
FORMULAS: list[Formula] = [
    ALL, SCALED, VERSIONS, BY_SIZE, USED, BY_KIND, SEVERAL,
    Sum((SMALL, LARGE, ALL)), Difference(Prefer(LARGE, ALL), SMALL), Difference(BY_SIZE, ALL),
    Share(BY_SIZE, ALL), Share(AS_GROUP, BOTH), Ratio(SMALL, LARGE, unit="TIMES", scale=3),
    Ratio(USED, USED, unit="TIMES"), Product(SMALL, LARGE, unit="PC_ENT", scale=0.01),
    Change(Difference(LARGE, SMALL)), Change(VERSIONS), Change(AS_GROUP), Change(Total(ALL)),
    Gap(ALL), Gap(VERSIONS, "DE"), Gap(Total(BY_SIZE, AMONG)),
    Behind(ALL, "up"), Behind(VERSIONS, "down", AMONG), Behind(BY_SIZE, "up", AMONG),
    Rank(ALL, "down", AMONG), Rank(BOTH, "up", AMONG), Spread(VERSIONS, AMONG),
    Prefer(Slice("absent", {}, unit="PC_ENT"), ALL), Prefer(replace(USED, unit="PC_ENT"), ALL),
    Regions(ALL), Regions(Gap(BY_SIZE, "DE")), BOTH, Product(ALL, WHOLE, unit="PC_ENT", scale=0.01),
    Total(ALL), Total(VERSIONS, ("DE", "EU27_2020")), Ratio(ALL, RATE, unit="PC_ENT"),
    Everywhere(BY_SIZE, "DE", ("FR", "NO")), Spread(RATE), Ratio(USED, NEWEST, unit="CASES", scale=1e6),
    Latest(BY_SIZE, LARGE), Latest(ALL, Regions(SMALL)),
]  # fmt: skip


INDICATORS = [indicator(formula, number=number) for number, formula in enumerate(FORMULAS)]


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> OpenRelease:
    """A figure of every formula, of one moment: a part of a table over a whole one, and an edition."""
    folder, random = tmp_path_factory.mktemp("home"), Random(3)  # noqa: S311 - made-up tables
    whole = state(folder / "v", grid(random), name="t0")
    part = state(folder / "v", grid(random)[:40], scope="partial", name="t1", known_from=LATER)
    edition = state(folder / "v", cases(random, ("ai", "other")), CASES, name="e1", known_from=LATER)
    return published(folder, (State(TOY, (*part.layers, *whole.layers)),), (edition,), *INDICATORS)


@pytest.mark.parametrize("number", range(len(FORMULAS)), ids=[algebra(one)[:60] for one in FORMULAS])
def test_every_figure_equals_what_the_cells_give(number: int, stated: OpenRelease) -> None:
    assert equal(stated, INDICATORS[number]) > 0


@pytest.mark.parametrize("number", range(len(FORMULAS)), ids=[algebra(one)[:60] for one in FORMULAS])
def test_one_figure_alone_is_computed_anew_and_told(number: int, stated: OpenRelease) -> None:
    """Given some figures of each formula; then each agrees by itself, and reads as words and as data."""
    asked = INDICATORS[number]
    rows = [row for row in every(stated) if row["indicator"] == asked.id]
    held = [row for row in rows if row["value"] == row["value"]]
    for row in (Random(number).choice(rows), held[0]):  # noqa: S311 - any will do
        found = explained(
            stated, asked, row["geo"], row["period"], breakdown=row["breakdown"], member=row["member"]
        )
        assert found.agrees, (row, found.tree)
        told = json.loads(json.dumps(document(found, "en"), allow_nan=False))
        assert told["agrees"] is True
        assert "{" not in told["formula"]["in_words"]
        assert told["cells"] or told["counted"]


def test_a_group_shows_each_member_and_a_total_each_country(tmp_path: Path) -> None:
    asked = (indicator(BOTH), indicator(Total(ALL), number=1))
    rows = [
        "S,DE,2025,1.1,e,",
        "L,DE,2025,2.2,p,",
        "ALL,DE,2025,3,,",
        "ALL,FR,2025,4,d,",
        "ALL,EU27_2020,2025,9,,",
    ]
    opened = release(tmp_path, rows, *asked, scope="partial")
    group = explained(opened, asked[0], "DE", breakdown="group", member="both").tree
    assert group is not None
    assert [(node.member, node.value) for node in group.operands] == [("S", 1.1), ("L", 2.2)]
    assert "S, Germany, 2025" in telling.node(group.operands[0], "en", role(group, 0, "en"))
    total = explained(opened, asked[1], "EU27_2020").tree
    assert total is not None
    assert (total.value, [cell.geo for cell in cells_of(total)]) == (7, ["DE", "FR"])


def test_where_several_are_best_the_first_by_code_stands_for_them(tmp_path: Path) -> None:
    asked = indicator(Behind(ALL, "up"))
    opened = release(tmp_path, ["ALL,FR,2025,5,b,", "ALL,DE,2025,5,e,", "ALL,AT,2025,2,,"], asked)
    found = explained(opened, asked, "AT")
    assert found.tree is not None
    assert (found.figure.value, found.figure.flags) == (-3, "e")
    assert [node.geo for node in found.tree.operands] == ["AT", "DE"]


def test_an_edition_that_lacks_a_column_is_told_so(tmp_path: Path) -> None:
    asked = indicator(BY_KIND)
    edition = state(tmp_path / "v", ["1,DE,,used", "2,FR,unknown,used"], CASES)
    opened = published(tmp_path, (state(tmp_path / "v", [], name="c2"),), (edition,), asked)
    found = explained(opened, asked, "DE", breakdown="kind", member="ai")
    assert found.agrees
    assert found.tree is not None
    assert (found.figure.value, found.figure.status, found.tree.status) == (
        None,
        "not measured",
        "not measured",
    )
    assert [one.silent for one in counts_of(found.tree)] == [("kind",)]
    assert "this edition of toy_cases says nothing of kind" in telling.value(found, "en")
    assert document(found, "en")["counted"][0]["count"] is None


@pytest.mark.parametrize(
    ("formula", "text", "words"),
    [
        (
            Product(SMALL, LARGE, unit="PC_ENT", scale=0.01),
            "Product(Slice(toy, size=S), Slice(toy, size=L), unit=PC_ENT, scale=0.01)",
            "[toy: S] times [toy: Big ones] × 0.01",
        ),
        (
            Behind(ALL, "down", ("DE", "AT")),
            "Behind(Slice(toy, size=ALL), better=down, among=[DE, AT])",
            "[toy: ALL] less the lowest of 2 countries",
        ),
        (Regions(ALL), "Regions(Slice(toy, size=ALL))", "[toy: ALL], for regions at level 2 of NUTS"),
        (
            Total(ALL),
            "Total(Slice(toy, size=ALL), among=EU27 Member States)",
            "[toy: ALL], for the EU the total of its 27 countries",
        ),
        (
            Ratio(ALL, Everywhere(SMALL, "DE"), unit="TIMES"),
            "Ratio(Slice(toy, size=ALL), Everywhere(Slice(toy, size=S), geo=DE, "
            "among=EU27 and its Member States), unit=TIMES)",
            "[toy: ALL] divided by ([toy: S] for Germany, the same for all places)",
        ),
        (
            Latest(ALL, LARGE),
            "Latest(Slice(toy, size=ALL), Slice(toy, size=L))",
            "[toy: ALL], the newest value that is not later",
        ),
        (
            Group(BY_SIZE, {"": ("S", "L")}, name=""),
            "Group(Slice(toy, by=size, members=[S, L], name=class), groups={[S, L]})",
            "[toy: 2025], added up over: S, Big ones",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else type(one).__name__,
)
def test_formulas_read_in_their_algebra_and_in_words(formula: Formula, text: str, words: str) -> None:
    assert algebra(formula) == text
    assert in_words(formula, {("size", "L", "en"): "Big ones"}, "en", "2025") == words


def test_a_breakdown_reads_with_its_members() -> None:
    assert algebra(BOTH).endswith("groups={both: [S, L], part: [S, ALL], all: [ALL]}, name=group)")
    assert algebra(AS_GROUP).endswith("names={L: both, S: all})")
    assert algebra(SEVERAL) == "Count(toy_cases, by=status, members=[used, pilot], name=stage, several)"
    assert in_words(AS_GROUP, {}, "en", "2025", "both") == "[toy: L]"
    assert in_words(BOTH, {}, "en", "2025", "part") == "[toy: 2025], added up over: ALL"
