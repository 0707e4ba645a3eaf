"""How many people several processes of the pages serve behind nginx, each person kept with one process by a cookie.

``python -m benchmarks.readers --home DIR --processes 1 2 --people 25 50``; how one person behaves stands in
``crowd.py``. The people are simulated on the same machine: what they take of it stands in the table.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import resource
import ssl
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import quantiles

from benchmarks.crowd import THINKS, Door, Reader, Seen
from dashboards.server import start
from tests.nginx import Proxy, free_port, nginx

TICKS = os.sysconf("SC_CLK_TCK")
WARM = 25.0
"""Seconds for which a fifth of the people look around before each measurement of so many processes."""

HEAD = """\
| people | processes | clicks | p50, ms | p95, ms | errors | memory of the pages, MB | cores: pages | nginx | the people | \
people per core of the pages |
|---|---|---|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True)
class Taken:
    """Processor seconds up to now: of the pages, of nginx, of the people."""

    pages: float
    nginx: float
    people: float


@dataclass(frozen=True)
class Site:
    """Processes of the pages behind nginx."""

    pages: Sequence[int]
    proxy: Proxy

    def taken(self) -> Taken:
        workers = Path(f"/proc/{self.proxy.process}/task/{self.proxy.process}/children").read_text().split()
        own = resource.getrusage(resource.RUSAGE_SELF)
        return Taken(
            sum(map(_seconds, self.pages)),
            sum(_seconds(int(one)) for one in workers),
            own.ru_utime + own.ru_stime,
        )

    def megabytes(self) -> float:
        return sum(_megabytes(process) for process in self.pages)

    def doors(self, people: int) -> list[Door]:
        """A door for each person, who has opened the first page and was given a cookie."""
        context = ssl.create_default_context(cafile=str(self.proxy.certificate))
        address = f"https://127.0.0.1:{self.proxy.secure}/"
        found = []
        for _ in range(people):
            with urllib.request.urlopen(address, context=context) as answer:
                cookie = answer.headers["Set-Cookie"].partition(";")[0]
            found.append(Door(self.proxy.secure, context, cookie))
        return found


@contextmanager
def site(home: Path, processes: int, folder: Path) -> Iterator[Site]:
    """So many processes of the pages of a home behind nginx, which end with the block."""
    with ExitStack() as held:
        ports = [free_port() for _ in range(processes)]
        servers = []
        for port in ports:
            servers.append(start(port, home))
            held.callback(servers[-1].wait)
            held.callback(servers[-1].terminate)
        for port in ports:
            _answering(port)
        proxy = held.enter_context(nginx(folder, ports, free_port()))
        yield Site([server.pid for server in servers], proxy)


async def visited(doors: Sequence[Door], seconds: float, seed: str) -> Seen:
    """What people saw who click at a steady rate, as if they had been there for long."""
    seen, until = Seen(), time.monotonic() + seconds
    everybody = [(Reader(door, chance, seen), _until_next(chance)) for door, chance in _chances(doors, seed)]
    await asyncio.gather(*(reader.stay(first, until) for reader, first in everybody if first < seconds))
    return seen


def _chances(doors: Sequence[Door], seed: str) -> Iterator[tuple[Door, random.Random]]:
    for number, door in enumerate(doors):
        yield door, random.Random(f"{seed} {number}")  # noqa: S311 - repeatable


def _until_next(chance: random.Random) -> float:
    """Seconds until the next click of somebody who was watched from a moment that has nothing to do with clicks."""
    low, high = THINKS
    pause = sqrt(
        chance.uniform(low * low, high * high)
    )  # a long pause is hit upon more often than a short one
    return pause * chance.random()


def measured(here: Site, processes: int, people: int, seconds: float) -> str:
    """One row of the table."""
    doors = here.doors(people)
    before, began = here.taken(), time.monotonic()
    seen = asyncio.run(visited(doors, seconds, f"{processes} {people}"))
    spent, after = time.monotonic() - began, here.taken()
    cores = [(b - a) / spent for a, b in zip(vars(before).values(), vars(after).values(), strict=True)]
    half, most = quantiles(seen.reruns, n=2)[0], quantiles(seen.reruns, n=20)[-1]
    for error in dict.fromkeys(seen.errors):
        print("error:", error)
    return (
        f"| {people} | {processes} | {len(seen.reruns)} | {1000 * half:.0f} | {1000 * most:.0f} | {len(seen.errors)} | "
        f"{here.megabytes():.0f} | {cores[0]:.2f} | {cores[1]:.2f} | {cores[2]:.2f} | {people / cores[0]:.0f} |"
    )


def _seconds(process: int) -> float:
    """Processor seconds of a process and all its threads."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _megabytes(process: int) -> float:
    """The memory of a process; what it shares with others counts in parts."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return float(line.split()[1]) / 1024
    raise RuntimeError(f"process {process} is gone")


def _answering(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no pages answer at port {port}")


def main() -> None:
    """Measure each number of processes with each number of people, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.readers", description=__doc__)
    parser.add_argument(
        "--home", type=Path, required=True, help="a home with a release; nothing is written there"
    )
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--people", type=int, nargs="+", default=[25, 50, 100, 200])
    parser.add_argument("--seconds", type=float, default=40, help="of each measurement")
    asked = parser.parse_args()
    os.environ["OBSERVATORY_OFFLINE"] = "1"
    print(HEAD, flush=True)
    for processes in asked.processes:
        with (
            tempfile.TemporaryDirectory(prefix="readers-") as name,
            site(asked.home, processes, Path(name)) as here,
        ):
            asyncio.run(visited(here.doors(max(asked.people) // 5), WARM, "warm"))
            for people in asked.people:
                print(measured(here, processes, people, asked.seconds), flush=True)


if __name__ == "__main__":
    main()
