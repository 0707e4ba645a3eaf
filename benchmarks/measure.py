"""Timing a command as a whole process: wall and processor seconds, and peak memory.

Which commands are worth timing does not belong here.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Cost:
    """What one run took; peak memory is that of the largest single process."""

    wall: float
    processor: float
    peak_megabytes: float


def run(command: Sequence[str], environment: Mapping[str, str], codes: Sequence[int] = (0,)) -> Cost:
    """The cost of one run; raises RuntimeError with what the command said when its exit code is another."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        raise RuntimeError(f"{' '.join(command)} gave {process.returncode}: {said.decode()[-2000:]}")
    wall = time.perf_counter() - started
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each measure."""
    return Cost(
        median(c.wall for c in costs),
        median(c.processor for c in costs),
        median(c.peak_megabytes for c in costs),
    )
