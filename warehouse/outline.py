"""What is asked of a tidy table again and again, found once and kept beside it: its newest period, its codes.

What a state makes of several tables belongs to whoever asks, and so does judging any of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from sources.formats.sql import literal, name
from sources.model import Dataset
from warehouse.files import write_whole
from warehouse.scratch import scratch


@dataclass(frozen=True)
class Outline:
    """``newest`` is the last period with a value, empty where none has one; ``codes`` are those in use, in order.

    Codes are told of each dimension, of ``geo`` and of ``period``.
    """

    newest: str = ""
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)


def outline(dataset: Dataset, table: Path, memory: str) -> Outline:
    """The outline of a tidy table (Parquet), which never changes; a table of records has none."""
    if dataset.record_key:
        return Outline()
    columns = (*dataset.dimensions, "geo", "period")
    path = table.with_suffix(".json")
    kept = json.loads(path.read_bytes()) if path.exists() else {"codes": {}}
    if kept["codes"].keys() == set(columns):
        return Outline(**kept)
    found = _found(table, columns, memory)
    write_whole(path, json.dumps(asdict(found)).encode())
    return found


def _found(table: Path, columns: Sequence[str], memory: str) -> Outline:
    rows = f"FROM read_parquet({literal(str(table))})"
    with scratch(memory) as connection:
        ((newest,),) = connection.execute(f"SELECT max(period) {rows} WHERE value IS NOT NULL").fetchall()
        return Outline(newest or "", {column: _codes(connection, column, rows) for column in columns})


def _codes(connection: duckdb.DuckDBPyConnection, column: str, rows: str) -> list[str]:
    held = f"SELECT DISTINCT {name(column)} AS code {rows} WHERE code IS NOT NULL ORDER BY code"
    return [str(code) for (code,) in connection.execute(held).fetchall()]
