"""What pages have made, in files: for another process of the same server, and for what has to be made again after it was forgotten.

What is kept in memory, and what tells one thing from another, keeping.py and data.py say.
"""

from __future__ import annotations

import logging
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

log = logging.getLogger(__name__)

Made = TypeVar("Made")

AT_MOST = 500_000_000
"""Bytes in files; those that nobody asked for longest go first."""


@dataclass(frozen=True)
class Stock:
    """A folder that only the server's user may write to: what lies in it is trusted as its own memory is."""

    folder: Path

    def fetch(self, mark: str, make: Callable[[], Made]) -> Made:
        """What was made under a mark before, else what ``make`` gives, which is then held for others."""
        path = self.folder / blake2b(mark.encode(), digest_size=16).hexdigest()
        try:
            content = path.read_bytes()
        except OSError:  # nobody made it yet
            made = make()
            self._hold(path, made)
            return made
        with suppress(FileNotFoundError):  # it has just been let go of
            os.utime(path)
        held: Made = pickle.loads(content)  # noqa: S301 - only this server writes here
        return held

    def trim(self, at_most: int = AT_MOST) -> None:
        """Let go of what nobody asked for longest, where there is more than so many bytes."""
        files = sorted(self._files())
        held = sum(size for _, size, _ in files)
        for _, size, path in files:
            if held <= at_most:
                return
            path.unlink(missing_ok=True)
            held -= size

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """When each file was asked for last, its size and its path."""
        for path in self.folder.iterdir():
            with suppress(FileNotFoundError):  # it has just got its name
                if path.is_file():
                    yield path.stat().st_mtime, path.stat().st_size, path

    def _hold(self, path: Path, made: object) -> None:
        """Write a thing whole or not at all; where the disk is full, it is made again when it is asked for."""
        content = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
        try:
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as file:
                file.write(content)
            Path(file.name).replace(path)
        except OSError as error:
            log.warning("what pages made is not held for others: %s", error)


_own: Stock | None = None
"""That of this process; none where pages are not served by ours."""


def hold_in(folder: Path) -> Stock:
    """From now on this process holds what it makes in a folder, and takes from there what others made."""
    global _own
    _own = Stock(folder)
    return _own


def fetch(mark: str, make: Callable[[], Made]) -> Made:
    """What this server made under a mark before, else what ``make`` gives."""
    return _own.fetch(mark, make) if _own else make()
