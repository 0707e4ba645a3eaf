"""DuckDB in memory to work in: what is laid there is gone when the work is done.

Files of a home are read and written by whoever works there; nothing here knows of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from tempfile import TemporaryDirectory

import duckdb


@contextmanager
def scratch(memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for temporary tables and views, which no other sees; ``memory`` is what all of a process take together.

    Opening a DuckDB takes a hundred times as long as connecting to one that is open, and many formulas run for less.
    """
    connection = _opened(memory).cursor()
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


@cache
def _opened(memory: str) -> duckdb.DuckDBPyConnection:
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
