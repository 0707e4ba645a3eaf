"""Dagster's sensors: what a source announces is refreshed, and what fails or is held back is told.

What is new is decided by the source, and how somebody is told in alerts.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import dagster as dg

from pipelines import alerts
from pipelines.observatory import Observatory
from pipelines.refresh import Plan, held_back_line
from pipelines.run import configuration, selection
from sources.model import Announcing, SourceError

MINUTES = 10
"""Between two looks at what a source announces."""


def sensors(observatory: Observatory, job: dg.UnresolvedAssetJobDefinition) -> list[dg.SensorDefinition]:
    """Every sensor; off until somebody turns it on."""
    return [_announced(observatory, job), _failed(observatory), _held_back(observatory)]


def _announced(observatory: Observatory, job: dg.UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    @dg.sensor(
        name="announced",
        job=job,
        minimum_interval_seconds=MINUTES * 60,
        description="Reads Eurostat's feed of updates, and refreshes just the tables that changed.",
    )
    def look() -> dg.RunRequest | dg.SkipReason:
        if observatory.settings.offline:
            return dg.SkipReason("offline: not asked")
        known = {c.dataset: c for c in observatory.archive.captures() if c.origin == "live"}
        news: dict[str, str] = {}
        try:
            for source in observatory.sources:
                if isinstance(source, Announcing):
                    said = source.announced(known)
                    news |= {name: f"{when:%Y%m%dT%H%M%SZ}" for name, when in said.items()}
        except SourceError as error:
            return dg.SkipReason(str(error))
        if not news:
            return dg.SkipReason("nothing new")
        plan = Plan(tuple(news), tuple(news), (), observatory.sources)
        return dg.RunRequest(
            run_key=" ".join(f"{name}@{when}" for name, when in sorted(news.items())),
            asset_selection=sorted(selection(observatory, plan)),
            run_config=configuration(observatory, plan),
        )

    return look


def _failed(observatory: Observatory) -> dg.SensorDefinition:
    @dg.run_failure_sensor(name="failed", description="Tells of every run that failed, and why.")
    def failed(context: dg.RunFailureSensorContext) -> None:
        lines = [event.step_failure_data.error_display_string for event in context.get_step_failure_events()]
        said = [line.strip().splitlines()[0] for line in lines if line.strip()] or [
            str(context.failure_event.message)
        ]
        title = f"AI Observatory: run {context.dagster_run.run_id[:8]} failed"
        _log(context, alerts.tell(observatory.settings, title, said))

    return failed


def _held_back(observatory: Observatory) -> dg.SensorDefinition:
    @dg.sensor(
        name="held_back",
        minimum_interval_seconds=60,
        description="Tells once of each capture that is held back, however it came.",
    )
    def look(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        told = set(json.loads(context.cursor or "[]"))
        held = {c.id: held_back_line(c) for c in observatory.archive.captures() if c.state == "held back"}
        new = [line for name, line in held.items() if name not in told]
        faults = alerts.tell(observatory.settings, "AI Observatory: held back", new)
        _log(context, faults)
        if not faults:
            context.update_cursor(json.dumps(sorted(held)))
        return dg.SkipReason(f"{len(new)} told" if new else "nothing new is held back")

    return look


def _log(context: dg.RunFailureSensorContext | dg.SensorEvaluationContext, faults: Iterable[str]) -> None:
    for line in faults:
        context.log.warning(line)
