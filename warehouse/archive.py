"""The archive: bytes once, by the checksum of their decompressed content, and a log of every retrieval.

Reading what the bytes mean does not belong here, and nothing here is ever changed or removed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

from sources.formats import open_plain
from sources.model import Capture, Dataset, Origin, Retrieval, Scope, State
from warehouse import log
from warehouse.files import whole, write_whole
from warehouse.log import SEEN_AGAIN, STAMP, Log
from warehouse.model import Check, Decision, Unusable

BLOCK = 1 << 20
DRIFT = timedelta(minutes=5)
"""By how much clocks are set back as a matter of course."""


@dataclass(frozen=True)
class Fingerprint:
    """The checksum and the size in bytes of a file's decompressed content."""

    sha256: str
    size: int


def fingerprint(content: Path) -> Fingerprint:
    """What identifies a plain or gzipped file; raises Unreadable where it cannot be unpacked."""
    digest, size = hashlib.sha256(), 0
    with open_plain(content) as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
            size += len(block)
    return Fingerprint(digest.hexdigest(), size)


class Archive:
    """The archive of one home: ``archive/<source>/<dataset>/<sha256>.gz`` and ``archive/log/``."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "archive"
        self.log = self.folder / "log"

    def add(
        self,
        dataset: Dataset,
        retrieval: Retrieval,
        *,
        scope: Scope,
        origin: Origin,
        known_from: datetime | None,
    ) -> Capture:
        """Keep a retrieval's bytes and log it.

        What a source states again, unchanged, confirms its newest live capture; a file imported before with
        the same date is that capture.
        """
        mark = fingerprint(retrieval.content)
        capture = Capture(
            id=f"{dataset.id}-{retrieval.retrieved_at:%Y%m%dT%H%M%S%f}-{mark.sha256[:8]}",
            dataset=dataset.id,
            url=retrieval.url,
            retrieved_at=retrieval.retrieved_at,
            known_from=known_from,
            source_updated_at=retrieval.source_updated_at,
            sha256=mark.sha256,
            size=mark.size,
            media_type=retrieval.media_type,
            scope=scope,
            origin=origin,
        )
        held = self.captures(dataset.id)
        if origin == "live":
            newest = next((known for known in reversed(held) if known.origin == "live"), None)
            if newest and newest.sha256 == mark.sha256:
                return self._confirm(newest, retrieval)
        elif known := next((one for one in held if _same_content(one, capture)), None):
            return known
        self._store(dataset, mark, retrieval.content)
        self._enter("capture", asdict(capture))
        return capture

    def check_clock(self) -> None:
        """Raise Unusable where the clock stands well before what is logged: only time tells what is newest."""
        self._read()
        now, newest = datetime.now(UTC), log.newest(self.log)
        if newest and newest > now + DRIFT:
            raise Unusable(
                f"the clock says {now:%Y-%m-%d %H:%M} UTC, and {self.log} holds an entry of "
                f"{newest:%Y-%m-%d %H:%M} UTC: set the clock, or move away the entries that are dated too late"
            )

    def read_once(self) -> AbstractContextManager[None]:
        """Ask now, and within this not again, what others logged; what is logged here is known. Raises Unusable."""
        return log.read_once(self.log)

    def captures(self, dataset: str | None = None) -> list[Capture]:
        """Every capture, of one dataset or of all, in the order of retrieval, with its newest verdict."""
        return [*self._read().captures.values()] if dataset is None else self.captures_of([dataset])

    def captures_of(self, datasets: Iterable[str]) -> list[Capture]:
        """The captures of these datasets, one dataset after the other, each in the order of retrieval."""
        log = self._read()
        return [log.captures[capture] for dataset in datasets for capture in log.of.get(dataset, ())]

    def decisions(self) -> tuple[Decision, ...]:
        """The newest verdict on each capture on which a person decided last, by capture id."""
        return tuple(
            Decision(one.id, one.state, one.why, one.decided_by, cast(datetime, one.judged_at))
            for _, one in sorted(self._read().captures.items())
            if one.decided_by
        )

    def judge(self, capture: Capture, state: State, why: str, checks: Sequence[Check] = ()) -> Capture:
        """Log a verdict on a capture, with the checks that it rests on; the newest verdict counts."""
        verdict = {
            "capture": capture.id,
            "state": state,
            "why": why,
            "checks": [asdict(check) for check in checks],
        }
        now = self._enter("verdict", verdict)
        return replace(capture, state=state, why=why, judged_at=now, decided_by="")

    def decide(self, capture: Capture, state: State, why: str, by: str) -> Capture:
        """Log what a person decided on a capture, with the reason; its checks stay on record beside it."""
        now = self._enter("decision", {"capture": capture.id, "state": state, "why": why, "by": by})
        return replace(capture, state=state, why=why, judged_at=now, decided_by=by)

    def checks(self, captures: Sequence[Capture]) -> dict[str, tuple[Check, ...]]:
        """The checks of the newest verdict on each of the captures that has one, by capture id."""
        known = self._read().judged
        return {c.id: log.checks(self.log, known[c.id]) for c in captures if c.id in known}

    def copy_log(self) -> None:
        """Keep what the log says for later processes, which then read only what came since."""
        self._read()
        log.copy(self.log)

    def content(self, dataset: Dataset, capture: Capture) -> Path:
        """The gzipped bytes of a capture."""
        return self._path(dataset, capture.sha256)

    def _confirm(self, known: Capture, retrieval: Retrieval) -> Capture:
        updated = retrieval.source_updated_at or known.source_updated_at
        again = replace(known, confirmed_at=retrieval.retrieved_at, source_updated_at=updated)
        seen = {name: getattr(again, name) for name in SEEN_AGAIN}
        self._enter("confirmation", {"capture": known.id, **seen})
        return again

    def _path(self, dataset: Dataset, sha256: str) -> Path:
        return self.folder / dataset.source / dataset.id / f"{sha256}.gz"

    def _store(self, dataset: Dataset, mark: Fingerprint, content: Path) -> None:
        path = self._path(dataset, mark.sha256)
        if path.exists():
            return
        with (
            whole(path) as aside,
            open_plain(content) as stream,
            aside.open("wb") as raw,
            gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed,
        ):
            while block := stream.read(BLOCK):
                packed.write(block)

    def _enter(self, kind: str, content: dict[str, Any]) -> datetime:
        """Write an entry, later than all that was read when it was decided upon; gives the moment that its name states."""
        now = datetime.now(UTC)
        text = json.dumps({"kind": kind, "content": content}, default=str, indent=1)
        stamp = log.later(self.log, now)
        name = f"{stamp:{STAMP}}-{kind}-{uuid4().hex[:6]}.json"
        write_whole(self.log / name, text.encode())
        log.wrote(self.log, name)
        return stamp

    def _read(self) -> Log:
        """All that the log says. Raises Unusable."""
        return log.read(self.log)


def _same_content(known: Capture, new: Capture) -> bool:
    return (known.sha256, known.known_from, known.scope, known.origin) == (
        new.sha256,
        new.known_from,
        new.scope,
        new.origin,
    )
