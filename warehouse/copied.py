"""Whether a home shares a store, what it last took over from there, and whether the store could be used since.

Taking over does not belong here: sharing.py and the library are loaded only where there is a store.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sources.settings import Settings
from warehouse.files import write_whole
from warehouse.model import StoreFault

if TYPE_CHECKING:
    from warehouse.sharing import WorkingCopy

FILE = "shared.json"


@dataclass(frozen=True)
class Aim:
    """Where a pointer points: the release that readers see, and the newest, which is another one under a pin."""

    release: str = ""
    newest: str = ""


@dataclass(frozen=True)
class Copied:
    """The pointer that a home followed last, by the mark of its content; no mark before there was any.

    ``whole`` tells whether all that a run needs was taken over, or what pages need. A ``fault`` says why nothing newer
    could be had, from ``since`` on; without one, ``since`` is when this pointer was taken over.
    """

    store: str
    mark: str = ""
    aim: Aim = Aim()
    whole: bool = False
    since: datetime | None = None
    fault: str = ""


def working_copy(settings: Settings) -> WorkingCopy | None:
    """The home as a copy of the store that the settings name, if any; raises StoreFault without the library."""
    if not settings.store:
        return None
    try:
        from warehouse.store import Store
    except ImportError as error:
        raise StoreFault(
            f"OBSERVATORY_STORE is set, and {error.name} is not installed: run `make shared` (the extra `shared`)"
        ) from error
    from warehouse.sharing import WorkingCopy

    return WorkingCopy(settings.home, Store(settings.store), settings.keep_releases)


def copied(home: Path, store: str) -> Copied:
    """What the home took over from this store; an empty one where it never did."""
    path = home / FILE
    said = json.loads(path.read_bytes()) if path.exists() else {}
    if said.get("store") != store:
        return Copied(store)
    return Copied(**{**said, "aim": Aim(**said["aim"]), "since": datetime.fromisoformat(said["since"])})


def note(home: Path, found: Copied) -> Copied:
    """Keep what holds from now on."""
    found = replace(found, since=datetime.now(UTC))
    write_whole(home / FILE, json.dumps(asdict(found), default=str, indent=1).encode())
    return found


def note_fault(home: Path, store: str, fault: str) -> None:
    """Keep that from now on the store cannot be used, or with an empty ``fault`` that it can again."""
    note(home, replace(copied(home, store), fault=fault))
