"""A release computed once more from its manifest and the archive, and what is said when something was changed."""

from __future__ import annotations

import gzip
import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from pipelines.replay import Replay, replay
from pipelines.run import run
from sources.settings import Settings
from tests.toys import NOON
from tests.unit.test_pipelines import GOOD, INDICATORS, Stand
from warehouse.model import Release
from warehouse.read import DATABASE, MANIFEST, NoRelease
from warehouse.release import read_manifest, releases


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    """A home with two releases: the second holds a revision, and what was known before it."""
    made = Stand(tmp_path)
    made.take_in(GOOD)
    run(made.settings, made.plan(offline=True), indicators=INDICATORS)
    made.take_in(["ALL,DE,2024,11,,", "ALL,FR,2024,20,b,"], NOON + timedelta(days=9))
    run(made.settings, made.plan(offline=True), indicators=INDICATORS)
    return made


def replayed(stand: Stand, sealed: Release, home: Path | None = None) -> Replay:
    settings = Settings(home=home) if home else stand.settings
    return replay(settings, sealed, sources=[stand.market], indicators=INDICATORS)


def test_every_release_can_be_replayed(stand: Stand) -> None:
    made = releases(stand.settings.home)
    assert len(made) == 2
    for sealed in made:
        found = replayed(stand, sealed)
        assert (found.reproduced, found.digest) == (True, sealed.figures_digest)
    assert made[0].figures_digest != made[1].figures_digest


def test_an_old_release_from_the_archive_alone_in_an_empty_home(stand: Stand, tmp_path: Path) -> None:
    old = releases(stand.settings.home)[0]
    manifest = tmp_path / "sealed.json"
    shutil.copy(stand.settings.home / "releases" / old.id / MANIFEST, manifest)
    shutil.copytree(stand.settings.home / "archive" / "market", tmp_path / "empty" / "archive" / "market")
    found = replayed(stand, read_manifest(manifest), tmp_path / "empty")
    assert found.reproduced
    assert found.digest == old.figures_digest


@pytest.mark.fault("store", "archived bytes that were altered", expected="`verify` names them")
def test_changed_bytes_are_named(stand: Stand) -> None:
    sealed = releases(stand.settings.home)[-1]
    (old, new) = sealed.captures
    content = stand.settings.home / "archive" / "market" / "apples" / f"{new.sha256}.gz"
    content.write_bytes(gzip.compress(gzip.decompress(content.read_bytes()).replace(b"11", b"12")))
    (stand.settings.home / "archive" / "market" / "apples" / f"{old.sha256}.gz").unlink()
    found = replayed(stand, sealed)
    assert not found.reproduced
    assert [line.split(": ")[0] for line in found.damaged] == [old.id, new.id]
    assert "not in the archive" in found.damaged[0]
    assert "not those that were sealed" in found.damaged[1]


@pytest.mark.fault("store", "a figure altered in a release", expected="`verify` names it")
def test_a_figure_altered_in_the_database_is_found(stand: Stand) -> None:
    sealed = releases(stand.settings.home)[-1]
    path = stand.settings.home / "releases" / sealed.id / DATABASE
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE figures SET value = 12 WHERE value = 11")
    found = replayed(stand, sealed)
    assert found.altered
    assert not found.reproduced
    assert found.digest == sealed.figures_digest
    assert any("sealed" in line and "12.0" in line for line in found.differing)
    assert any("computed" in line and "11.0" in line for line in found.differing)


def test_a_manifest_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "release.json"
    for content in ("", "[]", '{"format": 1}', '{"format": 2, "id": "x"}'):
        path.write_text(content)
        with pytest.raises(NoRelease):
            read_manifest(path)
