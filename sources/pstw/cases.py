"""One case of the collection from its published cells, and which of those cells no code is known for.

How a file is opened belongs to ``sources.pstw.editions``; which spelling means what, to ``spellings``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sources.model import Unreadable
from sources.pstw import editions, several, spellings
from sources.pstw.workbook import NOT_STORED

DAY_ZERO = date(1899, 12, 30)
"""The day from which spreadsheets count."""

YEARS = range(1950, 2101)
LEFTOVERS = re.compile(r"FALSO|#(RIF|REF|NOME|NAME|VALORE|VALUE|DIV/0)[!?]|#N/[AD]")
"""What spreadsheets leave in cells that hold nothing; editions of 2023 have them in Italian."""

COLUMNS = (
    "case_id", "name", "description", "website", "country", "geo", "geo_group", "nuts", "organisation", "level",
    "cofog", "cofog_detail", "status", "status_spelled", "technology", "technology_secondary", "subdomain", "generative",
    "interaction", "improves_service", "improves_efficiency", "opens_government", "benefits", "open_components",
    "start_year", "end_year", "source", "updated", "uncoded",
)  # fmt: skip
NEEDED = (
    "case_id", "name", "description", "country", "organisation", "level", "cofog", "status", "interaction",
    "start_year", "end_year",
)  # fmt: skip


@dataclass(frozen=True)
class Coding:
    """How a published cell becomes a code or a year; ``read`` gives None for a spelling that nobody knows.

    ``blank`` is what an empty cell becomes, ``unknown`` such a spelling, and ``unsaid`` a cell of which the
    file does not tell what it holds, where that is not the same as an empty one.
    """

    published: str
    read: Callable[[str], object | None]
    blank: object = None
    unknown: object = None
    unsaid: object = None


def _year(text: str) -> int | None:
    """A year that can be one; editions have 219, and 2024.0 where a program saved them again."""
    match = re.fullmatch(r"([0-9]{1,4})(\.0)?", text, re.ASCII)
    year = int(match.group(1)) if match else 0
    return year if year in YEARS else None


def _date(text: str) -> date | None:
    """A day as CSV editions write it, or the number of days that a workbook holds for it."""
    if re.fullmatch("[2-6][0-9]{4}", text, re.ASCII):
        return DAY_ZERO + timedelta(days=int(text))
    for layout in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, layout).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def _code(column: str) -> Callable[[str], str | None]:
    return lambda text: spellings.codes(column).get(spellings.fold(text))


def _benefit(column: str) -> Coding:
    """A case is marked with a benefit or not; ``unknown`` where the file does not say which."""
    return Coding(column, _code("benefit"), blank="no", unknown="unknown", unsaid="unknown")


CODINGS: Mapping[str, Coding] = {
    "geo": Coding("country", _code("country"), "", ""),
    "level": Coding("level", _code("level"), "", "other"),
    "cofog": Coding("cofog", _code("cofog"), "", ""),
    "status": Coding("status", _code("status"), "unknown", "unknown"),
    "technology": Coding("technology", _code("technology"), "unknown", "other"),
    "technology_secondary": Coding("technology_secondary", _code("technology"), "", "other"),
    "subdomain": Coding("subdomain", _code("subdomain"), "unknown", "other"),
    "interaction": Coding("interaction", _code("interaction"), "", ""),
    "improves_service": _benefit("improves_service"),
    "improves_efficiency": _benefit("improves_efficiency"),
    "opens_government": _benefit("opens_government"),
    "start_year": Coding("start_year", _year),
    "end_year": Coding("end_year", _year),
    "updated": Coding("updated", _date),
}
"""Our coded columns; a cell that is not blank and has no code is named in the column ``uncoded``."""


def read(subject: str, content: Path) -> Iterator[dict[str, object]]:
    """The cases of an edition, in its order, one for each row; raises Unreadable naming the column or row."""
    edition = editions.read(subject, content)
    places = editions.places(edition.header)
    _check_header(subject, content, places)
    if not edition.rows:
        raise Unreadable(subject, content.name, "the table holds no case")
    width = len(edition.header)
    for number, row in edition.rows:
        cells = {name: spellings.clean(row[place]) for name, place in places.items() if place < len(row)}
        if len(row) != width or cells.get("case_id") in ("", NOT_STORED):
            reason = f"row {number} has {len(row)} cells where the header has {width}, or no PSTW ID"
            raise Unreadable(subject, content.name, reason, "download it again")
        yield case(cells)


def case(published: Mapping[str, str]) -> dict[str, object]:
    """One tidy row from the published cells; a column that the edition lacks is missing in them."""
    cells = {"technology": _technology(published), **published}
    coded = {name: _coded(coding, cells) for name, coding in CODINGS.items()}
    uncoded = [_spelled(coding, cells) for coding in CODINGS.values() if _is_uncoded(coding, cells)]
    others = {name: _text(cells.get(name, "")) for name in COLUMNS if name not in coded}
    marked = {name: coded[name] == "yes" for name in several.PARENTS}
    return others | coded | several.codes(cells, marked) | {
        "geo_group": spellings.geo_group(str(coded["geo"])),
        "cofog_detail": others["cofog_detail"].rstrip(". "),
        "status_spelled": _text(cells.get("status", "")),
        "uncoded": "\n".join(uncoded),
    }  # fmt: skip


def _technology(published: Mapping[str, str]) -> str:
    """Editions without a column for it collected AI: what they classify as AI is AI, of the rest nobody knows."""
    return "Artificial Intelligence" if published.get("classification") else ""


def _coded(coding: Coding, cells: Mapping[str, str]) -> object | None:
    text = cells.get(coding.published, NOT_STORED)
    if _says_nothing(text):
        return coding.blank if coding.unsaid is None else coding.unsaid
    if not text:
        return coding.blank
    found = coding.read(text)
    return coding.unknown if found is None else found


def _says_nothing(cell: str) -> bool:
    return cell == NOT_STORED or LEFTOVERS.fullmatch(cell) is not None


def _is_uncoded(coding: Coding, cells: Mapping[str, str]) -> bool:
    text = cells.get(coding.published, "")
    return bool(text) and coding.read(text) is None


def _spelled(coding: Coding, cells: Mapping[str, str]) -> str:
    """``column: spelling`` on one line."""
    return f"{coding.published}: {' '.join(cells[coding.published].split())}"


def _text(cell: str) -> str:
    return "" if _says_nothing(cell) else cell


def _check_header(subject: str, content: Path, places: Mapping[str, int]) -> None:
    missing = [repr(spellings.headers()[name][0]) for name in NEEDED if name not in places]
    if "technology" not in places and "classification" not in places:
        missing.append(repr(spellings.headers()["technology"][0]))
    if missing:
        reason = f"the header misses the column {', '.join(missing)}"
        raise Unreadable(subject, content.name, reason, "download the full dataset of PSTW")
