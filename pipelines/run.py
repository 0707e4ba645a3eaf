"""Running a plan without Dagster's pages: materialise its datasets and what depends on them.

What an asset does is in steps.py; which datasets a plan holds, in refresh.py; steps in other processes, in processes.py.
"""

from __future__ import annotations

import gc
import logging
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import dagster as dg

from indicators.model import Indicator
from pipelines import processes
from pipelines.assets import RELEASE, assets, dataset_key
from pipelines.observatory import Briefs, Observatory, Progress
from pipelines.refresh import Plan, held_back_line
from pipelines.resources import OBSERVATORY, observatory
from pipelines.storage import forgetting
from sources.settings import Settings
from warehouse.model import Release
from warehouse.release import manifest
from warehouse.turn import turn

PROCESS_GONE = "ChildProcessCrashException"
"""What Dagster names the error of a step whose process ended without a word."""


@dataclass(frozen=True)
class Outcome:
    """What a run led to: the release that it published, if any, and one line for each problem met on the way.

    A problem is a capture held back, a source that gave no answer, an answer refused, or a failed step.
    """

    release: Release | None
    problems: tuple[str, ...]


def run(
    settings: Settings,
    plan: Plan,
    report: Progress = lambda _name, _done, _of: None,
    *,
    waiting: Callable[[], None] = lambda: None,
    indicators: Iterable[Indicator] | None = None,
    briefs: Briefs | None = None,
    debug: bool = False,
) -> Outcome:
    """Fetch, judge, compute and publish what the plan holds; an empty plan starts nothing.

    ``release`` is None where nothing could be published; the current release then stays. One run at a time
    works in a home, and ``waiting`` is called once where another one is at work; runs whose steps have processes
    of their own work side by side, and each step waits where another one writes what it writes.
    """
    if plan.empty:
        return Outcome(None, ())
    done: list[str] = []
    work = observatory(
        settings,
        plan.sources,
        indicators,
        lambda name: tell(name),
        lambda name, of_step, all_of_step: report(
            f"{name} ({of_step} of {all_of_step})", len(done), len(chosen)
        ),
        briefs,
    )
    chosen = assets(work, plan.datasets)

    def tell(name: str) -> None:
        done.append(name)
        gc.collect()
        gc.freeze()  # Dagster keeps what steps gave until a run ends
        report(name, len(done), len(chosen))

    before = _held_back(work)
    configured = {**configuration(work, plan), **_loggers(debug)}
    with _instance(settings) as instance, _quiet(debug), _spared():
        if settings.executor == processes.IN_PROCESS:
            with turn(settings.home, waiting):
                events = _in_this_process(work, chosen, instance, configured)
        else:
            running = processes.events(instance, settings, plan, indicators, briefs, configured)
            events = list(_telling(running, tell))
    work.archive.copy_log()
    held = {name: line for name, line in _held_back(work).items() if name not in before}
    problems = [
        *_to_retry(events),
        *held.values(),
    ]
    return Outcome(_published(settings, events), (*problems, *_failures(events)))


def _in_this_process(
    work: Observatory,
    chosen: Sequence[dg.AssetsDefinition],
    instance: dg.DagsterInstance,
    configured: dict[str, Any],
) -> Sequence[dg.DagsterEvent]:
    result = dg.materialize(
        chosen,
        resources={OBSERVATORY: work},
        instance=instance,
        run_config=configured,
        raise_on_error=False,
    )
    return result.all_events


def _telling(events: Iterable[dg.DagsterEvent], tell: Callable[[str], None]) -> Iterator[dg.DagsterEvent]:
    """The events of other processes; tells of each step that is done."""
    for event in events:
        if event.is_step_success and event.step_key:
            tell(event.step_key.replace("__", " "))
        yield event


def selection(work: Observatory, plan: Plan) -> frozenset[dg.AssetKey]:
    """The assets of the plan's datasets and all that depend on them; briefs only where the settings ask for them."""
    return frozenset(one.key for one in assets(work, plan.datasets))


def configuration(work: Observatory, plan: Plan) -> dict[str, Any]:
    """Dagster's run configuration: which of the plan's datasets to fetch before they are judged."""
    planned = [dataset for dataset in work.datasets if dataset.id in plan.datasets]
    return {
        "ops": {
            "__".join(dataset_key(dataset)): {"config": {"fetch": dataset.id in plan.fetch}}
            for dataset in planned
        }
    }


def _loggers(debug: bool) -> dict[str, Any]:
    return {"loggers": {"console": {"config": {"log_level": "DEBUG" if debug else "CRITICAL"}}}}


@contextmanager
def _instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """The instance of DAGSTER_HOME where that is set, so that its pages show the run; else one for this run."""
    if os.environ.get("DAGSTER_HOME"):
        with dg.DagsterInstance.get() as instance:
            yield instance
    elif settings.executor != processes.IN_PROCESS:
        with processes.temporary_instance(settings) as instance:
            yield instance
    else:
        with forgetting() as instance:
            yield instance


@contextmanager
def _quiet(debug: bool) -> Iterator[None]:
    """Nothing of Dagster's own talk, which is for its developers, unless somebody debugs."""
    logger = logging.getLogger("dagster")
    level = logger.level
    with warnings.catch_warnings():
        if not debug:
            warnings.simplefilter("ignore")
            logger.setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            logger.setLevel(level)


@contextmanager
def _spared() -> Iterator[None]:
    """The collector of garbage does not walk again and again through what is loaded by now, and stays."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _held_back(work: Observatory) -> dict[str, str]:
    return {c.id: held_back_line(c) for c in work.archive.captures() if c.state == "held back"}


def _to_retry(events: Iterable[dg.DagsterEvent]) -> list[str]:
    """What could not be fetched, or not be judged for want of disk or memory."""
    return [
        str(evaluation.description)
        for event in events
        if isinstance(evaluation := event.event_specific_data, dg.AssetCheckEvaluation)
        and evaluation.check_name in ("fetched", "readable")
        and not evaluation.passed
        and evaluation.severity == dg.AssetCheckSeverity.WARN
    ]


def _failures(events: Iterable[dg.DagsterEvent]) -> list[str]:
    """One line for each reason why assets failed: the one given, or the error and its asset."""
    lines = []
    for event in events:
        if not event.is_step_failure:
            continue
        error = event.step_failure_data.error
        if error is None or error.cls_name == PROCESS_GONE:
            lines.append(
                f"{event.step_key}: its process ended before it was done: it was killed, or memory ran out"
            )
            continue
        failure = event.step_failure_data.user_failure_data
        cause = error.cause or error
        said = failure.description if failure else f"{event.step_key}: {cause.message}"
        lines.append(str(said).strip().splitlines()[0])
    return list(dict.fromkeys(lines))


def _published(settings: Settings, events: Iterable[dg.DagsterEvent]) -> Release | None:
    for event in events:
        if event.is_step_materialization and event.asset_key == dg.AssetKey(RELEASE):
            metadata = event.step_materialization_data.materialization.metadata
            return manifest(settings.home, str(metadata["release"].value))
    return None
