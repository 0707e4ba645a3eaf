"""Which parts of two sets of rows are alike, told by checksums, so that only the others are compared row by row.

What a difference is called, and whether it matters, belongs to whoever compares.
"""

from __future__ import annotations

from collections.abc import Iterable

from sources.formats.sql import name

BITS = 16
"""Keys fall into two to the power of this many parts: few enough to be kept, and each of few rows."""


def part_of(key: Iterable[str]) -> str:
    """The SQL expression for the part that a row belongs to by its key."""
    return f"hash({', '.join(name(column) for column in key)}) >> {64 - BITS}"


def marks(rows: str, part: str, columns: Iterable[str], counted: str = "*") -> str:
    """A query for the checksum of each part of some rows over these columns, and how many rows have ``counted``."""
    row = f"hash({', '.join(name(column) for column in columns)})"
    return (
        f"SELECT {part} AS part, count(*) AS rows, bit_xor({row}) AS mark, sum({row}) AS total, "
        f"count({counted}) AS counted FROM ({rows}) GROUP BY ALL"
    )


def unlike(old: str, new: str) -> str:
    """A query for the parts in which two tables of ``marks`` differ; a difference of one row is missed once in 10^19."""
    return (
        f"SELECT part FROM {old} o FULL JOIN {new} n USING (part) "
        "WHERE (o.rows, o.mark, o.total) IS DISTINCT FROM (n.rows, n.mark, n.total)"
    )
