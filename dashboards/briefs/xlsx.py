"""A brief as a workbook: what it says, its figures as numbers on one sheet a theme, its sources, and the rows sealed.

What a brief says does not belong here. Texts that could start a formula are neutralised, as in every export.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboards.briefs.model import ROW, Brief, Chart, Fact, Table
from dashboards.briefs.seal import NUMBERS, cells, seal
from indicators.labels import label
from indicators.phrase import period_text, spreadsheet_cell
from indicators.registry import indicators
from indicators.words import N_, geo_name, translate

SHEET = 31
"""The most letters that the name of a sheet may have."""
CODES = "figures"
"""The sheet of the rows that are sealed."""
COLUMNS = {
    N_("Figure"): 52, N_("Country or group"): 18, N_("Period"): 12, N_("Value"): 12, N_("Lower bound"): 12,
    N_("Upper bound"): 12, N_("Unit"): 34, N_("As text"): 22, N_("Change"): 12, N_("Change in words"): 34,
    N_("Number behind it"): 26, N_("Flags"): 22, N_("State"): 18, N_("Note"): 44, N_("Source"): 24,
    N_("Vintage"): 14, N_("Captures"): 40,
}  # fmt: skip
"""The columns of a theme's sheet, with their widths."""
SOURCES = {
    N_("Table"): 60, N_("Code"): 20, N_("Publisher"): 34, N_("Kind of data"): 24, N_("Vintage"): 30,
    N_("Licence"): 44, N_("Link"): 60,
}  # fmt: skip
OPENING, ABOUT = N_("Brief"), N_("Sources")


@dataclass(frozen=True)
class Looks:
    """The formats that the sheets share."""

    title: Format
    head: Format
    text: Format
    number: Format


def xlsx(brief: Brief) -> bytes:
    """The whole workbook; the same brief gives the same bytes."""
    content = BytesIO()
    never = ("strings_to_numbers", "strings_to_formulas", "strings_to_urls")
    book = Workbook(content, {"in_memory": True, **dict.fromkeys(never, False)})
    book.set_properties(
        {
            "title": brief.title,
            "author": "AI Observatory",
            "keywords": seal(brief).text,
            "comments": f"{brief.verification} {brief.labels.independent}",
            "created": datetime.combine(brief.released_on, time(), UTC).replace(tzinfo=None),
        }
    )
    looks = Looks(
        book.add_format({"bold": True, "font_size": 14, "font_color": "#1F4E9E"}),
        book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"num_format": "#,##0.00##", "valign": "top"}),
    )
    _opening(book.add_worksheet(_name(translate(OPENING, brief.lang))), brief, looks)
    for theme, facts in _by_theme(brief.facts).items():
        name = label("theme", theme, brief.lang)
        _theme(book.add_worksheet(_name(name)), name, facts, brief, looks)
    _sources(book.add_worksheet(_name(translate(ABOUT, brief.lang))), brief, looks)
    _codes(book.add_worksheet(CODES), brief, looks)
    book.close()
    return content.getvalue()


def _name(text: str) -> str:
    """A name that a sheet may have."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in text).strip()[:SHEET]


def _by_theme(facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        theme = indicators()[str(fact.row["indicator"])].theme
        found.setdefault(theme, []).append(fact)
    return found


def _opening(sheet: Worksheet, brief: Brief, looks: Looks) -> None:
    """What the brief says, in its order, text by text."""
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 8, 24)
    labels = brief.labels
    lines: list[tuple[Format, Sequence[str]]] = [
        (looks.title, [brief.title]),
        (looks.text, [labels.subtitle]),
        (looks.text, [labels.release, brief.release]),
        *([(looks.text, [labels.as_of, brief.as_of.isoformat()])] if brief.as_of else []),
        *((looks.text, [finding]) for finding in brief.findings),
    ]
    for section in (section for page in brief.pages for section in page):
        lines += [(looks.text, []), (looks.title, [section.title])]
        for block in section.blocks:
            lines += _block(block, looks)
    lines += [(looks.text, []), (looks.title, [labels.annex]), (looks.head, [labels.caveats])]
    lines += [(looks.text, [caveat]) for caveat in brief.caveats]
    lines += [(looks.head, [labels.cite]), (looks.text, [brief.citation])]
    lines += [(looks.head, [labels.verify]), (looks.text, [brief.verification])]
    lines += [(looks.text, [labels.digest, brief.digest]), (looks.text, [labels.code, brief.code_version])]
    lines += [(looks.text, [labels.independent])]
    for place, (look, texts) in enumerate(lines):
        _write(sheet, place, texts, look)


def _block(block: object, looks: Looks) -> list[tuple[Format, Sequence[str]]]:
    match block:
        case Fact():
            more = (block.value, block.change, block.behind, block.flags, block.note)
            return [(looks.text, [block.title, " · ".join(text for text in more if text)])]
        case Chart():
            return [(looks.head, [block.title]), (looks.text, [block.alt]), (looks.text, [block.source])]
        case Table():
            rows = [(looks.text, row) for row in block.rows]
            head = [(looks.head, [block.title])] if block.title else []
            note = [(looks.text, [block.note])] if block.note else []
            return [*head, (looks.head, block.header), *rows, *note]
    return [(looks.text, [str(block)])]


def _theme(sheet: Worksheet, name: str, facts: Sequence[Fact], brief: Brief, looks: Looks) -> None:
    """The figures of a theme, their values as numbers."""
    _write(sheet, 0, [name], looks.title)
    _head(sheet, 2, COLUMNS, brief.lang, looks)
    for place, fact in enumerate(facts, 3):
        _write(sheet, place, _figure(fact, brief), looks.text, looks.number)


def _figure(fact: Fact, brief: Brief) -> list[object]:
    row, sealed, lang = fact.row, dict(zip(ROW, cells(fact.row), strict=True)), brief.lang
    value, low, high = (_number(row[name]) for name in NUMBERS)
    return [
        fact.title,
        geo_name(str(row["geo"]), lang),
        period_text(str(row["period"]), lang),
        value,
        low,
        high,
        label("unit", str(row["unit"]), lang),
        fact.value,
        _number(row.get("change")),
        f"({fact.change})" if fact.change else "",
        fact.behind,
        fact.flags,
        label("figure_status", str(row["status"]), lang),
        fact.note,
        _tables(sealed["captures"]),
        sealed["vintage"][:10],
        sealed["captures"],
    ]


def _tables(captures: str) -> str:
    """The tables that captures are of; a capture is named by its table, its moment and its checksum."""
    return ", ".join(dict.fromkeys(name.rsplit("-", 2)[0] for name in captures.split()))


def _sources(sheet: Worksheet, brief: Brief, looks: Looks) -> None:
    _head(sheet, 0, SOURCES, brief.lang, looks)
    for place, one in enumerate(brief.sources, 1):
        told = [one.title, one.code, one.publisher, one.kind, one.vintage, one.licence, one.link]
        _write(sheet, place, told, looks.text)


def _codes(sheet: Worksheet, brief: Brief, looks: Looks) -> None:
    """The rows that the digest covers, by code."""
    sheet.set_column(0, len(ROW) - 1, 18)
    _write(sheet, 0, ROW, looks.head)
    for place, fact in enumerate(brief.facts, 1):
        sealed = zip(ROW, cells(fact.row), strict=True)
        numbered = [_number(fact.row[name]) if name in NUMBERS else text for name, text in sealed]
        _write(sheet, place, numbered, looks.text, looks.number)


def _head(sheet: Worksheet, place: int, columns: dict[str, int], lang: str, looks: Looks) -> None:
    for column, (title, width) in enumerate(columns.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(place, column, translate(title, lang), looks.head)
    sheet.freeze_panes(place + 1, 1)


def _write(
    sheet: Worksheet, place: int, row: Sequence[object], look: Format, number: Format | None = None
) -> None:
    """A row of texts and numbers; what is empty leaves its cell empty."""
    for column, cell in enumerate(row):
        if isinstance(cell, float):
            sheet.write_number(place, column, cell, number or look)
        elif cell not in (None, ""):
            sheet.write_string(place, column, str(spreadsheet_cell(str(cell))), look)


def _number(value: object) -> float | None:
    """A value as a number; None where there is none."""
    given = isinstance(value, int | float) and not math.isnan(value)
    return float(value) if given else None  # type: ignore[arg-type]
