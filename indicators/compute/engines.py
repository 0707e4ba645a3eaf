"""What an engine has to offer so that figures can be computed on it, and which one the settings ask for.

How DuckDB and Spark offer it is said in on_duckdb.py and on_spark.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import ibis.expr.types as ir

from indicators.compute.on_duckdb import DuckDB
from sources.settings import Settings
from warehouse.vintages import State


class EngineFailed(Exception):
    """An engine cannot be had, or broke off: one line that says why and what to do."""


class QueryRefused(EngineFailed):
    """The engine is there, and cannot run a query."""


class Session(Protocol):
    """The states of one moment as tables, by dataset; and the whole table at the bottom of a state that has one."""

    def table(self, name: str) -> ir.Table:
        """A table to build expressions on."""

    def compile(self, table: ir.Table) -> str:
        """An expression as a query that every session of the engine understands."""

    def write(self, query: str, path: Path) -> None:
        """The rows of a query as a Parquet file; raises EngineFailed."""


class Engine(Protocol):
    """Where figures are computed; ``name`` is that of the setting."""

    name: str

    def session(self, states: Mapping[str, State], memory: str) -> AbstractContextManager[Session]:
        """The states of one moment, open for queries; ``memory`` is what DuckDB may take of this machine's."""


DUCKDB = DuckDB()


@contextmanager
def engine(settings: Settings) -> Iterator[Engine]:
    """The engine that the settings ask for; whatever it started ends with the block."""
    if settings.engine == "duckdb":
        yield DUCKDB
        return
    from indicators.compute.on_spark import Spark

    with Spark(settings.spark_python, settings.spark_master) as spark:
        yield spark
