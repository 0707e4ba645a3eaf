"""What the register of official claims looks like, and what is wrong with a row of it.

The claims themselves stand in the CSV files beside this module; judging them belongs to the indicators.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from sources.codes import PERIOD
from sources.model import Dataset, Expected

RELATIONS = ("equals", "more than", "less than", "quoted")
"""How a claim's value stands to the figure that it is about; a quoted claim is about none of ours."""

FIGURE = ("indicator", "geo", "period", "breakdown", "member")
"""The columns that name a figure. ``geo`` may join several with ``+``; a blank period asks for the newest
one known on the claim's as-of date."""

CLAIMS = Dataset(
    id="curated_claims",
    source="curated",
    code="claims",
    title="What official texts say about AI, to hold against the figures",
    publisher="AI Observatory, from the sources named in each row",
    landing_page="",
    licence="facts cited with their sources",
    cadence="when a text is published",
    kind="stated",
    columns=(
        "claim", "group", "text", "source", "link", "date", "as_of", "relation", "value", "decimals", "unit",
        *FIGURE, "note",
    ),
    record_key="claim",
    expected=Expected(codes={"relation": RELATIONS}),
)  # fmt: skip

READINGS = Dataset(
    id="curated_claim_readings",
    source="curated",
    code="claim_readings",
    title="Other readings of claims: figures that their words might mean too",
    publisher="AI Observatory",
    landing_page="",
    licence="facts cited with their sources",
    cadence="when a text is published",
    kind="stated",
    columns=("reading", "claim", "title", *FIGURE),
    record_key="reading",
)

NEEDED = {
    CLAIMS.id: ("claim", "text", "source", "link", "date", "relation"),
    READINGS.id: ("reading", "claim", "title", "indicator", "geo"),
}
"""The columns that no row may leave blank."""

GEOS = re.compile(r"[A-Z]{2}[A-Z0-9_]*(\+[A-Z]{2}[A-Z0-9_]*)*")


def fault(dataset: Dataset, cells: Mapping[str, str]) -> str:
    """What is wrong with a row of either table, or nothing."""
    return _figure_fault(cells) if dataset.id == READINGS.id else _claim_fault(cells)


def _claim_fault(cells: Mapping[str, str]) -> str:
    relation, day = cells["relation"], cells["as_of"] or cells["date"]
    if relation not in RELATIONS:
        return f"the relation {relation!r} is none of {', '.join(RELATIONS)}"
    if not PERIOD.fullmatch(cells["date"]):
        return f"the date {cells['date']!r} is no date"
    if not cells["link"].startswith(("https://", "http://")):
        return f"the link {cells['link']!r} is no address"
    if cells["decimals"] and not re.fullmatch("[0-9]", cells["decimals"]):
        return f"the decimals {cells['decimals']!r} are no digit"
    if relation == "quoted":
        return "a quoted claim names no figure" if any(cells[name] for name in FIGURE) else ""
    blank = [name for name in ("value", "decimals", "unit", "indicator", "geo") if not cells[name]]
    if blank:
        return f"{', '.join(blank)} is blank, and the claim is not quoted"
    if not _is_day(day):
        return f"the claim is judged as of {day!r}, which is no day: fill as_of"
    return _figure_fault(cells)


def _figure_fault(cells: Mapping[str, str]) -> str:
    if not GEOS.fullmatch(cells["geo"]):
        return f"the geo {cells['geo']!r} is no country or group, nor several joined by +"
    if cells["period"] and not PERIOD.fullmatch(cells["period"]):
        return f"the period {cells['period']!r} is no period"
    return ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
