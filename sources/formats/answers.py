"""What an answer or a file says that is not data: a queue, a fault, a web page, a workbook.

Whether to come back later or to give up is for the caller; reading data belongs to the format modules.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sources.formats.content import Format, head, recognise
from sources.model import Unreadable

BROWSER_FORMATS = "choose TSV, SDMX-CSV or JSON-stat in Eurostat's data browser"

NOT_TABLES: dict[Format, tuple[str, str]] = {
    "empty": ("the file is empty", "download it again"),
    "xlsx": ("it is an XLSX workbook, which is not read", BROWSER_FORMATS),
    "zip": ("it is a ZIP archive, which is not read", "unpack it first"),
    "csv": ("no dataset of ours has its columns", f"for a Eurostat table {BROWSER_FORMATS}"),
    "text": ("it is text in no layout that is read", BROWSER_FORMATS),
}


Kind = Literal["queued", "expired", "too big", "no results", "fault", "page", "markup"]
"""``too big`` and ``no results`` are lasting; ``fault`` and ``markup`` are what remains of faults and XML."""

FAULTS: dict[str, Kind] = {
    "ASYNCHRONOUS_RESPONSE": "queued",
    "DATA_NOT_YET_AVAILABLE": "queued",
    "UNKNOWN_REQUEST": "expired",
    "EXTRACTION_TOO_BIG": "too big",
    "NO_RESULTS": "no results",
    "No results found": "no results",
}
"""What a fault is, by how its text starts: codes and statuses are shared by lasting and passing ones."""


@dataclass(frozen=True)
class Answer:
    """An answer that is not data; ``ticket`` is the name under which a queued extraction can be had."""

    kind: Kind
    text: str
    ticket: str = ""

    @property
    def later(self) -> bool:
        """Whether the same question may be answered with data another time."""
        return self.kind in ("queued", "expired", "page")


def explain(start: bytes) -> Answer | None:
    """What the first bytes of an answer say; None when they may be data."""
    text = start.decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return _page(text) or _envelope(text)
    if text.startswith("{"):
        return _json_fault(text)
    return None


def _page(text: str) -> Answer | None:
    if not re.search(r"<(!doctype\s+html|html\b)", text[:4096], re.I):
        return None
    title = re.search(r"<title[^>]*>(.*?)</title>", text, re.I | re.S)
    return Answer("page", f"a web page ({_line(title.group(1))})" if title else "a web page")


def _envelope(text: str) -> Answer:
    fault = re.search(r"<faultstring[^>]*>(.*?)</faultstring>", text, re.S)
    if fault:
        return _fault(_line(fault.group(1)))
    if "queued>" in text or re.search(r">(SUBMITTED|PROCESSING)</", text):
        ticket = re.search(r"<(?:\w+:)?(?:id|key)>\s*([\w-]+)\s*</", text)
        return Answer("queued", "the extraction is queued", ticket.group(1) if ticket else "")
    footer = re.search(r"<footer:Message.*?<common:Text[^>]*>(.*?)</common:Text>", text, re.S)
    if footer:
        return Answer("fault", _line(footer.group(1)))
    return Answer("markup", "XML without a table in a layout that is read")


def _json_fault(text: str) -> Answer | None:
    if not re.match(r'\{\s*"(error|warning)"', text):
        return None
    try:
        said: Any = next(iter(json.loads(text).values()))
    except ValueError:
        return Answer("fault", _line(text[:200]))
    first = said[0] if isinstance(said, list) and said else said
    label = first.get("label", "") if isinstance(first, dict) else str(first)
    return _fault(_line(str(label)))


def extraction_status(text: str) -> str:
    """The word in which a status answer says how far a queued extraction is; empty where it says none."""
    found = re.search(r"<(?:\w+:)?status>\s*([A-Z_]+)\s*</", text)
    return found.group(1) if found else ""


def _fault(text: str) -> Answer:
    return Answer(next((kind for start, kind in FAULTS.items() if text.startswith(start)), "fault"), text)


def _line(text: str) -> str:
    return " ".join(html.unescape(text).split())[:300]


def refusal(subject: str, path: Path) -> Unreadable:
    """Why a file is not read as a table, and what to download instead."""
    answer = explain(head(path, subject))
    if answer and answer.kind == "page":
        return Unreadable(subject, path.name, f"it is {answer.text}, not a table", "download it again")
    if answer and answer.kind == "markup":
        return Unreadable(subject, path.name, f"it is {answer.text}", BROWSER_FORMATS)
    if answer:
        return Unreadable(subject, path.name, f"it is an answer without data: {answer.text}", "ask again")
    reason, advice = NOT_TABLES.get(recognise(path), NOT_TABLES["text"])
    return Unreadable(subject, path.name, reason, advice)
