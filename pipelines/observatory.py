"""The observatory as every step sees it: settings, sources, indicators, and who hears of progress.

What a step does with them does not belong here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from indicators.model import Indicator
from sources.model import Dataset, Retrieval, Source
from sources.settings import Settings
from warehouse.archive import Archive

Report = Callable[[str], None]
Progress = Callable[[str, int, int], None]
"""Hears the name of what is done, how many are done, and of how many."""
Briefs = Callable[[Path, str, Sequence[str], Progress], int]
"""Writes all briefs of a home's release in some formats, and gives how many; handed in by whoever knows briefs."""
Stated = tuple[Dataset, Retrieval, datetime]
"""A bundled file and the vintage from which its figures were known."""


@dataclass(frozen=True)
class Observatory:
    """What every step needs: settings, sources, indicators; who hears that a step is done, and how far one is.

    ``briefs`` is None where nobody handed in how to write them; there is no such step then.
    """

    settings: Settings
    sources: tuple[Source, ...]
    indicators: tuple[Indicator, ...]
    report: Report = lambda _step: None
    within: Progress = lambda _name, _done, _of: None
    briefs: Briefs | None = None
    bundled: tuple[Stated, ...] = ()

    @property
    def archive(self) -> Archive:
        return Archive(self.settings.home)

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        return tuple(dataset for source in self.sources for dataset in source.datasets)

    def source(self, dataset: Dataset) -> Source:
        return self._sources[dataset.id]

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {dataset.id: source for source in self.sources for dataset in source.datasets}
