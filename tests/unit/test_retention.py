"""Readers held at a release, and old releases let go of: nothing that somebody may still open is removed."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import observatory
from observatory.console import NOTHING_PUBLISHED
from tests.unit.test_release import release
from warehouse import changes
from warehouse.files import write_whole
from warehouse.pins import pinned, pins
from warehouse.read import NoRelease, current, format_of, known, latest, open_release
from warehouse.release import last_release, manifest, releases, resume, rollback, sealed
from warehouse.retention import prune


def publish(home: Path, number: int) -> str:
    return release(home, [f"ALL,DE,2025,{number},,"], f"c{number}").id


def test_a_rollback_holds_readers_while_refreshes_go_on(tmp_path: Path) -> None:
    first, second = publish(tmp_path, 1), publish(tmp_path, 2)
    rollback(tmp_path, first, "2 is wrong", "ann")
    third = publish(tmp_path, 3)
    assert (current(tmp_path), latest(tmp_path)) == (first, third)
    assert manifest(tmp_path, third).previous == second
    held = pinned(tmp_path)
    assert held is not None
    assert (held.release, held.why, held.by) == (first, "2 is wrong", "ann")
    assert open_release(tmp_path).query("SELECT value FROM figures")["value"].tolist() == [1]
    assert [one.release for one in changes.seen(tmp_path)] == [first]
    assert third not in (tmp_path / "feed.xml").read_text()


def test_resume_lets_readers_go_on_and_stays_on_record(tmp_path: Path) -> None:
    first, second = publish(tmp_path, 1), publish(tmp_path, 2)
    rollback(tmp_path, first, "2 is wrong", "ann")
    assert resume(tmp_path, "2 was right", "bob") == second == current(tmp_path)
    assert pinned(tmp_path) is None
    assert [(pin.release, pin.why, pin.by) for pin in pins(tmp_path)] == [
        (first, "2 is wrong", "ann"),
        ("", "2 was right", "bob"),
    ]
    assert second in (tmp_path / "feed.xml").read_text()


def test_nothing_new_while_readers_are_held_publishes_nothing(tmp_path: Path) -> None:
    first, second = publish(tmp_path, 1), publish(tmp_path, 2)
    rollback(tmp_path, first, "why", "ann")
    assert publish(tmp_path, 2) == second
    assert current(tmp_path) == first


@pytest.mark.parametrize("name", ["20000101T000000Z-abcdef", "../../etc", ""])
def test_readers_are_not_sent_to_a_release_that_is_not_there(tmp_path: Path, name: str) -> None:
    first = publish(tmp_path, 1)
    with pytest.raises(NoRelease):
        rollback(tmp_path, name, "why", "ann")
    assert (current(tmp_path), pinned(tmp_path)) == (first, None)


def test_there_may_be_no_earlier_release_to_go_back_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    only = publish(tmp_path, 1)
    assert observatory.main(["release", "rollback", "--why", "x"]) == NOTHING_PUBLISHED
    assert "no earlier release" in capsys.readouterr().err
    assert (current(tmp_path), pinned(tmp_path)) == (only, None)


def test_of_an_old_release_the_manifest_is_kept(tmp_path: Path) -> None:
    names = [publish(tmp_path, number) for number in range(1, 5)]
    assert prune(tmp_path, 2) == names[:2]
    assert [one.id for one in releases(tmp_path)] == names[2:]
    assert [one.id for one in sealed(tmp_path)] == names
    assert last_release(tmp_path, datetime.now(UTC).date()) == names[-1]
    with pytest.raises(NoRelease, match=f"observatory verify {names[0]}"):
        open_release(tmp_path, names[0])


def test_readings_of_an_earlier_parser_go_with_the_last_release_that_used_them(tmp_path: Path) -> None:
    read = tmp_path / "vintages" / "toy"
    for name in ("aaaaaaaaaaaa-1", "aaaaaaaaaaaa-2", "bbbbbbbbbbbb-1"):
        write_whole(read / f"{name}.parquet", b"")
    for number, tidy in ((1, "aaaaaaaaaaaa-1"), (2, "aaaaaaaaaaaa-2")):
        name = publish(tmp_path, number)
        with _writable(tmp_path, name) as connection:
            connection.execute("UPDATE captures SET tidy = ?", [f"vintages/toy/{tidy}.parquet"])
    prune(tmp_path, 2)
    assert len(list(read.iterdir())) == 3
    prune(tmp_path, 1)
    assert sorted(path.stem for path in read.iterdir()) == ["aaaaaaaaaaaa-2", "bbbbbbbbbbbb-1"]


def _writable(home: Path, name: str):  # type: ignore[no-untyped-def]
    import duckdb

    return duckdb.connect(str(home / "releases" / name / "observatory.duckdb"))


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), st.just(0)),
        st.tuples(st.sampled_from(["brief", "rollback", "prune"]), st.integers(0, 9)),
        st.tuples(st.just("resume"), st.just(0)),
    ),
    min_size=3,
    max_size=12,
)


@settings(max_examples=6, deadline=None)
@given(steps=STEPS, keep=st.integers(1, 3))
def test_whatever_was_done_what_is_needed_can_be_opened(steps: list[tuple[str, int]], keep: int) -> None:
    """Kept releases, those of briefs, the one readers see; and every day's figures, from any of them."""
    with tempfile.TemporaryDirectory() as folder:
        home, briefs, published = Path(folder), set[str](), [publish(Path(folder), 1)]
        for what, number in steps:
            whole = [one.id for one in releases(home)]
            chosen = whole[number % len(whole)]
            if what == "publish":
                published.append(publish(home, len(published) + 1))
            elif what == "brief":
                write_whole(home / "briefs" / chosen / "DE.pdf", b"%PDF")
                briefs.add(chosen)
            elif what == "rollback":
                rollback(home, chosen, "why", "ann")
            elif what == "resume" and pinned(home):
                resume(home, "", "ann")
            elif what == "prune":
                prune(home, keep)
        prune(home, keep)
        pin = pinned(home)
        needed = {*published[-keep:], *briefs, current(home), latest(home), *([pin.release] if pin else [])}
        assert {one.id for one in releases(home)} == needed
        assert [one.id for one in sealed(home)] == published
        for name in filter(None, needed):
            opened = open_release(home, name)
            assert len(opened.query("SELECT * FROM toys.toy")) == 1
            assert len(opened.query(f"SELECT * FROM figures WHERE {known()}")) == 1
            opened.connection.close()
        assert all(format_of(home / "releases" / name) == 0 for name in {*published} - needed)
