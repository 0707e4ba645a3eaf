"""A home as the working copy of a shared store: it follows the store's pointer, and moves it by compare and swap.

What is fetched, and what is sent, belongs to takeover.py and handover.py; how a store is asked, to store.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from warehouse import feed, handover, journal, release, retention, takeover
from warehouse.contents import Contents
from warehouse.copied import Aim, Copied, copied, note
from warehouse.files import write_whole
from warehouse.model import Moved, Release, StoreFault
from warehouse.pins import pinned
from warehouse.read import latest
from warehouse.turn import turn

if TYPE_CHECKING:
    from warehouse.store import Read, Store

POINTER = "current"
TRIES = 5
"""How often to start again from what others did meanwhile."""


@dataclass(frozen=True)
class WorkingCopy:
    """A home and its store; what asks the store raises StoreFault, and leaves the release that readers here see."""

    home: Path
    store: Store
    keep: int
    """How many releases keep their database in the home."""

    def pull(self, whole: bool = True, waiting: Callable[[], None] = lambda: None) -> bool:
        """Take over what others wrote; tells whether the pointer had moved.

        For a run all that counts (``whole``), and what only this home knows is sent; for pages what a release needs.
        """
        if not (self._news(whole) or (whole and self._ahead())):
            return False
        with turn(self.home, waiting):
            return self._catch_up(whole)

    def push(self) -> None:
        """Send what only this home has, and move the pointer where that changed anything; raises Moved."""
        self._follow(self._send(None))

    def settle(self) -> None:
        """Send what was decided here, on top of what others did meanwhile."""
        for _ in range(TRIES):
            try:
                return self.push()
            except Moved:
                self.pull()
        raise StoreFault(f"{self.store.address}: {gave_up()}; the next refresh sends what was decided here")

    def publish(self, contents: Contents) -> Release:
        """Publish in the store, then in the home; raises Moved, and then readers of neither see anything of it."""
        sent: list[Copied] = []
        published = release.publish(
            self.home, contents, lambda folder, sealed: sent.append(self._send((folder, sealed)))
        )
        self._follow(sent[0]) if sent else self.push()
        return published

    def fetch(self, name: str) -> None:
        """Have a whole release of which the home may have the manifest alone."""
        takeover.have_release(self.home, self.store, name)

    def tell_look(self) -> None:
        """Let others know of this home's last look for new data."""
        self.store.write(journal.FILE, (self.home / journal.FILE).read_bytes())

    def hear_look(self) -> None:
        """Know of the last look for new data that any home told of."""
        found, path = self.store.read(journal.FILE), self.home / journal.FILE
        if found and not (path.exists() and path.read_bytes() == found.content):
            write_whole(path, found.content)

    def _catch_up(self, whole: bool) -> bool:
        """Take over what is new, told anew: another process may have done so before this one had its turn."""
        found = self._news(whole)
        if found:
            said = json.loads(found.content)
            aim = Aim(said["release"], said["newest"])
            takeover.take_over(self.home, self.store, aim, whole)
            retention.prune(self.home, self.keep)
            note(self.home, Copied(self.store.address, found.mark, aim, whole))
        if whole and self._ahead():
            try:
                self.push()
            except Moved:
                return self._catch_up(whole)
        return found is not None

    def _news(self, whole: bool) -> Read | None:
        """The store's pointer, where it is not the one that the home follows."""
        known, found = copied(self.home, self.store.address), self.store.read(POINTER)
        if found is None and known.mark:
            if not whole:
                raise StoreFault(
                    f"{known.store}: it pointed to {known.aim.release}, and points to nothing now"
                )
            known = note(self.home, Copied(known.store))  # somebody emptied it: it is filled from here
        followed = found and found.mark == known.mark and (known.whole or not whole)
        return None if followed else found

    def _ahead(self) -> bool:
        """Whether the home points elsewhere than the store did: a past of its own, or a pin that is not told yet."""
        newest = latest(self.home)
        return newest is not None and self._aim(newest) != copied(self.home, self.store.address).aim

    def _send(self, built: tuple[Path, Release] | None) -> Copied:
        """Send all that is new here and move the pointer; gives what the home follows then. Raises Moved."""
        known = copied(self.home, self.store.address)
        newest = built[1].id if built else latest(self.home)
        sent = handover.hand_over(self.home, self.store, newest, built)
        if not newest or not (sent or self._aim(newest) != known.aim):
            return known
        aim = self._aim(newest)
        pointer = {**asdict(aim), "moved_at": datetime.now(UTC), "move": uuid4().hex}
        mark = self.store.swap(POINTER, json.dumps(pointer, default=str, indent=1).encode(), known.mark)
        return Copied(known.store, mark, aim, whole=True)

    def _follow(self, found: Copied) -> None:
        """Note what the home follows from now on; the first to point gives the feed of all homes its name."""
        first = not copied(self.home, self.store.address).mark
        note(self.home, found)
        if first and found.mark and (self.home / feed.FEED).exists():
            self.store.write(feed.FEED, (self.home / feed.FEED).read_bytes())

    def _aim(self, newest: str) -> Aim:
        pin = pinned(self.home)
        return Aim(pin.release if pin else newest, newest)


def gave_up() -> str:
    """Why nothing came of several tries."""
    return f"others moved the store's pointer {TRIES} times meanwhile"
