"""Many people on the pages while the observatory refreshes under them: how long a rerun takes, and what breaks.

``python -m benchmarks.fire --people 50 --minutes 10``; how one person behaves stands in ``crowd.py``.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

from benchmarks.crowd import Seen, crowd, tour
from benchmarks.measure import ROOT
from dashboards.server import start
from sources.eurostat import DATASETS
from tests.replica import Replica, generated
from warehouse.read import current

AI = DATASETS[0]
SLOWER_AT_MOST = 1.5
GROWS_AT_MOST = 1.15
"""The memory of the last third beside that of the middle third."""

OBSERVATORY = [sys.executable, "-m", "observatory"]
NICE = 10
"""As the service of deploy/systemd has it."""


@dataclass
class Phase:
    """What the crowd saw, what the refreshes gave, and the memory of the server, and of what it starts, over time in megabytes."""

    seen: Seen
    refreshes: list[int] = field(default_factory=list)
    releases: set[str] = field(default_factory=set)
    memory: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        return quantiles(self.seen.reruns, n=20)[-1]

    @property
    def growth(self) -> float:
        """The memory of the last third beside that of the middle third."""
        third = max(1, len(self.memory) // 3)
        return max(self.memory[-third:]) / max(self.memory[-2 * third : -third] or self.memory[:1])


class Served:
    """A replica with every table, a home that has published them, and the pages as a process of their own."""

    def __init__(self, folder: Path, home: Path | None, replica: Replica) -> None:
        self.home, self.replica, self.edition = folder / "home", replica, 0
        self.settings = {
            **os.environ, "OBSERVATORY_HOME": str(self.home), "OBSERVATORY_OFFLINE": "0",
            "OBSERVATORY_EUROSTAT_URL": replica.eurostat_url, "OBSERVATORY_PSTW_URL": replica.pstw_url,
        }  # fmt: skip
        if home:
            shutil.copytree(home, self.home)
        self.change()
        self.refresh(*(() if home is None else ("--only", AI.id)))

    def change(self) -> None:
        """Let the server have another table of AI in enterprises."""
        self.edition += 1
        rows = generated.table(AI, shift=(self.edition % 8) / 10)  # as much as revisions usually change
        (self.replica.folder / f"{AI.code}.tsv").write_bytes(rows)
        self.replica.updated[AI.code] = (datetime.now(UTC) + timedelta(seconds=self.edition)).isoformat()

    def refresh(self, *words: str) -> int:
        command = ["nice", "-n", str(NICE), *OBSERVATORY, "refresh", *words]
        return subprocess.run(
            command, env=self.settings, cwd=ROOT, capture_output=True, check=False
        ).returncode

    @contextmanager
    def pages(self) -> Iterator[tuple[int, int]]:
        """The port and the process id of the pages."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = start(port, self.home)
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield port, server.pid
        finally:
            server.terminate()
            server.wait()


def _wait_for(url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own server on loopback
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"nobody answers at {url}")


def _megabytes(process: int) -> float:
    """The resident memory of a process and of those that it started; raises RuntimeError where it is gone."""
    if not (own := _resident(process)):
        raise RuntimeError(f"process {process} is gone")
    started = "".join(path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children"))
    return own + sum(_resident(int(child)) for child in started.split())


def _resident(process: int) -> float:
    """The resident memory of a process; zero once it has ended."""
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    return sum(float(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmRSS:"))


async def phase(
    served: Served, port: int, process: int, people: int, minutes: float, refreshing: bool
) -> Phase:
    """The crowd on the pages for some minutes; where it is ``refreshing``, under a changed table every minute."""
    found = Phase(Seen())
    going = asyncio.create_task(crowd(port, people, minutes * 60, found.seen))
    burning = asyncio.create_task(_refresh(served, going, found)) if refreshing else going
    while not (going.done() and burning.done()):
        found.memory.append(_megabytes(process))
        await asyncio.wait({going, burning}, timeout=5, return_when=asyncio.ALL_COMPLETED)
    await asyncio.gather(going, burning)
    return found


async def _refresh(served: Served, going: asyncio.Task[None], found: Phase) -> None:
    """A changed table and a refresh at the start of every minute, or as soon as the one before is done."""
    while not going.done():
        minute = asyncio.create_task(asyncio.sleep(60))
        served.change()
        found.refreshes.append(await asyncio.to_thread(served.refresh, "--only", AI.id))
        found.releases.add(str(current(served.home)))
        await asyncio.wait({going, minute}, return_when=asyncio.FIRST_COMPLETED)
        minute.cancel()


def table(people: int, before: float, minutes: float, calm: Phase, fire: Phase) -> list[str]:
    """The two phases beside each other, in Markdown."""
    lines = [
        f"{people} people, {before:g} minutes and then {minutes:g} under refreshes, {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores.",
        "",
        "| phase | reruns | p50 | p95 | error pages | releases seen | memory, first, last and most |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, one in (("without refreshes", calm), ("a refresh every minute", fire)):
        half = quantiles(one.seen.reruns, n=2)[0]
        lines.append(
            f"| {name} | {len(one.seen.reruns):,} | {1000 * half:.0f} ms | {1000 * one.p95:.0f} ms | "
            f"{len(one.seen.errors)} | {len(one.releases) or 1} | {one.memory[0]:.0f}, {one.memory[-1]:.0f} and {max(one.memory):.0f} MB |"
        )
    return lines


def faults(calm: Phase, fire: Phase) -> list[str]:
    """What is not as it should be."""
    said = [f"an error page: {text}" for text in dict.fromkeys([*calm.seen.errors, *fire.seen.errors])]
    if fire.p95 > SLOWER_AT_MOST * calm.p95:
        said.append(f"p95 is {fire.p95 / calm.p95:.2f} times that without refreshes")
    if fire.growth > GROWS_AT_MOST:
        said.append(f"memory grew {fire.growth:.2f} times from the middle third to the last")
    if any(fire.refreshes):
        said.append(f"refreshes ended with {sorted(set(fire.refreshes))}")
    if len(fire.releases) < len(fire.refreshes):
        said.append(f"{len(fire.refreshes)} refreshes made {len(fire.releases)} releases")
    return said


def main() -> int:
    """Measure, print, and say by the exit code whether all is as it should be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fire", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10, help="under refreshes")
    parser.add_argument("--calm", type=float, default=5, help="minutes without refreshes, before that")
    parser.add_argument("--home", type=Path, help="a home to copy; without it every table is made up")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fire-") as name:
        tables = Path(name) / "tables"
        tables.mkdir()
        generated.write(tables)
        with Replica(tables) as replica:
            served = Served(Path(name), asked.home, replica)
            with served.pages() as (port, process):
                asyncio.run(tour(port))  # no page is seen for the first time in either phase
                calm = asyncio.run(phase(served, port, process, asked.people, asked.calm, False))
                fire = asyncio.run(phase(served, port, process, asked.people, asked.minutes, True))
    print("\n".join(table(asked.people, asked.calm, asked.minutes, calm, fire)))
    said = faults(calm, fire)
    print("\n".join(said) or "All as it should be.")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
