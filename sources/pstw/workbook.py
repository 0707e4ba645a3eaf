"""The sheets of an XLSX edition as rows of text, formulas included whose result the file does not hold.

How a workbook is opened belongs to ``sources.formats.workbook``; what the columns mean, to ``cases``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from sources.formats.workbook import Cell, Row, open_workbook
from sources.model import Unreadable

NOT_STORED = "(formula without a result)"
"""The text of a cell whose value nobody can know from the file: it is unknown, not empty."""

ESCAPED = re.compile("_x(00[01][0-9A-F])_", re.I)
"""How a workbook writes a control character, such as the first half of a Windows line end."""

CELLS_LIMIT = 20_000_000
"""Cells that a sheet may span; a few stray ones far off would cost the memory of all between."""


def tables(subject: str, content: Path, limit: int = 0) -> Iterator[list[list[str]]]:
    """The rows of each sheet, or the first ``limit`` of them, whatever the sheet is called; raises Unreadable.

    Whole numbers have no point; dates are the number of days that the workbook holds. A formula without a
    result is followed where it only names another cell of the sheet, and is ``NOT_STORED`` otherwise.
    """
    with open_workbook(subject, content, formulas=True) as book:
        for name in book.sheets:
            rows = book.rows(name, limit)
            width = max((max(row, default=-1) for row in rows), default=-1) + 1
            if len(rows) * width > CELLS_LIMIT:
                reason = f"the sheet {name!r} spans {len(rows) * width:,} cells"
                raise Unreadable(subject, content.name, reason, "delete the stray cells, or save it as CSV")
            yield [[_text(row.get(column, ""), rows) for column in range(width)] for row in rows]


def _text(cell: Cell, rows: Sequence[Row]) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if not cell.startswith("="):
        return ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), cell)
    named = _named(cell, rows)
    return NOT_STORED if isinstance(named, str) and named.startswith("=") else _text(named, rows)


def _named(formula: str, rows: Sequence[Row]) -> Cell:
    """The cell that a formula such as ``=C1452`` names; any other formula itself."""
    match = re.fullmatch(r"=\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", formula)
    if match is None or int(match.group(2)) > len(rows):
        return formula
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return rows[int(match.group(2)) - 1].get(column - 1, "")
