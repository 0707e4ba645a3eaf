"""A served table and a home that has published it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sources.settings import Settings
from tests.faults.refreshing import Site
from tests.replica import Replica


def settings_for(home: Path, replica: Replica) -> Settings:
    return Settings(
        home=home, eurostat_url=replica.eurostat_url, offline=False, retries=0, timeout=10, pause=0.001
    )


@pytest.fixture(scope="session")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after its first refresh, to be copied."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "tables").mkdir()
    with Replica(folder / "tables") as replica:
        site = Site(replica, settings_for(folder / "home", replica))
        site.change()
        site.whole()
    return folder / "home"


@pytest.fixture
def site(first_home: Path, tmp_path: Path, replica: Replica) -> Site:
    shutil.copytree(first_home, tmp_path / "home")
    return Site(replica, settings_for(tmp_path / "home", replica), edition=1)
