"""AI cases on record per million inhabitants: a size to compare by, not a rate of use."""

from datetime import date

from indicators.catalogue.public_sector.collection import CAVEATS, SINCE, ai_cases
from indicators.formula import Latest, Ratio, Slice
from indicators.model import Indicator, Witness
from indicators.words import N_

POPULATION = Slice("demo_gind", {"freq": "A", "indic_de": "JAN"}, unit="PER")


INDICATOR = Indicator(
    id="public_sector_ai_cases_per_million",
    title=N_("AI cases per million inhabitants"),
    question=N_("How many recorded AI cases of public administrations are there per million inhabitants?"),
    theme="public_sector",
    unit="CASES_MIO",
    better="neither",
    method=N_(
        "AI cases of the Public Sector Tech Watch divided by the population on 1 January of the "
        "newest year that is not later than the edition."
    ),
    caveats=(
        *CAVEATS,
        N_(
            "Dividing by inhabitants does not turn a collection into a census: in a small country a "
            "handful of cases that somebody sent in makes a high number."
        ),
    ),
    formula=Ratio(ai_cases(), Latest(POPULATION, ai_cases()), unit="CASES_MIO", scale=1_000_000),
    bounds=(0, None),
    coverage=SINCE,
    witness=Witness(
        geo="EU27_2020",
        period="2026-03-04",
        value=3.4,
        decimals=1,
        source=N_(
            "Public Sector Tech Watch, edition of 4 March 2026: 1,513 AI cases of the EU27, over 450.4 million inhabitants on 1 January 2025 (Eurostat)"
        ),
        vintage=date(2026, 3, 4),
    ),
)
