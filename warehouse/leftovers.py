"""What a killed run leaves behind: releases that were never named, files that were never whole. It is cleared here.

Nothing that has its name is touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from time import time

from warehouse import silence

HOURS = 1
"""A file without its name may be at work in an import, which takes no turn; one as old as this is not."""


def clear(home: Path) -> None:
    """Remove what earlier runs left half made; whoever calls it holds the turn, so no release is being built."""
    for building in home.glob("releases/.building-*"):
        rmtree(building, ignore_errors=True)
    for part in _parts(home):
        if _is_old(part):
            part.unlink(missing_ok=True)
    for run in home.glob(f"{silence.FOLDER}/*"):
        if _is_old(run):
            silence.forget(home, run.name)


def _parts(home: Path) -> Iterator[Path]:
    """Every file that has not got its name; a home may hold many thousands that have."""
    for folder, _, names in os.walk(home):
        yield from (Path(folder, name) for name in names if name.startswith(".") and name.endswith(".part"))


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time() - HOURS * 3600
    except FileNotFoundError:  # it took its name, or another run removed it
        return False
