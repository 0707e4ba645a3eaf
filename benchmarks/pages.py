"""How fast pages are, beside a plain Streamlit page of one Plotly chart under the same load, in one run.

That page is served twice: as Streamlit serves any page, and with the settings that ours have.

Which people visit them, and how, stands in people.py.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from types import MappingProxyType

from playwright.sync_api import Browser, sync_playwright

from benchmarks.briefs import home
from benchmarks.door import Door
from benchmarks.measure import ROOT
from benchmarks.people import crowd, everything_once

PEOPLE, SECONDS, PAUSE = 50, 60.0, 20.0
"""So many people for so long, each of whom changes a filter about every so many seconds."""
OPENINGS = 7
PLAIN = Path("benchmarks/one_chart.py")
OURS = Path("dashboards/serve.py")
PAGES = ("", "downloads", "labour", "indicator", "enterprises")
"""The overview, a page of words and buttons alone, a theme, any indicator, and the page with the most charts: nine."""
CHART = ".js-plotly-plot .main-svg"
ONE, SET = "one chart", "one chart, our settings"
DEFAULT = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}
"""What Streamlit does unless it is told otherwise, and ours does not: collect all garbage after each rerun."""


@contextmanager
def served(script: Path, place: Path, settings: Mapping[str, str] = MappingProxyType({})) -> Iterator[int]:
    """The port of a server of a script, which ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    environment = {**os.environ, "OBSERVATORY_HOME": str(place), "OBSERVATORY_OFFLINE": "1", **settings}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _answering(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answering(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no server answers at port {port}")


def first_chart(browser: Browser, port: int, page: str) -> float:
    """Seconds from asking for a page to its first chart, in a browser that knows nothing yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    window = context.new_page()
    started = time.perf_counter()
    window.goto(f"http://127.0.0.1:{port}/{page}", wait_until="commit")
    window.locator(CHART).first.wait_for(state="attached", timeout=60_000)
    taken = time.perf_counter() - started
    context.close()
    return taken


def openings(place: Path) -> dict[str, float]:
    """Median seconds to the first chart of the plain page and of ours, measured in turns."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        return {}
    with served(PLAIN, place, DEFAULT) as plain, served(OURS, place) as ours, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        asked = [
            (ONE, plain, ""),
            *((page or "overview", ours, page) for page in PAGES if page != "downloads"),
        ]
        for _, port, page in asked:
            first_chart(browser, port, page)
        taken: dict[str, list[float]] = {name: [] for name, *_ in asked}
        for _ in range(OPENINGS):
            for name, port, page in asked:
                taken[name].append(first_chart(browser, port, page))
        browser.close()
    return {name: median(values) for name, values in taken.items()}


def changes(place: Path) -> dict[str, list[float]]:
    """The seconds of every change of a filter on the plain page and on ours, by so many people at once."""
    found = {}
    for name, script, page, settings in (
        (ONE, PLAIN, "", DEFAULT),
        (SET, PLAIN, "", {}),
        *((page or "overview", OURS, page, {}) for page in PAGES),
    ):
        with served(script, place, settings) as port:
            door = Door(port)
            asyncio.run(everything_once(door, page))
            found[name] = asyncio.run(crowd(door, page, PEOPLE, SECONDS, PAUSE))
    return found


def lines() -> list[str]:
    """The tables in Markdown."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        place = Path(os.environ.get("BENCH_HOME") or home(Path(name)))
        opened, changed = openings(place), changes(place)
    rows = ["| page | seconds to the first chart in Chromium | against one chart |", "|---|---|---|"]
    rows += [f"| {page} | {taken:.2f} | {taken / opened[ONE]:.2f} |" for page, taken in opened.items()]
    rows += [
        "",
        f"| page, {PEOPLE} people | changes | p50, ms | p95, ms | p95 against {ONE} | against {SET} |",
        "|---|---|---|---|---|---|",
    ]
    plain, lean = (quantiles(changed[name], n=20)[-1] for name in (ONE, SET))
    for page, taken in changed.items():
        p95 = quantiles(taken, n=20)[-1]
        rows.append(
            f"| {page} | {len(taken)} | {median(taken) * 1000:.0f} | {p95 * 1000:.0f} | {p95 / plain:.2f} | "
            f"{p95 / lean:.2f} |"
        )
    return rows


if __name__ == "__main__":
    print("\n".join(lines()))
