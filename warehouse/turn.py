"""One writer at a time: of a home, for a run that works alone in it, or of a part of it, for a step beside others.

Reading needs no turn, and what is written does not belong here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

LOCK = "lock"
PARTS = "locks"


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


@contextmanager
def parts(home: Path, *names: str) -> Iterator[None]:
    """Hold parts of a home (a dataset, the figures of a theme) while they are written; waits for those held elsewhere.

    Whoever needs the home's turn as well takes it first, and all parts at once, so that nobody waits for each other.
    """
    (home / PARTS).mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        for name in sorted(names):
            held.enter_context(FileLock(home / PARTS / name, is_singleton=True, thread_local=False))
        yield
