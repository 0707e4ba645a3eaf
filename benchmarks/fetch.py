"""What fetching costs beyond waiting: every registered table from the replica, which lets each answer wait.

How the tables are judged and published afterwards does not belong here.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from uuid import uuid4

from pipelines import steps
from pipelines.observatory import Observatory
from pipelines.refresh import plan
from sources.eurostat import DATASETS
from sources.settings import Settings
from tests.replica import Replica, generated

LATENCY = 0.4
"""Seconds before each answer, the median that others saw."""

MOST = 1.3
"""Times the sum of latencies that the fetch stage may take."""

COLUMNS = ("what", "questions", "latencies in seconds", "seconds", "times the latencies")


def rows(latency: float = LATENCY) -> list[tuple[str, int, float, float, float]]:
    """One row for a first refresh of all tables and one for a refresh that finds nothing new.

    The sum of latencies is that of one question for each table and one for what changed.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name) / "tables"
        folder.mkdir()
        generated.write(folder)
        with Replica(folder, latency=latency) as replica:
            settings = Settings(home=Path(name) / "home", eurostat_url=replica.eurostat_url, offline=False)
            names = [dataset.id for dataset in DATASETS]
            first = _measured("every table, first refresh", replica, settings, names, len(names) + 1)
            again = _measured("nothing new", replica, settings, names, 1)
    return [first, again]


def _measured(
    what: str, replica: Replica, settings: Settings, names: list[str], questions: int
) -> tuple[str, int, float, float, float]:
    replica.asked.clear()
    started = time.perf_counter()
    _fetch(settings, names)
    taken, waited = time.perf_counter() - started, questions * replica.latency
    return what, len(replica.asked), waited, taken, taken / waited


def _fetch(settings: Settings, names: list[str]) -> None:
    """Ask what changed and archive it; raises RuntimeError where a table was not fetched."""
    planned, run = plan(settings, names), uuid4().hex
    observatory = Observatory(settings, planned.sources, ())
    for dataset in observatory.datasets:
        if dataset.id in planned.fetch:
            check = steps.fetch(observatory, dataset, run)
            if not check.passed:
                raise RuntimeError(check.detail)


def lines() -> list[str]:
    """The rows as a table in Markdown, with the limit."""
    table = [f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    for what, questions, waited, taken, times in rows():
        table.append(f"| {what} | {questions} | {waited:.1f} | {taken:.1f} | {times:.2f} |")
    return [*table, "", f"Latency {LATENCY} s; the first may take at most {MOST} times its latencies."]


if __name__ == "__main__":
    print("\n".join(lines()))
