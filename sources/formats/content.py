"""Opening a downloaded file safely and telling what it holds, by its first bytes and never by its name.

Reading a table out of it belongs to the format modules.
"""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal, cast

from sources.model import Unreadable

Format = Literal[
    "tsv", "wide_csv", "sdmx_csv", "jsonstat", "stated", "csv", "xlsx", "zip", "html", "xml", "text", "empty"
]

UNPACKED_LIMIT = 2 * 1024**3
"""Bytes that one file may unpack to; Eurostat's largest tables stay well below."""

HEAD = 256 * 1024
CHUNK = 1024 * 1024
LINE_LIMIT = 8 * CHUNK
"""Bytes of one line, the header included; thousands of periods stay well below."""


@dataclass(frozen=True)
class Description:
    """What a file tells of itself; what it does not tell is empty or None. ``updated_at`` is in UTC."""

    format: Format
    code: str = ""
    dimensions: tuple[str, ...] = ()
    updated_at: datetime | None = None


def is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


@contextmanager
def open_plain(path: Path, subject: str = "file") -> Iterator[BinaryIO]:
    """The unpacked bytes of a plain or gzip file; raises Unreadable where a gzip is damaged."""
    try:
        with gzip.open(path, "rb") if is_gzip(path) else path.open("rb") as file:
            yield cast(BinaryIO, file)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        reason = "the gzip ends too early" if isinstance(error, EOFError) else "the gzip is damaged"
        raise Unreadable(subject, path.name, reason, "download it again") from error


def head(path: Path, subject: str = "file", size: int = HEAD) -> bytes:
    """The first unpacked bytes, without a byte-order mark."""
    with open_plain(path, subject) as file:
        return file.read(size).removeprefix(b"\xef\xbb\xbf")


def first_line(path: Path, subject: str = "file") -> str:
    """The first line, without its line end; raises Unreadable where it has no end within reach."""
    with open_plain(path, subject) as file:
        line = file.readline(LINE_LIMIT).removeprefix(b"\xef\xbb\xbf")
    if len(line) >= LINE_LIMIT - 3:
        raise Unreadable(subject, path.name, f"the first line is longer than {LINE_LIMIT} bytes")
    return line.decode("utf-8", errors="replace").rstrip("\r\n")


def check_whole(subject: str, path: Path, limit: int = UNPACKED_LIMIT) -> None:
    """Read the file once to its end: raises Unreadable when it is empty, cut off or unpacks to too much."""
    size = 0
    with open_plain(path, subject) as file:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise Unreadable(subject, path.name, f"it unpacks to more than {limit} bytes", "split it")
    if not size:
        raise Unreadable(subject, path.name, "the file is empty", "download it again")


def recognise(path: Path, subject: str = "file") -> Format:
    """The format of a file, told by its content; raises Unreadable where a gzip is damaged."""
    whole = head(path, subject)
    start = whole.lstrip()
    if not start:
        return "empty"
    if start.startswith(b"PK\x03\x04"):
        return _zip_format(path)
    if start.startswith(b"<"):
        return "html" if re.search(rb"<(!doctype\s+html|html\b)", start[:4096], re.I) else "xml"
    if start.startswith((b"{", b"[")):
        return "jsonstat"
    return _text_format(whole)


def _text_format(start: bytes) -> Format:
    line = start.splitlines()[0].decode("utf-8", errors="replace")
    first = line.split("\t")[0]
    columns = [column.strip().strip('"') for column in line.split(",")]
    if re.match(r"#\s*vintage\s*:", line):
        return "stated"
    if "\t" in line and ("\\" in first or first.startswith("freq")):
        return "tsv"
    if columns[0] in ("DATAFLOW", "STRUCTURE"):
        return "sdmx_csv"
    if columns[0] == "freq" and "geo" in columns and re.match(r"\d{4}", columns[-1] or columns[-2]):
        return "wide_csv"
    return "csv" if re.search(r"[;,]", line) and "\x00" not in line else "text"


def _zip_format(path: Path) -> Format:
    try:
        with open_plain(path) as file, zipfile.ZipFile(file) as archive:
            return "xlsx" if any(name.startswith("xl/") for name in archive.namelist()) else "zip"
    except (zipfile.BadZipFile, NotImplementedError):  # damaged, or packed in a way of its own
        return "zip"
