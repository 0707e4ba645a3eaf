"""When the recorded AI cases started."""

from datetime import date

from indicators.catalogue.public_sector.collection import CAVEATS, SINCE, ai_cases_by
from indicators.model import Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="public_sector_ai_start_years",
    title=N_("AI cases by year of start"),
    question=N_("In which years did the recorded AI cases of public administrations start?"),
    theme="public_sector",
    unit="CASES",
    better="neither",
    method=N_(
        "AI cases of the Public Sector Tech Watch by the year in which they started, in the edition "
        "of the day; the years before 2012 are left out."
    ),
    caveats=(
        *CAVEATS,
        N_(
            "The years of start are no history of adoption: cases that ended early were less likely "
            "to be recorded, and the newest years fill up with each edition."
        ),
    ),
    formula=ai_cases_by("start_year", tuple(map(str, range(2012, 2027)))),
    bounds=(0, None),
    coverage=SINCE,
    witness=Witness(
        geo="EU27_2020",
        period="2026-03-04",
        value=156,
        member="2024",
        source=N_("Public Sector Tech Watch, edition of 4 March 2026: AI cases that started in 2024, EU27"),
        vintage=date(2026, 3, 4),
    ),
)
