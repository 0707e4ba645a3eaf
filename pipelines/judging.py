"""The verdict on what came in: whether a capture can be read, dated and trusted, and why not.

The checks of a table are in warehouse.suites; what becomes of an accepted capture, in steps.py.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from pipelines.observatory import Observatory
from sources.model import Capture, Dataset, Remarking, Unreadable
from sources.model import State as Verdict
from warehouse import structure, vintages
from warehouse.model import Check
from warehouse.suites import check_tidy

ENVIRONMENT = (OSError, MemoryError, duckdb.IOException, duckdb.OutOfMemoryException)
"""Errors of this machine: they say nothing about a capture, which stays to be judged another time."""

log = logging.getLogger(__name__)


def judge(observatory: Observatory, dataset: Dataset) -> list[Check]:
    """Accept or hold back every received capture of the dataset, the earliest known first; gives the checks.

    A capture that could not be judged for want of disk or memory stays received, and leaves a warning.
    """
    known = {capture.id: capture for capture in observatory.archive.captures(dataset.id)}
    received = [capture for capture in known.values() if capture.state == "received"]
    found: list[Check] = []
    for capture in sorted(received, key=lambda c: (c.known_from or vintages.EARLIEST, c.retrieved_at)):
        try:
            own = _checks(observatory, dataset, capture, [*known.values()])
            checks = [replace(check, capture=capture.id) for check in own]
        except ENVIRONMENT as error:
            reason = f"{capture.id} not judged yet: {first_line(error)}"
            found.append(Check(dataset.id, "readable", False, "warning", reason, capture.id))
            continue
        faults = _faults(checks)
        verdict: Verdict = "held back" if faults else "accepted"
        known[capture.id] = observatory.archive.judge(capture, verdict, "; ".join(faults), checks)
        found += checks
    return found


def table(observatory: Observatory, dataset: Dataset, capture: Capture) -> Path:
    """The tidy table of a capture; raises Unreadable."""
    settings = observatory.settings
    content = observatory.archive.content(dataset, capture)
    source = observatory.source(dataset)
    return vintages.tidy(settings.home, source, dataset, capture.sha256, content, settings.memory)


def first_line(error: Exception) -> str:
    """An error's kind and message, without what follows on further lines."""
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _checks(
    observatory: Observatory, dataset: Dataset, capture: Capture, known: Sequence[Capture]
) -> list[Check]:
    """The checks of a capture beside all that are known of its dataset."""
    others = [one for one in known if one.id != capture.id]
    read = _readable(observatory, dataset, capture)
    if isinstance(read, Check):
        return [read]
    checks = [Check(dataset.id, "readable", True, "error", f"{capture.size:,} bytes read")]
    if capture.known_from is None:
        checks.append(_dated(observatory, dataset, (capture, read), others))
    try:
        return [*checks, *_of_table(observatory, dataset, (capture, read), others)]
    except ENVIRONMENT:
        raise
    except Exception as error:  # what cannot be judged is held back, and stops no other dataset
        log.debug("judging %s", capture.id, exc_info=True)
        reason = f"{dataset.id}: {capture.id} cannot be judged: {first_line(error)}"
        return [*checks, Check(dataset.id, "schema", False, "error", reason)]


def _of_table(
    observatory: Observatory, dataset: Dataset, new: tuple[Capture, Path], others: Sequence[Capture]
) -> list[Check]:
    """The checks of a table that could be read, beside the last whole one."""
    capture, read = new
    older = _previous(others, capture)
    known = _readable(observatory, dataset, older) if older else None
    before = known if isinstance(known, Path) else None
    found = check_tidy(dataset, read, before, capture.scope, _known(observatory, dataset, capture, others))
    if older and before and not dataset.record_key and not _faults(found):
        found.append(_structure(observatory, dataset, new, (older, before)))
    return [*found, *_remarks(observatory, dataset, read)]


def _faults(checks: Iterable[Check]) -> list[str]:
    """What holds a capture back."""
    return [check.detail for check in checks if not check.passed and check.severity == "error"]


def _readable(observatory: Observatory, dataset: Dataset, capture: Capture) -> Path | Check:
    """The tidy table of a capture, or the failed check that says why there is none."""
    try:
        return table(observatory, dataset, capture)
    except ENVIRONMENT:
        raise
    except Unreadable as error:
        reason = " ".join(str(error).split())
    except Exception as error:  # a fault of one parser must never stop the other datasets
        log.debug("reading %s", capture.id, exc_info=True)
        reason = f"{dataset.id}: {capture.id}: {first_line(error)}"
    return Check(dataset.id, "readable", False, "error", reason)


def _dated(
    observatory: Observatory, dataset: Dataset, new: tuple[Capture, Path], others: Sequence[Capture]
) -> Check:
    """Of two undated captures that disagree, nobody can say which is the newer one."""
    capture, read = new
    for other in others:
        if other.state != "accepted" or other.known_from or other.sha256 == capture.sha256:
            continue
        known = _readable(observatory, dataset, other)
        differing = vintages.disagreements(dataset, known, read) if isinstance(known, Path) else 0
        if differing:
            detail = (
                f"{differing:,} rows differ from {other.id}, and both are undated: "
                "say which is newer by importing this one with --dated DATE"
            )
            return Check(dataset.id, "dated", False, "error", detail)
    return Check(dataset.id, "dated", True, "error", "undated, and no other undated capture disagrees")


def _structure(
    observatory: Observatory, dataset: Dataset, new: tuple[Capture, Path], old: tuple[Capture, Path]
) -> Check:
    """What changed in the structure since the last whole capture: recorded, and no reason to hold back."""
    contents = [observatory.archive.content(dataset, capture) for capture, _ in (new, old)]
    lines = [
        *structure.changes(dataset, new[1], old[1], observatory.settings.memory, new[0].scope),
        *structure.reordered(*contents),
    ]
    day = (new[0].known_from or new[0].retrieved_at).date()
    detail = "; ".join(lines) or f"as in {old[0].id}"
    return Check(dataset.id, structure.NAME, not lines, "warning", f"{day}: {detail}")


def _remarks(observatory: Observatory, dataset: Dataset, read: Path) -> list[Check]:
    """What the source itself has to say of the table: shown, and no reason to hold back."""
    source = observatory.source(dataset)
    said = source.remarks(dataset, read) if isinstance(source, Remarking) else []
    return [Check(dataset.id, remark.name, remark.passed, "warning", remark.detail) for remark in said]


def _known(
    observatory: Observatory, dataset: Dataset, capture: Capture, others: Sequence[Capture]
) -> vintages.State | None:
    """All that was known of a table of observations before a dated capture; None where there was nothing."""
    if dataset.record_key or capture.known_from is None:
        return None
    read = [
        (one, _readable(observatory, dataset, one)) for one in vintages.layers(others, capture.known_from)
    ]
    found = tuple(vintages.Layer(one, path) for one, path in read if isinstance(path, Path))
    return vintages.State(dataset, found) if found else None


def _previous(others: Iterable[Capture], capture: Capture) -> Capture | None:
    """The last whole capture that was accepted and known before this one."""
    older = [
        (other.known_from, other)
        for other in others
        if other.state == "accepted" and other.scope == "full"
        if other.known_from and capture.known_from and other.known_from <= capture.known_from
    ]
    return max(older, key=lambda pair: pair[0])[1] if older else None
