"""All definitions of Dagster, assembled by one function with overrides for tests.

Nothing is defined here that belongs to a concept of its own: see assets.py, checks.py, schedules.py, sensors.py.
"""

from __future__ import annotations

from collections.abc import Iterable

import dagster as dg

from indicators.model import Indicator
from pipelines.assets import BRIEFS, assets
from pipelines.observatory import Briefs
from pipelines.processes import executor
from pipelines.resources import OBSERVATORY, observatory
from pipelines.schedules import schedules
from pipelines.sensors import sensors
from sources.model import Source
from sources.settings import Settings

RETRY = dg.RetryPolicy(max_retries=2, delay=60, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)
"""For a step that this machine could not do: a full disk, say. What a source refuses is no such failure."""


def build_definitions(
    settings: Settings | None = None,
    sources: Iterable[Source] | None = None,
    indicators: Iterable[Indicator] | None = None,
    briefs: Briefs | None = None,
) -> dg.Definitions:
    """Assets, checks, the refresh job, its schedule and sensors, of the registries or of what is given instead.

    A refresh writes briefs where the settings ask for them; their asset can be materialised by itself.
    """
    work = observatory(settings, sources, indicators, briefs=briefs)
    chosen: dg.AssetSelection = dg.AssetSelection.all()
    if briefs and not work.settings.briefs:
        chosen = chosen - dg.AssetSelection.assets(dg.AssetKey(BRIEFS))
    refresh = dg.define_asset_job("refresh", chosen, op_retry_policy=RETRY)
    return dg.Definitions(
        assets=assets(work),
        jobs=[refresh],
        schedules=schedules(work, refresh),
        sensors=sensors(work, refresh),
        resources={OBSERVATORY: work},
        executor=executor(work.settings),
    )


def loaded(briefs: Briefs) -> object:
    """What Dagster loads, built when it asks: no setting is read and no file written before."""
    return dg.definitions(lambda: build_definitions(briefs=briefs))
