"""What the last look for new data found: when it was, what was new, and which source gave no answer.

What came of it stands in the releases and in the archive's log.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from warehouse.files import write_whole

FILE = "last-look.json"


@dataclass(frozen=True)
class Look:
    """One look for new data; ``asked`` tells whether sources were asked, or only what is archived was looked at."""

    at: datetime
    asked: bool
    new: tuple[str, ...]
    problems: tuple[str, ...]


def note(home: Path, look: Look) -> None:
    """Keep a look as the home's last one."""
    write_whole(home / FILE, json.dumps(asdict(look), default=str, indent=1).encode())


def last(home: Path) -> Look | None:
    """The last look; None before the first."""
    if not (home / FILE).exists():
        return None
    said = json.loads((home / FILE).read_bytes())
    return Look(
        datetime.fromisoformat(said["at"]), said["asked"], tuple(said["new"]), tuple(said["problems"])
    )
