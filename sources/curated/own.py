"""Targets that users add in a file of their own: which of its entries stand, and why the others do not.

What a row of the register must say is in the package itself; whether an indicator exists is not known here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sources.codes import EU, MEMBER_STATES, PERIOD

YEAR = re.compile("20[0-9]{2}")
Faults = Callable[[Mapping[str, str | None]], str]
"""What is wrong with a row, in words, or nothing."""

CORRECT = "correct this line; the other targets stand without it"


@dataclass(frozen=True)
class Entry:
    """One target of the file, by the line that it ends on."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Own:
    """What a file holds: the entries that stand, and one line for each one that is refused."""

    entries: tuple[Entry, ...] = ()
    refused: tuple[str, ...] = ()


def read(path: Path, columns: Sequence[str], taken: frozenset[str], faults: Faults) -> Own:
    """The file's entries; ``taken`` are the names that the register has, ``faults`` says what is wrong with a row.

    A file that is not there, or cannot be read as such a table, is refused in one line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return Own(refused=(f"{path}: it cannot be read: {error.strerror}: see whether the file is there",))
    except UnicodeDecodeError:
        return Own(refused=(f"{path}: it is no text in UTF-8: save it as CSV in UTF-8",))
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        reason = f"line 1: the header misses the column {', '.join(missing)}"
        return Own(refused=(f"{path}: {reason}: begin the file with {','.join(columns)}",))
    entries, refused, known = [], [], set(taken)
    try:
        for row in reader:
            fault = faults(row) or _fault(row, known)
            if fault:
                refused.append(f"{path}: line {reader.line_num}: {fault}: {CORRECT}")
                continue
            cells = {name: row[name].strip() for name in columns}
            known.add(cells["target"])
            entries.append(Entry(reader.line_num, cells))
    except csv.Error as error:
        refused.append(f"{path}: line {reader.line_num}: it is no whole CSV: {error}: {CORRECT}")
    return Own(tuple(entries), tuple(refused))


def _fault(row: Mapping[str, str], known: set[str]) -> str:
    """What a target of one's own must say beside what every target must: for whom, by when, and where it stands."""
    cells = {name: text.strip() for name, text in row.items()}
    if cells["target"] in known:
        return f"the target {cells['target']!r} is there already: give it another name"
    if cells["geo"] not in (EU, *MEMBER_STATES):
        return f"the geo {cells['geo']!r} is none of {EU}, {', '.join(MEMBER_STATES)}"
    if cells["year"] and not YEAR.fullmatch(cells["year"]):
        return f"the year {cells['year']!r} is no year such as 2030"
    if not PERIOD.fullmatch(cells["dated"]):
        return f"dated {cells['dated']!r} is no date such as 2026-03-31"
    if not cells["link"].startswith(("https://", "http://")):
        return f"the link {cells['link']!r} does not begin with https:// or http://"
    if cells["value"] and not cells["year"] and cells["status"] == "set":
        return "a target that is set has a year"
    return ""
