"""All figures of the catalogue from all loaded tables: from nothing, again, and after one table changed.

How a table is read, or a release written, does not belong here.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import ROOT, run

REAL = ROOT.parent / "shared" / "data"
ONE = "isoc_sks_itspt"
"""The table that changes."""


@dataclass(frozen=True)
class Computed:
    """Indicators that gave figures, how many of all were computed anew; seconds beyond imports, peak memory."""

    measured: int
    anew: int
    seconds: float
    processor: float
    peak_megabytes: float


def figures(home: Path) -> Computed:
    """What computing takes in this process; figures and projections that a home holds already are not made again."""
    import statsmodels.api  # noqa: F401  # a library that the first projection would import

    from pipelines import steps
    from pipelines.resources import observatory
    from sources.settings import Settings

    work = observatory(Settings(home=home, offline=True))
    held = set(home.glob("figures/*/history-*.parquet"))
    started, processor = time.perf_counter(), time.process_time()
    paths = steps.figures(work, work.indicators, steps.timelines(work, work.datasets))
    return Computed(
        measured=sum(not path.stem.endswith("nothing") for path in paths.values()),
        anew=len(set(paths.values()) - held),
        seconds=time.perf_counter() - started,
        processor=time.process_time() - processor,
        peak_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def apart(home: Path) -> Computed:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.compute", str(home)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return Computed(**json.loads(said))


def lines() -> list[str]:
    """The table in Markdown; every loaded table is one of the real files where they lie beside, else the baseline."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        home = Path(name)
        order = ["import", str(REAL)] if REAL.exists() else ["refresh", "--offline"]
        run([sys.executable, "-m", "observatory", *order], {"OBSERVATORY_HOME": name}, codes=(0, 2))
        shutil.rmtree(home / "figures")
        shutil.rmtree(home / "trajectories")
        found = {"from nothing": apart(home), "nothing changed": apart(home)}
        _forget(home)
        found["one table changed"] = apart(home)
    rows = [
        "| what | indicators with figures | computed anew | seconds | processor seconds | peak memory |",
        "|---|---|---|---|---|---|",
    ]
    return rows + [
        f"| {what} | {one.measured} | {one.anew} | {one.seconds:.1f} | {one.processor:.1f} | {one.peak_megabytes:.0f} MB |"
        for what, one in found.items()
    ]


def _forget(home: Path) -> None:
    """Leave of the indicators that read the table no figures, as if its content were new."""
    from indicators.registry import datasets, indicators

    for indicator in indicators().values():
        if ONE in datasets(indicator):
            shutil.rmtree(home / "figures" / indicator.id, ignore_errors=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(vars(figures(Path(sys.argv[1])))))
    else:
        print("\n".join(lines()))
