"""Figures on DuckDB, in this process: the default.

What is computed does not belong here; cells.py says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir

from indicators.compute.variables import WHOLE, values
from sources.formats.sql import literal
from warehouse.scratch import scratch
from warehouse.vintages import State


class DuckDB:
    """DuckDB in memory, a connection for each session."""

    name = "duckdb"

    @contextmanager
    def session(self, states: Mapping[str, State], memory: str) -> Iterator[DuckDBSession]:
        """The states as views, and what is to be known of their captures as variables."""
        with scratch(memory) as connection:
            for identifier, state in states.items():
                connection.execute(f'CREATE TEMP VIEW "{identifier}" AS {state.sql()}')
                if state.full:
                    table = literal(str(state.layers[-1].table.resolve()))
                    connection.execute(
                        f'CREATE TEMP VIEW "{identifier}{WHOLE}" AS SELECT * FROM read_parquet({table})'
                    )
            for variable, value in values(states).items():
                connection.execute(f'SET VARIABLE "{variable}" = ?', [value])
            yield DuckDBSession(connection)


@dataclass(frozen=True)
class DuckDBSession:
    """One connection that holds the tables of a moment."""

    connection: duckdb.DuckDBPyConnection

    def table(self, name: str) -> ir.Table:
        table: ir.Table = self._backend.table(name)
        return table

    def compile(self, table: ir.Table) -> str:
        query: str = self._backend.compile(table)
        return query

    def write(self, query: str, path: Path) -> None:
        self.connection.execute(f"COPY ({query}) TO {literal(str(path))} (FORMAT parquet)")

    @cached_property
    def _backend(self) -> Any:
        return ibis.duckdb.from_connection(self.connection)
