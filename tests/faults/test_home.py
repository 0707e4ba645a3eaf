"""A home that is full, read-only, spoilt, from another time or from other code: the current release stays."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import observatory
from observatory.console import ALL_WELL, NOTHING_PUBLISHED
from pipelines.refresh import code_version
from tests.faults.conftest import settings_for
from tests.faults.refreshing import AI, SHOWS_IT, Site, planned, refresh
from tests.replica import Replica
from warehouse.archive import Archive
from warehouse.log import STAMP
from warehouse.model import Unusable
from warehouse.read import current
from warehouse.release import manifest


def mount(*words: str) -> bool:
    """Whether a file system could be mounted as these words say."""
    program = shutil.which("mount")
    return program is not None and not subprocess.run([program, *words], capture_output=True).returncode


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of its own, as large as said; skips where nobody may mount one."""
    folder.mkdir()
    if not mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)):
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run([str(shutil.which("umount")), "--lazy", str(folder)], check=True)


@pytest.fixture
def disk(first_home: Path, tmp_path: Path, replica: Replica) -> Iterator[Site]:
    """A home on a disk of its own."""
    with small_disk(tmp_path / "disk", "16m") as folder:
        shutil.copytree(first_home, folder / "home")
        yield Site(replica, settings_for(folder / "home", replica), edition=1)


def fill(folder: Path, but: int) -> Path:
    """A file that leaves so many bytes of the disk."""
    filling = folder / "filling"
    free = shutil.disk_usage(folder).free
    filling.write_bytes(bytes(max(0, free - but)))
    return filling


@pytest.mark.parametrize("free", [0, 4 << 10, 32 << 10, 1 << 20, 2 << 20])
@pytest.mark.fault(
    "store",
    "the disk is full: nothing left, or room for the bytes, the tables or half of a release",
    expected="one line that says so; the release and every capture stay; with room again the next refresh completes",
)
def test_a_full_disk_leaves_everything_as_it_was(disk: Site, free: int) -> None:
    before, old, held = current(disk.settings.home), disk.values(), disk.captures()
    new = disk.change()
    filling = fill(disk.settings.home.parent, free)
    try:
        outcome = refresh(disk.settings)
    except OSError as error:
        said = [f"{error.filename}: {error.strerror}"]
    else:
        assert outcome.release is None
        said = [*outcome.problems]
    assert any("No space left on device" in line for line in said), said
    assert (current(disk.settings.home), disk.values()) == (before, old)
    assert held <= disk.captures()
    filling.unlink()
    disk.whole()
    assert disk.values() == {new}


@pytest.mark.fault(
    "store", "a read-only home", expected="one line with the path; the release stays and can be read"
)
def test_a_read_only_home_is_named_and_can_be_read(
    disk: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, old = current(disk.settings.home), disk.values()
    new = disk.change()
    folder = disk.settings.home.parent
    assert mount("-o", "remount,ro", str(folder))
    monkeypatch.setenv("OBSERVATORY_HOME", str(disk.settings.home))
    assert observatory.main(["refresh", "--offline"]) == NOTHING_PUBLISHED
    (line,) = capsys.readouterr().err.splitlines()
    assert str(disk.settings.home) in line
    assert "Read-only file system" in line
    assert (current(disk.settings.home), disk.values()) == (before, old)
    assert observatory.main(["figures", SHOWS_IT, "--geo", "EU27_2020"]) == ALL_WELL
    assert mount("-o", "remount,rw", str(folder))
    disk.whole()
    assert disk.values() == {new}


def entries(home: Path, kind: str) -> list[Path]:
    return sorted((home / "archive" / "log").glob(f"*-{kind}-*.json"))


@pytest.mark.parametrize("spoil", [lambda text: text[: len(text) // 2], lambda _: b"", lambda _: b"[1]"])
@pytest.mark.fault(
    "store",
    "a log entry half written, empty, or of another kind",
    expected="one line that names it and says what to do; the release stays; moved away, the next refresh completes",
)
def test_a_spoilt_log_entry_is_named(site: Site, spoil: Callable[[bytes], bytes]) -> None:
    home = site.settings.home
    before = current(home)
    (entry,) = entries(home, "verdict")
    entry.write_bytes(spoil(entry.read_bytes()))
    new = site.change()
    with pytest.raises(
        Unusable, match=f"{entry.name}: no entry of a log .*: restore it from a copy, or move"
    ):
        planned(site.settings)
    assert current(home) == before
    entry.unlink()
    site.whole()
    assert site.values() == {new}


def test_what_is_unusable_is_one_line_of_the_command(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (entry,) = entries(site.settings.home, "capture")
    entry.write_bytes(b"{")
    monkeypatch.setenv("OBSERVATORY_HOME", str(site.settings.home))
    for command in ("refresh --offline", "status", "capture list"):
        assert observatory.main(command.split()) == NOTHING_PUBLISHED
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"observatory: {entry}: no entry of a log")


def later(name: str, by: timedelta) -> str:
    """The name of a log entry as it would be, had it been written so much later."""
    stamp, _, rest = name.partition("-")
    return f"{datetime.strptime(stamp, STAMP).replace(tzinfo=UTC) + by:{STAMP}}-{rest}"


@pytest.mark.fault(
    "store",
    "the clock was set back",
    expected="one line with both times; nothing is written; the release stays; the clock right again, the next refresh completes",
)
def test_a_clock_set_back_is_noticed_before_anything_is_written(site: Site) -> None:
    home = site.settings.home
    before, (entry,) = current(home), entries(home, "verdict")
    ahead = entry.rename(entry.with_name(later(entry.name, timedelta(days=2))))
    new = site.change()
    logged = sorted(ahead.parent.iterdir())
    with pytest.raises(
        Unusable, match=r"the clock says .* UTC, and .* holds an entry of .* UTC: set the clock"
    ):
        planned(site.settings)
    assert (current(home), sorted(ahead.parent.iterdir())) == (before, logged)
    ahead.rename(entry)
    site.whole()
    assert site.values() == {new}


@pytest.mark.fault(
    "store", "the clock was set back by seconds", expected="the newest verdict counts all the same"
)
def test_a_clock_set_back_by_seconds_does_not_change_the_order(site: Site) -> None:
    home = site.settings.home
    (entry,) = entries(home, "verdict")
    now = datetime.now(UTC).strftime(STAMP)
    shift = timedelta(minutes=4) + (datetime.strptime(now, STAMP) - datetime.strptime(entry.name[:21], STAMP))  # noqa: DTZ007
    entry.rename(entry.with_name(later(entry.name, shift)))
    archive = Archive(home)
    archive.check_clock()
    (capture,) = archive.captures(AI.id)
    archive.judge(capture, "withdrawn", "retracted")
    assert archive.captures(AI.id)[0].state == "withdrawn"


@pytest.mark.fault(
    "store",
    "a home that an earlier code version wrote",
    expected="readers are told what to run; the next refresh publishes anew from the archive, and no capture is lost",
)
def test_a_home_of_an_earlier_code_version_goes_on(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home, held, old = site.settings.home, site.captures(), site.values()
    was = current(home)
    path = home / "releases" / str(was) / "release.json"
    written = json.loads(path.read_bytes())
    earlier = {k: v for k, v in written.items() if k not in ("format", "figures_digest")}
    path.write_text(json.dumps({**earlier, "format": 1, "code_version": "0.0.1+00000000"}))
    for entry in entries(home, "capture"):  # written before anybody asked when it was confirmed
        content = json.loads(entry.read_bytes())
        content["content"].pop("confirmed_at")
        entry.write_text(json.dumps(content))
    other = home.with_name("other")  # a process reads a manifest and an entry once: let this be a new home
    home.rename(other)
    moved = Site(site.replica, settings_for(other, site.replica), site.edition)
    monkeypatch.setenv("OBSERVATORY_HOME", str(other))
    assert observatory.main(["figures", SHOWS_IT]) == NOTHING_PUBLISHED
    assert "observatory refresh" in capsys.readouterr().err
    new = moved.change()
    moved.whole()
    assert old != {new} == moved.values()
    assert held < moved.captures()
    release = manifest(other, str(current(other)))
    assert release.code_version == code_version()
