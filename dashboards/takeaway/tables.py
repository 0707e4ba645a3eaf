"""The figures of an exhibit as CSV and as a workbook, with title, sources, vintages, flags and licences inside.

In CSV they stand in columns of their own behind the figures', so that a parser reads the file as it always did.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboards.takeaway.matter import Matter
from indicators.phrase import flags_text, spreadsheet_cell
from indicators.words import N_, geo_name, translate

NUMBERS = ("value", "low", "high", "change")
FLAGS = "flags_in_words"
FIGURES, TABLE, SOURCE = N_("Figures"), N_("Table"), N_("Source")
OWN = "AI Observatory"
"""The source of what rests on no table of a publisher."""


def told(matter: Matter) -> tuple[dict[str, str], ...]:
    """The rows of an exhibit's CSV, each with its flags in words and what the file says of itself."""
    same = {
        "title": matter.title,
        "source": matter.source,
        "vintage": matter.vintage,
        "licence": matter.licence,
    }
    return tuple(
        {
            **row,
            FLAGS: flags_text(row.get("flags", ""), matter.lang),
            **{k: _safe(v) for k, v in same.items()},
        }
        for row in matter.rows
    )


def csv_file(matter: Matter) -> bytes:
    """The figures as CSV: the columns of the pages' tables, then flags in words, title, source, vintage, licence."""
    rows, content = told(matter), io.StringIO()
    writer = csv.DictWriter(content, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return content.getvalue().encode()


def csv_listing(matter: Matter) -> bytes:
    """A table in words as CSV: its own columns, then title, source, vintage, licence and release."""
    same = {
        "title": matter.title,
        "source": matter.source or OWN,
        "vintage": matter.vintage,
        "licence": matter.licence,
        "release": matter.release,
    }
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\n")
    for number, row in enumerate(matter.rows):
        if not number:
            writer.writerow(map(_safe, [*row, *same]))
        writer.writerow(map(_safe, [*row.values(), *same.values()]))
    return content.getvalue().encode()


def xlsx_listing(matter: Matter) -> bytes:
    """A table in words as a workbook: its texts on one sheet, on the other where they come from."""
    return _workbook(matter, TABLE, _texts)


def xlsx_file(matter: Matter) -> bytes:
    """The figures as a workbook: real numbers on one sheet, on the other where they come from."""
    return _workbook(matter, FIGURES, _figures)


def _workbook(matter: Matter, name: str, fill: Callable[[Worksheet, Matter, Format], None]) -> bytes:
    content = io.BytesIO()
    never = ("strings_to_numbers", "strings_to_formulas", "strings_to_urls")
    book = Workbook(content, {"in_memory": True, **dict.fromkeys(never, False)})
    book.set_properties(
        {"title": matter.title, "author": "AI Observatory", "comments": " ".join(matter.notes)}
    )
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    fill(book.add_worksheet(translate(name, matter.lang)), matter, head)
    _source(book.add_worksheet(translate(SOURCE, matter.lang)), matter, head, plain)
    book.close()
    return content.getvalue()


def _figures(sheet: Worksheet, matter: Matter, head: Format) -> None:
    """Names first, then the columns of the CSV; an empty cell is a missing value, and its status says why."""
    name, codes = translate(N_("Country or group"), matter.lang), list(matter.rows[0]) if matter.rows else []
    columns = [name, *codes, FLAGS]
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(columns) - 1, 15)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(matter.rows), 1), len(columns) - 1)
    for column, title in enumerate(columns):
        sheet.write_string(0, column, title, head)
    for place, row in enumerate(matter.rows, 1):
        cells = {name: geo_name(row.get("geo", ""), matter.lang), **row}
        cells[FLAGS] = flags_text(row.get("flags", ""), matter.lang)
        for column, title in enumerate(columns):
            _write(sheet, place, column, title, cells[title])


def _texts(sheet: Worksheet, matter: Matter, head: Format) -> None:
    names = list(matter.rows[0]) if matter.rows else []
    sheet.set_column(0, max(len(names) - 1, 0), 28)
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(names):
        sheet.write_string(0, column, _safe(name), head)
    for place, row in enumerate(matter.rows, 1):
        for column, cell in enumerate(row.values()):
            sheet.write_string(place, column, _safe(cell))


def _write(sheet: Worksheet, place: int, column: int, title: str, cell: str) -> None:
    if cell and title in NUMBERS:
        sheet.write_number(place, column, float(cell))
    elif cell:
        sheet.write_string(place, column, _safe(cell))


def _source(sheet: Worksheet, matter: Matter, head: Format, plain: Format) -> None:
    """Title, summary, release and flags, then a row for every table behind the figures."""
    lang = matter.lang
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 5, 40)
    facts = {
        N_("Title"): matter.title,
        N_("Summary"): matter.summary,
        N_("Release"): matter.release,
        N_("Day"): matter.day,
        N_("Flags"): matter.flags,
        N_("Link"): matter.link,
        N_("Publisher"): "AI Observatory. " + matter.independent,
    }
    place = 0
    for title, said in facts.items():
        if said:
            sheet.write_string(place, 0, translate(title, lang), head)
            sheet.write_string(place, 1, _safe(said), plain)
            place += 1
    columns = ("Publisher", "Table", "Kind of data", "Vintage", "Licence", "Link")
    for column, title in enumerate(columns):
        sheet.write_string(place + 1, column, translate(title, lang), head)
    for row, one in enumerate(matter.origins, place + 2):
        for column, said in enumerate(
            (one.publisher, one.name, one.kind, one.vintage, one.licence, one.link)
        ):
            sheet.write_string(row, column, _safe(said), plain)


def _safe(said: str) -> str:
    return str(spreadsheet_cell(said))
