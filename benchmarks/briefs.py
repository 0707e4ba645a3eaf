"""What briefs cost: one in a warm process, all of a release as PDF on two processes, and the memory that it takes.

What a brief says does not belong here.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.measure import ROOT, Cost, run

OBSERVATORY = [sys.executable, "-m", "observatory"]
IMPORTS = [
    sys.executable,
    "-c",
    "import observatory.briefing, dashboards.briefs.making, dashboards.briefs.pdf",
]
DATA = ROOT.parent / "shared" / "data"
FEW = ("IT", "MT", "EL", "DE", "EU27_2020")
ROUNDS = 3


def home(folder: Path) -> Path:
    """A home with a release: of the collected files where they lie beside the project, else of the baseline."""
    made = folder / "home"
    command = ["import", str(DATA)] if DATA.is_dir() else ["refresh", "--offline"]
    run([*OBSERVATORY, *command], {"OBSERVATORY_HOME": str(made)}, codes=(0, 2))
    return made


def warm(place: Path) -> dict[str, float]:
    """Median seconds of one brief of a format in a warm process; no brief is made twice."""
    from dashboards.briefs.making import FORMATS, made
    from warehouse.read import open_release

    opened = open_release(place)
    found = {}
    for form in FORMATS:
        made(opened, "FR", "en", form)
        taken = []
        for geo in FEW:
            started = time.perf_counter()
            made(opened, geo, "fr", form)
            taken.append(time.perf_counter() - started)
        found[form] = median(taken)
    return found


def growth(place: Path) -> tuple[float, float]:
    """Peak megabytes of this process after all briefs of a release, and after as many once more."""
    from dashboards.briefs.making import GEOS, Order, write_all
    from warehouse.read import current

    peaks = []
    with tempfile.TemporaryDirectory() as name:
        for _ in range(2):
            order = Order(place, str(current(place)), Path(name), GEOS, ("en", "fr", "de"))
            write_all(order, workers=1)
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return peaks[0], peaks[1]


def all_of_them(place: Path, folder: Path) -> tuple[Cost, Cost]:
    """All briefs of a release as PDF, as a command; and what its libraries take to import."""
    environment = {"OBSERVATORY_HOME": str(place)}
    imports = min((run(IMPORTS, environment) for _ in range(ROUNDS)), key=lambda cost: cost.wall)
    command = [*OBSERVATORY, "brief", "--all", "-o", str(folder / "all")]
    costs = [run(command, environment) for _ in range(ROUNDS)]
    return min(costs, key=lambda cost: cost.wall), imports


def lines() -> list[str]:
    """The tables in Markdown."""
    os.environ["OBSERVATORY_OFFLINE"] = "1"
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        place = home(Path(name))
        rows = ["| one brief, warm | seconds |", "|---|---|"]
        rows += [f"| {form} | {seconds:.3f} |" for form, seconds in warm(place).items()]
        whole, imports = all_of_them(place, Path(name))
        once, twice = growth(place)
    return [
        *rows,
        "",
        "| 84 briefs as PDF | |",
        "|---|---|",
        f"| seconds of the command (processor) | {whole.wall:.1f} ({whole.processor:.1f}) |",
        f"| beyond imports (of this process and of each of its two) | {whole.wall - 2 * imports.wall:.1f} |",
        f"| peak memory of a process | {whole.peak_megabytes:.0f} MB |",
        f"| peak of one process after 84, and after 84 more | {once:.0f} MB, {twice:.0f} MB |",
    ]


if __name__ == "__main__":
    print("\n".join(lines()))
