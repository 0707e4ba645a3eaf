"""The observatory as every step sees it: settings, sources, indicators, and who hears of progress.

What a step does with them does not belong here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from indicators.model import Indicator
from sources.model import Dataset, Retrieval, Source
from sources.settings import Settings
from warehouse.archive import Archive

Report = Callable[[str], None]
Stated = tuple[Dataset, Retrieval, datetime]
"""A bundled file and the vintage from which its figures were known."""


@dataclass(frozen=True)
class Observatory:
    """What every step needs: settings, sources, indicators; and who hears that a step is done."""

    settings: Settings
    sources: tuple[Source, ...]
    indicators: tuple[Indicator, ...]
    report: Report = lambda _step: None
    bundled: tuple[Stated, ...] = ()
    given_up: dict[str, str] = field(default_factory=dict)

    @property
    def archive(self) -> Archive:
        return Archive(self.settings.home)

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        return tuple(dataset for source in self.sources for dataset in source.datasets)

    def source(self, dataset: Dataset) -> Source:
        return next(source for source in self.sources if dataset in source.datasets)
