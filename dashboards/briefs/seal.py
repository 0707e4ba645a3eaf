"""What makes a brief provable: the digest of its figures, the version of the code, and a line of text in every format.

Comparing a file with its release does not belong here: proof.py does that.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import quote, unquote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from dashboards.briefs.model import ROW, Brief, Fact
from indicators.phrase import spreadsheet_cell

ROOT = Path(__file__).parents[2]
FOLDERS = ("sources", "warehouse", "indicators", "dashboards")
ENDINGS = (".py", ".po", ".csv", ".typ", ".html", ".json")
LIBRARIES = ("typst", "segno", "xlsxwriter", "jinja2", "babel")
"""What else decides which bytes a brief has."""

NUMBERS = ("value", "low", "high")
DIGITS = 12
"""Numbers are sealed with so many digits, which every format keeps."""

MARK = "observatory-brief:"
BLANK = "0" * 64
BODY = re.compile(rb"(observatory-brief:[A-Za-z0-9=;%._~-]*body=)[0-9a-f]{64}")
SEAL = re.compile(rb"observatory-brief:((?:[a-z_]+=[A-Za-z0-9%._~-]*;?)+)")


@dataclass(frozen=True)
class Seal:
    """What a file says of itself: which brief it is, of which release and code, the digest of its figures, and ``body``,
    the digest of all its other bytes, which is blank until the file is there to be stamped.
    """

    release: str
    geo: str
    lang: str
    as_of: date | None
    code: str
    digest: str
    sector: str = ""
    body: str = BLANK

    @property
    def text(self) -> str:
        """The seal as one line of letters that no format has to escape."""
        parts = {name: value or "" for name, value in vars(self).items()}
        return MARK + ";".join(f"{name}={quote(str(value), safe='')}" for name, value in parts.items())


def seal(brief: Brief) -> Seal:
    """The seal of a brief, for its formats to carry."""
    return Seal(
        brief.release, brief.geo, brief.lang, brief.as_of, brief.code_version, brief.digest, brief.sector
    )


def read_seal(content: bytes) -> Seal | None:
    """The first seal in some bytes; None without a whole one."""
    found = SEAL.search(content)
    if found is None:
        return None
    pairs = (part.partition("=") for part in found[1].decode("ascii").split(";") if part)
    said = {"sector": "", **{name: unquote(value) for name, _, value in pairs}}
    if set(said) != set(Seal.__dataclass_fields__):
        return None
    try:
        day = date.fromisoformat(said["as_of"]) if said["as_of"] else None
    except ValueError:
        return None
    return Seal(**{**said, "as_of": day})  # type: ignore[arg-type]


def stamped(content: bytes, form: str) -> bytes:
    """A file whose seal also tells the digest of its bytes, so that a change shows without its release."""
    return _with_body(content, form, body_of(content, form))


def body_of(content: bytes, form: str) -> str:
    """SHA-256 of a file's bytes, as they are while the seal's ``body`` is blank."""
    return hashlib.sha256(_with_body(content, form, BLANK)).hexdigest()


def _with_body(content: bytes, form: str, body: str) -> bytes:
    def write(part: bytes) -> bytes:
        return BODY.sub(rb"\g<1>" + body.encode(), part)

    return _packed_anew(content, write) if form == "xlsx" else write(content)


def _packed_anew(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A zip file, each of its parts changed, and without the day on which it was packed."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(ZipInfo(part.filename), change(old.read(part)), ZIP_DEFLATED)
    return packed.getvalue()


def digest(facts: Iterable[Fact]) -> str:
    """SHA-256 over the rows of facts, in their order, as canonical JSON."""
    return digest_of(fact.row for fact in facts)


def digest_of(rows: Iterable[Mapping[str, object]]) -> str:
    """SHA-256 over rows with the columns of ``ROW``, as canonical JSON."""
    texts = [cells(row) for row in rows]
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def cells(row: Mapping[str, object]) -> list[str]:
    """A row as it is sealed, or was read back: its columns as texts, empty where there is nothing."""
    return [_number(row.get(name)) if name in NUMBERS else _text(row.get(name)) for name in ROW]


def _number(value: object) -> str:
    """A number in the digits that are sealed; a text that is none stays as it is."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return _text(value)
    return "" if math.isnan(number) else f"{number:.{DIGITS}g}"


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable):
        return " ".join(map(str, value))
    return str(value)


def figures_csv(facts: Iterable[Fact]) -> str:
    """The rows of facts as CSV with the columns of ``ROW``, which every format carries."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(ROW)
    for fact in facts:
        row = zip(ROW, cells(fact.row), strict=True)
        writer.writerow([text if name in NUMBERS else spreadsheet_cell(text) for name, text in row])
    return written.getvalue()


def verification(release: str, digest: str) -> str:
    """The line that tells how to verify a brief, in print and as a QR code."""
    return f"observatory verify FILE  # release {release}, figures sha256 {digest}"


@cache
def code_version() -> str:
    """The version of all that a brief's bytes follow from: the package's, and a checksum of code, texts, libraries."""
    found = hashlib.sha256()
    for folder in FOLDERS:
        for path in sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in ENDINGS):
            found.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    for library in LIBRARIES:
        found.update(f"{library}=={version(library)}".encode())
    return f"{_package()}+{found.hexdigest()[:8]}"


def _package() -> str:
    try:
        return version("ai-observatory")
    except PackageNotFoundError:
        return "0"
