"""Figures on Spark: the same expressions in its dialect, over the same files, written by its workers.

The process that speaks to the cluster belongs to spark_process.py; nothing of Spark is imported here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow.parquet as pq
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.config import Config
from sqlglot.expressions import Literal

from indicators.compute.layers import laid
from indicators.compute.spark_process import SparkProcess
from indicators.compute.variables import WHOLE, values
from sources.formats.sql import literal
from warehouse.scratch import scratch
from warehouse.vintages import Layer, State


class _Options(Config):  # type: ignore[misc]  # ibis has no types
    """What the compiler asks; ibis sets it only together with a backend, which would need pyspark here."""

    treat_nan_as_null: bool = False


ibis.options.pyspark = _Options()
_compiler = PySparkCompiler()


class Spark:
    """A cluster whose workers find the home under the path that it has here. Its sessions raise EngineFailed."""

    name = "spark"

    def __init__(self, python: Path, master: str) -> None:
        self._process = SparkProcess(python, master)

    def __enter__(self) -> Spark:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.close()

    @contextmanager
    def session(self, states: Mapping[str, State], memory: str) -> Iterator[ClusterSession]:
        """The states of a moment; nothing happens on the cluster before a query."""
        yield ClusterSession(self._process, states, memory)


@dataclass(frozen=True)
class ClusterSession:
    """The tables of a moment by their files, which become views when a query runs."""

    process: SparkProcess
    states: Mapping[str, State]
    memory: str

    def table(self, name: str) -> ir.Table:
        return ibis.table(self._views[name].schema(), name=name)

    def compile(self, table: ir.Table) -> str:
        query: str = _compiler.to_sqlglot(table).sql("spark")
        return query

    def write(self, query: str, path: Path) -> None:
        """The workers write parts, which DuckDB brings into one file."""
        folder = path.with_name(f"{path.name}.parts")
        files = {str(layer.table.resolve()) for state in self.states.values() for layer in state.layers}
        job = {
            "files": sorted(files),
            "views": {name: self.compile(rows) for name, rows in self._views.items()},
            "statements": [_variables(values(self.states))],
            "query": query,
            "folder": str(folder.resolve()),
        }
        try:
            self.process.run(job)
            with scratch(self.memory) as connection:
                parts = literal(f"{folder}/*.parquet")
                connection.execute(
                    f"COPY (FROM read_parquet({parts})) TO {literal(str(path))} (FORMAT parquet)"
                )
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @cached_property
    def _views(self) -> dict[str, ir.Table]:
        """The rows of each state, and of the whole table at its bottom, from the files."""
        rows = {
            name: laid(state, [_file(one) for one in state.layers]) for name, state in self.states.items()
        }
        whole = {f"{name}{WHOLE}": _file(one.layers[-1]) for name, one in self.states.items() if one.full}
        return rows | whole


def _file(layer: Layer) -> ir.Table:
    table = layer.table.resolve()
    columns = ibis.Schema.from_pyarrow(pq.read_schema(table)).items()
    return ibis.table({name: kind.copy(nullable=True) for name, kind in columns}, name=str(table))


def _variables(of: Mapping[str, str]) -> str:
    """What ``getvariable`` gives on Spark, which has no such function."""
    pairs = ", ".join(Literal.string(text).sql("spark") for pair in of.items() for text in pair)
    returned = f"element_at(map({pairs}), variable)"
    return (
        f"CREATE OR REPLACE TEMPORARY FUNCTION getvariable(variable STRING) RETURNS STRING RETURN {returned}"
    )
