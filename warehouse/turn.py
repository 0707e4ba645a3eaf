"""One writer at a time in a home: a run waits for its turn.

Reading needs no turn, and what is written does not belong here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

LOCK = "lock"


@contextmanager
def turn(home: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the home's lock; ``waiting`` is called once where somebody else holds it. A dead holder's lock is free."""
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / LOCK, is_singleton=True, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
