"""How many people several processes of the pages serve behind nginx, each person kept with one process by a cookie.

``python -m benchmarks.readers --home DIR --processes 1 2 --people 25 50``. How a person asks stands in ``people.py``, and
of people who go from page to page in ``crowd.py``. They are simulated on the same machine; what they take of it is told.
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
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from websockets.exceptions import WebSocketException

from benchmarks.door import Door
from benchmarks.people import Person, everything_once
from dashboards.server import start
from tests.nginx import Proxy, free_port, nginx

PAGES = ("", "enterprises", "labour", "indicator")
"""What people look at, a quarter of them each; they change the country."""

COUNTRIES = 9
"""How many countries they choose from; each process has shown every one of them before."""

PAUSE = 20.0
"""Seconds between what a person saw and the next change, give or take a fifth."""

PATIENCE = 60.0
COMING = 4
"""How many people open their page at once."""

TICKS = os.sysconf("SC_CLK_TCK")
HEAD = (
    "| people | processes | changes | p50, ms | p95, ms | errors | memory of the pages, MB "
    "| cores: pages | nginx | the people | people per core of the pages |\n" + "|---" * 11 + "|"
)


@dataclass
class Visitor:
    """A person who stays, and when each change was asked for and how long it took."""

    person: Person
    changes: list[tuple[float, float]] = field(default_factory=list)
    waiting: float | None = None
    error: str = ""
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def stay(self) -> None:
        """Open the page and change the country until nobody wants to know any more."""
        draw = random.Random(self.person.seed)  # noqa: S311 - who chooses which country when is no secret
        try:
            async with self.person.door.connect() as socket:
                await asyncio.wait_for(self.person.ask(socket, ""), PATIENCE)
                self.opened.set()
                chosen = self.person.options[:COUNTRIES]
                await self.person.read(socket, draw.uniform(0, PAUSE))
                while True:
                    self.waiting = began = time.monotonic()
                    await asyncio.wait_for(self.person.ask(socket, draw.choice(chosen)), PATIENCE)
                    self.changes.append((began, time.monotonic() - began))
                    self.waiting = None
                    await self.person.read(socket, PAUSE * draw.uniform(0.8, 1.2))
        except (OSError, TimeoutError, RuntimeError, WebSocketException) as error:
            self.error = f"{type(error).__name__}: {error}"
        finally:
            self.opened.set()

    def since(self, moment: float) -> list[float]:
        """The seconds of each change that was waited for after a moment; one that still is, as long as it has been."""
        ended = [taken for began, taken in self.changes if began + taken >= moment]
        return ended if self.waiting is None else [*ended, time.monotonic() - self.waiting]


@dataclass(frozen=True)
class Site:
    """Processes of the pages behind nginx."""

    pages: Sequence[int]
    ports: Sequence[int]
    proxy: Proxy

    def taken(self) -> tuple[float, float, float]:
        """Processor seconds up to now: of the pages, of nginx, of the people."""
        workers = Path(f"/proc/{self.proxy.process}/task/{self.proxy.process}/children").read_text().split()
        own = resource.getrusage(resource.RUSAGE_SELF)
        proxy = sum(_seconds(int(worker)) for worker in workers)
        return sum(map(_seconds, self.pages)), proxy, own.ru_utime + own.ru_stime

    def megabytes(self) -> float:
        return sum(map(_megabytes, self.pages))

    def door(self) -> Door:
        """The door of somebody who asked for the first page and was given a cookie."""
        context = ssl.create_default_context(cafile=str(self.proxy.certificate))
        address = f"https://127.0.0.1:{self.proxy.secure}/"
        with urllib.request.urlopen(address, context=context) as answer:
            cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return Door(self.proxy.secure, context, cookie)


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
        yield Site([server.pid for server in servers], ports, proxy)


async def rows(here: Site, numbers: Sequence[int], seconds: float) -> None:
    """Print a row for each number of people, who come one after the other and stay; every country was asked for before."""
    await asyncio.gather(*(_warm(Door(port)) for port in here.ports))
    visitors: list[Visitor] = []
    staying = []
    for people in numbers:
        while len(visitors) < people:
            new = [
                Visitor(Person(here.door(), PAGES[number % len(PAGES)], number))
                for number in range(len(visitors), min(people, len(visitors) + COMING))
            ]
            staying += [asyncio.create_task(visitor.stay()) for visitor in new]
            await asyncio.gather(*(visitor.opened.wait() for visitor in new))
            visitors += new
        before, began = here.taken(), time.monotonic()
        await asyncio.sleep(seconds)
        spent, after = time.monotonic() - began, here.taken()
        changes = [taken for visitor in visitors for taken in visitor.since(began)]
        errors = [visitor.error for visitor in visitors if visitor.error]
        cores = [(late - early) / spent for early, late in zip(before, after, strict=True)]
        print(
            f"| {people} | {len(here.pages)} | {len(changes)} | {1000 * median(changes):.0f} | "
            f"{1000 * quantiles(changes, n=20)[-1]:.0f} | {len(errors)} | {here.megabytes():.0f} | "
            f"{cores[0]:.2f} | {cores[1]:.2f} | {cores[2]:.2f} | {people / cores[0]:.0f} |",
            *(f"error: {error}" for error in dict.fromkeys(errors)),
            sep="\n",
            flush=True,
        )
    for task in staying:
        task.cancel()
    await asyncio.gather(*staying, return_exceptions=True)


async def _warm(door: Door) -> None:
    for page in PAGES:
        await everything_once(door, page, COUNTRIES)


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
    parser.add_argument("--people", type=int, nargs="+", default=[25, 50, 100, 200], help="from few to many")
    parser.add_argument("--seconds", type=float, default=40, help="of each measurement")
    asked = parser.parse_args()
    os.environ["OBSERVATORY_OFFLINE"] = "1"
    print(HEAD, flush=True)
    for processes in asked.processes:
        with (
            tempfile.TemporaryDirectory(prefix="readers-") as name,
            site(asked.home, processes, Path(name)) as here,
        ):
            asyncio.run(rows(here, sorted(asked.people), asked.seconds))


if __name__ == "__main__":
    main()
