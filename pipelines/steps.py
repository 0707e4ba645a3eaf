"""The steps of a refresh as plain functions: fetch, lay out states, compute, gather, publish.

Dagster does not belong here: assets.py wraps each step. Nor do verdicts: judging.py gives them.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from indicators.checks import check_figures
from indicators.compute import engine, history
from indicators.model import Indicator
from indicators.projected import TABLES, project
from pipelines.judging import first_line, table
from pipelines.labels import labels
from pipelines.observatory import Observatory
from pipelines.refresh import code_version
from sources.model import Capture, Dataset, NotYet, SourceError, Unreachable, Unreadable
from warehouse import release, retention, silence, structure, vintages
from warehouse.contents import Contents
from warehouse.copied import working_copy
from warehouse.freshness import fresh
from warehouse.model import Check, Moved, Release
from warehouse.scratch import scratch
from warehouse.sharing import TRIES, WorkingCopy, gave_up
from warehouse.suites import check_fresh
from warehouse.vintages import State, Timeline

log = logging.getLogger(__name__)

AT_ONCE = 2
"""How many indicators are computed side by side."""


class Refused(Exception):
    """The release's own checks failed; nothing is published and the current release stays."""


def fetch(observatory: Observatory, dataset: Dataset, run: str) -> Check:
    """Archive the dataset as it is now; the check says in one line how that went, and never raises.

    A source that gave another step of the run no answer is not asked.
    """
    source, home = observatory.source(dataset), observatory.settings.home
    if observatory.settings.offline and source.remote:
        return _fetched(dataset, True, "offline: not asked")
    if why := silence.said(home, run, source.name):
        return _fetched(dataset, False, f"not asked after {why}")
    with tempfile.TemporaryDirectory(prefix="fetch-") as folder:
        try:
            got = source.fetch(dataset, Path(folder))
            capture = observatory.archive.add(
                dataset, got, scope="full", origin="live", known_from=got.retrieved_at
            )
        except Unreachable as error:
            if not isinstance(error, NotYet):
                silence.note(home, run, source.name, str(error))
            return _fetched(dataset, False, str(error))
        except SourceError as error:
            return _fetched(dataset, False, str(error))
        except Exception as error:  # one dataset must never stop the others
            log.debug("fetching %s", dataset.id, exc_info=True)
            return _fetched(dataset, False, f"{dataset.id}: {first_line(error)}")
    return _fetched(dataset, True, f"{capture.size:,} bytes as {capture.id}")


def timeline(observatory: Observatory, dataset: Dataset) -> Timeline | None:
    """What was known of the dataset over time; an accepted capture that can no longer be read is held back."""
    return timelines(observatory, [dataset]).get(dataset.id)


def timelines(observatory: Observatory, datasets: Sequence[Dataset]) -> dict[str, Timeline]:
    """The timelines of those datasets of which anything is known, by id; see ``timeline``."""
    return _laid_out(observatory, datasets, _readable(observatory, datasets))


def _laid_out(
    observatory: Observatory, datasets: Sequence[Dataset], captures: Sequence[Capture]
) -> dict[str, Timeline]:
    home, archive = observatory.settings.home, observatory.archive
    own = _by_dataset(captures, {one.id for one in datasets})
    found = {
        one.id: vintages.timeline(home, observatory.source(one), one, own[one.id], archive)
        for one in datasets
    }
    return {identifier: known for identifier, known in found.items() if known}


def _readable(observatory: Observatory, datasets: Sequence[Dataset]) -> list[Capture]:
    """Their captures, once those are held back that were accepted and can no longer be read."""
    asked = {dataset.id: dataset for dataset in datasets}
    captures = observatory.archive.captures_of(asked)
    accepted = (one for one in captures if one.state == "accepted")
    gone = [one for one in accepted if _hold_back_if_gone(observatory, asked[one.dataset], one)]
    return observatory.archive.captures_of(asked) if gone else captures


def _hold_back_if_gone(observatory: Observatory, dataset: Dataset, capture: Capture) -> bool:
    """Hold back a capture that was accepted and can no longer be read; says whether that is so."""
    try:
        table(observatory, dataset, capture)
    except Unreadable as error:
        why = f"accepted before, and no longer readable: {error}"
        failed = Check(dataset.id, "readable", False, "error", why, capture.id)
        observatory.archive.judge(capture, "held back", why, [failed])
        return True
    return False


def _by_dataset(captures: Sequence[Capture], asked: Collection[str]) -> dict[str, list[Capture]]:
    found: dict[str, list[Capture]] = {dataset: [] for dataset in asked}
    for capture in captures:
        if capture.dataset in found:
            found[capture.dataset].append(capture)
    return found


def rows(observatory: Observatory, known: State) -> int:
    """How many rows a state has."""
    with scratch(observatory.settings.memory) as connection:
        found = connection.execute(f"SELECT count(*) FROM ({known.sql()})").fetchone()
    return int(found[0]) if found else 0


def figures(
    observatory: Observatory, indicators: Sequence[Indicator], known: Mapping[str, Timeline]
) -> dict[str, Path]:
    """The history of each indicator's figures, by id; computed, and projected, only where formula or inputs changed.

    Two at a time: while one formula is compiled, the engine runs another.
    """
    settings = observatory.settings

    def computed(indicator: Indicator) -> Path:
        path = history(settings.home, indicator, known, settings.memory, chosen)
        project(settings.home, indicator, path, settings.memory)
        return path

    with engine(settings) as chosen, ThreadPoolExecutor(AT_ONCE) as pool:
        paths = list(pool.map(computed, indicators))
    return {one.id: path for one, path in zip(indicators, paths, strict=True)}


def freshness(observatory: Observatory, known: Timeline | None) -> list[Check]:
    """Whether a dataset is as new as its calendar says; nothing of one that is not loaded."""
    return check_fresh([fresh(known.now, observatory.settings.memory)]) if known else []


def gather(observatory: Observatory) -> Contents:
    """All that the next release holds: timelines, captures, figures and every check that speaks of them.

    The log is read once, since other runs may go on writing to it: what they take in belongs to their release.
    """
    _readable(observatory, observatory.datasets)
    captures, decisions = observatory.archive.captures(), observatory.archive.decisions()
    known = _laid_out(observatory, observatory.datasets, captures)
    computed = figures(observatory, observatory.indicators, known)
    home, memory = observatory.settings.home, observatory.settings.memory
    projected = [project(home, one, computed[one.id], memory) for one in observatory.indicators]
    by_id = {capture.id: capture for capture in captures}
    newest = [fresh(one.now, memory) for one in known.values()]
    checks = [*_dataset_checks(observatory, known, captures), *check_fresh(newest)]
    checks += check_figures(observatory.indicators, computed, by_id, code_version(), memory)
    return Contents(
        code_version=code_version(),
        datasets=observatory.datasets,
        captures=captures,
        timelines=known,
        figures=list(computed.values()),
        checks=checks,
        labels=labels({name: one.now for name, one in known.items()}, memory),
        tables={name: [paths[name] for paths in projected] for name in TABLES if projected},
        fresh=newest,
        decisions=decisions,
    )


def publish(observatory: Observatory, contents: Contents) -> Release:
    """Publish, and let go of releases too old to keep; where others shared a release meanwhile, on top of theirs.

    Raises Refused where a release's own check failed, or where there is nothing to state.
    """
    settings = observatory.settings
    shared = working_copy(settings)
    if shared is None:
        _refuse(observatory, contents)
        published = release.publish(settings.home, contents)
    else:
        published = _publish_shared(observatory, contents, shared)
    retention.prune(settings.home, settings.keep_releases)
    return published


def _publish_shared(observatory: Observatory, contents: Contents, shared: WorkingCopy) -> Release:
    for _ in range(TRIES):
        _refuse(observatory, contents)
        try:
            return shared.publish(contents)
        except Moved as moved:
            log.info("%s: starting again from what is there now", moved)
            shared.pull()
            contents = gather(observatory)
    raise Refused(f"nothing published: {gave_up()}; run it again")


def _refuse(observatory: Observatory, contents: Contents) -> None:
    """Raise Refused where nothing may be published of this."""
    own = {indicator.id for indicator in observatory.indicators}
    faults = [
        f"{check.subject} {check.name}: {check.detail}"
        for check in contents.checks
        if not check.passed and check.severity == "error" and check.subject in own
    ]
    if faults:
        raise Refused(f"nothing published: {'; '.join(faults)}")
    if not contents.timelines:
        raise Refused("nothing published: no dataset has an accepted capture")


def _fetched(dataset: Dataset, passed: bool, detail: str) -> Check:
    return Check(dataset.id, "fetched", passed, "warning", detail)


def _dataset_checks(
    observatory: Observatory, known: Mapping[str, Timeline], captures: Sequence[Capture]
) -> list[Check]:
    """The checks of captures in use, of those held back that came after them, and every change of structure."""
    used = [layer.capture for one in known.values() for layer in one.now.layers]
    newest = {c.dataset: c.retrieved_at for c in sorted(used, key=lambda c: c.retrieved_at)}
    held = [
        capture
        for capture in captures
        if capture.state == "held back"
        and (capture.dataset not in newest or capture.retrieved_at > newest[capture.dataset])
    ]
    counted = {capture.id for capture in used}
    earlier = [capture for capture in captures if capture.state == "accepted" and capture.id not in counted]
    verdicts = observatory.archive.checks([*used, *held, *earlier])
    checks = [_despite(check, capture) for capture in used for check in verdicts.get(capture.id, ())]
    checks += [
        check
        for capture in earlier
        for check in verdicts.get(capture.id, ())
        if check.name == structure.NAME and not check.passed
    ]
    for capture in held:
        failed = (check for check in verdicts.get(capture.id, ()) if not check.passed)
        checks += [replace(c, detail=f"{capture.id} held back: {c.detail}") for c in failed]
    return checks


def _despite(check: Check, capture: Capture) -> Check:
    """A check of a capture in use; one that failed as an error says who accepted the capture all the same."""
    if check.passed or check.severity == "warning" or not capture.decided_by:
        return check
    return replace(check, detail=f"accepted by {capture.decided_by} ({capture.why}): {check.detail}")
