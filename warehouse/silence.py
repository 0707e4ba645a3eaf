"""Sources that gave no answer in a run: noted in the home, so that no other step of the run asks them again.

Each step may be a process of its own; what becomes of a dataset that was not asked for belongs to the steps.
"""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

from warehouse.files import write_whole

FOLDER = "silent"


def note(home: Path, run: str, source: str, why: str) -> None:
    """Keep, while a run lasts, that a source gave no answer, and the line that says so."""
    write_whole(home / FOLDER / run / source, why.encode())


def said(home: Path, run: str, source: str) -> str:
    """What was said when the source gave no answer in this run; empty where it did, or was not asked yet."""
    path = home / FOLDER / run / source
    return path.read_text() if path.exists() else ""


def forget(home: Path, run: str) -> None:
    """A run has ended: the next one asks again."""
    rmtree(home / FOLDER / run, ignore_errors=True)
