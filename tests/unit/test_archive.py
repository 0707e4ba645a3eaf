"""The archive keeps bytes once, every retrieval, and the newest verdict."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sources.model import Capture, Unreadable
from tests.toys import NOON, TOY, retrieval, write
from warehouse.archive import Archive, fingerprint
from warehouse.log import STAMP
from warehouse.model import Check

ROWS = ["S,DE,2025,1.5,,"]


def live(archive: Archive, path: Path, at: datetime) -> Capture:
    return archive.add(TOY, retrieval(path, at), scope="full", origin="live", known_from=at)


def test_what_a_source_states_again_confirms_the_capture_and_is_logged(tmp_path: Path) -> None:
    archive, later = Archive(tmp_path), NOON + timedelta(days=1)
    path = write(tmp_path / "a.csv", ROWS)
    first = live(archive, path, NOON)
    again = live(archive, path, later)
    assert (again.id, again.known_from, again.last_seen) == (first.id, NOON, later)
    assert archive.captures("toy") == [again]
    assert len(list(archive.log.iterdir())) == 2


def test_a_source_may_return_to_an_earlier_state_whose_bytes_are_stored_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    one, other = write(tmp_path / "a.csv", ROWS), write(tmp_path / "b.csv", ["S,DE,2025,2,,"])
    days = [NOON + timedelta(days=number) for number in range(3)]
    for path, day in zip((one, other, one), days, strict=True):
        live(archive, path, day)
    assert [c.known_from for c in archive.captures("toy")] == days
    assert len(list(archive.folder.glob("toys/toy/*.gz"))) == 2


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


def test_the_same_bytes_with_two_dates_are_two_captures(tmp_path: Path) -> None:
    archive, path = Archive(tmp_path), write(tmp_path / "a.csv", ROWS)
    for number in range(2):
        known = NOON + timedelta(days=number)
        got = retrieval(path, NOON + timedelta(microseconds=number))
        archive.add(TOY, got, scope="full", origin="imported", known_from=known)
    assert len({capture.id for capture in archive.captures()}) == 2


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


def test_an_entry_comes_after_all_that_it_rests_on_whatever_the_clock_says(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first = live(archive, write(tmp_path / "a.csv", ROWS), NOON)
    (entry,) = archive.log.iterdir()
    ahead = datetime.now(UTC) + timedelta(minutes=2)
    entry.rename(entry.with_name(f"{ahead:{STAMP}}-capture-000000.json"))
    assert archive.captures("toy") == [first], "as if the clock had been set back since"
    archive.judge(first, "held back", "2 rows share a key")
    archive.decide(first, "accepted", "looked at", "somebody")
    (known,) = archive.captures("toy")
    assert known.judged_at is not None
    assert (known.state, known.judged_at > ahead) == ("accepted", True)


def test_stored_bytes_are_the_bytes_that_came(tmp_path: Path) -> None:
    archive, path = Archive(tmp_path), write(tmp_path / "a.csv", ROWS)
    capture = archive.add(TOY, retrieval(path), scope="full", origin="live", known_from=NOON)
    assert gzip.decompress(archive.content(TOY, capture).read_bytes()) == path.read_bytes()


@pytest.mark.fault(
    "store", "bytes that break off while they are archived", expected="refused; nothing is left behind"
)
def test_a_truncated_gzip_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(gzip.compress(b"x" * 10_000)[:30])
    archive = Archive(tmp_path / "home")
    with pytest.raises(Unreadable, match="gzip"):
        archive.add(TOY, retrieval(broken), scope="full", origin="live", known_from=NOON)
    assert archive.captures() == []
    assert not list((tmp_path / "home").rglob("*.gz"))
