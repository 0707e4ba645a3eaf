"""What the indicators on cases of the Public Sector Tech Watch share: conditions, caveats, coverage, counts.

A single indicator's own texts do not belong here.
"""

from collections.abc import Sequence

from indicators.formula import Condition, Count
from indicators.model import Coverage
from indicators.words import N_

AI = Condition("technology", ("artificial_intelligence",))
IMPLEMENTED = Condition("status", ("implemented",))
STATUSES = ("implemented", "pilot", "in_development", "planned", "not_in_use", "unknown")
FUNCTIONS = tuple(f"GF{number:02}" for number in range(1, 11))
SINCE = Coverage(member_states=27, since="2024-11-26")

NO_CENSUS = N_(
    "This is a curated collection, not a census: counts reflect how much was collected in a country, "
    "not only how much AI its administrations use. Do not rank countries by them."
)
EDITED = N_(
    "A change between two editions mixes new uses with new finds and corrections; cases are edited and "
    "removed too. Cases that started in recent years are still incomplete."
)
INSTITUTIONS = N_("EU institutions are counted apart from countries and are not part of the EU27 count.")
CAVEATS = (NO_CENSUS, EDITED, INSTITUTIONS)


def ai_cases(*conditions: Condition) -> Count:
    """How many cases of AI meet the conditions, whatever else they are."""
    return Count("pstw_cases", (AI, *conditions), "CASES")


def ai_cases_by(
    column: str, members: Sequence[str], *conditions: Condition, name: str = "", several: bool = False
) -> Count:
    """The same for each code of a column, which may hold several codes for one case."""
    where = (AI, *conditions)
    return Count("pstw_cases", where, "CASES", by=column, members=members, name=name, several=several)
