"""The cells of an XLSX workbook, sheet by sheet, read in one bounded pass over its XML.

What the cells mean does not belong here.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

# only iterparse: entities are expat's, which bounds them and resolves no external one
from xml.etree.ElementTree import Element, ParseError, iterparse

from sources.formats.content import open_plain
from sources.model import Unreadable

BYTES_LIMIT = 128 * 1024**2
"""Bytes that all parts of a workbook may unpack to together."""

CELLS_LIMIT = 2_000_000
"""Cells that may be read from one workbook, and texts that its cells may share."""

SHEETS_LIMIT = 10_000
COLUMNS_LIMIT = 16_384

WITHOUT_CELLS = ("xl/chartsheets/", "xl/dialogsheets/", "xl/macrosheets/")
"""Where sheets lie that hold no table."""

KINDS = ("n", "s", "str", "b", "d")
"""Types of cells besides texts in place and errors: numbers, shared texts, results, truth values, dates."""

Cell = float | str
Row = dict[int, Cell]
"""The cells of a row by column, counted from 0; a cell that is there but empty is an empty text."""

DAMAGED = (zipfile.BadZipFile, ParseError, KeyError, ValueError, RuntimeError, EOFError, OSError, zlib.error)


@dataclass
class Workbook:
    """An open workbook: where the cells of each sheet lie, by the sheet's name, in the workbook's order."""

    subject: str
    name: str
    archive: zipfile.ZipFile
    sheets: dict[str, str]
    texts: list[str]
    formulas: bool = False
    cells: int = 0

    def rows(self, sheet: str, limit: int = 0) -> list[Row]:
        """The rows of a sheet from the first on, as many as ``limit`` says; raises Unreadable.

        A formula without its result, and an error, is refused by its cell's name: nobody can know its value.
        With ``formulas``, the one is given as ``=`` and its text, the other as its name, such as ``#REF!``.
        """
        rows: list[Row] = []
        with self.archive.open(self.sheets[sheet]) as file:
            for element in _elements(file, "row"):
                number = int(element.get("r") or len(rows) + 1)
                if number <= len(rows):
                    raise self.refused(f"the row {number} of {sheet!r} is out of order")
                self._count(len(element) + number - len(rows))
                rows += ({} for _ in range(number - len(rows) - 1))
                rows.append(self._row(sheet, number, element))
                if limit and len(rows) >= limit:
                    break
        return rows

    def _count(self, more: int) -> None:
        self.cells += more
        if self.cells > CELLS_LIMIT:
            raise Unreadable(self.subject, self.name, f"it holds more than {CELLS_LIMIT:,} cells", "split it")

    def _row(self, sheet: str, number: int, row: Element) -> Row:
        found: Row = {}
        for cell in row.findall("{*}c"):
            place = _column(cell.get("r", "")) if cell.get("r") else len(found)
            found[place] = self._value(f"{sheet!r} {cell.get('r', f'{place + 1} of row {number}')}", cell)
        return found

    def _value(self, place: str, cell: Element) -> Cell:
        kind, stored = cell.get("t", "n"), cell.find("{*}v")
        text = (stored.text or "") if stored is not None else ""
        if kind == "e" and self.formulas:
            return text or "#N/A"
        if kind == "e":
            raise self.refused(f"the cell {place} holds an error: {text}")
        formula = cell.find("{*}f")
        if formula is not None and (stored is None or (not text and kind != "str")):
            if self.formulas:
                return f"={formula.text or ''}"
            raise self.refused(f"the cell {place} holds a formula without its result")
        if kind == "inlineStr":
            return _text(cell.find("{*}is"))
        if kind not in KINDS:
            raise self.refused(f"the cell {place} is of no known type: {kind[:20]!r}")
        if kind == "s":
            return self.texts[int(text)]
        return float(text) if kind == "n" and text else text

    def refused(self, reason: str) -> Unreadable:
        return Unreadable(self.subject, self.name, reason, "open it, let it calculate, and save it again")


@contextmanager
def open_workbook(subject: str, content: Path, formulas: bool = False) -> Iterator[Workbook]:
    """The workbook in a file, plain or gzip; raises Unreadable for one that is damaged, locked or too large.

    ``formulas`` is for those who can do without the result of a formula, see ``Workbook.rows``.
    """
    try:
        with open_plain(content, subject) as file, zipfile.ZipFile(file) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if size > BYTES_LIMIT:
                reason = f"the XLSX workbook unpacks to more than {BYTES_LIMIT:,} bytes"
                raise Unreadable(subject, content.name, reason, "split it")
            yield Workbook(subject, content.name, archive, _sheets(archive), _texts(archive), formulas)
    except DAMAGED as error:
        reason = f"the XLSX workbook is damaged or locked: {' '.join(str(error).split())[:200]}"
        raise Unreadable(subject, content.name, reason, "download it again") from error


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    with archive.open("xl/_rels/workbook.xml.rels") as file:
        targets = {one.get("Id", ""): one.get("Target", "") for one in _elements(file, "Relationship")}
    found: dict[str, str] = {}
    with archive.open("xl/workbook.xml") as file:
        for sheet in _elements(file, "sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            target = targets[link]
            path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if archive.getinfo(path) and not path.startswith(WITHOUT_CELLS):
                found[sheet.get("name", "")] = path
            if len(found) > SHEETS_LIMIT:
                raise ValueError(f"more than {SHEETS_LIMIT:,} sheets")
    return found


def _texts(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    with archive.open("xl/sharedStrings.xml") as file:
        found = [_text(element) for element in islice(_elements(file, "si"), CELLS_LIMIT + 1)]
    if len(found) > CELLS_LIMIT:
        raise ValueError(f"more than {CELLS_LIMIT:,} shared texts")
    return found


def _text(element: Element | None) -> str:
    """The text of an entry, its runs put together, without how it is pronounced."""
    if element is None:
        return ""
    parts = [*element.findall("{*}t"), *element.findall("{*}r/{*}t")]
    return "".join(part.text or "" for part in parts)


def _elements(file: IO[bytes], name: str) -> Iterator[Element]:
    """The elements of this name, one after the other; what lies outside of them takes no memory."""
    parents: list[Element] = []
    inside = below = 0
    for event, element in iterparse(file, events=("start", "end")):  # noqa: S314 - see the import
        wanted = element.tag.rpartition("}")[2] == name
        if event == "start":
            parents.append(element)
            inside += wanted
            below = below + 1 if inside else 0
            if below > 8 * COLUMNS_LIMIT:
                raise ValueError(f"a {name} of more than {COLUMNS_LIMIT:,} columns")
            continue
        parents.pop()
        if wanted:
            yield element
            inside, below = inside - 1, 0
        if not inside and parents:
            parents[-1].clear()


def _column(reference: str) -> int:
    """The column, counted from 0, of a reference such as ``C1452``."""
    match = re.fullmatch(r"([A-Z]{1,3})[1-9][0-9]{0,6}", reference)
    if match is None:
        raise ValueError(f"{reference[:20]!r} is no cell")
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
