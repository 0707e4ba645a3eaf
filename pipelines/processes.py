"""Steps in processes of their own: the executor that the settings name, and the job as each process builds it anew.

What a step does belongs to assets.py, which runs are made to run.py. Steps tell each other nothing but by files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pkgutil import resolve_name
from typing import Any, TypeVar

import dagster as dg
from dagster._core.execution.api import execute_run_iterator

from indicators import registry as catalogue
from indicators.model import Indicator
from pipelines.assets import assets
from pipelines.observatory import Briefs
from pipelines.refresh import Plan
from pipelines.resources import OBSERVATORY, observatory
from sources import registry
from sources.settings import Settings
from warehouse.model import Unusable

Named = TypeVar("Named")
IN_PROCESS, MULTIPROCESS = "in_process", "multiprocess"
SECRET = {"alerts", "dagster_postgres"}
"""Settings that a process reads from its own environment: what it is handed lies in Dagster's storage."""

LOADED = ["pipelines.processes", "indicators.compute", "great_expectations"]
"""What is loaded once, for all steps of a run: each is a fork of a process that has it."""


def executor(settings: Settings) -> dg.ExecutorDefinition:
    """How the steps of a job run; raises Unusable for an executor that cannot be had."""
    match settings.executor:
        case "in_process":
            return dg.in_process_executor
        case "multiprocess":
            start = {"forkserver": {"preload_modules": LOADED}}
            return dg.multiprocess_executor.configured(
                {"max_concurrent": settings.steps_at_once, "start_method": start}, name=MULTIPROCESS
            )
    try:
        found = resolve_name(settings.executor)
    except (ImportError, AttributeError) as error:
        raise Unusable(
            f"OBSERVATORY_EXECUTOR={settings.executor}: {error}: install its package, or choose {IN_PROCESS} or "
            f"{MULTIPROCESS}"
        ) from error
    if not isinstance(found, dg.ExecutorDefinition):
        raise Unusable(f"OBSERVATORY_EXECUTOR={settings.executor} is no executor of Dagster")
    return found


def events(
    instance: dg.DagsterInstance,
    settings: Settings,
    plan: Plan,
    indicators: Iterable[Indicator] | None,
    briefs: Briefs | None,
    configuration: Mapping[str, Any],
) -> Iterator[dg.DagsterEvent]:
    """Materialise what a plan holds by the executor that the settings name, and give each event as it happens.

    Raises Unusable for sources, indicators or briefs that a process cannot find by their name.
    """
    job = dg.build_reconstructable_job(
        __name__,
        rebuilt.__name__,
        reconstructable_kwargs={
            "settings": _differing(settings),
            "sources": [source.name for source in plan.sources],
            "indicators": None if indicators is None else [one.id for one in indicators],
            "briefs": f"{briefs.__module__}:{briefs.__qualname__}" if briefs else "",
            "planned": list(plan.datasets),
        },
    )
    created = instance.create_run_for_job(
        job.get_definition(), run_config=configuration, job_code_origin=job.get_python_origin()
    )
    yield from execute_run_iterator(job, created, instance)


def rebuilt(
    settings: Mapping[str, Any],
    sources: Sequence[str],
    indicators: Sequence[str] | None,
    briefs: str,
    planned: Sequence[str],
) -> dg.JobDefinition:
    """The job of one run from names alone, in whichever process it is."""
    own = Settings(**settings)
    work = observatory(
        own,
        _named("source", sources, {source.name: source for source in registry.sources(own)}),
        None if indicators is None else _named("indicator", indicators, catalogue.indicators()),
        briefs=resolve_name(briefs) if briefs else None,
    )
    definitions = dg.Definitions(
        assets=assets(work, planned),
        jobs=[dg.define_asset_job("refresh")],
        resources={OBSERVATORY: work},
        executor=executor(own),
    )
    return definitions.resolve_job_def("refresh")


@contextmanager
def temporary_instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """An instance that processes of this machine share for one run; raises Unusable for an executor that leaves it.

    Its runs lie in a folder that ends with the block, or in the PostgreSQL that the settings name.
    """
    if executor(settings).name != MULTIPROCESS:
        raise Unusable(
            f"OBSERVATORY_EXECUTOR={settings.executor} needs DAGSTER_HOME, which tells its workers of runs"
        )
    with tempfile.TemporaryDirectory(prefix="dagster-") as folder:
        storage = {"module": "pipelines.storage", "class": "Storage", "config": {"base_dir": folder}}
        overrides = {
            "telemetry": {"enabled": False},
            "storage": {"custom": storage},
            "python_logs": {"python_log_level": "CRITICAL"},  # its own talk, which is for its developers
        }
        with dg.DagsterInstance.local_temp(folder, overrides=overrides) as instance:
            yield instance


def _differing(settings: Settings) -> dict[str, Any]:
    """What a call set otherwise than the environment, which every process reads for itself."""
    usual = Settings().model_dump(mode="json", exclude=SECRET)
    return {
        name: value
        for name, value in settings.model_dump(mode="json", exclude=SECRET).items()
        if value != usual[name]
    }


def _named(kind: str, names: Sequence[str], known: Mapping[str, Named]) -> list[Named]:
    for name in names:
        if name not in known:
            raise Unusable(
                f"{kind} {name} is not in the registry, where a process of its own would look for it"
            )
    return [known[name] for name in names]
