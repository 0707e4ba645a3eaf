"""The fault matrix: one row for each fault that a marked test provokes, wherever in the suite that test stands.

A test says ``@pytest.mark.fault(where, fault, …, expected=…)``. Which faults there are does not belong here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
WHERE = ("fetch", "parse", "import", "store", "compute", "publish", "read", "alert")
"""The places of the flow, in its order."""

HOLDS = "holds"
HEAD = """# Reliability

What may go wrong, where, and what is true then. Every row is a test of the suite that provokes the fault; `make faults`
runs them and writes this page, and the gate fails where the page and the tests disagree.

| fault | where | expected | result | test |
|---|---|---|---|---|
"""


@dataclass(frozen=True, order=True)
class Fault:
    """One row without its result; ``test`` is the test's path and name."""

    where: int
    fault: str
    expected: str
    test: str


matrix = pytest.StashKey["Matrix"]()


class Matrix:
    """The faults of the collected tests, and what became of those that ran; a plugin of pytest."""

    def __init__(self) -> None:
        self.found: dict[Fault, None] = {}
        self.results: dict[Fault, str] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note every fault, also of tests that will not run, and let reports carry those of their test."""
        for item in items:
            own = list(faults_of(item))
            self.found |= dict.fromkeys(own)
            item.user_properties += [("fault", astuple(fault)) for fault in own]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what became of the report's faults; a row holds only where all of its tests passed."""
        if report.passed and report.when != "call":
            return
        said = HOLDS if report.passed else "not run" if report.skipped else "FAILS"
        for name, value in report.user_properties:
            if name == "fault":
                fault = Fault(*value)  # type: ignore[misc]
                known = self.results.get(fault, HOLDS)
                self.results[fault] = said if known == HOLDS else known


def faults_of(item: pytest.Item) -> Iterator[Fault]:
    """The faults that a test provokes."""
    test = item.nodeid.partition("[")[0]
    for mark in item.iter_markers("fault"):
        where, *names = mark.args
        for name in names:
            yield Fault(WHERE.index(where), name, mark.kwargs["expected"], test)


def page(rows: Mapping[Fault, str]) -> str:
    """The page with these faults and their results."""
    return HEAD + "".join(_row(fault, rows[fault]) for fault in sorted(rows))


def _row(fault: Fault, result: str) -> str:
    path, _, name = fault.test.partition("::")
    test = f"[{name.replace('::', ' ')}](../{path})"
    return f"| {fault.fault} | {WHERE[fault.where]} | {fault.expected} | {result} | {test} |\n"


def provoking_files() -> set[str]:
    """The test files that mark faults, as their ids begin."""
    root = PAGE.parents[1]
    files = (file for file in (root / "tests").rglob("test_*.py") if "mark.fault(" in file.read_text())
    return {file.relative_to(root).as_posix() for file in files}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-faults", action="store_true", help="write docs/reliability.md from this run")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "fault(where, *faults, expected): provokes these faults; docs/reliability.md is made of them",
    )
    config.stash[matrix] = Matrix()
    config.pluginmanager.register(config.stash[matrix])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the page, once, where all workers have reported."""
    config = session.config
    if config.getoption("--write-faults") and not hasattr(config, "workerinput"):
        PAGE.write_text(page(config.stash[matrix].results), encoding="utf-8")
