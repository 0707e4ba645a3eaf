"""Small XLSX workbooks written by hand, so that a test decides what each cell holds, and what it does not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DATE_STYLE = 1


def text(content: str) -> str:
    """A cell that holds a text; XML keeps no carriage return of its own."""
    kept = escape(content, {"\r": "&#13;"})
    return f'<c r="{{place}}" t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'


def number(value: float) -> str:
    return f'<c r="{{place}}"><v>{value}</v></c>'


def day(serial: int) -> str:
    """A date by its number of days since 30 December 1899."""
    return f'<c r="{{place}}" s="{DATE_STYLE}"><v>{serial}</v></c>'


def formula(source: str, result: str | None = None) -> str:
    """A formula and the text it gave, which may be empty; with None, the file holds no result."""
    if result is None:
        return f'<c r="{{place}}"><f>{escape(source)}</f><v /></c>'
    return f'<c r="{{place}}" t="str"><f>{escape(source)}</f><v>{escape(result)}</v></c>'


def error(code: str) -> str:
    return f'<c r="{{place}}" t="e"><f>A1</f><v>{code}</v></c>'


def letters(column: int) -> str:
    """What a spreadsheet calls a column, counted from zero."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook of these sheets; a cell is made by the functions above, and an empty one is ''."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": _workbook(list(sheets)),
        "xl/_rels/workbook.xml.rels": _relationships(len(sheets)),
        "xl/styles.xml": f'<styleSheet {MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
    }
    for number_, rows in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number_}.xml"] = _sheet(rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return out.getvalue()


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>'
        for at, name in enumerate(names, start=1)
    )
    return f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _relationships(sheets: int) -> str:
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, sheets + 1)
    )
    styles = f'<Relationship Id="styles" Type="{OFFICE}/styles" Target="styles.xml"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}{styles}</Relationships>'


def _sheet(rows: Sequence[Sequence[str]]) -> str:
    lines = []
    for row, cells in enumerate(rows, start=1):
        placed = "".join(
            cell.replace("{place}", f"{letters(at)}{row}", 1) for at, cell in enumerate(cells) if cell
        )
        lines.append(f'<row r="{row}">{placed}</row>')
    return f"<worksheet {MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>"
