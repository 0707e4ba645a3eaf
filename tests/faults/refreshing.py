"""Refreshes of one table in processes of their own, which can be killed at a moment or at a point; and a reader.

What must be true afterwards does not belong here.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Any, Self

from indicators.registry import indicators
from pipelines.refresh import Plan, plan
from pipelines.run import Outcome, run
from sources.eurostat import DATASETS, Eurostat
from sources.formats import open_plain
from sources.settings import Settings
from tests.replica import Replica, generated
from warehouse.archive import Archive
from warehouse.read import open_release

AI = DATASETS[0]
SHOWS_IT = "enterprises_using_ai"

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.faults.refreshing", "great_expectations"])
"""Everything is imported once; each refresh is a fork of a process that has no thread."""


def planned(settings: Settings) -> Plan:
    return plan(settings, [AI.id], sources=[Eurostat(settings)])


def refresh(settings: Settings, waiting: Callable[[], None] = lambda: None) -> Outcome:
    """Refresh the one table, and the one indicator that is computed from it here."""
    return run(settings, planned(settings), waiting=waiting, indicators=[indicators()[SHOWS_IT]])


def _refresh_until(settings: Settings, point: str) -> None:
    """A refresh that dies by kill -9 just before it makes, names or removes what the pattern ``point`` fits."""
    if point:
        sys.addaudithook(partial(_die_at, re.compile(point), settings.home))
    nothing_new = planned(settings).empty
    outcome = refresh(settings)
    sys.exit(0 if nothing_new or (outcome.release and not outcome.problems) else 1)


def _die_at(point: re.Pattern[str], home: Path, event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("os.rename", "os.mkdir", "os.remove"):
        named = str(arguments[1] if event == "os.rename" else arguments[0])
        if named.startswith(str(home)) and point.search(f"{event} {named}"):
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Site:
    """A server whose one table changes at will, and a home that follows it."""

    replica: Replica
    settings: Settings
    edition: int = 0

    def change(self) -> float:
        """Let the server have a table in which every value is that of its edition.

        Any two editions are near enough to each other to be accepted, however many in between were killed.
        """
        self.edition += 1
        value = f"{10 + self.edition % 100 / 50:.2f}"
        (self.replica.folder / f"{AI.code}.tsv").write_bytes(generated.table(AI, value))
        minutes, seconds = divmod(self.edition, 60)
        self.replica.updated[AI.code] = f"2026-03-01T11:{minutes:02}:{seconds:02}+0100"
        return float(value)

    def start(self, point: str = "") -> BaseProcess:
        process = processes.Process(target=_refresh_until, args=(self.settings, point))
        process.start()
        return process

    def whole(self) -> float:
        """How many seconds an undisturbed refresh takes."""
        began = monotonic()
        process = self.start()
        process.join()
        assert process.exitcode == 0
        return monotonic() - began

    def values(self) -> set[float]:
        return set(values_of(self.settings.home))

    def captures(self) -> set[str]:
        """Every capture whose bytes are in the archive as its entry says."""
        archive = Archive(self.settings.home)
        kept = set()
        for capture in archive.captures(AI.id):
            with open_plain(archive.content(AI, capture)) as stream:
                assert sha256(stream.read()).hexdigest() == capture.sha256
            kept.add(capture.id)
        return kept


def values_of(home: Path) -> list[float]:
    """All present figures, and all values of the source table, of the release that readers see."""
    found = open_release(home).query(
        "SELECT value FROM figures WHERE known_to IS NULL AND value IS NOT NULL "
        f"UNION ALL SELECT value FROM {AI.view}"
    )
    return [float(value) for value in found["value"]]


@dataclass
class Reader:
    """Reads the current release without pause while the ``with`` block lasts."""

    home: Path
    seen: list[float] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    reads: int = 0

    def __enter__(self) -> Self:
        self._stop = Event()
        self._thread = Thread(target=self._read)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _read(self) -> None:
        while not self._stop.is_set():
            try:
                values = set(values_of(self.home))
            except Exception as error:
                self.torn.append(repr(error))
                continue
            self.reads += 1
            if len(values) != 1:
                self.torn.append(f"{values} in one release")
            elif self.seen[-1:] != [*values]:
                self.seen += values
