"""What the log of an archive says: its entries, the later over the earlier, and a copy of that to start from.

Writing an entry belongs to archive.py, and so do the bytes that one tells of.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from string import digits
from typing import Any, cast

from sources.model import Capture
from warehouse.files import write_whole
from warehouse.model import Check, Unusable, stated_check

MOMENTS = ("retrieved_at", "known_from", "source_updated_at", "confirmed_at", "judged_at")
SEEN_AGAIN = ("confirmed_at", "source_updated_at")
STAMP = "%Y%m%dT%H%M%S%f"
"""How the name of an entry starts: when it was written, in UTC."""

COPY = "log.json"
"""Beside the log's folder: what its first entries say. It follows from them, and is not missed where it is gone."""

SELDOM = 200
"""So many entries are read one by one before a copy is made that has them too."""


@dataclass(frozen=True)
class Later:
    """What a later entry says of a capture: fields that it changes, and whether it has the checks of a verdict."""

    capture: str
    changes: dict[str, Any]
    judges: bool


@dataclass(frozen=True)
class Log:
    """What a log says of every capture: its newest verdict, and the name of the entry with its newest checks.

    ``of`` names the captures of each dataset; ``early`` are those of which entries speak before any tells of them.
    Whoever asks must not change any of it.
    """

    captures: Mapping[str, Capture] = field(default_factory=dict)
    judged: Mapping[str, str] = field(default_factory=dict)
    early: frozenset[str] = frozenset()
    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def takes(self, entries: Mapping[str, Capture | Later]) -> bool:
        """Whether entries can be laid over what was read: none tells of a capture of which others spoke already."""
        told = {entry.id for entry in entries.values() if isinstance(entry, Capture)}
        return told.isdisjoint(self.captures) and told.isdisjoint(self.early)

    def over(self, entries: Mapping[str, Capture | Later]) -> Log:
        """What the log says with these entries, by name, the later over the earlier."""
        captures, judged, early = {**self.captures}, {**self.judged}, {*self.early}
        told = {entry.id: entry for entry in entries.values() if isinstance(entry, Capture)}
        captures |= told
        of = {**self.of}
        for capture in told.values():
            of[capture.dataset] = (*of.get(capture.dataset, ()), capture.id)
        for name, entry in entries.items():
            if isinstance(entry, Capture):
                continue
            if entry.capture not in captures:
                early.add(entry.capture)
                continue
            captures[entry.capture] = replace(captures[entry.capture], **entry.changes)
            if entry.judges:
                judged[entry.capture] = name
        return Log(captures, judged, frozenset(early), of)


@dataclass(frozen=True)
class Read:
    """The entries of a log that were read, by name, what they say, and how many of them the copy has."""

    names: tuple[str, ...] = ()
    log: Log = field(default_factory=Log)
    copied: int = 0

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(self.names)

    def lists(self, names: Sequence[str]) -> bool:
        """Whether these are its entries and nothing else: asked often, of logs of any length, and sooner said than sorted."""
        return len(names) == len(self.names) and self._named.issuperset(names)


_read: dict[Path, Read] = {}
"""What this process read of each log."""

_wrote: dict[Path, datetime] = {}
"""The moment of the newest entry that this process wrote to each log."""


_once: set[Path] = set()
"""The logs of which this process does not ask now what others wrote."""


def read(folder: Path) -> Log:
    """What the entries of a log say; of one that has grown, only those are read that came. Raises Unusable."""
    known = _read.get(folder)
    if known and folder in _once:
        return known.log
    listed = _listed(folder)
    if known and known.lists(listed):
        return known.log
    names = tuple(sorted(name for name in listed if name[0] in digits and name.endswith(".json")))
    if known is None or names[: len(known.names)] != known.names:
        known = _copy(folder, names)
    if names == known.names:
        _read[folder] = known
        return known.log
    came, log = _entries(folder, names[len(known.names) :]), known.log
    if not log.takes(came):
        came, log = _entries(folder, names), Log()
    _read[folder] = Read(names, log.over(came), known.copied)
    return _read[folder].log


def wrote(folder: Path, name: str) -> None:
    """Lay an entry that this process wrote over what it read, so that nothing has to be asked for it."""
    known = _read.pop(folder, None)
    if known is None or known.names[-1:] > (name,):
        return
    came = _entries(folder, [name])
    if known.log.takes(came):
        _read[folder] = Read((*known.names, name), known.log.over(came), known.copied)


@contextmanager
def read_once(folder: Path) -> Iterator[None]:
    """Read a log now, and within this not ask again what others write to it; raises Unusable."""
    read(folder)
    outermost = folder not in _once
    _once.add(folder)
    try:
        yield
    finally:
        if outermost:
            _once.discard(folder)


def newest(folder: Path) -> datetime | None:
    """When the newest entry was written of those that this process read."""
    known = _read.get(folder, Read()).names
    return stamp(known[-1]) if known else None


def later(folder: Path, now: datetime) -> datetime:
    """When an entry is written: now, or right after what it may rest on, all that this process read and wrote before."""
    known = [moment for moment in (newest(folder), _wrote.get(folder)) if moment]
    _wrote[folder] = max([now, *(moment + timedelta(microseconds=1) for moment in known)])
    return _wrote[folder]


def checks(folder: Path, name: str) -> tuple[Check, ...]:
    """The checks that an entry holds; raises Unusable."""
    try:
        content = json.loads((folder / name).read_bytes())["content"]
        return tuple(stated_check(check) for check in content["checks"])
    except (ValueError, KeyError, TypeError) as error:
        raise _unusable(folder / name, error) from error


def copy(folder: Path) -> None:
    """Keep what this process read of a log for those that come after it, where many entries came since the last copy."""
    known = _read.get(folder, Read())
    if len(known.names) - known.copied < SELDOM:
        return
    content = {
        "entries": len(known.names),
        "digest": _digest(folder, known.names),
        "captures": [vars(capture) for capture in known.log.captures.values()],
        "judged": known.log.judged,
        "early": sorted(known.log.early),
    }
    with suppress(OSError):  # on a full disk, say: nothing depends on it, and what was published stands
        write_whole(folder.parent / COPY, json.dumps(content, default=str).encode())
        _read[folder] = replace(known, copied=len(known.names))


def _listed(folder: Path) -> list[str]:
    """What lies in the folder of a log: asked often, of logs of any length."""
    try:
        return os.listdir(folder)  # noqa: PTH208 - a path for each of thousands takes ten times as long
    except FileNotFoundError:
        return []


def _copy(folder: Path, names: tuple[str, ...]) -> Read:
    """What the copy says of the first entries, where they are still those that it was made of; else nothing."""
    try:
        content = json.loads((folder.parent / COPY).read_bytes())
        first = names[: content["entries"]]
        if content["digest"] != _digest(folder, first):
            return Read()
        captures = [_capture(one) for one in content["captures"]]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return Read()
    log = replace(Log().over({one.id: one for one in captures}), judged=content["judged"])
    return Read(first, replace(log, early=frozenset(content["early"])), len(first))


def _digest(folder: Path, names: Sequence[str]) -> str:
    """A checksum of entries by name, size and time, and of what a capture has: another one, and a copy is of no use."""
    stated = (f"{name} {(told := (folder / name).stat()).st_size} {told.st_mtime_ns}" for name in names)
    return hashlib.sha256("\n".join([*Capture.__dataclass_fields__, *stated]).encode()).hexdigest()


def _entries(folder: Path, names: Sequence[str]) -> dict[str, Capture | Later]:
    return {name: _entry(folder / name) for name in names}


@lru_cache(maxsize=200_000)
def _entry(path: Path) -> Capture | Later:
    """One entry of a log; it never changes, so a process reads it once. Raises Unusable."""
    try:
        return _told(path, json.loads(path.read_bytes()))
    except (ValueError, KeyError, TypeError) as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: Exception) -> Unusable:
    return Unusable(
        f"{path}: no entry of a log ({type(error).__name__}: {error}): restore it from a copy, or move it "
        "away, and what it says no longer counts"
    )


def _told(path: Path, entry: dict[str, Any]) -> Capture | Later:
    content = entry["content"]
    if entry["kind"] == "capture":
        return _capture(content)
    if entry["kind"] == "confirmation":
        return Later(content["capture"], _moments(content, SEEN_AGAIN), judges=False)
    changes = {
        "state": content["state"],
        "why": content["why"],
        "judged_at": stamp(path.name),
        "decided_by": content.get("by", ""),
    }
    return Later(content["capture"], changes, judges="checks" in content)


def stamp(name: str) -> datetime:
    """When an entry was written, as its name says."""
    return datetime.strptime(name.partition("-")[0], STAMP).replace(tzinfo=UTC)


def _capture(content: dict[str, Any]) -> Capture:
    return Capture(**cast(Any, {**content, **_moments(content, MOMENTS)}))


def _moments(content: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: datetime.fromisoformat(content[name]) if content.get(name) else None for name in names}
