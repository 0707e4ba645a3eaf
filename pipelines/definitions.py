"""Dagster's entry point: all definitions, assembled by one function with overrides for tests.

Nothing is defined here that belongs to a concept of its own: see assets.py, checks.py, schedules.py.
"""

from __future__ import annotations

from collections.abc import Iterable

import dagster as dg

from indicators.model import Indicator
from pipelines.assets import assets
from pipelines.resources import OBSERVATORY, observatory
from pipelines.schedules import schedules
from sources.model import Source
from sources.settings import Settings


def build_definitions(
    settings: Settings | None = None,
    sources: Iterable[Source] | None = None,
    indicators: Iterable[Indicator] | None = None,
) -> dg.Definitions:
    """Assets, checks, the refresh job and its schedule, of the registries or of what is given instead."""
    work = observatory(settings, sources, indicators)
    refresh = dg.define_asset_job("refresh", selection=dg.AssetSelection.all())
    return dg.Definitions(
        assets=assets(work),
        jobs=[refresh],
        schedules=schedules(work, refresh),
        resources={OBSERVATORY: work},
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What Dagster loads, built when it asks: importing this module reads no setting and writes no file."""
    return build_definitions()
