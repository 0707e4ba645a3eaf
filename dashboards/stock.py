"""What pages have made, in files: for another process of the same server, and for what has to be made again after it was forgotten.

What is kept in memory, and what tells one thing from another, keeping.py and data.py say.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from math import inf
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

log = logging.getLogger(__name__)

Made = TypeVar("Made")

AT_MOST, LOOKS = 500_000_000, 0.1
"""Bytes in files, and the share of them after which a process looks whether there are more."""


@dataclass
class Stock:
    """A folder that only the server's user may write to: what lies in it is trusted as its own memory is.

    Where it holds more than ``at_most`` bytes, what nobody asked for longest goes first.
    """

    folder: Path
    at_most: int = AT_MOST
    _written: float = field(default=inf, repr=False)

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

    def trim(self) -> None:
        """Let go of what nobody asked for longest, where there is more than may be."""
        files = sorted(self._files())
        held = sum(size for _, size, _ in files)
        for _, size, path in files:
            if held <= self.at_most:
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
        aside = path.with_name(f"{path.name}.{uuid4().hex}")
        try:
            aside.write_bytes(content)  # not flushed, as files of a home are: it ends with this process
            aside.replace(path)
            self._look(len(content))
        except OSError as error:
            log.warning("what pages made is not held for others: %s", error)
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def _look(self, written: int) -> None:
        """Trim at the first thing written, for those who wrote before may have left much, and then from time to time."""
        self._written += written  # threads may lose one another's: a look comes later then
        if self._written >= LOOKS * self.at_most:
            self._written = 0
            self.trim()


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
