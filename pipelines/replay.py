"""Replaying a release: its figures computed once more, from nothing but its manifest and the archived bytes.

What a release is belongs to the warehouse; how the result reads at a terminal, to the command line.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indicators import registry as catalogue
from indicators.compute import history
from indicators.model import Indicator
from pipelines.refresh import code_version
from sources import registry
from sources.model import Dataset, Source, SourceError
from sources.settings import Settings
from warehouse import contents, vintages
from warehouse.archive import Archive, fingerprint
from warehouse.model import Release, Sealed
from warehouse.vintages import Timeline

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Replay:
    """What came of a replay.

    ``damaged`` has one line for each capture whose bytes are not those that were sealed; ``altered`` is said of
    the release's own database; ``digest`` is that of the figures computed anew; ``differing`` are figures that
    came out otherwise, a few of them, where the database is there to compare with.
    """

    sealed: Release
    damaged: tuple[str, ...]
    altered: bool
    digest: str
    code_version: str
    differing: tuple[str, ...]

    @property
    def reproduced(self) -> bool:
        return not self.damaged and not self.altered and self.digest == self.sealed.figures_digest


def replay(
    settings: Settings,
    sealed: Release,
    report: Progress = lambda _step: None,
    sources: Iterable[Source] | None = None,
    indicators: Iterable[Indicator] | None = None,
) -> Replay:
    """Check the sealed captures against the archive of the home, and compute the release's figures in an empty home.

    ``sources`` and ``indicators`` stand in for the registries'.
    """
    archive, database = Archive(settings.home), contents.database(settings.home, sealed.id)
    with tempfile.TemporaryDirectory(prefix="replay-") as name:
        empty = settings.model_copy(update={"home": Path(name), "offline": True})
        asked = tuple(registry.sources(empty) if sources is None else sources)
        chosen = catalogue.indicators().values() if indicators is None else indicators
        damaged = _damaged(archive, asked, sealed, report)
        known = {} if damaged else _timelines(Path(name), archive, asked, sealed, report)
        figures = [_figures(empty, one, known, report) for one in chosen] if not damaged else []
        digest = contents.figures_digest(figures)
        differing = contents.differing(database, figures) if database and not damaged else []
    altered = database is not None and contents.stated_digest(database) != sealed.figures_digest
    return Replay(sealed, tuple(damaged), altered, digest, code_version(), tuple(differing))


def _damaged(archive: Archive, sources: Sequence[Source], sealed: Release, report: Progress) -> list[str]:
    """One line for each capture of which the archive does not hold the bytes that were sealed."""
    datasets = {dataset.id: dataset for source in sources for dataset in source.datasets}
    found = []
    for capture in sealed.captures:
        report(f"{capture.dataset}: checksum")
        dataset = datasets.get(capture.dataset)
        fault = "no source has this dataset" if dataset is None else _fault(archive, dataset, capture)
        if fault:
            found.append(f"{capture.id}: {fault}")
    return found


def _fault(archive: Archive, dataset: Dataset, capture: Sealed) -> str:
    content = archive.content(dataset, capture.capture())
    if not content.exists():
        return f"its bytes are not in the archive ({content})"
    try:
        same = fingerprint(content).sha256 == capture.sha256
    except SourceError as error:
        return error.reason
    return "" if same else f"its bytes are not those that were sealed ({content})"


def _timelines(
    home: Path, archive: Archive, sources: Sequence[Source], sealed: Release, report: Progress
) -> dict[str, Timeline]:
    """The timelines of the sealed captures; code lists first, since labels in other files are read by them."""
    captures = [one.capture() for one in sealed.captures]
    found: dict[str, Timeline] = {}
    for source in sorted(sources, key=lambda source: source.name != "codelists"):
        for dataset in source.datasets:
            report(f"{dataset.id}: reading")
            known = vintages.timeline(home, source, dataset, captures, archive)
            if known:
                found[dataset.id] = known
    return found


def _figures(settings: Settings, indicator: Indicator, known: dict[str, Timeline], report: Progress) -> Path:
    report(f"{indicator.id}: computing")
    return history(settings.home, indicator, known, settings.memory)
