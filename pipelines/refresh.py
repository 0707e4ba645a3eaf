"""What a refresh has to do: which datasets to fetch, to judge or to publish anew. It must start fast.

Doing it does not belong here (run.py), nor does Dagster, nor anything that loads it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from indicators.targets import complaints
from pipelines.observatory import Stated
from sources import registry
from sources.baseline import baseline
from sources.model import Capture, Dataset, Source, SourceError
from sources.settings import Settings
from warehouse import feed, journal, read, release
from warehouse.archive import Archive
from warehouse.copied import working_copy
from warehouse.journal import Look
from warehouse.model import Decision

log = logging.getLogger(__name__)
ROOT = Path(__file__).parent.parent
MAPPINGS = ("pstw/*.csv", "curated/ai_exposure.csv")
"""Tables that figures follow from beside the code."""


class UnknownDataset(ValueError):
    """A dataset was asked for that no source has; the message names those there are."""


@dataclass(frozen=True)
class Plan:
    """The datasets to run, those of them to fetch first, and one line for each source that gave no answer."""

    datasets: tuple[str, ...]
    fetch: tuple[str, ...]
    problems: tuple[str, ...]
    sources: tuple[Source, ...] = field(repr=False)

    @property
    def empty(self) -> bool:
        """Whether nothing is new."""
        return not self.datasets


def plan(
    settings: Settings,
    only: Sequence[str] | None = None,
    sources: Iterable[Source] | None = None,
    bundled: Iterable[Stated] = (),
    waiting: Callable[[], None] = lambda: None,
) -> Plan:
    """What is new since the newest release; archives what is bundled, asks sources unless offline, and notes the look.

    Where homes share a store, what others wrote to it is taken over first; ``waiting`` is called where another run
    is at work in the home meanwhile. Raises UnknownDataset for a name in ``only`` that no source has, and Unusable for a home that cannot be
    worked in. ``sources`` stand in for the registry's,
    and then come with no baseline but ``bundled``.
    """
    asked = tuple(registry.sources(settings) if sources is None else sources)
    datasets = {dataset.id: dataset for source in asked for dataset in source.datasets}
    _refuse_unknown(only or (), datasets)
    shared = working_copy(settings)
    if shared:
        shared.pull(waiting=waiting)
    archive = Archive(settings.home)
    archive.check_clock()
    if seen := read.current(settings.home):
        feed.mend(settings.home, seen)
    stated = baseline(asked) if sources is None else bundled
    for dataset, retrieval, vintage in stated:
        archive.add(dataset, retrieval, scope="partial", origin="baseline", known_from=vintage)
    captures = archive.captures()
    changed, problems = _changed(settings, asked, captures, only)
    wanted = {*changed, *_received(captures), *_unpublished(settings.home, captures, archive.decisions())}
    found = Plan(
        datasets=tuple(name for name in datasets if name in wanted and (not only or name in only)),
        fetch=tuple(name for name in datasets if name in changed and (not only or name in only)),
        problems=(*problems, *(complaints(registry.curated(settings)) if sources is None else ())),
        sources=asked,
    )
    look = Look(datetime.now(UTC), not settings.offline, found.datasets, found.problems)
    journal.note(settings.home, look)
    if shared:
        shared.tell_look()
    return found


def held_back_line(capture: Capture) -> str:
    """Which capture does not count, why, and the file or address that it came from."""
    return f"{capture.id} {capture.state}: {capture.why} (from {capture.url.removeprefix('file:')})"


@cache
def code_version() -> str:
    """The version of the code that figures follow from: the package's, and a checksum of modules and mappings."""
    digest = hashlib.sha256()
    for folder in ("sources", "warehouse", "indicators"):
        tables = [path for pattern in MAPPINGS for path in (ROOT / folder).glob(pattern)]
        for path in sorted((ROOT / folder).rglob("*.py")) + sorted(tables):
            digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    try:
        return f"{version('ai-observatory')}+{digest.hexdigest()[:8]}"
    except PackageNotFoundError:
        return f"0+{digest.hexdigest()[:8]}"


def _refuse_unknown(only: Sequence[str], datasets: Iterable[str]) -> None:
    unknown = sorted(set(only) - set(datasets))
    if unknown:
        raise UnknownDataset(f"no dataset {', '.join(unknown)}; there are {', '.join(datasets)}")


def _changed(
    settings: Settings, sources: Sequence[Source], captures: Sequence[Capture], only: Sequence[str] | None
) -> tuple[set[str], list[str]]:
    """The datasets that a source says are new; a source that gives no answer leaves one line."""
    known = {c.dataset: c for c in captures if c.origin == "live"}
    changed: set[str] = set()
    problems: list[str] = []
    for source in sources:
        if (settings.offline and source.remote) or not _concerned(source.datasets, only):
            continue
        try:
            changed |= {dataset.id for dataset in source.changed(known)}
        except SourceError as error:
            problems.append(str(error))
        except Exception as error:  # a fault of one source must never stop the others
            log.debug("asking %s", source.name, exc_info=True)
            problems.append(f"{source.name}: {type(error).__name__}: {error}".splitlines()[0])
    return changed, problems


def _concerned(datasets: Sequence[Dataset], only: Sequence[str] | None) -> bool:
    return not only or any(dataset.id in only for dataset in datasets)


def _received(captures: Sequence[Capture]) -> set[str]:
    """Datasets with a capture that nobody judged yet."""
    return {capture.dataset for capture in captures if capture.state == "received"}


def _unpublished(home: Path, captures: Sequence[Capture], decisions: Sequence[Decision]) -> set[str]:
    """Datasets whose accepted captures, decisions or code are not those of the newest release."""
    accepted = {(capture.dataset, capture.id) for capture in captures if capture.state == "accepted"}
    newest = read.latest(home)
    published = release.manifest(home, newest) if newest else None
    if published is None or published.code_version != code_version():
        return {dataset for dataset, _ in accepted}
    sealed = {(capture.dataset, capture.id) for capture in published.captures}
    decided = {one.capture for one in {*decisions} ^ {*published.decisions}}
    known = {capture.id: capture.dataset for capture in captures}
    return {dataset for dataset, _ in accepted ^ sealed} | {known[one] for one in decided if one in known}
