"""What a killed run leaves behind: releases that were never named, files that were never whole. It is cleared here.

Nothing that has its name is touched.
"""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from time import time

HOURS = 1
"""A file without its name may be at work in an import, which takes no turn; one as old as this is not."""


def clear(home: Path) -> None:
    """Remove what earlier runs left half made; whoever calls it holds the turn, so no release is being built."""
    for building in home.glob("releases/.building-*"):
        rmtree(building, ignore_errors=True)
    for part in home.rglob(".*.part"):
        if part.stat().st_mtime < time() - HOURS * 3600:
            part.unlink(missing_ok=True)
