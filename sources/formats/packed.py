"""Observations kept small until they are wanted: codes as numbers in a temporary file, texts once each.

A relation over them can be read any number of times, in little memory. Reading a format does not belong here.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

import duckdb
import numpy as np
import pyarrow as pa

from sources.formats.sql import literal, name


@dataclass(frozen=True)
class Block:
    """Some series and their observations: for each key its codes and which of them each series has,
    how many observations each series has, and for each observation its period, value and mark."""

    codes: Sequence[tuple[Sequence[str], Any]]
    counts: Any
    periods: Any
    values: Any
    marks: Any
    kinds: Sequence[tuple[str, str]]


@dataclass
class _Texts:
    """Distinct texts, numbered from 1 as SQL counts."""

    numbers: dict[str, int] = field(default_factory=dict)

    def places(self, texts: Iterable[str]) -> Any:
        numbers = self.numbers
        return np.array([numbers.setdefault(text, len(numbers) + 1) for text in texts], dtype=np.uint32)


class Packed:
    """The observations of some blocks; ``rows`` says how many."""

    def __init__(self, keys: Sequence[str], periods: Sequence[str], blocks: Iterable[Block]) -> None:
        self.rows = 0
        self._keys = keys
        self._texts = {key: _Texts() for key in (*keys, "flags", "confidentiality")}
        self._texts["period"] = _Texts({period: number + 1 for number, period in enumerate(periods)})
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the observations
        self._places: list[list[tuple[int, int, str]]] = []
        for block in blocks:
            self._keep(block)

    def _keep(self, block: Block) -> None:
        self.rows += len(block.values)
        numbered = {
            key: self._texts[key].places(codes)[places]
            for key, (codes, places) in zip(self._keys, block.codes, strict=True)
        }
        flags, codes = zip(*block.kinds, strict=True)
        arrays = [*numbered.values(), block.counts, block.periods, block.values]
        arrays += [
            self._texts[key].places(texts).astype(np.uint16)[block.marks]
            for key, texts in (("flags", flags), ("confidentiality", codes))
        ]
        self._places.append([self._write(array) for array in arrays])

    def _write(self, array: Any) -> tuple[int, int, str]:
        start = self._file.tell()
        self._file.write(np.ascontiguousarray(array).data)
        return start, self._file.tell() - start, array.dtype.str

    def _read(self, place: tuple[int, int, str]) -> Any:
        start, size, kind = place
        return np.frombuffer(os.pread(self._file.fileno(), size, start), dtype=kind)

    @property
    def _names(self) -> tuple[str, ...]:
        return (*self._keys, "period", "value", "flags", "confidentiality")

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """All observations from the first on, as numbers; each reader gets a stream of its own."""
        kinds = {key: self._kind(key) for key in self._names}
        schema = pa.schema(list(kinds.items()))
        stream = pa.RecordBatchReader.from_batches(schema, self._batches(schema))
        return stream.__arrow_c_stream__(requested_schema)

    def _kind(self, key: str) -> Any:
        if key == "value":
            return pa.float64()
        count = len(self._texts[key].numbers)
        return pa.uint8() if count < 2**8 else pa.uint16() if count < 2**16 else pa.uint32()

    def _batches(self, schema: Any) -> Iterator[Any]:
        for places in self._places:
            *codes, counts, periods, values, flags, confidentiality = (self._read(place) for place in places)
            columns = {
                key: np.repeat(one.astype(schema.field(key).type.to_pandas_dtype()), counts)
                for key, one in zip(self._keys, codes, strict=True)
            }
            columns |= {"period": periods + 1, "flags": flags, "confidentiality": confidentiality}
            arrays = {
                key: pa.array(column.astype(schema.field(key).type.to_pandas_dtype(), copy=False))
                for key, column in columns.items()
            }
            arrays["value"] = pa.array(values, from_pandas=True)
            yield pa.record_batch([arrays[key] for key in schema.names], schema=schema)

    def relation(
        self,
        columns: Sequence[str],
        connection: duckdb.DuckDBPyConnection,
        constants: Mapping[str, str],
    ) -> duckdb.DuckDBPyRelation:
        """These columns in this order; texts as enumerations, which Parquet keeps as plain texts."""
        self._file.flush()
        made = {key: f"{literal(text)} AS {name(key)}" for key, text in constants.items()}
        made["value"] = name("value")
        wanted = [made.get(key) or self._text(key) for key in columns]
        return connection.from_arrow(self).project(", ".join(wanted))

    def _text(self, key: str) -> str:
        texts = ", ".join(literal(text) for text in self._texts[key].numbers)
        return f"list_extract([{texts}]::ENUM({texts})[], {name(key)}) AS {name(key)}"
