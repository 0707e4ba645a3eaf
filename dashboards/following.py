"""How pages follow a shared store: one thread of the server looks at its pointer now and then, and fetches what it names.

What readers see is always read from the home; what a look does belongs to warehouse/sharing.py.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from threading import Event, Thread

from sources.settings import Settings
from warehouse.copied import copied, note_fault, working_copy
from warehouse.model import Unusable
from warehouse.sharing import WorkingCopy

log = logging.getLogger(__name__)


class Busy(Exception):
    """Another process works in the home; whatever it is, it moves the home's pointer itself."""


def follow(settings: Settings, stop: Event) -> Thread | None:
    """Look at once and then every ``store_every`` seconds until ``stop``; None without a store.

    Nor where the pages may write nothing in the home: then a run that works there takes over what the store has.
    """
    shared = working_copy(settings)
    if shared is None:
        return None
    if not _may_write(shared.home):
        log.warning("%s cannot be written here: only a run that works in it follows the store", shared.home)
        return None
    thread = Thread(target=_follow, args=(shared, settings.store_every, stop), name="store", daemon=True)
    thread.start()
    return thread


def look(shared: WorkingCopy) -> bool:
    """Have the release that the store points to; tells whether that is another one.

    Where the store cannot be used, the release that is here stays, with one line in the log when that begins, and one
    when it ends.
    """
    address = shared.store.address
    before = copied(shared.home, address).fault
    try:
        moved = shared.pull(whole=False, waiting=_leave)
        shared.hear_look()
    except Busy:
        return False
    except (Unusable, OSError, ValueError, KeyError) as error:  # also what somebody else put there
        fault = " ".join(str(error).split())
        if fault != before:
            note_fault(shared.home, address, fault)
            log.warning("%s; readers see what was fetched before", fault)
        return False
    if before:
        note_fault(shared.home, address, "")
        log.warning("%s: the store can be used again", address)
    return moved


def _follow(shared: WorkingCopy, every: float, stop: Event) -> None:
    while not stop.is_set():
        try:
            look(shared)
        except Exception:  # a thread that ended would leave readers with old figures, and nobody told
            log.exception("looking at %s", shared.store.address)
        stop.wait(every)


def _may_write(home: Path) -> bool:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(home, os.W_OK)


def _leave() -> None:
    raise Busy
