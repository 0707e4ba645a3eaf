"""The tables that the replica serves: TSV files of a folder, read into cells, and slices of them.

In which format a slice is sent does not belong here.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import prod
from pathlib import Path

from sources.model import Dataset
from tests.replica.tables import Cell

CELL = re.compile(r"(:|[^ ]+) ?([a-z]*)(?:@([A-Z]))?\s*")
NAME = re.compile(r"(?:estat_)?([a-z][a-z0-9_]*)\.tsv(?:\.gz)?")


@dataclass(frozen=True)
class Table:
    """One table: its code, its dimensions in the order of its header, and its cells by series and period."""

    code: str
    dimensions: tuple[str, ...]
    cells: Mapping[tuple[str, ...], str]

    @cached_property
    def codes(self) -> dict[str, list[str]]:
        """The codes in use, by dimension and for the period, sorted as text."""
        names = (*self.dimensions, "TIME_PERIOD")
        return {name: sorted({key[at] for key in self.cells}) for at, name in enumerate(names)}

    @property
    def dataset(self) -> Dataset:
        """What the writers of the formats have to know of the table."""
        own = tuple(name for name in self.dimensions if name != "geo")
        return Dataset(
            self.code, "eurostat", self.code, self.code, "", "", "", "", "european statistics", own,
            place="" if "geo" in self.dimensions else "EA",
        )  # fmt: skip

    def estimate(self, wanted: Mapping[str, Sequence[str]]) -> int:
        """How many cells a slice may have, empty ones included: what Eurostat limits."""
        return prod(len(set(wanted.get(name, known)) & set(known)) for name, known in self.codes.items())

    def slice(self, wanted: Mapping[str, Sequence[str]]) -> list[Cell]:
        """The cells that have one of the wanted codes in each dimension that is named."""
        names = (*self.dimensions, "TIME_PERIOD")
        tests = [(names.index(name), set(codes)) for name, codes in wanted.items()]
        at = self.dimensions.index("geo") if "geo" in self.dimensions else -1
        return [
            _cell(key, text, at)
            for key, text in self.cells.items()
            if all(key[place] in codes for place, codes in tests)
        ]


def _cell(key: tuple[str, ...], text: str, at: int) -> Cell:
    found = CELL.fullmatch(text)
    assert found, text
    value, flags, confidentiality = found.groups(default="")
    codes = tuple(code for place, code in enumerate(key[:-1]) if place != at)
    geo = key[at] if at >= 0 else "EA"
    return Cell(codes, geo, key[-1], "" if value == ":" else value, flags, confidentiality)


@lru_cache(maxsize=64)
def _table(path: Path, code: str, _changed: int) -> Table:
    header, *lines = plain(path).decode().splitlines()
    first, *periods = header.split("\t")
    names = tuple(first.partition("\\")[0].strip().split(","))
    cells = {}
    for line in lines:
        key, *found = line.split("\t")
        for period, cell in zip(periods, found, strict=True):
            if cell.strip() != ":":
                cells[(*key.split(","), period.strip())] = cell
    return Table(code, names, cells)


def plain(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


class Store:
    """The tables in some folders; where two have the same one, the first folder's."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)

    def file(self, code: str) -> Path | None:
        names = (f"{code}.tsv", f"estat_{code}.tsv", f"{code}.tsv.gz")
        paths = (folder / name for folder in self.folders for name in names)
        return next((path for path in paths if path.is_file()), None)

    def other(self, name: str) -> Path | None:
        """A file that is no table."""
        return next((f / name for f in self.folders if (f / name).is_file()), None)

    def table(self, code: str) -> Table | None:
        path = self.file(code)
        return _table(path, code, path.stat().st_mtime_ns) if path else None

    def tables(self) -> list[str]:
        """The codes of all tables."""
        files = (path.name for folder in self.folders for path in folder.glob("*.tsv*"))
        found = (NAME.fullmatch(name) for name in files)
        return sorted({match.group(1) for match in found if match and "codelist_" not in match.group(1)})

    def codes(self, dimension: str) -> list[str]:
        """The codes that the tables use in a dimension: the replica's code list."""
        tables = filter(None, map(self.table, self.tables()))
        return sorted({code for table in tables for code in table.codes.get(dimension, ())})
