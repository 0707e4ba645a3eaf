"""Wide text, one series a line and one period a column, read block by block into packed observations.

Whether the header fits a dataset belongs to ``tsv``; what a cell says belongs to ``cells``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sources.formats import cells
from sources.formats.content import CHUNK, LINE_LIMIT, UNPACKED_LIMIT, open_plain
from sources.formats.packed import Block
from sources.model import Unreadable

CODE = r"^[A-Za-z0-9_.+\-]+$"
BLOCK = CHUNK
THREADS = 2
NEWLINE = 10


@dataclass(frozen=True)
class Layout:
    """The columns of a wide text: the names in its key, and its periods. ``joined``: the key is one column."""

    keys: tuple[str, ...]
    periods: tuple[str, ...]
    joined: bool

    @property
    def before(self) -> int:
        """How many columns come before the first period."""
        return 1 if self.joined else len(self.keys)

    @property
    def columns(self) -> int:
        return self.before + len(self.periods)

    @property
    def delimiter(self) -> bytes:
        return b"\t" if self.joined else b","


@dataclass(frozen=True)
class Text:
    """Where a wide text comes from, for reading it and for saying what is wrong with it."""

    subject: str
    path: Path
    layout: Layout

    def refused(self, reason: str) -> Unreadable:
        return Unreadable(self.subject, self.path.name, reason, "download it again")


def blocks(text: Text, size: int = BLOCK) -> Iterator[Block]:
    """The observations in the order of the lines, of about ``size`` bytes of lines at a time.

    Raises Unreadable at the first line that does not fit.
    """
    with open_plain(text.path, text.subject) as file, ThreadPoolExecutor(THREADS) as pool:
        waiting: deque[Future[Block]] = deque()
        for lines in _lines(text, file, size):
            waiting.append(pool.submit(_block, text, lines))
            if len(waiting) > THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _lines(text: Text, file: BinaryIO, size: int) -> Iterator[bytes]:
    """The lines below the header, many at a time, the last one of each with its line end."""
    rest, read, header = b"", 0, True
    while chunk := file.read(size):
        read += len(chunk)
        if read > UNPACKED_LIMIT:
            raise Unreadable(
                text.subject, text.path.name, f"it unpacks to more than {UNPACKED_LIMIT} bytes", "split it"
            )
        whole, end, rest = (rest + chunk).rpartition(b"\n")
        if len(rest) > LINE_LIMIT:
            raise text.refused(f"a line is longer than {LINE_LIMIT} bytes")
        if header and end:
            whole, header = whole.partition(b"\n")[2], False
        if whole:
            yield whole + end
    rest = b"" if header else rest.rstrip(b"\r\n")
    if rest:
        yield rest + b"\n"


def _block(text: Text, lines: bytes) -> Block:
    layout = text.layout
    lines = lines if layout.joined else lines.replace(b'"', b"")
    if not lines.isascii():
        _check_text(text, lines)
    tokens = _tokens(text, lines)
    encoded = pc.dictionary_encode(tokens)
    places = encoded.indices.to_numpy().reshape(-1, layout.columns)
    keys = [places[:, column] for column in range(layout.before)]
    codes = _joined(text, tokens) if layout.joined else [_coded(encoded.dictionary, key) for key in keys]
    _check_codes(text, codes, tokens)
    grid = places[:, layout.before :]
    return _observed(text, encoded.dictionary, keys, grid, codes)


def _check_text(text: Text, lines: bytes) -> None:
    try:
        lines.decode()
    except UnicodeDecodeError as error:
        start = lines.rfind(b"\n", 0, error.start) + 1
        line = lines[start:].split(b"\n", 1)[0][:60].decode(errors="replace").strip()
        raise text.refused(f"invalid unicode (not UTF-8) in the line {line!r}") from error


def _tokens(text: Text, lines: bytes) -> Any:
    """All fields of the lines as an Arrow array of texts, each with its delimiter at its end."""
    data = np.frombuffer(lines, dtype=np.uint8)
    delimiter = text.layout.delimiter[0]
    ends = np.flatnonzero((data == delimiter) | (data == NEWLINE))
    kinds = data[ends]
    columns = text.layout.columns
    fits = len(ends) % columns == 0
    if not fits or not ((kinds == NEWLINE) == (np.arange(len(ends)) % columns == columns - 1)).all():
        raise text.refused(_ragged(text, lines))
    offsets = np.zeros(len(ends) + 1, dtype=np.int32)
    offsets[1:] = ends + 1
    return pa.StringArray.from_buffers(len(ends), pa.py_buffer(offsets), pa.py_buffer(lines))


def _ragged(text: Text, lines: bytes) -> str:
    columns = text.layout.columns
    for line in lines.splitlines():
        found = line.count(text.layout.delimiter) + 1
        if found != columns:
            start = line[:60].decode(errors="replace")
            return f"the row {start!r} is broken: expected number of columns: {columns}, found: {found}"
    return "a row is broken"


Coded = tuple[list[str], Any]
"""The distinct codes of one dimension, and which of them each series has."""


def _joined(text: Text, tokens: Any) -> list[Coded]:
    """The codes in a key column such as ``A,PC,F,AT``, split once a series."""
    count = len(text.layout.keys)
    firsts = tokens.take(pa.array(np.arange(0, len(tokens), text.layout.columns)))
    parts = pc.split_pattern(pc.ascii_trim_whitespace(firsts), ",")
    lengths = pc.list_value_length(parts).to_numpy()
    if (lengths != count).any():
        line = str(firsts[int(np.flatnonzero(lengths != count)[0])]).strip()
        raise text.refused(f"the series {line!r} does not fit the header")
    flat = pc.dictionary_encode(pc.list_flatten(parts))
    places = flat.indices.to_numpy().reshape(-1, count)
    return [_coded(flat.dictionary, places[:, column]) for column in range(count)]


def _coded(dictionary: Any, places: Any) -> Coded:
    """The codes that are in use, in the order of the dictionary, without blanks and delimiters."""
    used = np.zeros(len(dictionary), dtype=bool)
    used[places] = True
    renumbered = np.cumsum(used, dtype=np.int32) - 1
    texts = [text.strip(" \t,\r\n") for text in dictionary.filter(pa.array(used)).to_pylist()]
    return texts, renumbered[places]


def _check_codes(text: Text, codes: list[Coded], tokens: Any) -> None:
    for texts, places in codes:
        fits = pc.match_substring_regex(pa.array(texts, pa.string()), CODE)
        if not pc.all(fits).as_py():
            wrong = int(pc.index(fits, False).as_py())
            row = int(np.flatnonzero(places == wrong)[0]) * text.layout.columns
            line = "".join(tokens.slice(row, text.layout.before).to_pylist()).strip(" \t,")
            raise text.refused(f"the series {line!r} does not fit the header")


def _observed(text: Text, dictionary: Any, keys: list[Any], grid: Any, codes: list[Coded]) -> Block:
    """The cells that say something, in the order of the lines."""
    in_cells = np.ones(len(dictionary), dtype=bool)
    for key in keys:
        in_cells[key] = False
    texts = dictionary.filter(pa.array(in_cells))
    if not text.layout.joined:
        texts = pc.replace_substring(texts, ",", "")
    said = cells.meanings(texts)
    values = np.full(len(dictionary), np.nan)
    marks = np.full(len(dictionary), cells.BAD, dtype=np.uint16)
    values[in_cells], marks[in_cells] = said.values, said.marks
    found = marks[grid]
    if (found == cells.BAD).any():
        raise text.refused(_wrong(text, dictionary, found, grid, codes))
    kept = found != cells.NOTHING
    return Block(
        codes=codes,
        counts=kept.sum(axis=1, dtype=np.int32),
        periods=np.broadcast_to(np.arange(grid.shape[1], dtype=np.uint16), grid.shape)[kept],
        values=values[grid[kept]],
        marks=found[kept],
        kinds=said.kinds,
    )


def _wrong(text: Text, dictionary: Any, found: Any, grid: Any, codes: list[Coded]) -> str:
    row, column = (int(place[0]) for place in np.nonzero(found == cells.BAD))
    cell = str(dictionary[int(grid[row, column])])
    series = ",".join(texts[places[row]] for texts, places in codes)
    shown = cell.rstrip(text.layout.delimiter.decode() + "\r\n")
    return f"the cell {shown!r} is no value (series {series}, period {text.layout.periods[column]})"
