"""What knowing the past costs: a table of 200,000 cells captured many times, as of, explained, and once more.

How a page shows it does not belong here.
"""

from __future__ import annotations

import gzip
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.measure import Cost, run
from indicators.labels import LABELS
from sources.codes import EU, MEMBER_STATES
from sources.model import Retrieval
from sources.registry import datasets
from sources.settings import Settings
from warehouse.archive import Archive

OBSERVATORY = [sys.executable, "-m", "observatory"]
TABLE = "isoc_eb_ain2"
INDICATOR = "enterprises_using_ai_by_activity"
FIRST = datetime(2026, 3, 1, 11, tzinfo=UTC)
"""After the baseline, so that each vintage is the newest when it comes."""
STEPS = (10, 50, 100, 200)
REVISED = 0.02
"""The share of cells that a new vintage states otherwise."""


def tables(count: int) -> Sequence[bytes]:
    """So many vintages of a table of 201,600 cells, each a revision of the one before; as gzipped TSV."""
    chance = np.random.default_rng(723)
    activities = [code for code in LABELS["nace_r2"] if code != "ICT"]
    technologies = ["E_AI_TANY", *(f"E_AI_{number}" for number in range(46))]
    keys = list(product(activities, technologies, [EU, *MEMBER_STATES]))
    values = chance.uniform(0, 100, (len(keys), 4)).round(2)
    found = []
    for _ in range(count):
        changed = chance.random(values.shape) < REVISED
        values = np.where(changed, chance.uniform(0, 100, values.shape).round(2), values)
        lines = ["freq,size_emp,nace_r2,indic_is,unit,geo\\TIME_PERIOD\t2021 \t2023 \t2024 \t2025 "]
        for (activity, technology, geo), row in zip(keys, values.tolist(), strict=True):
            cells = "\t".join(f"{value} " for value in row)
            lines.append(f"A,GE10,{activity},{technology},PC_ENT,{geo}\t{cells}")
        found.append(gzip.compress("\r\n".join([*lines, ""]).encode(), 1))
    return found


def arrive(home: Path, content: bytes, number: int, judged: bool = False) -> None:
    """Put a vintage into the archive, accepted, or for whoever refreshes next to judge."""
    settings, archive = Settings(home=home), Archive(home)
    at = FIRST + timedelta(days=number)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{TABLE}.tsv.gz"
        file.write_bytes(content)
        capture = archive.add(
            datasets(settings)[TABLE],
            Retrieval(file, f"file:{file.name}", at, "tsv"),
            scope="full",
            origin="imported",
            known_from=at,
        )
        if judged:
            archive.judge(capture, "accepted", "")


def refreshed(home: Path) -> Cost:
    """What a refresh costs that publishes what arrived."""
    return run([*OBSERVATORY, "refresh", "--offline"], {"OBSERVATORY_HOME": str(home)})


def asked(home: Path) -> list[tuple[str, float]]:
    """Median seconds of questions in a warm process, each of another day so that nothing is remembered."""
    os.environ["OBSERVATORY_HOME"] = str(home)
    from indicators.explain import explain
    from indicators.registry import indicators
    from warehouse.read import known, open_release

    opened = open_release(home)
    indicator = indicators()[INDICATOR]
    days = [(FIRST + timedelta(days=number)).date() for number in range(3, max(STEPS), 9)]
    place = {"breakdown": "nace_r2", "member": "C"}

    def figures(day: date) -> None:
        rows = opened.query(f"SELECT * FROM figures WHERE indicator = ? AND {known(day)}", [INDICATOR])
        if rows.empty:
            raise RuntimeError(f"nothing known on {day}")

    return [
        ("all figures of an indicator as of a day", timed(figures, days)),
        (
            "explain a figure as of a day",
            timed(lambda day: explain(opened, indicator, "DE", "2024", on=day, **place), days),
        ),
    ]


def timed(question: Callable[[date], object], days: Sequence[date]) -> float:
    question(days[0])
    taken = []
    for day in days:
        started = time.perf_counter()
        question(day)
        taken.append(time.perf_counter() - started)
    return median(taken)


def lines() -> list[str]:
    """The tables in Markdown."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        home = Path(name)
        found = []
        for number, content in enumerate(tables(max(STEPS) + 1)):
            if number in STEPS:
                refreshed(home)
                arrive(home, content, number)
                found.append((number, refreshed(home)))
            else:
                arrive(home, content, number, judged=True)
        rows = [
            "| captures held | seconds of a refresh with one more | processor seconds | ratio to the first |",
            "|---|---|---|---|",
        ]
        rows += [
            f"| {held} | {cost.wall:.1f} | {cost.processor:.1f} | {cost.processor / found[0][1].processor:.2f} |"
            for held, cost in found
        ]
        rows += ["", f"| question, {max(STEPS)} captures held | seconds |", "|---|---|"]
        return rows + [f"| {what} | {seconds:.3f} |" for what, seconds in asked(home)]


if __name__ == "__main__":
    print("\n".join(lines()))
