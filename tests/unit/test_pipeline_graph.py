"""Dagster's graph follows from the registries: nothing forgotten, nothing beside them."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from indicators.registry import datasets as read_by
from indicators.registry import indicators, themes
from pipelines.assets import assets, dataset_key
from pipelines.definitions import build_definitions
from pipelines.refresh import Plan
from pipelines.resources import observatory
from pipelines.run import selection
from sources import registry
from sources.settings import Settings

RELEASE = dg.AssetKey("release")


@pytest.fixture
def definitions(tmp_path: Path) -> dg.Definitions:
    return build_definitions(Settings(home=tmp_path))


@pytest.fixture
def graph(definitions: dg.Definitions) -> dg.AssetGraph:
    return definitions.resolve_asset_graph()


def keys() -> dict[str, dg.AssetKey]:
    return {d.id: dg.AssetKey([d.source, d.code]) for d in registry.datasets(Settings()).values()}


def test_one_asset_for_each_dataset_each_theme_and_the_release(graph: dg.AssetGraph) -> None:
    figures = {dg.AssetKey(["figures", theme]) for theme in themes()}
    assert graph.get_all_asset_keys() == {*keys().values(), *figures, RELEASE}


def test_a_theme_depends_on_just_the_datasets_that_its_indicators_read(graph: dg.AssetGraph) -> None:
    for theme, members in themes().items():
        wanted = {keys()[name] for indicator in members for name in read_by(indicator)}
        assert graph.get(dg.AssetKey(["figures", theme])).parent_keys == wanted


def test_the_release_follows_every_theme_and_every_dataset(graph: dg.AssetGraph) -> None:
    assert {dg.AssetKey(["figures", theme]) for theme in themes()} <= graph.get(RELEASE).parent_keys
    assert graph.get_ancestor_asset_keys(RELEASE) >= {*keys().values()}


def test_datasets_start_the_graph_and_stand_in_the_group_of_their_source(graph: dg.AssetGraph) -> None:
    for dataset in registry.datasets(Settings()).values():
        node = graph.get(keys()[dataset.id])
        assert (node.parent_keys, node.group_name) == (set(), dataset.source)


def test_every_dataset_that_an_indicator_reads_has_an_asset() -> None:
    missing = {name for indicator in indicators().values() for name in read_by(indicator)} - keys().keys()
    assert missing == set()


def test_no_check_blocks_what_comes_after_it(graph: dg.AssetGraph) -> None:
    checks = [graph.get_check_spec(key) for key in graph.asset_check_keys]
    assert {check.asset_key for check in checks} == {*keys().values(), RELEASE}
    assert not any(check.blocking for check in checks)


def test_the_refresh_runs_soon_after_eurostat_publishes_at_a_minute_of_its_own(tmp_path: Path) -> None:
    def cron() -> tuple[str, str | None]:
        schedule = build_definitions(Settings(home=tmp_path)).resolve_schedule_def("refresh")
        return str(schedule.cron_schedule), schedule.execution_timezone

    first = cron()
    minute, rest = first[0].split(" ", 1)
    assert 0 < int(minute) < 60
    assert (rest, first[1]) == ("11,23 * * *", "Europe/Brussels")
    assert cron() == first
    (tmp_path / "refresh-minute").write_text("59")
    assert cron()[0] == "59 11,23 * * *"


@pytest.mark.parametrize("planned", [["isoc_eb_ai"], ["codelist_geo_en"], ["isoc_eb_ai", "pstw_cases"]])
@pytest.mark.parametrize("forms", ["", "pdf"])
def test_a_run_holds_what_follows_from_its_datasets_and_nothing_else(
    tmp_path: Path, planned: list[str], forms: str
) -> None:
    work = observatory(Settings(home=tmp_path, briefs=forms), briefs=lambda _home, _release, _forms, _tell: 0)
    first = [dg.AssetKey(dataset_key(one)) for one in work.datasets if one.id in planned]
    assert len(first) == len(planned)
    following = dg.AssetSelection.assets(*first).downstream().resolve(assets(work))
    found = selection(work, Plan(tuple(planned), (), (), work.sources))
    assert found == following - (set() if forms else {dg.AssetKey("briefs")})
    held = dg.Definitions(assets(work, planned), resources={"observatory": work}).resolve_asset_graph()
    assert held.get_all_asset_keys() == found


@pytest.mark.parametrize("forms", ["", "pdf"])
def test_briefs_follow_the_release_and_are_refreshed_where_asked_for(tmp_path: Path, forms: str) -> None:
    settings = Settings(home=tmp_path, briefs=forms)
    made = build_definitions(settings, briefs=lambda _home, _release, _forms, _tell: 0)
    graph = made.resolve_asset_graph()
    assert graph.get(dg.AssetKey("briefs")).parent_keys == {RELEASE}
    job = made.resolve_job_def("refresh")
    assert (dg.AssetKey("briefs") in job.asset_layer.executable_asset_keys) == bool(forms)


def test_what_dagster_loads_knows_how_to_write_briefs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    from observatory.definitions import defs

    loaded = defs()
    assert dg.AssetKey("briefs") in loaded.resolve_asset_graph().get_all_asset_keys()
