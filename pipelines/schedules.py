"""Dagster's schedules: when to look for new data, and which assets a look finds work for.

What is new is decided in refresh.py.
"""

from __future__ import annotations

import random
from pathlib import Path

import dagster as dg

from pipelines import refresh
from pipelines.observatory import Observatory
from pipelines.run import configuration, selection
from warehouse.files import write_whole

PUBLISHING_HOURS = "11,23"
"""When Eurostat publishes, in Brussels."""

SOONEST, LATEST = 4, 40
"""Minutes after publication; each home draws its own, so that not all observatories ask at once."""


def minute_of(home: Path) -> int:
    """The minute at which this home asks; drawn once and kept in ``refresh-minute``."""
    path = home / "refresh-minute"
    if not path.exists():
        drawn = random.randint(SOONEST, LATEST)  # noqa: S311 - spreads load, keeps no secret
        write_whole(path, str(drawn).encode())
    return int(path.read_text())


def schedules(observatory: Observatory, job: dg.UnresolvedAssetJobDefinition) -> list[dg.ScheduleDefinition]:
    """The refresh, twice a day, soon after Eurostat publishes; off until somebody turns it on."""

    @dg.schedule(
        name="refresh",
        job=job,
        cron_schedule=f"{minute_of(observatory.settings.home)} {PUBLISHING_HOURS} * * *",
        execution_timezone="Europe/Brussels",
        description="Looks what is new soon after Eurostat publishes; nothing new, no run.",
    )
    def look() -> dg.RunRequest | dg.SkipReason:
        plan = refresh.plan(observatory.settings, sources=observatory.sources, bundled=observatory.bundled)
        if plan.empty:
            return dg.SkipReason("; ".join(plan.problems) or "nothing new")
        chosen = selection(observatory, plan)
        return dg.RunRequest(asset_selection=sorted(chosen), run_config=configuration(observatory, plan))

    return [look]
