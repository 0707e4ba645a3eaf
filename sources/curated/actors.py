"""What the register of actors and systems looks like, and what is wrong with a row of it.

The entries themselves stand in the CSV file beside this module; what pages say of them belongs to the indicators.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sources.codes import GEO, PERIOD
from sources.model import Dataset, Expected

KINDS = ("system", "body", "network", "facility", "commitment")
MEASURES = ("indicator", "count", "status only")
"""What an entry can be followed by: one of our indicators, a number that was published, or its status alone."""
RELATIONS = ("equals", "more than")
STATES = ("announced", "at work", "")
"""How far an entry is, by its source; blank where none tells."""
NOT_IN_PSTW = "not in PSTW"

ACTORS = Dataset(
    id="curated_actors",
    source="curated",
    code="actors",
    title="Actors and systems that the Apply AI strategy and its neighbours name",
    publisher="AI Observatory, from the sources named in each row",
    landing_page="",
    licence="facts cited with their sources",
    cadence="when a text is published",
    kind="stated",
    columns=(
        "actor", "name", "kind", "passage", "owner", "country", "pstw_id", "measure", "indicator", "relation",
        "count", "counted", "by_country", "state", "source", "link", "date", "note",
    ),
    record_key="actor",
    expected=Expected(codes={"kind": KINDS, "measure": MEASURES, "state": STATES}),
)  # fmt: skip

NEEDED = ("actor", "name", "kind", "passage", "country", "measure", "source", "link", "date")
"""The columns that no row may leave blank."""

ADDRESS = re.compile(r"https?://[^\s<>]+")
CASE = re.compile(r"PSTW-[0-9]+")
PLACE = re.compile(r"([A-Z]{2}) ([1-9][0-9]*)")


def places(by_country: str) -> dict[str, int]:
    """The numbers by country that a cell such as ``AT 1; DE 2`` holds; raises ValueError for another spelling."""
    found = {}
    for part in by_country.split("; ") if by_country else ():
        match = PLACE.fullmatch(part)
        if match is None or match.group(1) in found:
            raise ValueError(f"{part!r} is no country with its number, or stands twice")
        found[match.group(1)] = int(match.group(2))
    return found


def fault(cells: Mapping[str, str]) -> str:
    """What is wrong with a row, or nothing."""
    for name, allowed in (("kind", KINDS), ("measure", MEASURES), ("state", STATES)):
        if cells[name] not in allowed:
            return f"the {name} {cells[name]!r} is none of {', '.join(filter(None, allowed))}"
    if not GEO.fullmatch(cells["country"]):
        return f"the country {cells['country']!r} is no country or group"
    if not PERIOD.fullmatch(cells["date"]):
        return f"the date {cells['date']!r} is no date"
    if not ADDRESS.fullmatch(cells["link"]):
        return f"the link {cells['link']!r} is no address"
    if cells["pstw_id"] not in ("", NOT_IN_PSTW) and not CASE.fullmatch(cells["pstw_id"]):
        return f"the pstw_id {cells['pstw_id']!r} is neither PSTW-n nor {NOT_IN_PSTW!r}"
    return _measure_fault(cells)


def _measure_fault(cells: Mapping[str, str]) -> str:
    measure = cells["measure"]
    counting = [name for name in ("relation", "count", "counted") if cells[name]]
    if (measure == "indicator") != bool(cells["indicator"]):
        return "an indicator is named where, and only where, that is the measure"
    if counting and measure != "count":
        return f"{', '.join(counting)} given, but the measure is {measure!r}"
    if measure == "count" and (len(counting) < 3 or not re.fullmatch("[1-9][0-9]*", cells["count"])):
        return "a count needs its relation, its number and what was counted"
    if measure == "count" and cells["relation"] not in RELATIONS:
        return f"the relation {cells['relation']!r} is none of {', '.join(RELATIONS)}"
    return _places_fault(cells)


def _places_fault(cells: Mapping[str, str]) -> str:
    try:
        found = places(cells["by_country"])
    except ValueError as error:
        return f"by_country: {error}"
    if found and cells["relation"] == "equals" and sum(found.values()) != int(cells["count"] or 0):
        return f"the countries add up to {sum(found.values())}, not to {cells['count']}"
    return ""
