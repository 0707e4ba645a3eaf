"""AI cases in the public sector, as the Public Sector Tech Watch records them."""

from collections.abc import Sequence
from datetime import date

from indicators.catalogue.public_sector.collection import (
    AI,
    EDITED,
    FUNCTIONS,
    IMPLEMENTED,
    INSTITUTIONS,
    NO_CENSUS,
    STATUSES,
    ai_cases_by,
)
from indicators.formula import Condition, Count, Formula, Named, Prefer, Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

TECHNOLOGIES = (
    "artificial_intelligence",
    "blockchain",
    "ar_vr",
    "digital_twins",
    "edge_5g",
    "quantum_computing",
    "virtual_worlds",
    "other",
)
LEVELS = (
    *("central", "regional", "local", "european", "academic", "consortium", "private"),
    *("non_governmental", "community", "state_owned", "other"),
)
INTERACTIONS = ("G2C", "G2B", "G2G")
SUBDOMAINS = (
    *("machine_learning", "natural_language", "computer_vision", "planning", "automated_reasoning"),
    *("robotics", "knowledge_representation", "optimisation", "ai_services", "audio_processing"),
    *("connected_vehicles", "searching", "generative_ai", "multi_agent_systems", "ethics", "several"),
    *("other", "unknown"),
)
SERVED = {
    "Agriculture, forestry, fishing and hunting": "GF0402",
    "Fuel and energy": "GF0403",
    "Mining, manufacturing and construction": "GF0404",
    "Transport": "GF0405",
    "Communication": "GF0406",
}
"""Groups of the function economic affairs as the collection spells them -> their codes in COFOG."""
ECONOMIC_AFFAIRS = Condition("cofog", ("GF04",))


def cases(*conditions: Condition) -> Formula:
    """How many cases meet the conditions: AI cases recorded, unless others are named."""
    stated = Slice("pstw_counts", {"breakdown": "", "member": ""}, unit="CASES")
    return Prefer(Count("pstw_cases", conditions, "CASES"), stated)


def cases_by(column: str, members: Sequence[str], *conditions: Condition, name: str = "") -> Formula:
    """The same for each code of a column; the stated counts bear the breakdown's name."""
    breakdown = name or column
    stated = Slice(
        "pstw_counts", {"breakdown": breakdown}, "CASES", by="member", members=members, name=breakdown
    )
    return Prefer(Count("pstw_cases", conditions, "CASES", by=column, members=members, name=name), stated)


INDICATOR = Indicator(
    id="public_sector_ai_cases",
    title=N_("AI cases in the public sector"),
    question=N_("How many uses of artificial intelligence in public administrations are on record?"),
    theme="public_sector",
    unit="CASES",
    better="neither",
    method=N_(
        "Number of cases in the Public Sector Tech Watch of the European Commission with artificial "
        "intelligence as their primary technology, whatever their status, counted in the edition of the day. "
        "The breakdown by technology counts all cases by their primary technology, not only AI."
    ),
    caveats=(
        N_(
            "The number depends on the definition: of 2,291 cases in the edition of 4 March 2026, 1,805 have AI "
            "as their primary technology, 1,513 of these lie in the EU27, and 629 of those are in use."
        ),
        NO_CENSUS,
        EDITED,
        INSTITUTIONS,
        N_("Other countries, such as the United Kingdom and Norway, are part of “all recorded” only."),
    ),
    formula=cases(AI),
    breakdowns=(
        cases_by("status", ("implemented",), AI, name="definition"),
        cases_by("status", STATUSES, AI),
        cases_by("cofog", FUNCTIONS, AI),
        cases_by("cofog", FUNCTIONS, AI, IMPLEMENTED, name="cofog_implemented"),
        cases_by("technology", TECHNOLOGIES),
        ai_cases_by("level", LEVELS),
        ai_cases_by("interaction", INTERACTIONS),
        ai_cases_by("subdomain", SUBDOMAINS),
        Named(ai_cases_by("cofog_detail", tuple(SERVED), ECONOMIC_AFFAIRS, name="served"), SERVED),
    ),
    bounds=(0, None),
    coverage=Coverage(member_states=27, since="2024-11-26"),
    witness=Witness(
        geo="EU27_2020",
        period="2026-03-04",
        value=1513,
        source=N_("Public Sector Tech Watch, edition of 4 March 2026: AI as primary technology, EU27"),
        vintage=date(2026, 3, 4),
    ),
)
