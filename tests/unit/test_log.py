"""What a log says is the same whether its entries are read at once, as they come, or from the copy of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sources.model import Capture
from tests.toys import NOON, TOY, retrieval, write
from warehouse import log
from warehouse.archive import Archive
from warehouse.model import Check, Unusable

FAILED = Check("toy", "keys", False, "error", "2 rows share a key")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive with three captures: one accepted, one held back and then accepted by a person, one just received."""
    made = Archive(tmp_path / "home")
    first, second, _ = (arrive(made, tmp_path, number) for number in range(3))
    made.judge(first, "accepted", "", [Check("toy", "keys", True, "error")])
    made.judge(second, "held back", "2 rows share a key", [FAILED])
    made.decide(second, "accepted", "looked at", "somebody")
    return made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the entries that are read, one by one."""
    found: list[str] = []
    entry = log._told
    monkeypatch.setattr(log, "_told", lambda path, content: found.append(path.name) or entry(path, content))
    return found


def arrive(archive: Archive, folder: Path, number: int) -> Capture:
    path = write(folder / f"{number}.csv", [f"S,DE,2025,{number},,"])
    day = NOON + timedelta(days=number)
    return archive.add(TOY, retrieval(path, day), scope="full", origin="live", known_from=day)


def by_another_process(archive: Archive, folder: Path, number: int) -> None:
    known = log._read.pop(archive.log)
    log._once.discard(archive.log)
    arrive(archive, folder, number)
    log._read[archive.log] = known
    log._once.add(archive.log)


def said(archive: Archive) -> tuple[object, ...]:
    captures = archive.captures()
    return captures, archive.decisions(), archive.checks(captures)


def a_new_process(archive: Archive) -> None:
    log._read.pop(archive.log, None)
    log._entry.cache_clear()


def test_entries_as_they_come_say_what_all_of_them_say_at_once(archive: Archive, tmp_path: Path) -> None:
    archive.captures()
    arrive(archive, tmp_path, 3)
    arrive(archive, tmp_path, 3)  # confirmed
    step_by_step = said(archive)
    a_new_process(archive)
    assert said(archive) == step_by_step
    captures, _, checks = step_by_step
    assert [one.state for one in captures] == ["accepted", "accepted", "received", "received"]  # type: ignore[attr-defined]
    assert FAILED in checks[captures[1].id]  # type: ignore[index]


def test_within_one_look_what_is_logged_here_is_known_and_what_others_log_is_not(
    archive: Archive, tmp_path: Path
) -> None:
    with archive.read_once():
        before, _, _ = said(archive)
        by_another_process(archive, tmp_path, 4)
        new = arrive(archive, tmp_path, 5)
        archive.judge(new, "accepted", "")
        within, _, _ = said(archive)
    assert [one.id for one in within] == [*(one.id for one in before), new.id]
    assert within[-1].state == "accepted"
    assert len(archive.captures()) == len(within) + 1
    after = said(archive)
    a_new_process(archive)
    assert said(archive) == after


def test_a_look_within_a_look_does_not_end_it(archive: Archive, tmp_path: Path) -> None:
    before = archive.captures()
    with archive.read_once():
        with archive.read_once():
            by_another_process(archive, tmp_path, 4)
        assert archive.captures() == before
    assert len(archive.captures()) == len(before) + 1


def test_what_one_look_finds_broken_is_told_and_the_next_question_looks_again(archive: Archive) -> None:
    a_new_process(archive)
    broken = archive.log / "20990101T000000000000-verdict-abcdef.json"
    broken.write_text("{")
    with pytest.raises(Unusable, match=broken.name), archive.read_once():
        pass
    broken.unlink()
    assert len(archive.captures()) == 3


def test_captures_of_some_datasets_are_those_of_all(archive: Archive) -> None:
    assert archive.captures_of(["toy"]) == archive.captures("toy") == archive.captures()
    assert archive.captures_of(["other"]) == archive.captures("other") == []


def test_what_a_copy_has_is_not_read_again(
    archive: Archive, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "SELDOM", 6)
    before = said(archive)
    archive.copy_log()
    a_new_process(archive)
    opened.clear()
    assert said(archive) == before
    assert opened == []
    new = arrive(archive, tmp_path, 3)
    archive.copy_log()  # one entry more is no reason for another copy
    a_new_process(archive)
    assert [one.id for one in archive.captures()] == [*(one.id for one in before[0]), new.id]  # type: ignore[attr-defined]
    assert len(opened) == 2


def test_a_small_log_has_no_copy(archive: Archive) -> None:
    archive.copy_log()
    assert not (archive.folder / log.COPY).exists()


def remove(archive: Archive) -> None:
    next(archive.log.glob("*-decision-*")).unlink()


def change(archive: Archive) -> None:
    path = next(archive.log.glob("*-decision-*"))
    entry = json.loads(path.read_bytes())
    entry["content"]["state"] = "withdrawn"
    path.write_text(json.dumps(entry))


def add_before(archive: Archive) -> None:
    """As from another home: it was written earlier, and comes now."""
    verdict = next(archive.log.glob("*-verdict-*"))
    received = archive.captures()[-1].id
    entry = {
        "kind": "verdict",
        "content": {"capture": received, "state": "accepted", "why": "", "checks": []},
    }
    verdict.with_name(f"{verdict.name[:24]}0-verdict-zzzzzz.json").write_text(json.dumps(entry))


def tell_again(archive: Archive) -> None:
    """As from another home that was given the same file."""
    first = min(archive.log.glob("*-capture-*"))
    shutil.copy(first, archive.log / "29990101T000000000000-capture-zzzzzz.json")


def spoil_the_copy(archive: Archive) -> None:
    (archive.folder / log.COPY).write_bytes(b'{"entries": 6')


@pytest.mark.parametrize("happens", [remove, change, add_before, tell_again, spoil_the_copy])
@pytest.mark.parametrize("again", [True, False], ids=["in a new process", "in this one"])
def test_a_copy_counts_only_for_the_entries_that_it_was_made_of(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, happens: Callable[[Archive], None], again: bool
) -> None:
    monkeypatch.setattr(log, "SELDOM", 6)
    before = said(archive)
    archive.copy_log()
    assert (archive.folder / log.COPY).exists()
    happens(archive)
    if again or happens is change:  # an entry never changes while a process lasts
        a_new_process(archive)
    found = said(archive)
    (archive.folder / log.COPY).unlink()
    a_new_process(archive)
    assert found == said(archive)
    assert (found == before) == (happens in (tell_again, spoil_the_copy))


def test_a_verdict_that_is_read_before_its_capture_counts_when_that_comes(archive: Archive) -> None:
    first = min(archive.log.glob("*-capture-*"))
    aside = archive.folder / first.name
    first.rename(aside)
    assert len(archive.captures()) == 2
    aside.rename(archive.log / "29990101T000000000000-capture-zzzzzz.json")
    assert sorted(one.state for one in archive.captures()) == ["accepted", "accepted", "received"]
