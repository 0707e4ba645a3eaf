"""What a file states, counted the simplest way there is: the values of its observations, None for none.

Slow, and free of the parsers' ways; a file that is not what it claims to be raises anything.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

Values = list[float | None]

EMPTY = {"", ":"}


def _value(text: str) -> float | None:
    number = text.strip().partition("@")[0].split(" ")[0].rstrip("abcdefghijklmnopqrstuvwxyz")
    return None if number in EMPTY else float(number)


def tsv(content: bytes) -> Values:
    lines = content.removeprefix(b"\xef\xbb\xbf").decode().split("\n")[1:]
    cells = [cell for line in lines if line.strip("\r") for cell in line.split("\t")[1:]]
    return [_value(cell) for cell in cells if cell.strip() != ":"]


def wide_csv(content: bytes) -> Values:
    header, *lines = content.removeprefix(b"\xef\xbb\xbf").decode().replace('"', "").split("\n")
    keys = [name.strip() for name in header.split(",")].index("geo") + 1
    cells = [cell for line in lines if line.strip("\r") for cell in line.split(",")[keys:]]
    return [_value(cell) for cell in cells if cell.strip() != ":"]


def sdmx_csv(content: bytes) -> Values:
    text = content.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    names = [name.partition(":")[0].strip() for name in header]
    places = [names.index(name) for name in ("OBS_VALUE", "OBS_FLAG", "CONF_STATUS") if name in names]
    stated = [[row[place].strip() for place in places] for row in rows if row]
    return [_value(value) for value, *marks in stated if value not in EMPTY or any(marks)]


def jsonstat(content: bytes) -> Values:
    document = json.loads(content)
    values, statuses = _sparse(document["value"]), _sparse(document.get("status") or {})
    if isinstance(document.get("status"), str):
        statuses = dict.fromkeys(values, document["status"])
    return [values.get(place) for place in values.keys() | statuses.keys()]


def _sparse(cells: object) -> dict[int, Any]:
    if isinstance(cells, str):
        return {}
    assert isinstance(cells, list | dict)
    pairs = enumerate(cells) if isinstance(cells, list) else ((int(key), cells[key]) for key in cells)
    return {
        place: cell if isinstance(cell, str) else float(cell)
        for place, cell in pairs
        if cell is not None and cell != ""
    }


def stated(content: bytes) -> Values:
    lines = [line for line in content.decode("utf-8-sig").splitlines() if line and not line.startswith("#")]
    return [_value(row["value"]) for row in csv.DictReader(lines)]


def xlsx(content: bytes) -> Values:
    found: Values = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if "worksheets/" in name:
                found += _sheet(archive.read(name))
    return found


def _sheet(content: bytes) -> Iterator[float | None]:
    """Below the two headings of the axes, pairs of value and flag, down to the first row without a label."""
    rows: dict[int, dict[str, str]] = {}
    for row in ElementTree.fromstring(content).findall(".//{*}row"):  # noqa: S314 - our own text
        rows[int(row.get("r") or max(rows, default=0) + 1)] = {
            (cell.get("r") or chr(ord("A") + place)).rstrip("0123456789"): _text(cell)
            for place, cell in enumerate(row.findall("{*}c"))
        }
    axis = next(
        (number for number, row in rows.items() if row.get("A", "").strip() in ("TIME", "GEO (Labels)")), 0
    )
    if not axis:
        return
    columns = [column for column, text in rows[axis].items() if column != "A" and text.strip()]
    number = axis + 2
    while rows.get(number, {}).get("A", "").strip():
        row = rows[number]
        for column in columns:
            value, flag = row.get(column, "").strip(), row.get(_next(column), "").strip()
            if value not in EMPTY or flag:
                yield _value(value)
        number += 1


def _text(cell: ElementTree.Element) -> str:
    """What a cell shows: stray text between its elements is none of it."""
    return "".join(part.text or "" for part in cell.iter() if part.tag.rpartition("}")[2] in ("t", "v"))


def _next(column: str) -> str:
    return column[:-1] + chr(ord(column[-1]) + 1) if column[-1] < "Z" else "AA"
