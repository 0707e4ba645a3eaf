"""Commands that take turns of a second, so that one machine is as fast for the one as for the other while they run.

Machines change their speed within minutes, by more than what growth has to tell apart. What the commands do does not
belong here.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from benchmarks.measure import ROOT

LONG, SHORT = 1.0, 0.5
"""Seconds of a turn: of the command that is measured once, and of the one that comes again and again."""


@dataclass(frozen=True)
class Ended:
    """What a command said in the last line it wrote, as JSON, and when it was awake."""

    said: dict[str, Any]
    awake: Sequence[tuple[float, float]]

    def seconds(self, since: float, until: float) -> float:
        """How long it was awake between two moments of ``time.monotonic``."""
        return sum(max(0.0, min(end, until) - max(start, since)) for start, end in self.awake)


@dataclass
class _Running:
    """A command that sleeps except in its turns."""

    command: Sequence[str]
    awake: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115 - end() closes it
        self._complained = tempfile.TemporaryFile("w+")  # noqa: SIM115 - as above
        self._process: subprocess.Popen[bytes] | None = None

    def turn(self, seconds: float | None) -> bool:
        """Let it work for so long, or to its end; whether it has ended."""
        started = time.monotonic()
        if self._process is None:
            self._process = subprocess.Popen(
                self.command, cwd=ROOT, stdout=self._said, stderr=self._complained
            )
        else:
            self._process.send_signal(signal.SIGCONT)
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, self._process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        self.awake.append((started, time.monotonic()))
        return self._process.poll() is not None

    def ended(self) -> Ended:
        """What it said; raises RuntimeError with what it complained of."""
        if self._process is None or self._process.returncode:
            self._complained.seek(0)
            raise RuntimeError(f"{' '.join(self.command)}: {self._complained.read()[-3000:]}")
        self._said.seek(0)
        return Ended(json.loads(self._said.read().splitlines()[-1]), self.awake)

    def end(self) -> None:
        """Let go of what it holds, and of itself where it still runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._said.close()
        self._complained.close()


def in_turns(once: Sequence[str], again: Callable[[int], Sequence[str]]) -> tuple[Ended, list[Ended]]:
    """The one command, and those that ended beside it of the others, made by number one after the other; at least one.

    Raises RuntimeError where a command fails.
    """
    ended: list[Ended] = []
    numbers = count()
    long, short = _Running(once), _Running(again(next(numbers)))
    try:
        while not long.turn(LONG):
            if short.turn(SHORT):
                ended.append(short.ended())
                short.end()
                short = _Running(again(next(numbers)))
        if not ended:
            short.turn(None)
            ended.append(short.ended())
        return long.ended(), ended
    finally:
        long.end()
        short.end()


def alone(command: Sequence[str]) -> Ended:
    """A command that has the machine for itself."""
    running = _Running(command)
    try:
        running.turn(None)
        return running.ended()
    finally:
        running.end()
