"""How many of the recorded AI cases are in use rather than tried or planned."""

from datetime import date

from indicators.catalogue.public_sector.collection import CAVEATS, IMPLEMENTED, SINCE, ai_cases
from indicators.formula import Share
from indicators.model import Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="public_sector_ai_cases_in_use",
    title=N_("AI cases in use"),
    question=N_("What share of the recorded AI cases in public administrations is in use?"),
    theme="public_sector",
    unit="PC",
    better="neither",
    method=N_(
        "Cases with the status “implemented” in per cent of all AI cases of the Public Sector Tech "
        "Watch in the edition of the day."
    ),
    caveats=(
        *CAVEATS,
        N_("Where a country has few cases on record, one more or less moves the share by many points."),
        N_(
            "The status is the one known when a case was last edited; pilots that ended or went into "
            "use since then still count as pilots."
        ),
    ),
    formula=Share(ai_cases(IMPLEMENTED), ai_cases()),
    bounds=(0, 100),
    coverage=SINCE,
    witness=Witness(
        geo="EU27_2020",
        period="2026-03-04",
        value=41.57,
        source=N_(
            "Public Sector Tech Watch, edition of 4 March 2026: 629 of 1,513 AI cases of the EU27 are implemented"
        ),
        vintage=date(2026, 3, 4),
    ),
)
