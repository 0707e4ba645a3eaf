"""A release as one workbook: what is measured, the figures known now as numbers, the names of codes, the sources."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from indicators.exports.tables import CATALOGUE, asked
from indicators.phrase import spreadsheet_cell
from warehouse.read import OpenRelease, known

MOST_ROWS = 1_048_575
"""So many rows below a heading a sheet can hold."""
SHEETS = {
    "indicators": f'SELECT * FROM "{CATALOGUE}"',
    "figures": (
        "SELECT indicator, geo, period, breakdown, member, value, low, high, unit, flags, status, previous_period, "
        f"change, change_status, change_note, vintage FROM figures WHERE {known()} "
        "ORDER BY indicator, breakdown, member, geo, period"
    ),
    "labels": "SELECT * FROM labels ORDER BY ALL",
    "sources": (
        "SELECT view AS table_name, any_value(title) AS title, any_value(publisher) AS publisher, "
        "any_value(kind) AS kind, any_value(licence) AS licence, any_value(landing_page) AS landing_page, "
        "max(known_from) AS newest FROM captures WHERE used GROUP BY view ORDER BY view"
    ),
    "release": "SELECT * FROM release",
}


class TooLong(Exception):
    """A table has more rows than a sheet can hold."""


def as_workbook(release: OpenRelease, path: Path) -> None:
    """Write the sheets; raises TooLong."""
    never = ("strings_to_numbers", "strings_to_formulas", "strings_to_urls")
    book = Workbook(str(path), {"constant_memory": True, **dict.fromkeys(never, False)})
    head = book.add_format({"bold": True, "bottom": 1})
    for name, sql in SHEETS.items():
        columns, rows = asked(release, sql)
        if len(rows) > MOST_ROWS:
            raise TooLong(
                f"{name} has {len(rows):,} rows, and a sheet holds {MOST_ROWS:,}: take csv or parquet"
            )
        _sheet(book, name, columns, rows, head)
    book.set_properties({"title": f"AI Observatory, release {release.id}", "author": "AI Observatory"})
    book.close()


def _sheet(
    book: Workbook, name: str, columns: list[str], rows: list[tuple[object, ...]], head: Format
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns) - 1, 18)
    for column, title in enumerate(columns):
        sheet.write_string(0, column, title, head)
    for place, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, bool | datetime):
                sheet.write_string(
                    place, column, f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else str(cell)
                )
            elif isinstance(cell, int | float):
                sheet.write_number(place, column, cell)
            elif cell not in (None, ""):
                sheet.write_string(place, column, str(spreadsheet_cell(str(cell))))
