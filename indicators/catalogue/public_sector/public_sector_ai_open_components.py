"""Whether the recorded AI cases name open components that they use or give."""

from datetime import date

from indicators.catalogue.public_sector.collection import CAVEATS, SINCE, ai_cases_by
from indicators.model import Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="public_sector_ai_open_components",
    title=N_("AI cases with open components"),
    question=N_(
        "How many recorded AI cases of public administrations name open components that they use or give?"
    ),
    theme="public_sector",
    unit="CASES",
    better="neither",
    method=N_(
        "AI cases of the Public Sector Tech Watch in which open-source components are named that the "
        "case builds on (input) or makes available (output)."
    ),
    caveats=(
        *CAVEATS,
        N_(
            "An empty cell does not mean that a case is closed: nearly all cases say nothing. The "
            "numbers are what is stated, a lower bound."
        ),
        N_("Editions before 2025 have no columns for this: there it is not stated, not zero."),
    ),
    formula=ai_cases_by("open_components", ("input", "output"), several=True),
    bounds=(0, None),
    coverage=SINCE,
    witness=Witness(
        geo="EU27_2020",
        period="2026-03-04",
        value=16,
        member="output",
        source=N_(
            "Public Sector Tech Watch, edition of 4 March 2026: AI cases that name open components in output, EU27"
        ),
        vintage=date(2026, 3, 4),
    ),
)
