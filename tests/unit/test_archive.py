"""The archive keeps bytes once, every retrieval, and the newest verdict."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

import pytest

from sources.model import Unreadable
from tests.toys import NOON, TOY, retrieval, write
from warehouse.archive import Archive, fingerprint
from warehouse.model import Check

ROWS = ["S,DE,2025,1.5,,"]


def test_same_content_is_stored_once_and_every_live_retrieval_logged(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    path = write(tmp_path / "a.csv", ROWS)
    archive.add(TOY, retrieval(path), scope="full", origin="live", known_from=NOON)
    later = NOON + timedelta(days=1)
    archive.add(TOY, retrieval(path, later), scope="full", origin="live", known_from=later)
    assert len(list(archive.folder.glob("toys/toy/*.gz"))) == 1
    assert [c.known_from for c in archive.captures("toy")] == [NOON, later]


def test_plain_and_gzipped_files_of_one_content_have_one_fingerprint(tmp_path: Path) -> None:
    plain = write(tmp_path / "a.csv", ROWS)
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert fingerprint(plain) == fingerprint(packed)


def test_a_file_imported_again_with_the_same_date_is_the_same_capture(tmp_path: Path) -> None:
    archive, path = Archive(tmp_path), write(tmp_path / "a.csv", ROWS)
    first = archive.add(TOY, retrieval(path), scope="full", origin="imported", known_from=NOON)
    later = retrieval(path, NOON + timedelta(hours=1))
    assert archive.add(TOY, later, scope="full", origin="imported", known_from=NOON) == first
    assert archive.captures() == [first]
    archive.add(TOY, later, scope="full", origin="imported", known_from=NOON + timedelta(days=1))
    assert len(archive.captures()) == 2


def test_the_newest_verdict_counts_and_keeps_its_checks(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    capture = archive.add(
        TOY, retrieval(write(tmp_path / "a.csv", ROWS)), scope="full", origin="live", known_from=NOON
    )
    failed = Check("toy", "keys", False, "error", "2 rows share a key")
    archive.judge(capture, "held back", "2 rows share a key", [failed])
    assert archive.captures()[0].state == "held back"
    archive.judge(capture, "accepted", "looked at by a person")
    assert archive.captures()[0].state == "accepted"
    assert archive.checks(archive.captures()) == {capture.id: ()}


def test_stored_bytes_are_the_bytes_that_came(tmp_path: Path) -> None:
    archive, path = Archive(tmp_path), write(tmp_path / "a.csv", ROWS)
    capture = archive.add(TOY, retrieval(path), scope="full", origin="live", known_from=NOON)
    assert gzip.decompress(archive.content(TOY, capture).read_bytes()) == path.read_bytes()


def test_a_truncated_gzip_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(gzip.compress(b"x" * 10_000)[:30])
    archive = Archive(tmp_path / "home")
    with pytest.raises(Unreadable, match="gzip"):
        archive.add(TOY, retrieval(broken), scope="full", origin="live", known_from=NOON)
    assert archive.captures() == []
    assert not list((tmp_path / "home").rglob("*.gz"))
