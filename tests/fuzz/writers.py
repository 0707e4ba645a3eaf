"""Layouts that only tests of the parsers write: the data browser's workbook, and labels for codes.

The layouts that the replica serves too are in tests.replica.tables.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from sources.model import Dataset
from tests.replica.tables import Cell, sdmx_csv

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = "http://schemas.openxmlformats.org/package/2006/relationships"

NAMES = {
    "freq": "Time frequency",
    "unit": "Unit of measure",
    "sex": "Sex",
    "geo": "Geopolitical entity (reporting)",
}

Grid = list[list[str | float | None]]


def label(dimension: str, code: str) -> str:
    """A label as unlike a code as labels are."""
    return f"The {dimension} – {code.lower()}, called {code!r} & so on"


@dataclass(frozen=True)
class Lists:
    """Code lists that know every label made here, except those of the dimensions in ``unknown``."""

    unknown: tuple[str, ...] = ()

    def code_of(self, name: str, text: str) -> str | None:
        before, quote, rest = text.partition("called '")
        code = rest.partition("'")[0]
        return code if quote and name not in self.unknown and before.startswith(f"The {name} ") else None


def sdmx_labels(dataset: Dataset, cells: Sequence[Cell], headings: bool = False) -> bytes:
    """SDMX-CSV with labels in the place of codes; with ``headings``, in the place of column names too."""
    dimensions = dataset.published_dimensions
    header, *rows = csv.reader(io.StringIO(sdmx_csv(dataset, cells).decode()))
    at = {name: header.index(name) for name in dimensions}
    for row in rows:
        for name, place in at.items():
            row[place] = label(name, row[place])
    if headings:
        header = [NAMES.get(name, name) for name in header]
    return _csv([header, *rows])


def sdmx_joined(dataset: Dataset, cells: Sequence[Cell]) -> bytes:
    """SDMX-CSV 1.0 with code and label in one cell, ``A: Annual``, and in one heading."""
    header, *rows = csv.reader(io.StringIO(sdmx_csv(dataset, cells).decode()))
    places = [header.index(name) for name in dataset.published_dimensions]
    for row in rows:
        for place in places:
            row[place] = f"{row[place]}: {label(header[place], row[place])}"
    header = [f"{name}: {NAMES[name]}" if name in NAMES else name for name in header]
    return _csv([header, *rows])


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def browser_sheets(
    dataset: Dataset, cells: Sequence[Cell], *, flags: bool = True, down: str = "geo"
) -> dict[str, Grid]:
    """The sheets of the data browser's workbook; ``down`` says what stands in its rows, geo or period."""
    slices = sorted({cell.codes for cell in cells})
    contents: Grid = [["", "Contents"], *(["", f"Sheet {number}"] for number in range(1, len(slices) + 1))]
    sheets: dict[str, Grid] = {"Summary": contents}
    for number, codes in enumerate(slices, 1):
        chosen = [cell for cell in cells if cell.codes == codes]
        sheets[f"Sheet {number}"] = _sheet(dataset, codes, chosen, flags=flags, down=down)
    return sheets


def _sheet(
    dataset: Dataset, codes: tuple[str, ...], cells: Sequence[Cell], *, flags: bool, down: str
) -> Grid:
    found = {(cell.geo, cell.period): cell for cell in cells}
    geos, periods = sorted({geo for geo, _ in found}), sorted({period for _, period in found})
    places = {geo: label("geo", geo) for geo in geos}
    heads: Grid = [
        ["Data extracted on 18/12/2025 13:15:52 from [ESTAT]"],
        ["Dataset: ", f"{dataset.title} [{dataset.code}__custom_1]"],
        ["Last updated: ", "11/12/2025 23:00"],
        [],
    ]
    heads += [
        [NAMES.get(name, name), None, label(name, code)]
        for name, code in zip(dataset.dimensions, codes, strict=True)
    ]
    across, rows = (periods, geos) if down == "geo" else (geos, periods)
    titles = ("TIME", "GEO (Labels)") if down == "geo" else ("GEO (Labels)", "TIME")
    top: list[str | float | None] = [titles[0]]
    for one in across:
        top += [places.get(one, one), *([""] if flags else [])]
    grid: Grid = [*heads, [], top, [titles[1]]]
    for one in rows:
        line: list[str | float | None] = [places.get(one, one)]
        for other in across:
            cell = found.get((one, other) if down == "geo" else (other, one))
            line += [float(cell.value) if cell and cell.value else ":", *([_flags(cell)] if flags else [])]
        grid.append(line)
    return [*grid, [], ["Special value"], [":", "not available"], ["Observation flags:"], ["b", "break"]]


def _flags(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return cell.flags + (f"@{cell.confidentiality}" if cell.confidentiality else "")


def xlsx(dataset: Dataset, cells: Sequence[Cell], down: str = "geo") -> bytes:
    """The data browser's workbook, whole."""
    return workbook(browser_sheets(dataset, cells, down=down))


def workbook(sheets: Mapping[str, Grid], cells: Mapping[str, str] | None = None) -> bytes:
    """An XLSX file of these sheets; ``cells`` gives cells of the last sheet as XML, by their reference."""
    names = list(sheets)
    links = "".join(
        f'<Relationship Id="r{number}" Target="worksheets/sheet{number}.xml"/>'
        for number in range(len(names))
    )
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number + 1}" r:id="r{number}"/>' for number, name in enumerate(names)
    )
    parts = {
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PARTS}">{links}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>',
    }
    for number, name in enumerate(names):
        special = (cells or {}) if number == len(names) - 1 else {}
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(sheets[name], special)
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def sheet_xml(grid: Grid, special: Mapping[str, str]) -> str:
    rows = []
    for number, row in enumerate(grid, 1):
        written = "".join(
            _cell(f"{_letters(place)}{number}", value, special) for place, value in enumerate(row)
        )
        rows.append(f'<row r="{number}">{written}</row>')
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def _cell(reference: str, value: str | float | None, special: Mapping[str, str]) -> str:
    if reference in special:
        return special[reference]
    if value is None:
        return ""
    if value == "":
        return f'<c r="{reference}" s="1"/>'
    if isinstance(value, float):
        return f'<c r="{reference}"><v>{value!r}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def _letters(column: int) -> str:
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)
