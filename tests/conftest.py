"""What many tests need: the collected specimens where they lie beside the project, and a server on loopback."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from sources.settings import Settings
from tests.faults.matrix import pytest_addoption, pytest_configure, pytest_sessionfinish
from tests.releases import build_release
from tests.replica import Replica

__all__ = ["pytest_addoption", "pytest_configure", "pytest_sessionfinish"]

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of collected specimens; the test is skipped where it is not at hand."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the collected specimens do not lie beside the project")
    return SHARED_DATA


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a small release, which pages keep what they made of; no test may write into it."""
    home = tmp_path_factory.mktemp("small-home")
    build_release(home)
    return home


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    """A server that answers as Eurostat and PSTW do, from its ``folder``, empty at first."""
    folder = tmp_path / "replica"
    folder.mkdir()
    with Replica(folder) as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path, replica: Replica) -> Settings:
    """Settings with a home of their own and the replica as every source; no second attempt."""
    return Settings(
        home=tmp_path / "home",
        eurostat_url=replica.eurostat_url,
        pstw_url=replica.pstw_url,
        retries=0,
        timeout=10,
        pause=0.001,
        poll_pause=0.001,
    )


@pytest.fixture
def closed_url() -> str:
    """An address on loopback where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened
