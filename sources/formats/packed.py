"""Observations kept small until they are wanted: codes as numbers in a temporary file, texts once each block.

A relation over them can be read any number of times, in little memory. Reading a format does not belong here.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

import duckdb
import numpy as np
import pyarrow as pa

from sources.formats.sql import literal, name

TEXT = pa.dictionary(pa.int32(), pa.string())
"""Each block has texts of its own: a list of all that a table knows would cost every block as much as the table is long."""


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


@dataclass(frozen=True)
class _Stored:
    """A block of which all but the texts, one array for each column of them, lies in the file."""

    texts: Mapping[str, Any]
    places: Mapping[str, tuple[int, int, str]]


class Packed:
    """The observations of some blocks; ``rows`` says how many."""

    def __init__(self, keys: Sequence[str], periods: Sequence[str], blocks: Iterable[Block]) -> None:
        self.rows = 0
        self._keys = keys
        self._periods = pa.array(periods, pa.string())
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the observations
        self._blocks = [self._stored(block) for block in blocks]

    def _stored(self, block: Block) -> _Stored:
        self.rows += len(block.values)
        flags, confidentiality = zip(*block.kinds, strict=True)
        marked = (("flags", (flags, block.marks)), ("confidentiality", (confidentiality, block.marks)))
        numbered = {
            key: _distinct(texts, places)
            for key, (texts, places) in (*zip(self._keys, block.codes, strict=True), *marked)
        }
        texts = {key: found for key, (found, _) in numbered.items()}
        arrays = {key: places for key, (_, places) in numbered.items()}
        arrays |= {"counts": block.counts, "period": block.periods, "value": block.values}
        return _Stored(
            {**texts, "period": self._periods}, {key: self._write(one) for key, one in arrays.items()}
        )

    def _write(self, array: Any) -> tuple[int, int, str]:
        start = self._file.tell()
        self._file.write(np.ascontiguousarray(array).data)
        return start, self._file.tell() - start, array.dtype.str

    def _read(self, place: tuple[int, int, str]) -> Any:
        start, size, kind = place
        return np.frombuffer(os.pread(self._file.fileno(), size, start), dtype=kind)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """All observations from the first on; each reader gets a stream of its own."""
        texts = (*self._keys, "flags", "confidentiality", "period")
        schema = pa.schema([*((key, TEXT) for key in texts), ("value", pa.float64())])
        stream = pa.RecordBatchReader.from_batches(schema, self._batches(schema))
        return stream.__arrow_c_stream__(requested_schema)

    def _batches(self, schema: Any) -> Iterator[Any]:
        for block in self._blocks:
            read = {key: self._read(place) for key, place in block.places.items()}
            counts = read.pop("counts")
            read |= {key: np.repeat(read[key], counts) for key in self._keys}
            arrays = {
                key: pa.DictionaryArray.from_arrays(read[key].astype(np.int32), texts)
                for key, texts in block.texts.items()
            }
            arrays["value"] = pa.array(read["value"], from_pandas=True)
            yield pa.record_batch([arrays[key] for key in schema.names], schema=schema)

    def relation(
        self,
        columns: Sequence[str],
        connection: duckdb.DuckDBPyConnection,
        constants: Mapping[str, str],
    ) -> duckdb.DuckDBPyRelation:
        """These columns in this order."""
        self._file.flush()
        wanted = [
            f"{literal(constants[key])} AS {name(key)}" if key in constants else name(key) for key in columns
        ]
        return connection.from_arrow(self).project(", ".join(wanted))


def _distinct(texts: Sequence[str], places: Any) -> tuple[Any, Any]:
    """Each text once, and where each place finds its text among them, in as few bytes as will do."""
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    renumbered = np.array([numbers[text] for text in texts], dtype=np.min_scalar_type(len(numbers)))
    return pa.array(numbers, pa.string()), renumbered[places]
