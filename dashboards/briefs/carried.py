"""What a brief's file carries, read back from any of its formats: its seal, and the rows of its figures.

Whether they are true does not belong here: proof.py finds out.
"""

from __future__ import annotations

import base64
import binascii
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboards.briefs.model import ROW
from dashboards.briefs.seal import Seal, body_of, read_seal
from dashboards.briefs.xlsx import CODES
from sources.formats.workbook import open_workbook
from sources.model import Unreadable

LIMIT = 64 * 1024**2
"""So many bytes a brief never has, nor what is packed in it."""
EMBEDDED = re.compile(rb"<<(?P<head>[^\0]{0,400}?/EmbeddedFile.{0,400}?)>>\s*stream\r?\n", re.DOTALL)
DATA_LINK = re.compile(rb'href="data:text/csv;charset=utf-8;base64,([A-Za-z0-9+/=]*)"')
PROPERTIES = "docProps/core.xml"


class NotABrief(ValueError):
    """The file is no brief of ours; the message says why."""


@dataclass(frozen=True)
class Carried:
    """A file's bytes, its format, its seal, and its figures' rows as texts; None where they cannot be read."""

    content: bytes
    form: str
    seal: Seal
    rows: tuple[dict[str, str], ...] | None

    @property
    def untouched(self) -> bool:
        """Whether its bytes are those of which its seal tells the digest; whoever alters both is found by its release."""
        return body_of(self.content, self.form) == self.seal.body


def carried(path: Path) -> Carried:
    """Read a file; raises NotABrief, and OSError where there is none to read."""
    if path.stat().st_size > LIMIT:
        raise NotABrief(f"{path} is no brief: it is larger than {LIMIT // 1024**2} MB")
    content = path.read_bytes()
    form = format_of(content)
    if form is None:
        raise NotABrief(f"{path} is no brief: it is neither PDF, HTML nor XLSX")
    seal = read_seal(_properties(content) if form == "xlsx" else content)
    if seal is None:
        raise NotABrief(f"{path} is no brief of the observatory: it carries no seal")
    return Carried(content, form, seal, _rows(path, content, form))


def format_of(content: bytes) -> str | None:
    """The format that a file's first bytes tell; None for any other."""
    start = content[:1024].lstrip().lower()
    if start.startswith(b"%pdf-"):
        return "pdf"
    if start.startswith(b"pk\x03\x04"):
        return "xlsx"
    return "html" if start.startswith((b"<!doctype html", b"<html")) else None


def _properties(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.open(PROPERTIES).read(LIMIT)
    except (zipfile.BadZipFile, KeyError, zlib.error, RuntimeError, EOFError):
        return b""


def _rows(path: Path, content: bytes, form: str) -> tuple[dict[str, str], ...] | None:
    if form == "xlsx":
        return _of_sheet(path)
    texts = _attached(content) if form == "pdf" else _linked(content)
    return next((rows for rows in map(_of_csv, texts) if rows is not None), None)


def _attached(content: bytes) -> list[str]:
    """The texts of the files that are attached to a PDF."""
    found = []
    for match in EMBEDDED.finditer(content):
        end = content.find(b"endstream", match.end())
        packed = content[match.end() : end]
        try:
            plain = zlib.decompressobj().decompress(packed, LIMIT) if b"/Flate" in match["head"] else packed
            found.append(plain.decode().rstrip("\r\n") + "\n")
        except (zlib.error, UnicodeDecodeError):
            continue
    return found


def _linked(content: bytes) -> list[str]:
    """The text that a page offers to download."""
    found = DATA_LINK.search(content)
    try:
        return [base64.b64decode(found[1], validate=True).decode()] if found else []
    except (binascii.Error, UnicodeDecodeError):
        return []


def _of_csv(text: str) -> tuple[dict[str, str], ...] | None:
    """The rows of a CSV with the columns of ``ROW``."""
    return _named(list(csv.reader(io.StringIO(text))))


def _of_sheet(path: Path) -> tuple[dict[str, str], ...] | None:
    """The rows of the sheet that holds the codes."""
    try:
        with open_workbook(path.name, path) as book:
            rows = book.rows(CODES) if CODES in book.sheets else []
    except Unreadable:
        return None
    lines = [[_cell(row.get(column, "")) for column in range(len(ROW))] for row in rows]
    return _named(lines)


def _cell(cell: float | str) -> str:
    return cell if isinstance(cell, str) else repr(cell)


def _named(lines: Sequence[Sequence[str]]) -> tuple[dict[str, str], ...] | None:
    if not lines or tuple(lines[0]) != ROW or any(len(line) != len(ROW) for line in lines):
        return None
    return tuple(dict(zip(ROW, line, strict=True)) for line in lines[1:])
