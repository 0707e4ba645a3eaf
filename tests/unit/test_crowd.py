"""The simulated people of the benchmarks wait for pages as they are, and tell what stands on an error page."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks import crowd
from tests.browser.conftest import serving
from tests.releases import build_release


@pytest.fixture
def home(tmp_path: Path) -> Path:
    build_release(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """People who want two pages in one language, and think for no time."""
    monkeypatch.setattr(crowd, "PAGES", ("milestones", "targets"))
    monkeypatch.setattr(crowd, "COUNTRIES", ("MT",))
    monkeypatch.setattr(crowd, "LANGUAGES", ("fr",))
    monkeypatch.setattr(crowd, "THINKS", (0.0, 0.1))


def done(work: Coroutine[object, object, None]) -> None:
    """Do it in a thread of its own, for a browser of other tests may have a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, work).result()


def seen_by(port: int, people: int, seconds: float) -> crowd.Seen:
    seen = crowd.Seen()
    done(crowd.crowd(port, people, seconds, seen))
    return seen


def test_people_wait_for_whole_pages_and_a_tour_sees_each(home: Path) -> None:
    with serving(home) as address:
        port = int(address.rpartition(":")[2])
        done(crowd.tour(port))
        seen = seen_by(port, people=2, seconds=2)
    assert len(seen.openings) == 2
    assert seen.reruns
    assert all(0 < seconds < crowd.PATIENCE for seconds in (*seen.openings, *seen.reruns))
    assert seen.errors == []


def test_an_error_page_and_a_server_that_is_gone_are_told(home: Path) -> None:
    (database,) = home.glob("releases/*/*.duckdb")
    database.chmod(0o644)
    database.write_bytes(b"spoilt" * 1000)
    with serving(home) as address:
        port = int(address.rpartition(":")[2])
        broken = seen_by(port, people=1, seconds=0.5)
        with pytest.raises(RuntimeError, match="error pages"):
            done(crowd.tour(port))
    assert broken.errors
    assert any("Error" in text for text in seen_by(port, people=1, seconds=0.5).errors)
