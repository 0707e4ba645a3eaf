"""Many small Parquet files read as one: from a copy of them all, and by themselves those that are not in it as they are.

What their rows mean, and when a file is made anew, belongs to whoever makes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from sources.formats.sql import literal
from warehouse.files import whole

FEW = 100
"""So many files are opened one by one; of more a copy is made. Opening one takes as long as reading thousands of rows."""

SOURCES = "sources"
"""What the copy's own metadata say: the name, size and time of each file that it was made of."""


def rows(connection: duckdb.DuckDBPyConnection, copy: Path, files: Sequence[Path]) -> str:
    """A query for the rows of files (at least one) with the same columns; ``copy`` is where all are kept together.

    Whoever asks holds what ``copy`` belongs to. It follows from the files, and is not missed where it is gone.
    """
    marks = {str(file): _mark(file) for file in files}
    kept = _kept(connection, copy)
    alone = [name for name in marks if kept.get(name) != marks[name]]
    if len(alone) > FEW:
        _gather(connection, copy, marks)
        alone = []
    parts = [f"SELECT * {listed(alone)}"] if alone else []
    if len(alone) < len(marks):
        among = ", ".join(literal(name) for name in marks.keys() - {*alone})
        parts.append(f"SELECT * EXCLUDE (source) {listed([copy])} WHERE source IN ({among})")
    return " UNION ALL BY NAME ".join(parts)


def _gather(connection: duckdb.DuckDBPyConnection, copy: Path, marks: Mapping[str, str]) -> None:
    named = literal("source")
    query = f"SELECT * {listed([*marks], f'filename = {named}')}"
    told = literal(json.dumps(marks))
    with whole(copy) as aside:
        connection.execute(
            f"COPY ({query}) TO {literal(str(aside))} (FORMAT parquet, KV_METADATA {{{SOURCES}: {told}}})"
        )


def _kept(connection: duckdb.DuckDBPyConnection, copy: Path) -> dict[str, str]:
    """The files that the copy was made of, as they were; none where there is no copy, or none that can be read."""
    if not copy.exists():
        return {}
    query = "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = ?"
    try:
        found = connection.execute(query, [str(copy), SOURCES]).fetchall()
    except duckdb.Error:  # it is made anew
        return {}
    return dict(json.loads(found[0][0])) if found else {}


def _mark(file: Path) -> str:
    """What tells that a file is as it was; nothing of one that is not there, which the query that reads it says."""
    told = file.stat() if file.exists() else None
    return f"{told.st_size} {told.st_mtime_ns}" if told else ""


def listed(files: Sequence[str | Path], *options: str) -> str:
    """The rows of Parquet files, as the FROM of a query."""
    names = "[" + ", ".join(literal(str(file)) for file in files) + "]"
    return f"FROM read_parquet({', '.join([names, *options])})"
