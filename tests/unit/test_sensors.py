"""Dagster's sensors: only what is announced is refreshed, and failures and what is held back are told once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import dagster as dg
import pytest
from pydantic import SecretStr

from indicators.registry import indicators
from pipelines import definitions
from pipelines.definitions import build_definitions
from sources.eurostat import DATASETS, Eurostat
from sources.settings import Settings
from tests.receivers import webhook
from tests.replica import FEED, Answer, Replica, generated
from tests.unit.test_pipelines import APPLES, GOOD, INDICATORS, PEARS, Stand
from warehouse.archive import Archive
from warehouse.read import open_release

AI = DATASETS[0]


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}}) as found:
        yield found


@pytest.fixture
def stand(tmp_path) -> Stand:  # type: ignore[no-untyped-def]
    return Stand(tmp_path)


def test_only_what_the_feed_announces_is_refreshed(
    replica: Replica, settings: Settings, instance: dg.DagsterInstance
) -> None:
    live = settings.model_copy(update={"offline": False})
    built = build_definitions(live, [Eurostat(live)], [indicators()["enterprises_using_ai"]])
    repository, sensor = built.get_repository_def(), built.resolve_sensor_def("announced")

    def tick() -> dg.RunRequest | str | None:
        with dg.build_sensor_context(instance=instance, repository_def=repository) as context:
            data = sensor.evaluate_tick(context)
        return data.run_requests[0] if data.run_requests else data.skip_message

    for dataset in DATASETS[:3]:
        (replica.folder / f"{dataset.code}.tsv").write_bytes(generated.table(dataset))
    replica.feed_since = "2026-03-01T11:00:00+0100"
    assert tick() == "nothing new"
    assert replica.asked == [FEED]
    replica.updated[AI.code] = "2026-03-04T11:00:00+0100"
    request = tick()
    assert isinstance(request, dg.RunRequest)
    assert request.run_key == "isoc_eb_ai@20260304T100000Z"
    assert {key.to_user_string() for key in request.asset_selection or ()} == {
        "eurostat/isoc_eb_ai", "figures/enterprises", "release",
    }  # fmt: skip
    job = built.resolve_job_def("refresh")
    result = job.get_subset(asset_selection=frozenset(request.asset_selection or ())).execute_in_process(
        run_config=request.run_config, instance=instance
    )
    assert result.success
    assert {c.dataset for c in Archive(live.home).captures()} == {AI.id}
    assert open_release(live.home).has(AI.view)
    assert tick() == "nothing new", "what was fetched is new no longer"
    replica.answers[FEED] = [Answer(status=503)]
    assert "answers 503" in str(tick())


def test_offline_the_feed_is_not_asked(replica: Replica, settings: Settings) -> None:
    away = settings.model_copy(update={"offline": True})
    sensor = build_definitions(away, [Eurostat(away)], []).resolve_sensor_def("announced")
    with dg.build_sensor_context() as context:
        assert sensor.evaluate_tick(context).skip_message == "offline: not asked"
    assert replica.asked == []


def test_what_is_held_back_is_told_once(stand: Stand, instance: dg.DagsterInstance) -> None:
    stand.market.put(PEARS, "ALL,DE,2024,12,,", "ALL,DE,2024,13,,")
    stand.refresh()
    with webhook() as (hook, posted):
        chosen = stand.settings.model_copy(update={"alerts": SecretStr(hook)})
        built = build_definitions(chosen, [stand.market], INDICATORS)
        sensor, cursor = built.resolve_sensor_def("held_back"), None
        for _ in range(2):
            with dg.build_sensor_context(instance=instance, cursor=cursor) as context:
                cursor = sensor.evaluate_tick(context).cursor
        assert len(posted) == 1
        stand.market.put(PEARS, "ALL,DE,2024,14,,", "ALL,DE,2024,15,,")
        stand.refresh()
        with dg.build_sensor_context(instance=instance, cursor=cursor) as context:
            sensor.evaluate_tick(context)
    assert [post["message"].count("held back: ") for post in posted] == [1, 1]
    assert "size ALL geo DE period 2024 (2 times)" in posted[0]["message"]


@pytest.mark.fault(
    "alert", "the receiver is away when a capture is held back", expected="told at the next look"
)
def test_what_nobody_heard_is_told_again(stand: Stand, instance: dg.DagsterInstance) -> None:
    stand.market.put(PEARS, "ALL,DE,2024,12,,", "ALL,DE,2024,13,,")
    stand.refresh()
    chosen = stand.settings.model_copy(update={"alerts": SecretStr("json://127.0.0.1:1/hook")})
    sensor = build_definitions(chosen, [stand.market], INDICATORS).resolve_sensor_def("held_back")
    with dg.build_sensor_context(instance=instance) as context:
        assert not sensor.evaluate_tick(context).cursor


def test_a_run_that_failed_is_told_with_its_reason(stand: Stand, instance: dg.DagsterInstance) -> None:
    stand.market.put(APPLES, "ALL,DE,2024,250,,", "ALL,FR,2024,20,,")
    with webhook() as (hook, posted):
        chosen = stand.settings.model_copy(update={"alerts": SecretStr(hook)})
        built = build_definitions(chosen, [stand.market], INDICATORS)
        result = built.resolve_job_def("refresh").execute_in_process(instance=instance, raise_on_error=False)
        assert not result.success
        context = dg.build_run_status_sensor_context(
            "failed", result.get_run_failure_event(), instance, result.dagster_run
        ).for_run_failure()
        built.resolve_sensor_def("failed")(context)
    (post,) = posted
    assert post["title"].endswith("failed")
    assert "share_of_apples bounds: " in post["message"]


def test_a_step_that_the_machine_could_not_do_is_tried_again(
    stand: Stand, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []
    publish = definitions.assets.__globals__["steps"].publish

    def full_at_first(*arguments: object) -> object:
        tries.append(1)
        if len(tries) < 3:
            raise OSError(28, "No space left on device")
        return publish(*arguments)

    monkeypatch.setattr("pipelines.steps.publish", full_at_first)
    monkeypatch.setattr(definitions, "RETRY", dg.RetryPolicy(max_retries=2, delay=0))
    built = build_definitions(stand.settings, [stand.market], INDICATORS)
    assert built.resolve_job_def("refresh").execute_in_process(instance=instance).success
    assert len(tries) == 3
    assert stand.values()["apples", "DE"] == 10


def test_what_the_release_s_own_checks_refuse_is_not_tried_again(
    stand: Stand, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(definitions, "RETRY", dg.RetryPolicy(max_retries=2, delay=0))
    stand.market.put(APPLES, "ALL,DE,2024,250,,", *GOOD[1:])
    built = build_definitions(stand.settings, [stand.market], INDICATORS)
    result = built.resolve_job_def("refresh").execute_in_process(instance=instance, raise_on_error=False)
    assert [event.step_key for event in result.all_events if event.is_step_restarted] == []


def test_a_table_is_late_by_its_cadence(stand: Stand) -> None:
    stand.market.datasets = (replace(APPLES, cadence="monthly"), replace(PEARS, cadence="now and then"))
    graph = build_definitions(stand.settings, [stand.market], INDICATORS).resolve_asset_graph()
    late = {key.path[-1]: graph.get(key).freshness_policy for key in graph.get_all_asset_keys()}
    assert late["apples"] is not None
    assert late["apples"].fail_window.to_timedelta().days == 62
    assert late["pears"] is None
