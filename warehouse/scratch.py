"""DuckDB in memory to work in: what is laid there is gone when the work is done.

Files of a home are read and written by whoever works there; nothing here knows of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from tempfile import TemporaryDirectory
from threading import Lock

import duckdb

USES = 200
"""So often a DuckDB is used before it is closed: it keeps kilobytes of many a query, and memory in ever smaller pieces."""


@dataclass
class _Opened:
    """A DuckDB that is open: how often it was used so far, and by how many just now."""

    connection: duckdb.DuckDBPyConnection
    uses: int = 0
    users: int = 0


_open: dict[str, _Opened] = {}
"""The one that is used now, by its memory."""

_turn = Lock()


@contextmanager
def scratch(memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for temporary tables and views, which no other sees; ``memory`` is what all of a process take together.

    Opening a DuckDB takes a hundred times as long as connecting to one that is open, and many formulas run for less.
    """
    opened = _taken(memory)
    try:
        with opened.connection.cursor() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            yield connection
    finally:
        _given_back(memory, opened)


def _taken(memory: str) -> _Opened:
    with _turn:
        if memory not in _open:
            _open[memory] = _Opened(_started(memory))
        opened = _open[memory]
        opened.uses, opened.users = opened.uses + 1, opened.users + 1
        return opened


def _given_back(memory: str, opened: _Opened) -> None:
    """Close what was used often enough, once nobody uses it: two at a time might take twice the memory."""
    with _turn:
        opened.users -= 1
        if opened.uses >= USES and not opened.users:
            opened.connection.close()
            del _open[memory]


def _started(memory: str) -> duckdb.DuckDBPyConnection:
    """What does not fit goes into a folder that ends with the process; files that were read are not kept in memory."""
    return duckdb.connect(
        config={
            "memory_limit": memory,
            "temp_directory": _spill().name,
            "enable_external_file_cache": "false",
        }
    )


@cache
def _spill() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="scratch-")
