"""What a long life costs: a home with 500 captures of forty small tables, refreshed with nothing new, and its status.

How many cells a table may have does not belong here (vintages.py).
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import islice, product
from pathlib import Path

import numpy as np

from benchmarks.measure import middle, run
from sources.codes import EU, MEMBER_STATES
from sources.eurostat_tables import TABLES
from sources.model import Dataset, Retrieval
from warehouse.archive import Archive
from warehouse.model import Check

OBSERVATORY = [sys.executable, "-m", "observatory"]
COUNT = 500
RUNS = 5
FIRST = datetime(2026, 3, 1, 11, tzinfo=UTC)
"""After the baseline, so that each capture is the newest when it comes."""
PERIODS = {"M": ("2025-11", "2025-12"), "Q": ("2025-Q3", "2025-Q4")}
CHECKS = (
    "readable schema keys codes flags bounds eu totals revisions rows countries suppressed coverage".split()
)
LIBRARIES = "import click, rich, pydantic_settings, duckdb, pandas, pyarrow, requests, babel"


def table(dataset: Dataset, chance: np.random.Generator) -> bytes:
    """A small table of a dataset with random values, as gzipped TSV."""
    freq = dataset.expected.codes.get("freq", ["A"])[0]
    periods = PERIODS.get(freq, ("2024", "2025"))
    codes = [_codes(dataset, name) for name in dataset.dimensions]
    geos = () if dataset.place else (EU, *MEMBER_STATES)
    names = ",".join(dataset.published_dimensions)
    lines = [f"{names}\\TIME_PERIOD\t" + "\t".join(f"{period} " for period in periods)]
    for key in islice(product(*codes), 8):
        for geo in geos or ("",):
            cells = "\t".join(f"{value} " for value in chance.uniform(1, 99, len(periods)).round(2).tolist())
            lines.append(",".join([*key, *([geo] if geo else [])]) + f"\t{cells}")
    return gzip.compress("\r\n".join([*lines, ""]).encode(), 1)


def _codes(dataset: Dataset, dimension: str) -> list[str]:
    """A few codes of a dimension: those that are declared, else made up."""
    declared = dataset.expected.codes.get(dimension) or (
        list(dataset.expected.units) if dimension == "unit" else []
    )
    return list(declared[:2]) or ["TOTAL"]


def fill(home: Path, count: int = COUNT) -> None:
    """Put so many accepted captures into the archive of a home, each of another day."""
    archive, chance = Archive(home), np.random.default_rng(8)
    for number in range(count):
        dataset, moment = TABLES[number % len(TABLES)], FIRST + timedelta(hours=number)
        content = home / "arriving.tsv.gz"
        content.write_bytes(table(dataset, chance))
        got = Retrieval(content, f"https://example.org/{dataset.id}", moment, "text/tab-separated-values")
        capture = archive.add(dataset, got, scope="full", origin="live", known_from=moment)
        checks = [Check(dataset.id, name, True, "error", "232 rows, all well", capture.id) for name in CHECKS]
        archive.judge(capture, "accepted", "", checks)
        content.unlink()


def lines(count: int = COUNT) -> list[str]:
    """The two commands, as a table in Markdown."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        home.mkdir()
        fill(home, count)
        environment = {"OBSERVATORY_HOME": str(home), "OBSERVATORY_OFFLINE": "1"}
        first = run([*OBSERVATORY, "refresh"], environment, (0, 2))
        base = middle([run([sys.executable, "-c", LIBRARIES], {}) for _ in range(RUNS)])
        rows = [("first refresh, which reads them all", first)]
        for what in ("refresh", "status", "status --json"):
            costs = [run([*OBSERVATORY, *what.split()], environment) for _ in range(RUNS)]
            rows.append((f"{what}, nothing new" if what == "refresh" else what, middle(costs)))
    found = [
        "| what | seconds | library imports | beyond imports | processor seconds beyond imports | peak memory |",
        "|---|---|---|---|---|---|",
    ]
    return found + [
        f"| {what} | {cost.wall:.2f} | {base.wall:.2f} | {cost.wall - base.wall:.2f} "
        f"| {cost.processor - base.processor:.2f} | {cost.peak_megabytes:.0f} MB |"
        for what, cost in rows
    ]


if __name__ == "__main__":
    print("\n".join(lines(*(int(word) for word in sys.argv[1:]))))
