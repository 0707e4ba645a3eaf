"""What a release looks at follows what changed, whatever is stored: counted by what is asked, never by the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from indicators import checks
from indicators.compute import history
from tests.toys import CASES, NOON, TOY, state
from tests.unit.test_pipelines import APPLES, PEARS, Stand
from tests.unit.test_release import INDICATOR
from warehouse import changes, moves, outline
from warehouse.vintages import Layer, State, Timeline

ASKED: dict[tuple[Any, str], Callable[..., Any]] = {
    (outline, "_found"): lambda table, *_: table.parent.name,
    (checks, "_findings"): lambda indicator, *_: indicator.id.removeprefix("share_of_"),
    (changes, "revisions"): lambda old, _new, **_options: old.dataset.id,
    (moves, "_state"): lambda _connection, name, _figures, of: [name, *of],
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """What is asked, by the name of the function that answers."""
    found: dict[str, list[Any]] = {name: [] for _, name in ASKED}

    def listen(module: Any, name: str, tell: Callable[..., Any]) -> None:
        answer = getattr(module, name)

        def heard(*given: Any, **options: Any) -> Any:
            found[name].append(tell(*given, **options))
            return answer(*given, **options)

        monkeypatch.setattr(module, name, heard)

    for (module, name), tell in ASKED.items():
        listen(module, name, tell)
    return found


def test_a_release_does_not_look_again_at_tables_that_have_not_changed(
    tmp_path: Path, asked: dict[str, list[Any]]
) -> None:
    stand = Stand(tmp_path)
    stand.refresh()
    assert sorted(asked["_found"]) == sorted(asked["_findings"]) == ["apples", "pears"]
    for one in asked.values():
        one.clear()
    stand.market.put(APPLES, "ALL,DE,2024,11,,", "ALL,FR,2024,20,,")
    assert stand.refresh().release
    assert asked == {
        "_found": ["apples"],
        "_findings": ["apples"],
        "revisions": ["apples"],
        "_state": [["old", "share_of_apples"], ["new", "share_of_apples"]],
    }


def test_the_log_is_not_read_again_for_each_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines import steps
    from pipelines.resources import observatory
    from tests.unit.test_pipelines import INDICATORS
    from warehouse.archive import Archive

    stand = Stand(tmp_path)
    stand.refresh()
    times: list[int] = []
    read = Archive._read
    monkeypatch.setattr(Archive, "_read", lambda self: times.append(1) or read(self))
    counts = []
    for datasets in ((APPLES,), (APPLES, PEARS)):
        monkeypatch.setattr(type(stand.market), "datasets", datasets)
        work = observatory(stand.settings, [stand.market], INDICATORS)
        for step in (steps.gather, partial(steps.timelines, datasets=datasets)):
            times.clear()
            step(work)
            counts.append(len(times))
    assert counts[:2] == counts[2:]


def test_an_outline_tells_the_newest_value_and_the_codes_and_is_kept(
    tmp_path: Path, asked: dict[str, list[Any]]
) -> None:
    held = state(tmp_path, ["L,FR,2024,1,,", "S,DE,2025,,,", "S,FR,2023,2,,"])
    table = held.layers[0].table
    told = [outline.outline(TOY, table, "700MB") for _ in range(2)]
    assert told[0] == told[1]
    assert told[0].newest == "2024"
    assert told[0].codes == {"size": ["L", "S"], "geo": ["DE", "FR"], "period": ["2023", "2024", "2025"]}
    assert len(asked["_found"]) == 1


def test_an_outline_of_other_dimensions_is_found_anew(tmp_path: Path) -> None:
    table = state(tmp_path, ["S,DE,2025,1,,"]).layers[0].table
    outline.outline(replace(TOY, dimensions=()), table, "700MB")
    assert outline.outline(TOY, table, "700MB").codes["size"] == ["S"]


def test_a_table_of_records_has_no_outline_and_nothing_is_written(tmp_path: Path) -> None:
    table = state(tmp_path, ["1,DE,ai,pilot"], CASES).layers[0].table
    assert outline.outline(CASES, table, "700MB") == outline.Outline()
    assert not table.with_suffix(".json").exists()


@pytest.mark.parametrize("other", ["code", "indicator", "figures"])
def test_findings_are_kept_for_figures_indicator_and_code(
    tmp_path: Path, asked: dict[str, list[Any]], other: str
) -> None:
    def found(row: str, code: str = "1", bounds: tuple[float, float] = (0, 100)) -> list[str]:
        indicator = replace(INDICATOR, bounds=bounds, witness=None)
        held = state(tmp_path, [row], scope="partial", name=f"c{row}")
        path = history(tmp_path, indicator, {"toy": Timeline(held.dataset, ((NOON, held),))}, "700MB")
        return [
            one.detail for one in checks.check_figures([indicator], {indicator.id: path}, {}, code, "700MB")
        ]

    row = "ALL,DE,2025,1,,"
    assert found(row) == found(row)
    assert len(asked["_findings"]) == 1
    again = {
        "code": lambda: found(row, code="2"),
        "indicator": lambda: found(row, bounds=(2, 100)),
        "figures": lambda: found("ALL,DE,2025,101,,"),
    }[other]()
    assert len(asked["_findings"]) == 2
    assert any("outside" in line for line in again) == (other != "code")
    assert len(list(tmp_path.glob("figures/*/found-*.json"))) == 1


def test_layers_of_one_rank_stay_in_the_order_of_the_log(tmp_path: Path) -> None:
    from warehouse.vintages import layers

    held = [state(tmp_path, ["S,DE,2025,1,,"], scope="partial", name=name) for name in ("a", "b", "c")]
    captures = [one.layers[0].capture for one in held]
    assert [capture.id for capture in layers(captures)] == ["a", "b", "c"]


def test_a_difference_is_found_among_many_cells_that_are_alike(tmp_path: Path) -> None:
    from warehouse.revisions import revisions

    rows = [f"S,DE,{year},1.5,," for year in range(1000, 2000)]
    old = state(tmp_path, [*rows, "S,FR,2024,,u,", "S,IT,2024,3,,"], name="old")
    new = state(tmp_path, [*rows[1:], "S,DE,1000,1.7,,", "S,FR,2024,,,", "S,AT,2024,4,,"], name="new")
    found = revisions(old, new)
    assert {kind: count for kind, count in found.kinds.items() if count} == {
        "revised": 1,
        "flags changed": 1,
        "withdrawn": 1,
        "added": 1,
    }
    assert found.compared == 1000
    same = revisions(
        old, State(TOY, (Layer(replace(old.layers[0].capture, id="again"), old.layers[0].table),))
    )
    assert (same.differs, same.compared) == (False, 1001)
