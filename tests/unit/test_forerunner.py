"""The server's own reader sees a new release first; the others see it once the pages that they read are made."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from dashboards import forerunner
from dashboards.aside import PROTOCOL, ROOT
from dashboards.forerunner import Forerunner, Visit, Visits
from dashboards.stock import Stock
from tests.browser.conftest import serving
from tests.releases import Plan, build_release

FIRST = Plan()
LATER = Plan(id="20260301T110000Z-bbbbbb", eu_share=21.5)
AT_ONCE = "readers see the new release at once; its pages are made when they come"
FRENCH = Visit("enterprises", "lang=fr", "dark")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    build_release(tmp_path, FIRST)
    return tmp_path


def seen(address: str, page: str = "", query: str = "lang=en") -> str:
    """What a page says to a reader who comes for it alone."""
    asked = BackMsg()
    told: list[str] = []
    asked.rerun_script.page_name, asked.rerun_script.query_string = page, query
    with connect(address, subprotocols=[PROTOCOL], max_size=None) as window:
        window.send(asked.SerializeToString())
        while True:
            said = ForwardMsg.FromString(bytes(window.recv(30, decode=False)))
            if said.WhichOneof("type") == "script_finished":
                return "\n".join(told)
            told.append(said.delta.new_element.markdown.body)


def test_pages_are_remembered_by_when_they_were_asked_for_last() -> None:
    visits = Visits()
    for moment, page in enumerate(("overview", "labour", "overview")):
        visits.note(Visit(page, "", "light"), float(moment))
    assert [visit.page for visit in visits.recent(3.0)] == ["overview", "labour"]
    assert [visit.page for visit in visits.recent(forerunner.LATELY + 1.5)] == ["overview"]


def test_nobody_fills_the_memory_or_holds_a_release_by_asking_for_pages() -> None:
    visits = Visits()
    visits.note(Visit("cases", "q=" + "a" * forerunner.LONGEST, "light"), 0.0)
    assert not visits.recent(0.0)
    for number in range(forerunner.REMEMBERED + 5):
        visits.note(Visit("indicator", f"indicator={number}", "light"), 0.0)
    found = visits.recent(0.0)
    assert len(found) == forerunner.REMEMBERED
    assert found[0].query == f"indicator={forerunner.REMEMBERED + 4}"


def test_readers_stay_where_they_are_until_the_forerunner_has_been_there(home: Path) -> None:
    own = Forerunner(home, Stock(home))
    assert own.release(FIRST.id) == FIRST.id
    build_release(home, LATER)
    assert own.release(LATER.id) == FIRST.id
    (home / "releases" / FIRST.id).rename(home / "gone")
    assert own.release(LATER.id) == LATER.id, "what readers saw is no longer there"


def test_a_rollback_is_seen_at_once(home: Path) -> None:
    build_release(home, LATER)
    own = Forerunner(home, Stock(home))
    assert [own.release(name) for name in (LATER.id, FIRST.id, None)] == [LATER.id, FIRST.id, None]


@pytest.mark.fault(
    "read", "the second server, which makes pages ahead of readers, does not start", expected=AT_ONCE
)
def test_readers_see_a_new_release_also_where_no_second_server_starts(
    home: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = Forerunner(home, Stock(tmp_path / ("long" * 50)))  # no socket has so long a name
    own.stock.folder.mkdir()
    own.release(FIRST.id)
    build_release(home, LATER)
    own.visits.note(FRENCH, monotonic())
    own.look(Event())
    assert own.shown == LATER.id
    assert "pages of a new release are made when readers come" in caplog.text


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="the system does not tell its processes so")
@pytest.mark.fault("read", "kill -9 of the second server while it makes pages", expected=AT_ONCE)
def test_readers_see_a_new_release_also_where_the_second_server_is_killed(
    home: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = Forerunner(home, Stock(folder))
    own.release(FIRST.id)
    build_release(home, LATER)
    own.visits.note(FRENCH, monotonic())
    looking = Thread(target=own.look, args=(Event(),))
    looking.start()
    while not any(folder.glob("[0-9a-f]*")):
        assert looking.is_alive(), "it made nothing"
    (second,) = (process for process, command in commands() if str(folder / "socket") in command)
    os.kill(second, signal.SIGKILL)
    looking.join()
    assert own.shown == LATER.id
    assert "pages of a new release are made when readers come" in caplog.text


def test_where_nobody_read_lately_nothing_is_made_ahead(home: Path, tmp_path: Path) -> None:
    own = Forerunner(home, Stock(tmp_path / "never made"))
    own.release(FIRST.id)
    build_release(home, LATER)
    own.look(Event())
    assert own.shown == LATER.id


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place for temporary files whose name is short enough for a socket's."""
    with TemporaryDirectory() as name:
        yield Path(name)


def test_every_reader_comes_to_a_new_release_and_nobody_makes_its_pages_anew(
    home: Path, folder: Path
) -> None:
    pages = ("", "enterprises", "labour")
    with serving(home, "--server.headless", "true", TMPDIR=str(folder)) as served:
        address = f"ws{served.removeprefix('http')}/_stcore/stream"
        assert all(FIRST.id in seen(address, page) for page in pages)
        build_release(home, LATER)
        until, moved = monotonic() + 90, False
        while not moved and monotonic() < until:
            moved = LATER.id in seen(address, "milestones") or Event().wait(0.5)
        assert moved
        assert "made when readers come" not in "".join(log.read_text() for log in home.glob("server-*.log"))
        held = {path.name for path in folder.rglob("*")}
        assert all(LATER.id in seen(address, page) for page in pages), "somebody came back to the first"
        assert {path.name for path in folder.rglob("*")} == held
    assert not list(folder.iterdir()), "nothing is left behind"


def test_nobody_else_may_enter_where_pages_leave_what_they_made(home: Path, folder: Path) -> None:
    with serving(home, TMPDIR=str(folder)):
        (own,) = folder.iterdir()
        assert own.stat().st_mode & 0o077 == 0


def test_a_server_that_ends_takes_its_second_one_with_it(home: Path, tmp_path: Path) -> None:
    stop = Event()
    own = Forerunner(home, Stock(tmp_path))
    own.release(FIRST.id)
    build_release(home, LATER)
    own.visits.note(FRENCH, monotonic())
    stop.set()
    own.look(stop)
    assert not any(str(tmp_path) in command for _, command in commands())


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="the system does not tell its processes so")
def test_a_second_server_ends_with_a_parent_that_was_killed(home: Path, folder: Path) -> None:
    script = (
        "import sys, threading, pathlib\nfrom dashboards.aside import aside\n"
        f"with aside(pathlib.Path({str(home)!r}), pathlib.Path({str(folder)!r}), threading.Event()):\n"
        "    print('ready', flush=True)\n    threading.Event().wait()\n"
    )
    with Popen([sys.executable, "-c", script], stdout=PIPE, cwd=ROOT) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"ready\n"
        assert any(str(folder / "socket") in command for _, command in commands())
        parent.kill()
    until = monotonic() + 20
    while any(str(folder / "socket") in command for _, command in commands()):
        assert monotonic() < until, "it is still there"


def commands() -> Iterator[tuple[int, str]]:
    """The processes of this machine, and what each was started with."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            yield int(path.parent.name), path.read_text().replace("\0", " ")
