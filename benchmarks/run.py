"""The benchmarks of the main flow; prints a table and keeps the latest in docs/benchmarks.md.

How a process is measured does not belong here.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks import captures, compute, fetch, pages, parse, vintages
from benchmarks.measure import ROOT, Cost, middle, run
from benchmarks.tables import CELLS, json_stat

RUNS = 5
OBSERVATORY = [sys.executable, "-m", "observatory"]
LIGHT = "import click, rich, pydantic_settings, duckdb, pandas, pyarrow, requests, babel"
HEAVY = f"{LIGHT}, dagster, great_expectations, ibis"
EXPLAINED = {
    "Whole processes": "Medians of whole processes, and what they take beyond importing their libraries, "
    "measured in the same run.",
    "From a TSV.gz on disk to Parquet": "The same synthetic table (forty yearly columns, flags, suppressed and "
    "absent cells), each way in a process of its own, without its imports: to a long table with flags in Parquet.",
    "Fetching every registered Eurostat table": "Against a replica of Eurostat's interface on loopback that lets "
    "each answer wait, one question after the other.",
    "Computing every figure": "All indicators, with the history and the projections of their figures, from all tables "
    "that are loaded, in one process, without imports. It may take 15 seconds and 1 GB on two cores.",
    "Knowing the past": "Full captures of a table of 201,600 cells, each of which revises two cells in a hundred: "
    "a whole refresh with one more, imports included, and questions in a warm process, each of another day.",
    "Pages beside a page of one chart": "A plain Streamlit page with one choice and one Plotly chart, and ours, from "
    "the same release in one run: the first chart in a Chromium that knows nothing yet, in turns; and a change of the "
    "country by people who are connected as browsers are, each about every 20 seconds, after every country was asked "
    "for once.",
    "A long life": f"A home with {captures.COUNT} captures of small tables, of every registered Eurostat table in turn.",
}
REAL = ROOT.parent / "shared" / "data" / "eurostat" / "isoc_eb_ain2_2025.json.gz"


def imports(statement: str) -> Cost:
    """What the libraries alone take to import."""
    return middle([run([sys.executable, "-c", statement], {}) for _ in range(RUNS)])


def nothing_new(home: Path) -> Cost:
    """A refresh without the network that finds nothing new."""
    environment = {"OBSERVATORY_HOME": str(home)}
    run([*OBSERVATORY, "refresh", "--offline"], environment)
    return middle([run([*OBSERVATORY, "refresh", "--offline"], environment) for _ in range(RUNS)])


def importing(folder: Path) -> Cost:
    """Importing a table of 202,086 cells into a home that has published before."""
    file = REAL if REAL.exists() else json_stat(folder / "isoc_eb_ain2.json.gz")
    costs = []
    for number in range(3):
        environment = {"OBSERVATORY_HOME": str(folder / f"home{number}")}
        run([*OBSERVATORY, "refresh", "--offline"], environment)
        command = [*OBSERVATORY, "import", str(file), "--dataset", "isoc_eb_ain2", "--dated", "2026-02-27"]
        costs.append(run(command, environment))
    return middle(costs)


def reruns(home: Path) -> Mapping[str, float]:
    """Seconds of a rerun of each page, the median of several, in a warm process."""
    os.environ["OBSERVATORY_HOME"] = str(home)
    from streamlit.testing.v1 import AppTest

    found = {}
    for page in sorted((ROOT / "dashboards" / "views").glob("[a-z]*.py")):
        app = AppTest.from_file(str(ROOT / "dashboards" / "app.py"), default_timeout=60).run()
        app.switch_page(str(page)).run()
        taken = []
        for _ in range(RUNS):
            started = time.perf_counter()
            app.run()
            taken.append(time.perf_counter() - started)
        found[page.stem] = median(taken)
    return found


def whole_processes(folder: Path) -> list[str]:
    """The commands that people wait for, as a table in Markdown, and the pages."""
    light, heavy = imports(LIGHT), imports(HEAVY)
    idle, taken_in = nothing_new(folder / "idle"), importing(folder)
    first = run([*OBSERVATORY, "refresh", "--offline"], {"OBSERVATORY_HOME": str(folder / "first")})
    rows = [
        ("refresh, nothing new", idle, light),
        (f"import of {CELLS:,} cells", taken_in, heavy),
        ("first refresh: the baseline", first, heavy),
    ]
    lines = ["| what | seconds | library imports | beyond imports | peak memory |", "|---|---|---|---|---|"]
    lines += [
        f"| {what} | {cost.wall:.2f} | {base.wall:.2f} | {cost.wall - base.wall:.2f} | {cost.peak_megabytes:.0f} MB |"
        for what, cost, base in rows
    ]
    lines += ["", "| page | seconds of a rerun |", "|---|---|"]
    return lines + [f"| {page} | {seconds:.3f} |" for page, seconds in reruns(folder / "idle").items()]


def main() -> None:
    """Measure, print and keep."""
    with tempfile.TemporaryDirectory() as name:
        sections = {
            "Whole processes": whole_processes(Path(name)),
            "From a TSV.gz on disk to Parquet": parse.rows(),
            "Fetching every registered Eurostat table": fetch.lines(),
            "Computing every figure": compute.lines(),
            "Knowing the past": vintages.lines(),
            "Pages beside a page of one chart": pages.lines(),
            "A long life": captures.lines(),
        }
    lines = [
        "# Benchmarks",
        "",
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} cores with `make bench`.",
    ]
    for title, body in sections.items():
        lines += ["", f"## {title}", "", EXPLAINED[title], "", *body]
    text = "\n".join(lines) + "\n"
    (ROOT / "docs" / "benchmarks.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
