"""Generative AI in the public sector, as the Public Sector Tech Watch classifies its cases."""

from datetime import date

from indicators.catalogue.public_sector.collection import (
    CAVEATS,
    FUNCTIONS,
    SINCE,
    STATUSES,
    ai_cases,
    ai_cases_by,
)
from indicators.formula import Condition
from indicators.model import Indicator, Witness
from indicators.words import N_

GENERATIVE = Condition("generative", ("yes",))


INDICATOR = Indicator(
    id="public_sector_generative_ai_cases",
    title=N_("Generative AI cases in the public sector"),
    question=N_("How many uses of generative AI in public administrations are on record?"),
    theme="public_sector",
    unit="CASES",
    better="neither",
    method=N_(
        "Number of AI cases of the Public Sector Tech Watch of which one of the AI subdomains is "
        "generative AI."
    ),
    caveats=(
        *CAVEATS,
        N_(
            "Of the 200 cases in the edition of March 2026, in all countries, 176 were not yet in "
            "that of November 2024, which had 23: the rise mixes new uses with new finds."
        ),
        N_("A case without any subdomain is counted neither as generative AI nor as something else."),
    ),
    formula=ai_cases(GENERATIVE),
    breakdowns=(ai_cases_by("status", STATUSES, GENERATIVE), ai_cases_by("cofog", FUNCTIONS, GENERATIVE)),
    bounds=(0, None),
    coverage=SINCE,
    witness=Witness(
        geo="EU27_2020",
        period="2026-03-04",
        value=143,
        source=N_(
            "Public Sector Tech Watch, edition of 4 March 2026: generative AI among the subdomains of AI cases, EU27"
        ),
        vintage=date(2026, 3, 4),
    ),
)
