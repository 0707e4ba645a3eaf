"""What a refresh of every table takes with its steps in one process, in processes of their own, and shared by two workers.

``python -m benchmarks.workers --latency 0.4``; the tables come from a replica on loopback and are small, so that what is
measured is the steps' own weight. How costs grow with tables belongs to ``growth.py``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.measure import ROOT
from sources.eurostat import DATASETS
from tests.replica import Replica, generated
from warehouse.archive import Archive
from warehouse.release import releases

NAMES = [dataset.id for dataset in DATASETS]
WAYS: Mapping[str, tuple[Mapping[str, str], Sequence[Sequence[str]]]] = {
    "one process": ({}, [NAMES]),
    "a process for each step, two at once": ({"OBSERVATORY_EXECUTOR": "multiprocess"}, [NAMES]),
    "two workers with half of the tables each, one step at once": (
        {"OBSERVATORY_EXECUTOR": "multiprocess", "OBSERVATORY_STEPS_AT_ONCE": "1"},
        [NAMES[::2], NAMES[1::2]],
    ),
}
"""The settings of each way, and the tables that each of its workers is asked for."""


def refreshed(home: Path, environment: Mapping[str, str], shares: Sequence[Sequence[str]]) -> float:
    """Seconds until every worker has ended; raises RuntimeError where one failed or a capture is not in the release."""
    began = time.monotonic()
    workers = [_worker(home, environment, share) for share in shares]
    said = [worker.communicate()[1] for worker in workers]
    taken = time.monotonic() - began
    if any(worker.returncode for worker in workers):
        raise RuntimeError("\n".join(said))
    held = {one.id for one in Archive(home).captures() if one.state == "accepted" and one.origin == "live"}
    if len(held) < len(NAMES) or held - {one.id for one in releases(home)[-1].captures}:
        raise RuntimeError(f"{home}: a capture is lost")
    return taken


def _worker(home: Path, environment: Mapping[str, str], tables: Sequence[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "observatory", "refresh"]
    for name in tables:
        command += ["--only", name]
    settings = {**os.environ, **environment, "OBSERVATORY_HOME": str(home)}
    return subprocess.Popen(command, cwd=ROOT, env=settings, stderr=subprocess.PIPE, text=True)


def main() -> None:
    """Measure each way in a home of its own, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workers", description=__doc__)
    parser.add_argument(
        "--latency", type=float, default=0.0, help="seconds that the server lets each answer wait"
    )
    asked = parser.parse_args()
    os.environ.pop("DAGSTER_HOME", None)
    print(f"| how {len(NAMES)} tables are refreshed | seconds | releases |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(prefix="workers-") as name:
        tables = Path(name) / "tables"
        tables.mkdir()
        generated.write(tables)
        with Replica(tables, latency=asked.latency) as replica:
            common = {"OBSERVATORY_EUROSTAT_URL": replica.eurostat_url, "OBSERVATORY_OFFLINE": "0"}
            for number, (way, (environment, shares)) in enumerate(WAYS.items()):
                home = Path(name) / str(number)
                taken = refreshed(home, {**common, **environment}, shares)
                print(f"| {way} | {taken:.1f} | {len(releases(home))} |", flush=True)


if __name__ == "__main__":
    main()
