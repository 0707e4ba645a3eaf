"""The server's own reader: sees a new release before all others do, so that what their pages show is already made when they come.

Which release readers see meanwhile is decided here; what a page shows of it is not.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic
from urllib.parse import urlencode

import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection

from dashboards.aside import aside
from dashboards.stock import Stock
from warehouse.read import current

log = logging.getLogger(__name__)

REMEMBERED, LATELY, LONGEST = 300, 1800.0, 1_000
"""So many pages that readers asked for are remembered, for so many seconds, where their address is no longer than this."""
EVERY, AT_MOST, ONE_PAGE = 1.0, 60.0, 30.0
"""Seconds between two looks at the pointer; that readers wait for a new release, and the forerunner for one page, at the most."""


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
class Forerunner:
    """Keeps readers of a server at the release that they see until the next one's pages are made."""

    home: Path
    stock: Stock
    """Where it leaves what it makes."""
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
            if not stop.is_set():
                log.warning("pages of a new release are made when readers come: %s", error)
        except Exception:  # a thread that ended would leave readers with old figures
            log.exception("going ahead of readers")
        self.shown = current(self.home)

    def _go_ahead(self, stop: Event) -> None:
        """Ask for all that readers saw lately, as long as they may wait; raises OSError, WebSocketException."""
        until, visits = monotonic() + AT_MOST, self.visits.recent(monotonic())
        if not visits:
            return
        with aside(self.home, self.stock.folder, stop) as window:
            for visit in visits:
                _see(visit, window, stop)
                if monotonic() > until or stop.is_set():
                    return


def _see(visit: Visit, window: ClientConnection, stop: Event) -> None:
    """Ask for a page and wait until it is finished, or until ``stop``; raises TimeoutError."""
    asked = BackMsg()
    asked.rerun_script.query_string = visit.query
    asked.rerun_script.page_name = visit.page
    asked.rerun_script.context_info.color_scheme = visit.colours
    window.send(asked.SerializeToString())
    until = monotonic() + ONE_PAGE
    while not stop.is_set():
        try:
            said = ForwardMsg.FromString(bytes(window.recv(EVERY, decode=False)))
        except TimeoutError:
            if monotonic() > until:
                raise
            continue
        if said.WhichOneof("type") == "script_finished":
            return


_own: Forerunner | None = None
"""That of this server; none where pages are not served by ours."""


def go_ahead(home: Path, stock: Stock, stop: Event) -> Thread:
    """Have a forerunner in this process from now on, until ``stop``."""
    global _own
    _own = Forerunner(home, stock)
    thread = Thread(target=_own.follow, args=(stop,), name="forerunner", daemon=True)
    thread.start()
    return thread


def shown(newest: str | None) -> str | None:
    """The release that the reader of this rerun sees while ``newest`` is the current one."""
    return _own.release(newest) if _own else newest


def note(page: str) -> None:
    """Remember what the reader of this rerun asks for."""
    if _own:
        query = urlencode(st.query_params.to_dict())
        _own.visits.note(Visit(page, query, st.context.theme.type or ""), monotonic())
