"""How costs grow with observations, datasets and vintages: of refreshes, of what they consist of, and of readers' questions.

Which growth a deployment should expect belongs to docs/scale.md; what one command costs today, to ``run``.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median
from typing import Any

from benchmarks.growing import FIRST, Tables, indicators, renew, write
from benchmarks.measure import ROOT
from benchmarks.turns import Ended, alone, in_turns
from sources.model import Retrieval
from sources.settings import Settings
from warehouse.archive import Archive

ASKED = 9
"""How often a question is asked; the median counts."""
AGAIN = 3
"""How often this is measured, each home in turn; the mean counts."""


@dataclass(frozen=True)
class Size:
    """What a home holds: tables, observations in the first and in each other one, vintages of the first."""

    datasets: int = 1
    observations: int = 20_000
    others: int = 1_000
    vintages: int = 1


GROWTH: Mapping[str, Sequence[Size]] = {
    "observations in one table": [Size(observations=n) for n in (1_000_000, 10_000_000, 50_000_000)],
    "datasets": [Size(datasets=n) for n in (10, 100, 1_000)],
    "vintages of one table": [Size(vintages=n) for n in (1, 50, 500)],
}


def refresh(home: Path, folder: Path) -> dict[str, Any]:
    """When a refresh in this process began and when each step ended, by its kind; peak memory; nothing imported meanwhile."""
    import great_expectations  # noqa: F401  # libraries that the first verdict and projection would import
    import statsmodels.api  # noqa: F401

    from pipelines.refresh import plan
    from pipelines.run import run

    gc.freeze()  # a refresh that finds nothing new loads none of them, and has no such heap to walk through
    settings, sources = Settings(home=home), [Tables(folder)]
    steps: list[tuple[str, float]] = []

    def report(name: str, _done: int, _of: int) -> None:
        kind = name if name == "release" else "figures" if name.startswith("figures of") else "tables"
        steps.append((kind, time.monotonic()))

    began = time.monotonic()
    outcome = run(settings, plan(settings, sources=sources), report, indicators=indicators(sources[0]))
    ended = time.monotonic()
    gc.unfreeze()
    if outcome.problems:
        raise RuntimeError("; ".join(outcome.problems))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"began": began, "steps": steps, "ended": ended, "peak": peak}


def ask(home: Path, _folder: Path) -> dict[str, float]:
    """Median seconds of what readers ask of a release: an indicator as of a day, and a page's rerun."""
    os.environ["OBSERVATORY_HOME"] = str(home)
    from streamlit.testing.v1 import AppTest

    from warehouse.read import known, open_release

    opened = open_release(home)
    days = [(FIRST + timedelta(days=number)).date() for number in range(ASKED)]

    def as_of(day: date) -> object:
        return opened.query(
            f"SELECT * FROM figures WHERE indicator = 'enterprises_using_ai' AND {known(day)}"
        )

    app = AppTest.from_file(str(ROOT / "dashboards" / "app.py"), default_timeout=120).run()
    app.switch_page(str(ROOT / "dashboards" / "views" / "enterprises.py")).run()
    if app.exception:
        raise RuntimeError(str(app.exception))
    return {"as of": _timed(as_of, days), "page": _timed(lambda _day: app.run(), days)}


def _timed(question: object, days: Sequence[date]) -> float:
    taken = []
    for day in days:
        started = time.perf_counter()
        question(day)  # type: ignore[operator]  # a callable of either return type
        taken.append(time.perf_counter() - started)
    return median(taken)


@dataclass(frozen=True)
class Home:
    """A home and the tables from which it is refreshed, in one folder."""

    folder: Path

    def command(self, operation: str) -> list[str]:
        """What does this to them in a process of its own."""
        paths = (str(self.folder / "home"), str(self.folder / "tables"))
        return [sys.executable, "-m", "benchmarks.growth", operation, *paths]

    def copied(self) -> Home:
        """Another one that holds the same."""
        return Home(shutil.copytree(self.folder, Path(tempfile.mkdtemp(dir=self.folder.parent)) / "copy"))


def made(folder: Path, size: Size) -> Home:
    """A home of this size that has yet to be refreshed."""
    write(folder / "tables", size.datasets, size.observations, size.others)
    _arrived(folder / "home", folder / "tables", size.vintages - 1)
    return Home(folder)


def _arrived(home: Path, folder: Path, count: int) -> None:
    """So many earlier vintages of the first table, archived and accepted, each a day after the one before."""
    tables, archive = Tables(folder), Archive(home)
    dataset = tables.datasets[0]
    for _ in range(count):
        got = tables.fetch(dataset, folder)
        known = Retrieval(got.content, got.url, got.retrieved_at, got.media_type)
        capture = archive.add(dataset, known, scope="full", origin="live", known_from=got.retrieved_at)
        archive.judge(capture, "accepted", "")
        renew(folder, 1)


Costs = dict[str, float]


def compared(small: Size, large: Size) -> tuple[Costs, Costs]:
    """What each operation costs in homes of these sizes, by its name, each measured beside the other."""
    with tempfile.TemporaryDirectory(prefix="growth-") as name:
        homes = [made(Path(name) / "small", small), made(Path(name) / "large", large)]
        costs: tuple[Costs, Costs] = ({}, {})
        changes = {"first": 0, "one": 1} if small.datasets == 1 else {"first": 0, "one": 1, "all": None}
        for what, changed in changes.items():
            for home, size in zip(homes, (small, large), strict=True):
                renew(home.folder / "tables", size.datasets if changed is None else changed)
            homes[0], *found = _refreshed(*homes)
            for cost, of in zip(costs, found, strict=True):
                cost.update({f"{what} {key}": value for key, value in of.items()})
        for cost, home, of in zip(costs, homes, _asked(homes), strict=True):
            megabytes = sum(f.stat().st_size for f in (home.folder / "home").rglob("*") if f.is_file()) / 1e6
            cost.update({**of, "disk": megabytes})
        return costs


def _refreshed(small: Home, large: Home) -> tuple[Home, Costs, Costs]:
    """Refreshes of copies of the small one beside that of the large one; the small one afterwards, and what both cost."""
    copies: list[Home] = []

    def again(_number: int) -> list[str]:
        copies.append(small.copied())
        return copies[-1].command("refresh")

    once, others = in_turns(large.command("refresh"), again)
    return copies[0], _mean([_spent(ended) for ended in others]), _spent(once)


def _spent(ended: Ended) -> Costs:
    """Seconds of a refresh, all in all and by kind of step, and its peak memory."""
    said = ended.said
    spent = {"tables": 0.0, "figures": 0.0, "release": 0.0}
    before = said["began"]
    for kind, moment in said["steps"]:
        spent[kind] += ended.seconds(before, moment)
        before = moment
    return {"seconds": ended.seconds(said["began"], said["ended"]), "peak": said["peak"], **spent}


def _asked(homes: Sequence[Home]) -> list[Costs]:
    """What questions cost, and a refresh that finds nothing new: each home in turn, and again."""
    found: list[list[Costs]] = [[] for _ in homes]
    for _ in range(AGAIN):
        for home, costs in zip(homes, found, strict=True):
            nothing = _spent(alone(home.command("refresh")))["seconds"]
            costs.append({"nothing": nothing, **alone(home.command("ask")).said})
    return [_mean(costs) for costs in found]


def _mean(costs: Sequence[Costs]) -> Costs:
    return {key: fmean(cost[key] for cost in costs) for key in costs[0]}


COLUMNS = {
    "first refresh": "first seconds",
    "nothing changed": "nothing",
    "one changed": "one seconds",
    "its figures": "one figures",
    "its release": "one release",
    "all changed": "all seconds",
    "as of": "as of",
    "page": "page",
    "peak MB": "first peak",
    "disk MB": "disk",
}
PARTS = {
    f"{what} {part}": f"{what} {part}"
    for what in ("first", "all")
    for part in ("tables", "figures", "release")
}
"""Of what refreshes of all tables consist."""


def lines(growth: Mapping[str, Sequence[Size]] = GROWTH) -> list[str]:
    """Tables in Markdown for each kind of growth: every measure, and its ratio to the step before."""
    found: list[str] = []
    for what, sizes in growth.items():
        rows = [(_grown(sizes[0], what), {}, {})]
        for small, large in pairwise(sizes):
            before, costs = compared(small, large)
            print(what, before, costs, sep="\n", file=sys.stderr, flush=True)
            rows[0] = rows[0] if rows[0][1] else (rows[0][0], before, {})
            rows.append((_grown(large, what), costs, before))
        for columns in (COLUMNS, PARTS) if what == "datasets" else (COLUMNS,):
            found += ["", f"| {what} | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
            for grown, costs, before in rows:
                cells = (_cell(name, costs.get(key), before.get(key)) for name, key in columns.items())
                found.append(f"| {grown:,} | {' | '.join(cells)} |")
    return found[1:]


def _grown(size: Size, what: str) -> int:
    return {"datasets": size.datasets, "vintages of one table": size.vintages}.get(what, size.observations)


def _cell(name: str, value: float | None, before: float | None) -> str:
    if value is None:
        return "as one"
    places = 0 if name.endswith("MB") else 3 if value < 0.1 else 2 if value < 1 else 1
    text = f"{value:.{places}f}"
    return f"{text} (×{value / before:.1f})" if before else text


def main() -> None:
    """Measure and print; the table belongs into docs/scale.md."""
    if len(sys.argv) > 1:
        operation = {"refresh": refresh, "ask": ask}[sys.argv[1]]
        print(json.dumps(operation(Path(sys.argv[2]), Path(sys.argv[3]))))
        return
    print(f"Measured {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} cores with `make bench-growth`.")
    print("\n".join(["", *lines()]))


if __name__ == "__main__":
    main()
