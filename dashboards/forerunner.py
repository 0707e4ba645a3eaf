"""The server's own reader: sees a new release before all others do, so that their pages are already made when they come.

Which release readers see meanwhile is decided here; what a page shows of it is not.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Event, Lock, Thread, local
from time import monotonic
from urllib.parse import urlencode

import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from warehouse.read import current

log = logging.getLogger(__name__)

AHEAD = "X-Observatory-Ahead"
"""A header of the forerunner's connection. Whoever else sends it sees a new release some seconds before others do."""
PROTOCOL = Subprotocol("streamlit")
REMEMBERED, LATELY, LONGEST = 300, 1800.0, 1_000
"""So many pages that readers asked for are remembered, for so many seconds, where their address is no longer than this."""
EVERY, AT_MOST, ONE_PAGE = 1.0, 60.0, 30.0
"""Seconds between two looks at the pointer; that readers wait for a new release, and the forerunner for one page, at the most."""
GIVES_WAY = 0.05
"""Seconds that it waits for readers who are at work, before each thing that it makes."""


@dataclass(frozen=True)
class Visit:
    """A page as somebody saw it: all that it shows follows from its address and the browser's colours."""

    page: str
    query: str
    colours: str


@dataclass
class Visits:
    """The pages that readers asked for lately."""

    _when: OrderedDict[Visit, float] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def note(self, visit: Visit, now: float) -> None:
        """Remember that somebody asked for a page."""
        if len(visit.query) > LONGEST:
            return
        with self._lock:
            self._when[visit] = now
            self._when.move_to_end(visit)
            if len(self._when) > REMEMBERED:
                self._when.popitem(last=False)

    def recent(self, now: float) -> list[Visit]:
        """The pages asked for lately, the latest first."""
        with self._lock:
            return [visit for visit, when in reversed(self._when.items()) if now - when < LATELY]


@dataclass
class Readers:
    """Those whose page is being made, for whom the forerunner stands back."""

    _at_work: int = 0
    _changed: Condition = field(default_factory=Condition, repr=False)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """One more reader, while the block lasts."""
        with self._changed:
            self._at_work += 1
        try:
            yield
        finally:
            with self._changed:
                self._at_work -= 1
                self._changed.notify_all()

    def stand_back(self, seconds: float) -> bool:
        """Wait until none is at work, or so many seconds; tells whether none is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._at_work, seconds)


@dataclass
class Forerunner:
    """Keeps readers of a server at the release that they see until the next one's pages are made."""

    home: Path
    address: str
    """Of the server's own websocket."""
    visits: Visits = field(default_factory=Visits)
    shown: str | None = None
    """What readers see; nothing before the first of them comes."""

    def release(self, newest: str | None) -> str | None:
        """What readers see while ``newest`` is current: that at once after a rollback, and where theirs is gone."""
        seen = self.shown
        if not (seen and newest and newest > seen and (self.home / "releases" / seen).is_dir()):
            self.shown = newest
        return self.shown

    def follow(self, stop: Event) -> None:
        """Look for new releases until ``stop``."""
        while not stop.wait(EVERY):
            self.look(stop)

    def look(self, stop: Event) -> None:
        """Where there is a new release, be the first there, and let readers see it then."""
        newest = current(self.home)
        if not self.shown or self.release(newest) == newest:
            return
        try:
            self._go_ahead(stop)
        except (OSError, WebSocketException) as error:
            log.warning("pages of a new release are made when readers come: %s", error)
        except Exception:  # a thread that ended would leave readers with old figures
            log.exception("going ahead of readers")
        self.shown = current(self.home)

    def _go_ahead(self, stop: Event) -> None:
        """Ask for all that readers saw lately, as long as they may wait; raises OSError, WebSocketException."""
        until = monotonic() + AT_MOST
        with connect(
            self.address, subprotocols=[PROTOCOL], additional_headers={AHEAD: "1"}, max_size=None
        ) as window:
            for visit in self.visits.recent(monotonic()):
                _see(visit, window)
                if monotonic() > until or stop.is_set():
                    return


def _see(visit: Visit, window: ClientConnection) -> None:
    """Ask for a page and wait until it is finished; raises TimeoutError."""
    asked = BackMsg()
    asked.rerun_script.query_string = visit.query
    asked.rerun_script.page_name = visit.page
    asked.rerun_script.context_info.color_scheme = visit.colours
    window.send(asked.SerializeToString())
    until = monotonic() + ONE_PAGE
    while True:
        said = ForwardMsg.FromString(bytes(window.recv(until - monotonic(), decode=False)))
        if said.WhichOneof("type") == "script_finished":
            return


readers = Readers()
"""Those of this process."""
_making = local()
"""Of a thread: whether it makes something."""
_own: Forerunner | None = None
"""That of this server; none where pages are not served by ours."""


def go_ahead(home: Path, address: str, stop: Event) -> Thread:
    """Have a forerunner in this process from now on, until ``stop``."""
    global _own
    _own = Forerunner(home, address)
    thread = Thread(target=_own.follow, args=(stop,), name="forerunner", daemon=True)
    thread.start()
    return thread


def shown(newest: str | None) -> str | None:
    """The release that the reader of this rerun sees while ``newest`` is the current one."""
    if _own is None or _is_ahead():
        return newest
    return _own.release(newest)


@contextmanager
def read(page: str) -> Iterator[None]:
    """A reader's page is made, and remembered; unless it is the forerunner who asks for it."""
    if _own is None or _is_ahead():
        yield
        return
    query = urlencode(st.query_params.to_dict())
    _own.visits.note(Visit(page, query, st.context.theme.type or ""), monotonic())
    with readers.at_work():
        yield


@contextmanager
def giving_way() -> Iterator[None]:
    """Something is made; where it is the forerunner who asks for it, readers who are at work go first.

    Not for what is made within something else: a reader may wait for that, and the two would wait for each other.
    """
    if getattr(_making, "something", False):
        yield
        return
    if _is_ahead():
        readers.stand_back(GIVES_WAY)
    _making.something = True
    try:
        yield
    finally:
        _making.something = False


def _is_ahead() -> bool:
    """Whether it is the forerunner whose page is made."""
    return AHEAD in st.context.headers
