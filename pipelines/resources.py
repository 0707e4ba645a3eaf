"""Dagster's resources: the observatory that every asset works on.

Settings are read in sources.settings, steps are in steps.py.
"""

from __future__ import annotations

from collections.abc import Iterable

import dagster as dg

from indicators import registry as catalogue
from indicators.model import Indicator
from pipelines.observatory import Briefs, Observatory, Progress, Report
from sources import registry
from sources.baseline import baseline
from sources.model import Source
from sources.settings import Settings

OBSERVATORY = "observatory"


class Ask(dg.Config):
    """The configuration of a dataset's asset: whether to ask its source, or only to judge what came in."""

    fetch: bool = True


def observatory(
    settings: Settings | None = None,
    sources: Iterable[Source] | None = None,
    indicators: Iterable[Indicator] | None = None,
    report: Report = lambda _step: None,
    within: Progress = lambda _name, _done, _of: None,
    briefs: Briefs | None = None,
) -> Observatory:
    """The observatory of the environment's settings and of the registries, or of what is given instead."""
    chosen = settings or Settings()
    asked = tuple(registry.sources(chosen) if sources is None else sources)
    return Observatory(
        settings=chosen,
        sources=asked,
        indicators=tuple(catalogue.indicators().values() if indicators is None else indicators),
        report=report,
        within=within,
        briefs=briefs,
        bundled=tuple(baseline(asked)) if sources is None else (),
    )
