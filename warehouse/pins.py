"""Which release readers were sent back to, since when and why: a log of pins, of which the newest entry counts.

Moving the pointer does not belong here (release.py).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from warehouse.files import write_whole

FOLDER = "pins"


@dataclass(frozen=True)
class Pin:
    """That readers stay at a release, and who decided so; of an empty ``release``, that they go on to the newest."""

    release: str
    why: str
    by: str
    at: datetime


def pins(home: Path) -> list[Pin]:
    """Every pin and its end, the oldest first."""
    return [_read(path) for path in sorted((home / FOLDER).glob("[0-9]*.json"))]


def pinned(home: Path) -> Pin | None:
    """The pin that holds now; None while readers see the newest release."""
    newest = max((home / FOLDER).glob("[0-9]*.json"), default=None)
    found = _read(newest) if newest else None
    return found if found and found.release else None


def enter(home: Path, release: str, why: str, by: str) -> Pin:
    """Log that readers stay at a release from now on, or with an empty one that they no longer do."""
    now = datetime.now(UTC)
    found = Pin(release, why, by, now)
    text = json.dumps(asdict(found), default=str, indent=1)
    write_whole(home / FOLDER / f"{now:%Y%m%dT%H%M%S%f}-{uuid4().hex[:6]}.json", text.encode())
    return found


def _read(path: Path) -> Pin:
    content = json.loads(path.read_bytes())
    return Pin(**{**content, "at": datetime.fromisoformat(content["at"])})
