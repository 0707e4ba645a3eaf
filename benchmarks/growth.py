"""How costs grow with observations, datasets and vintages: of refreshes, of what they consist of, and of readers' questions.

Which growth a deployment should expect belongs to docs/scale.md; what one command costs today, to ``run``.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import fmean, median

from benchmarks.growing import FIRST, Tables, indicators, renew, write
from benchmarks.measure import ROOT
from sources.model import Retrieval
from sources.settings import Settings
from warehouse.archive import Archive

ASKED = 9
"""How often a question is asked; the median counts."""


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


def refresh(home: Path, folder: Path) -> dict[str, float]:
    """Seconds of a refresh in this process, all in all and by kind of step; peak memory; nothing imported meanwhile."""
    import great_expectations  # noqa: F401  # libraries that the first verdict and projection would import
    import statsmodels.api  # noqa: F401

    from pipelines.refresh import plan
    from pipelines.run import run

    gc.freeze()  # a refresh that finds nothing new loads none of them, and has no such heap to walk through
    settings, sources = Settings(home=home), [Tables(folder)]
    spent = {"tables": 0.0, "figures": 0.0, "release": 0.0}
    last = started = time.perf_counter()

    def report(name: str, _done: int, _of: int) -> None:
        nonlocal last
        kind = name if name == "release" else "figures" if name.startswith("figures of") else "tables"
        spent[kind] += time.perf_counter() - last
        last = time.perf_counter()

    outcome = run(settings, plan(settings, sources=sources), report, indicators=indicators(sources[0]))
    gc.unfreeze()
    if outcome.problems:
        raise RuntimeError("; ".join(outcome.problems))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - started, "peak": peak, **spent}


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


def measured(size: Size) -> dict[str, dict[str, float]]:
    """What each operation costs in a home of this size, by its name."""
    with tempfile.TemporaryDirectory(prefix="growth-") as name:
        home, folder = Path(name) / "home", Path(name) / "tables"
        write(folder, size.datasets, size.observations, size.others)
        _arrived(home, folder, size.vintages - 1)
        found = {"first": _apart("refresh", home, folder), "nothing": _apart("refresh", home, folder)}
        renew(folder, 1)
        found["one"] = _apart("refresh", home, folder)
        if size.datasets > 1:
            renew(folder, size.datasets)
            found["all"] = _apart("refresh", home, folder)
        found["questions"] = _apart("ask", home, folder)
        found["disk"] = {"megabytes": sum(f.stat().st_size for f in home.rglob("*") if f.is_file()) / 1e6}
        return found


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


def _apart(operation: str, home: Path, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.growth", operation, str(home), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


COLUMNS = {
    "first refresh": ("first", "seconds"),
    "nothing changed": ("nothing", "seconds"),
    "one changed": ("one", "seconds"),
    "its figures": ("one", "figures"),
    "its release": ("one", "release"),
    "all changed": ("all", "seconds"),
    "as of": ("questions", "as of"),
    "page": ("questions", "page"),
    "peak MB": ("first", "peak"),
    "disk MB": ("disk", "megabytes"),
}


def lines(growth: Mapping[str, Sequence[Size]] = GROWTH) -> list[str]:
    """A table in Markdown for each kind of growth: every measure, and its ratio to the step before."""
    found: list[str] = []
    for what, sizes in growth.items():
        found += ["", f"| {what} | {' | '.join(COLUMNS)} |", "|---" * (len(COLUMNS) + 1) + "|"]
        before: dict[str, float] = {}
        for size, row in _there_and_back(sizes).items():
            cells = (_cell(name, row.get(name), before.get(name)) for name in COLUMNS)
            found.append(f"| {_grown(size, what):,} | {' | '.join(cells)} |")
            before = row
    return found[1:]


def _there_and_back(sizes: Sequence[Size]) -> dict[Size, dict[str, float]]:
    """The measures of each size by name: the mean of before and after the largest, since machines are not always as fast."""
    found: dict[Size, list[dict[str, float]]] = {size: [] for size in sizes}
    for size in (*sizes, *sizes[-2::-1]):
        costs = measured(size)
        row = {name: costs[kind][key] for name, (kind, key) in COLUMNS.items() if kind in costs}
        print(size, {name: round(value, 3) for name, value in row.items()}, file=sys.stderr, flush=True)
        found[size].append(row)
    return {
        size: {name: fmean(row[name] for row in rows) for name in rows[0]} for size, rows in found.items()
    }


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
