"""One edition of the collection as a header and numbered rows, whichever file it came in.

What its columns mean belongs to ``sources.pstw.cases``.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sources import formats
from sources.formats.content import head
from sources.model import Unreadable
from sources.pstw import workbook
from sources.pstw.spellings import clean, fold_header, headers

MARKS = ",;\t"
AS_WINDOWS = "sources.pstw.as_windows"
HEAD = 5
"""The header stands within so many rows of a sheet."""

TELLING = 5
"""So many of our columns, the country among them, make a header one of this collection."""


@dataclass(frozen=True)
class Edition:
    """The header and the rows below it that are not blank, each with its number in the file."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(subject: str, content: Path) -> Edition:
    """The edition in a CSV or XLSX file; raises Unreadable where it is neither, or is damaged."""
    found = formats.recognise(content)
    if found == "xlsx":
        return _of_workbook(subject, content)
    if found not in ("csv", "text"):
        reason = formats.refusal(subject, content).reason
        raise Unreadable(subject, content.name, reason, "download the CSV or XLSX of PSTW")
    try:
        with formats.open_plain(content, subject) as file:
            return _edition(list(_csv(file.read())))
    except csv.Error as error:
        raise Unreadable(subject, content.name, f"it is no whole CSV: {error}") from error


def is_one(file: Path) -> bool:
    """Whether a file's header is one of this collection, even one that lacks a column we need."""
    found = formats.recognise(file)
    if found == "xlsx":
        return any(_is_header(row) for table in workbook.tables("file", file, HEAD) for row in table)
    if found not in ("csv", "text"):
        return False
    try:
        return _is_header(next(_csv(head(file)[:16384]), ()))
    except csv.Error:
        return False


def places(header: Sequence[str]) -> dict[str, int]:
    """At which place each of our columns stands; the first place, where a header repeats."""
    folded = [fold_header(column) for column in header]
    found = {
        name: next((folded.index(one) for one in map(fold_header, known) if one in folded), -1)
        for name, known in headers().items()
    }
    return {name: place for name, place in found.items() if place >= 0}


def _is_header(row: Sequence[str]) -> bool:
    known = places(row)
    return "country" in known and len(known) >= TELLING


def _of_workbook(subject: str, content: Path) -> Edition:
    """The first sheet with a header of ours; sheets are called one thing in one edition, another in the next."""
    sheets = [_edition(table) for table in workbook.tables(subject, content)]
    fitting = [sheet for sheet in sheets if _is_header(sheet.header)]
    if not fitting:
        raise Unreadable(subject, content.name, "no sheet has the columns of the collection")
    return fitting[0]


def _edition(table: Iterable[Sequence[str]]) -> Edition:
    numbered = ((number, tuple(row)) for number, row in enumerate(table, start=1))
    filled = [(number, row) for number, row in numbered if any(clean(cell) for cell in row)]
    header = filled[0][1] if filled else ()
    while header and not clean(header[-1]):
        header = header[:-1]
    return Edition(header, tuple((number, _cut(row, len(header))) for number, row in filled[1:]))


def _cut(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    """The row without blank cells beyond the header, which spreadsheets leave."""
    return row[:width] if not any(clean(cell) for cell in row[width:]) else row


def _csv(content: bytes) -> Iterator[list[str]]:
    """All rows, the header first, by the separator that cuts the header into more columns.

    Strict, because a lenient reader takes the rows after a quotation mark that is never closed for one cell.
    """
    text = _decoded(content)
    mark = max(MARKS, key=lambda one: _columns(text, one))
    return csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)


def _columns(text: str, mark: str) -> int:
    """How many columns the header has where they are separated by this; none where it cannot be."""
    try:
        return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), []))
    except csv.Error:
        return 0


def _decoded(content: bytes) -> str:
    """The text of an edition: UTF-8 in some, a Windows code page or Latin-1 in others.

    Where a file says that it is UTF-8 and a few bytes are not, only those are read as Windows text.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if content.startswith(codecs.BOM_UTF8):
            return content.decode("utf-8-sig", errors=AS_WINDOWS)
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What the bytes that are not UTF-8 would be on Windows, for the codec to go on behind them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(AS_WINDOWS, _as_windows)
