"""The server's own reader sees a new release first; the others see it once the pages that they read are made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from dashboards import forerunner
from dashboards.forerunner import AHEAD, Forerunner, Readers, Visit, Visits
from tests.browser.conftest import serving
from tests.releases import Plan, build_release

FIRST = Plan()
LATER = Plan(id="20260301T110000Z-bbbbbb", eu_share=21.5)
FRENCH = Visit("enterprises", "lang=fr", "dark")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    build_release(tmp_path, FIRST)
    return tmp_path


@pytest.fixture
def served(home: Path) -> Iterator[str]:
    """The address of the websocket of a server with a forerunner of its own."""
    with serving(home, "--server.headless", "true") as address:
        yield f"ws{address.removeprefix('http')}/_stcore/stream"


def seen(address: str, page: str = "", query: str = "lang=en", ahead: bool = False) -> str:
    """What a page says to a reader who comes for it alone."""
    asked = BackMsg()
    told: list[str] = []
    asked.rerun_script.page_name, asked.rerun_script.query_string = page, query
    with connect(
        address,
        subprotocols=[forerunner.PROTOCOL],
        additional_headers={AHEAD: "1"} if ahead else {},
        max_size=None,
    ) as window:
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


def test_the_forerunner_lets_readers_go_first_but_not_while_they_may_wait_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[float] = []

    class Watched(Readers):
        def stand_back(self, seconds: float) -> bool:
            waited.append(seconds)
            return super().stand_back(0)

    monkeypatch.setattr(forerunner, "readers", Watched())
    with forerunner.giving_way():
        assert not waited, "a reader waits for nobody"
    monkeypatch.setattr(forerunner, "_is_ahead", lambda: True)
    for _ in range(2):
        with forerunner.giving_way(), forerunner.giving_way():
            pass
    assert waited == [forerunner.GIVES_WAY] * 2


def test_readers_stay_where_they_are_until_the_forerunner_has_been_there(home: Path) -> None:
    own = Forerunner(home, "ws://127.0.0.1:9")
    assert own.release(FIRST.id) == FIRST.id
    build_release(home, LATER)
    assert own.release(LATER.id) == FIRST.id
    (home / "releases" / FIRST.id).rename(home / "gone")
    assert own.release(LATER.id) == LATER.id, "what readers saw is no longer there"


def test_a_rollback_is_seen_at_once(home: Path) -> None:
    build_release(home, LATER)
    own = Forerunner(home, "ws://127.0.0.1:9")
    assert [own.release(name) for name in (LATER.id, FIRST.id, None)] == [LATER.id, FIRST.id, None]


def test_readers_see_a_new_release_also_where_nobody_answers_the_forerunner(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = Forerunner(home, "ws://127.0.0.1:9")
    own.release(FIRST.id)
    build_release(home, LATER)
    own.visits.note(FRENCH, monotonic())
    own.look(Event())
    assert own.shown == LATER.id
    assert "pages of a new release are made when readers come" in caplog.text


def test_the_forerunner_sees_what_readers_saw(
    home: Path, served: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert FIRST.id in seen(served)
    build_release(home, LATER)
    assert LATER.id in seen(served, ahead=True)
    own = Forerunner(home, served)
    own.release(FIRST.id)
    for visit in (FRENCH, Visit("overview", "lang=de&geo=MT", "light")):
        own.visits.note(visit, monotonic())
    own.look(Event())
    assert own.shown == LATER.id
    assert not caplog.records


def test_every_reader_comes_to_a_new_release_and_never_back(home: Path, served: str) -> None:
    pages = ("", "enterprises", "labour")
    assert all(FIRST.id in seen(served, page) for page in pages)
    build_release(home, LATER)
    until, moved = monotonic() + 60, False
    while not moved and monotonic() < until:
        moved = LATER.id in seen(served, "enterprises")
    assert moved
    assert all(LATER.id in seen(served, page) for page in pages)
