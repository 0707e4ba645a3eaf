"""Steps in processes of their own: a whole refresh, what steps tell each other by files, and settings that cannot be."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any

import dagster as dg
import pytest

import observatory
from indicators.registry import indicators
from observatory.console import NOTHING_PUBLISHED, WRONG_USAGE
from pipelines import processes, steps
from pipelines.assets import part_of
from pipelines.refresh import plan
from pipelines.resources import observatory as observatory_of
from pipelines.run import Outcome, run
from sources.eurostat import DATASETS, Eurostat
from sources.settings import Settings
from tests.replica import Replica, generated
from tests.unit.test_pipelines import INDICATORS, Stand
from warehouse import leftovers, silence
from warehouse.archive import Archive
from warehouse.model import Unusable
from warehouse.read import current, open_release
from warehouse.turn import parts

AI, PURPOSES = DATASETS[:2]
SHOWN = indicators()["enterprises_using_ai"]


@dataclass
class Tables:
    """A server with two tables, and a home that is refreshed from it, each step in a process of its own."""

    replica: Replica
    settings: Settings

    def refresh(self) -> Outcome:
        names = [AI.id, PURPOSES.id]
        planned = plan(self.settings, names, sources=[Eurostat(self.settings)])
        return run(self.settings, planned, self._tell, indicators=[SHOWN])

    def __post_init__(self) -> None:
        self.told: list[tuple[str, int, int]] = []

    def _tell(self, name: str, done: int, of: int) -> None:
        self.told.append((name, done, of))


@pytest.fixture
def tables(replica: Replica, settings: Settings) -> Tables:
    for dataset in (AI, PURPOSES):
        (replica.folder / f"{dataset.code}.tsv").write_bytes(generated.table(dataset))
    return Tables(replica, settings.model_copy(update={"executor": "multiprocess", "offline": False}))


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    """A home of Dagster in a folder, which keeps what a run did."""
    (tmp_path / "dagster").mkdir()
    (tmp_path / "dagster" / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    with dg.DagsterInstance.get() as instance:
        yield instance


def test_every_step_has_a_process_of_its_own_and_the_release_is_the_same(
    tables: Tables, kept: dg.DagsterInstance
) -> None:
    outcome = tables.refresh()
    assert outcome.problems == ()
    assert outcome.release is not None
    assert [(done, of) for _, done, of in tables.told] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [name for name, *_ in tables.told[2:]] == ["figures enterprises", "release"]
    (made,) = kept.get_runs()
    assert made.status == dg.DagsterRunStatus.SUCCESS
    started = [e.dagster_event for e in kept.all_logs(made.run_id, dg.DagsterEventType.STEP_WORKER_STARTED)]
    numbers = {str(event.engine_event_data.metadata["pid"].value) for event in started if event}
    assert len(numbers) == 4
    alone = tables.settings.model_copy(update={"executor": "in_process", "home": tables.settings.home / "b"})
    by_itself = Tables(tables.replica, alone).refresh()
    assert by_itself.release is not None
    query = "SELECT * EXCLUDE (vintage, captures, known_from) FROM figures ORDER BY ALL"
    figures = [open_release(one.home).query(query) for one in (tables.settings, alone)]
    assert len(figures[0]) > 28
    assert figures[0].equals(figures[1])


def test_a_step_that_fails_is_one_line_and_what_stands_stays(tables: Tables) -> None:
    figures = tables.settings.home / "figures"
    figures.mkdir(parents=True)
    (figures / SHOWN.id).write_text("a file where a folder should be")
    outcome = tables.refresh()
    assert outcome.release is None
    assert len(outcome.problems) == 1
    assert outcome.problems[0].startswith("figures__enterprises: ")
    assert SHOWN.id in outcome.problems[0]
    assert current(tables.settings.home) is None
    captures = Archive(tables.settings.home).captures()
    assert [capture.state for capture in captures] == ["accepted", "accepted"]


@pytest.mark.fault(
    "compute",
    "the process of one step is killed",
    expected="one line that names the step; every capture stays, and the next refresh publishes",
)
def test_a_step_whose_process_is_killed_is_one_line_and_the_next_refresh_publishes(
    tables: Tables, kept: dg.DagsterInstance
) -> None:
    step = "figures__enterprises"
    with parts(tables.settings.home, part_of(SHOWN.theme)):  # at which the step waits, until it is killed
        killer = Thread(target=lambda: os.kill(process_of(step, kept), signal.SIGKILL))
        killer.start()
        outcome = tables.refresh()
        killer.join()
    assert outcome.release is None
    assert outcome.problems == (
        f"{step}: its process ended before it was done: it was killed, or memory ran out",
    )
    captures = Archive(tables.settings.home).captures()
    assert [capture.state for capture in captures] == ["accepted", "accepted"]
    assert tables.refresh().release is not None


def process_of(step: str, instance: dg.DagsterInstance) -> int:
    """The process of a step, once it works in one; a minute is enough for it."""
    asked, until = Event(), monotonic() + 60
    while monotonic() < until:
        for made in instance.get_runs():
            for entry in instance.all_logs(made.run_id, dg.DagsterEventType.STEP_WORKER_STARTED):
                if (event := entry.dagster_event) and event.step_key == step:
                    return int(str(event.engine_event_data.metadata["pid"].value))
        asked.wait(0.05)
    raise AssertionError(f"{step} did not begin")


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    return Stand(tmp_path)


def test_a_source_that_gave_one_step_no_answer_is_not_asked_by_the_others_of_its_run(stand: Stand) -> None:
    first, second = (observatory_of(stand.settings, [stand.market], []) for _ in range(2))
    apples, pears = stand.market.datasets
    (stand.market.folder / "apples.csv").unlink()
    assert not steps.fetch(first, apples, "a-run").passed
    refused = steps.fetch(second, pears, "a-run")
    assert (refused.passed, refused.detail) == (False, "not asked after apples: stall 1: nobody answers")
    assert stand.market.asked == ["apples"]
    assert steps.fetch(second, pears, "another-run").passed
    silence.forget(stand.settings.home, "a-run")
    assert steps.fetch(first, pears, "a-run").passed


def test_what_a_killed_run_noted_is_cleared_when_it_is_old(tmp_path: Path) -> None:
    for name in ("killed", "at-work"):
        silence.note(tmp_path, name, "eurostat", "nobody answers")
    os.utime(tmp_path / silence.FOLDER / "killed", (0, 0))
    leftovers.clear(tmp_path)
    assert [silence.said(tmp_path, name, "eurostat") for name in ("killed", "at-work")] == [
        "",
        "nobody answers",
    ]


def test_what_another_run_takes_in_while_a_release_is_gathered_belongs_to_its_own(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.refresh()
    before = {capture.id for capture in stand.archive.captures()}
    computing = steps.figures

    def beside_another_run(*asked: Any) -> dict[str, Path]:
        other = stand.take_in(["ALL,DE,2024,11,,", "ALL,FR,2024,21,,"], known_from=datetime.now(UTC))
        stand.archive.judge(other, "accepted", "")
        return computing(*asked)

    monkeypatch.setattr(steps, "figures", beside_another_run)
    gathered = steps.gather(observatory_of(stand.settings, [stand.market], INDICATORS))
    assert {one.id for one in gathered.sealed} == before
    assert {layer.capture.id for one in gathered.timelines.values() for layer in one.now.layers} == before
    monkeypatch.undo()
    after = steps.gather(observatory_of(stand.settings, [stand.market], INDICATORS))
    assert len(after.sealed) == len(before) + 1


def test_what_is_not_in_the_registry_cannot_be_found_by_another_process(stand: Stand) -> None:
    settings = stand.settings.model_copy(update={"executor": "multiprocess", "offline": False})
    with pytest.raises(Unusable, match="source market is not in the registry"):
        run(settings, stand.plan(), indicators=())


def test_another_executor_is_taken_by_its_name() -> None:
    settings = Settings(executor="dagster:multi_or_in_process_executor")
    assert processes.executor(settings) is dg.multi_or_in_process_executor
    assert processes.executor(Settings()) is dg.in_process_executor


@pytest.mark.parametrize(
    ("name", "value", "code", "said"),
    [
        ("EXECUTOR", "threads", WRONG_USAGE, "OBSERVATORY_EXECUTOR: threads is no executor: choose in_process"),
        ("STEPS_AT_ONCE", "0", WRONG_USAGE, "OBSERVATORY_STEPS_AT_ONCE: Input should be greater than or equal to 1"),
        ("EXECUTOR", "absent_package:one", NOTHING_PUBLISHED, "absent_package:one: No module named 'absent_package'"),
        ("EXECUTOR", "dagster:asset", NOTHING_PUBLISHED, "OBSERVATORY_EXECUTOR=dagster:asset is no executor of Dagster"),
        ("EXECUTOR", "dagster:multi_or_in_process_executor", NOTHING_PUBLISHED, "needs DAGSTER_HOME"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    code: int,
    said: str,
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    monkeypatch.setenv("OBSERVATORY_OFFLINE", "1")
    monkeypatch.setenv(f"OBSERVATORY_{name}", value)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    assert observatory.main(["refresh"]) == code
    written = capsys.readouterr().err
    assert said in written
    assert len(written.splitlines()) == 1
