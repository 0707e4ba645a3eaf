"""The workbook of Eurostat's data browser: one sheet a slice, labels for codes, each flag in the next column.

Opening a workbook belongs to ``workbook``, what a label means to ``labels``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from sources.codes import PERIOD
from sources.formats import cells
from sources.formats.answers import BROWSER_FORMATS
from sources.formats.content import Description
from sources.formats.labels import Codelists, Resolver
from sources.formats.sdmx_csv import BRUSSELS
from sources.formats.workbook import Cell, Row, Workbook, open_workbook
from sources.model import Dataset, Unreadable

TITLE = re.compile(r".*\[([a-z0-9_]+?)(?:__custom_\d+)?(?:\$\w+)?(?:\([0-9.]+\))?\]\s*", re.I | re.S)
AXIS = re.compile(r"(TIME|[A-Z0-9_]+ \((?:Labels|Codes)\))")
HEAD = 12
ABOUT = ("Summary", "Structure")
"""The sheets that tell of the others."""

Observation = tuple[dict[str, str], float | None, cells.Mark]
"""The labels of one cell by dimension, its value, and its flags and confidentiality."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of data: where its axes stand, the labels that hold for all of it, and its rows."""

    name: str
    rows: list[Row]
    axes: int
    fixed: tuple[tuple[str, str], ...]

    def text(self, row: int, column: int) -> str:
        return _plain(self.rows[row].get(column, "")) if row < len(self.rows) else ""


def describe(path: Path) -> Description:
    """Dataset code and update stamp as the first sheet of data states them; its dimensions are labels."""
    with open_workbook("file", path) as book:
        for name in book.sheets:
            rows = book.rows(name, HEAD)
            code = _code(rows)
            if code:
                return Description("xlsx", code, updated_at=_stamp(rows))
    return Description("xlsx")


def _plain(cell: Cell) -> str:
    """A cell as text: numbers as a period would be written."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return cell.strip()


def _said(rows: Sequence[Row], heading: str) -> str:
    return next((_plain(row.get(1, "")) for row in rows if _plain(row.get(0, "")).startswith(heading)), "")


def _code(rows: Sequence[Row]) -> str:
    title = TITLE.fullmatch(_said(rows[:HEAD], "Dataset:"))
    return title.group(1).lower() if title else ""


def _stamp(rows: Sequence[Row]) -> datetime | None:
    try:
        local = datetime.strptime(_said(rows[:HEAD], "Last updated:"), "%d/%m/%Y %H:%M")  # noqa: DTZ007
    except ValueError:
        return None
    return local.replace(tzinfo=BRUSSELS).astimezone(UTC)


def read(
    dataset: Dataset,
    content: Path,
    connection: duckdb.DuckDBPyConnection,
    codelists: Codelists | None = None,
) -> duckdb.DuckDBPyRelation:
    """The tidy table of all sheets, flags included; raises Unreadable, naming what is missing.

    A workbook without the columns of flags is refused, as is one whose labels no code list knows.
    """
    resolver = Resolver(dataset.id, content, codelists)
    with open_workbook(dataset.id, content) as book:
        sheets = _sheets(dataset, book)
        found = [one for sheet in sheets for one in _observations(book, sheet)]
    if not found:
        raise Unreadable(dataset.id, content.name, "the table holds no observation", "widen the download")
    return connection.from_arrow(_table(dataset, resolver, found))


def _sheets(dataset: Dataset, book: Workbook) -> list[Sheet]:
    """The sheets of data; a sheet that the summary lists and the workbook lacks is missed by name."""
    found: list[Sheet] = []
    listed: list[str] = []
    nameless: list[str] = []
    for name in book.sheets:
        rows = book.rows(name)
        listed += [
            _plain(row.get(1, "")) for row in rows if re.fullmatch(r"Sheet \d+", _plain(row.get(1, "")))
        ]
        code = _code(rows)
        if code and code != dataset.code.lower():
            raise Unreadable(dataset.id, book.name, f"the sheet {name!r} is another dataset's: {code}")
        if code:
            found.append(_sheet(book, name, rows))
        elif name not in ABOUT:
            nameless.append(name)
    missing = [name for name in listed if name not in book.sheets]
    if missing:
        raise Unreadable(dataset.id, book.name, f"it lacks the sheet {missing[0]!r}", "download it again")
    if not found:
        reason = "it is an XLSX workbook, and not one of Eurostat's data browser"
        raise Unreadable(dataset.id, book.name, reason, BROWSER_FORMATS)
    if nameless:
        reason = f"the sheet {nameless[0]!r} names no dataset"
        raise Unreadable(dataset.id, book.name, reason, "download it again")
    return found


def _sheet(book: Workbook, name: str, rows: list[Row]) -> Sheet:
    heads = [number for number, row in enumerate(rows) if AXIS.fullmatch(_plain(row.get(0, "")))]
    if len(heads) < 2 or heads[1] != heads[0] + 1:
        reason = f"the sheet {name!r} has no two headings TIME and GEO (Labels), one below the other"
        raise Unreadable(book.subject, book.name, reason, BROWSER_FORMATS)
    fixed = [(_plain(row[0]), _plain(row[2])) for row in rows[3 : heads[0]] if row.get(0) and row.get(2)]
    return Sheet(name, rows, heads[0], tuple(fixed))


def _across(book: Workbook, sheet: Sheet) -> dict[int, str]:
    """The labels across by column, each of which has a column of flags to its right."""
    heading = sheet.rows[sheet.axes]
    found = {column: _plain(cell) for column, cell in heading.items() if column and _plain(cell)}
    below = {column for row in sheet.rows[sheet.axes :] for column in row}
    expected = [1 + 2 * number for number in range(len(found))]
    if sorted(found) != expected or not found or max(found) + 1 not in below:
        reason = f"this XLSX workbook was exported without flags (sheet {sheet.name!r})"
        raise Unreadable(book.subject, book.name, reason, f"export it with flags, or {BROWSER_FORMATS}")
    return found


def _observations(book: Workbook, sheet: Sheet) -> Iterator[Observation]:
    """The cells that say something, down to the first empty row, below which there are only words."""
    across, fixed = _across(book, sheet), dict(sheet.fixed)
    column_axis, row_axis = sheet.text(sheet.axes, 0), sheet.text(sheet.axes + 1, 0)
    across = {column: _label(column_axis, above) for column, above in across.items()}
    for number in range(sheet.axes + 2, len(sheet.rows)):
        row, label = sheet.rows[number], sheet.text(number, 0)
        if not label:
            return _check_end(book, sheet, number)
        for column, above in across.items():
            value, mark = _cell(book, f"{sheet.name!r} row {number + 1}, {above}", row, column)
            if value is not None or any(mark):
                yield {**fixed, column_axis: above, row_axis: _label(row_axis, label)}, value, mark


def _check_end(book: Workbook, sheet: Sheet, end: int) -> None:
    below = [cell for row in sheet.rows[end + 1 :] for cell in row.values()]
    if any(cell != "" for cell in sheet.rows[end].values()) or any(isinstance(cell, float) for cell in below):
        reason = f"the sheet {sheet.name!r} goes on below its row {end + 1}, which has no label"
        raise Unreadable(book.subject, book.name, reason, "download it again")


def _label(axis: str, text: str) -> str:
    """What stands along an axis; a code by itself becomes a label that names its code."""
    return f"{text} [{text}]" if axis.endswith("(Codes)") else text


def _cell(book: Workbook, place: str, row: Row, column: int) -> tuple[float | None, cells.Mark]:
    value, flags = row.get(column, ""), _plain(row.get(column + 1, ""))
    said = cells.MARK.fullmatch(flags)
    if said is None:
        raise book.refused(f"the flag {flags!r} of {place} is no flag")
    mark = cells.mark(said[1], said[2] or "")
    if isinstance(value, str) and value.strip() in (":", ""):
        return None, mark
    if isinstance(value, str) and not re.fullmatch(cells.NUMBER, value.strip()):
        raise book.refused(f"the cell {value!r} of {place} is no value")
    number = float(value)
    if number - number != 0:
        raise book.refused(f"the cell {value!r} of {place} is no finite number")
    return number, mark


def _table(dataset: Dataset, resolver: Resolver, found: Sequence[Observation]) -> pa.Table:
    wanted = (*dataset.published_dimensions, "period")
    names = {label: _dimension(resolver, label, wanted) for labels, *_ in found for label in labels}
    columns: dict[str, list[str]] = {name: [] for name in wanted}
    for labels, *_ in found:
        given = {names[label]: text for label, text in labels.items()}
        if missing := [name for name in wanted if name not in given]:
            raise resolver.refused(f"a sheet does not say its {', '.join(missing)}")
        for name in wanted:
            columns[name].append(given[name])
    made = {name: _codes(resolver, name, texts) for name, texts in columns.items()}
    if dataset.place:
        made["geo"] = pa.array([dataset.place] * len(found), pa.string())
    made["value"] = pa.array([value for _, value, _ in found], pa.float64())
    made["flags"] = pa.array([flags for *_, (flags, _) in found], pa.string())
    made["confidentiality"] = pa.array([code for *_, (_, code) in found], pa.string())
    return pa.table({name: made[name] for name in dataset.tidy_columns})


def _dimension(resolver: Resolver, label: str, wanted: Sequence[str]) -> str:
    axis = AXIS.fullmatch(label)
    if label == "TIME":
        return "period"
    return resolver.dimension(label.partition(" (")[0] if axis else label, wanted)


def _codes(resolver: Resolver, name: str, texts: Sequence[str]) -> pa.Array:
    if name == "period":
        wrong = next((text for text in texts if not PERIOD.fullmatch(text)), None)
        if wrong is not None:
            raise resolver.refused(f"{wrong!r} is no period")
        return pa.array(texts, pa.string())
    codes = resolver.codes(name, dict.fromkeys(texts))
    return pa.array([codes[text] for text in texts], pa.string())
