"""A function whose work is kept reads figures of no other indicators than those by which it is kept.

What reads more would go on showing old figures after a release that changed only those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

from dashboards import data, keeping
from dashboards.charts.look import LIGHT
from dashboards.reader import Reader
from indicators.registry import indicators
from tests.releases import build_release
from tests.unit.test_pages import opened, unfold
from warehouse.read import OpenRelease

PAGES = (
    "overview",
    "enterprises",
    "public_sector",
    "labour",
    "investment",
    "sectors",
    "indicator",
    "country",
    "compare",
    "targets",
    "trajectories",
)
OF_THE_RELEASE = ("code_version", "FROM checks", "main.freshness", "SELECT * FROM captures")
"""What queries of the release itself, and of checks and captures as such, are told by."""


@dataclass
class Watched:
    """The indicators by which each function that is at work is kept, the outermost first, and what was read beside them."""

    by: set[str] = field(default_factory=set)
    at_work: list[set[str]] = field(default_factory=list)
    kept: int = 0
    beside: list[str] = field(default_factory=list)

    def rests_on(self, names: Iterable[str]) -> None:
        self.by = set(names)

    def keep(self, mark: str, make: Callable[[], object]) -> object:
        """Make it anew each time, as for the first who asks."""
        self.kept += 1
        self.at_work.append(self.by)
        try:
            return make()
        finally:
            self.at_work.pop()

    def read(self, names: Iterable[str], mark: str) -> None:
        for held in self.at_work:
            self.beside += [f"{name}: {mark}" for name in names if name not in held]


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Pages of a small release, of which nothing is kept and everything read is noted."""
    build_release(tmp_path)
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    found = Watched()
    resting_on, figures, ask = Reader.resting_on, data._figures, data._rows

    def noted_state(reader: Reader, names: Iterable[str]) -> str:
        found.rests_on(held := list(names))
        return resting_on(reader, held)

    def noted_figures(indicator: str, state: str, release: OpenRelease) -> pd.DataFrame:
        found.read([indicator], "figures")
        return figures(indicator, state, release)

    def noted_rows(home: str, release: str, sql: str, parameters: tuple[object, ...]) -> pd.DataFrame:
        found.read([str(value) for value in parameters if value in indicators()], sql)
        found.read([text for text in OF_THE_RELEASE if text in sql], sql)
        return ask(home, release, sql, parameters)

    monkeypatch.setattr(Reader, "resting_on", noted_state)
    monkeypatch.setattr(data, "_figures", noted_figures)
    monkeypatch.setattr(data, "_rows", noted_rows)
    for keep in ("_chart", "_other"):
        monkeypatch.setattr(keeping, keep, found.keep)
    return found


def test_what_is_kept_reads_only_what_it_is_kept_by(watched: Watched) -> None:
    app = opened("overview", geo="DE", indicator="enterprises_using_ai")
    for page in PAGES:
        before = watched.kept
        unfold(app.switch_page(f"views/{page}.py").run())
        assert not app.exception, page
        assert watched.kept > before or page == "trajectories", page  # none is drawn of so short a past
    assert not watched.beside, "\n".join(sorted(set(watched.beside)))


def test_what_reads_more_is_found(watched: Watched) -> None:
    @keeping.kept(lambda *_: ["unemployment"])
    def careless(reader: Reader) -> int:
        return len(reader.figures("enterprises_using_ai"))

    careless(Reader("en", "", LIGHT, data.release()))
    assert watched.beside == ["enterprises_using_ai: figures"]
