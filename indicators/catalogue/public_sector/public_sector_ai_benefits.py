"""Which benefits the recorded AI cases claim."""

from datetime import date

from indicators.catalogue.public_sector.collection import CAVEATS, SINCE, ai_cases_by
from indicators.model import Indicator, Witness
from indicators.words import N_

KINDS = (
    *("personal", "citizens", "quality", "responsive", "new"),
    *("cost", "operation", "resources", "processes", "collaboration", "integrity", "fairness"),
    *("transparency", "participation", "control"),
)


INDICATOR = Indicator(
    id="public_sector_ai_benefits",
    title=N_("Benefits claimed for AI cases"),
    question=N_("Which benefits are claimed for the recorded AI cases of public administrations?"),
    theme="public_sector",
    unit="CASES",
    better="neither",
    method=N_(
        "AI cases of the Public Sector Tech Watch that are marked with a benefit: better public "
        "services, a more efficient administration, a more open government, and the fifteen kinds of "
        "benefits below them."
    ),
    caveats=(
        *CAVEATS,
        N_("Benefits are claimed or expected by those who describe a case; nobody has measured them."),
        N_("A case may claim several benefits: the numbers must not be added up."),
    ),
    formula=ai_cases_by(
        "benefits", ("service", "efficiency", "openness"), name="benefit_group", several=True
    ),
    breakdowns=(ai_cases_by("benefits", KINDS, name="benefit", several=True),),
    bounds=(0, None),
    coverage=SINCE,
    witness=Witness(
        geo="EU27_2020",
        period="2026-03-04",
        value=768,
        member="service",
        source=N_(
            "Public Sector Tech Watch, edition of 4 March 2026: AI cases marked “Improved Public Service”, EU27"
        ),
        vintage=date(2026, 3, 4),
    ),
)
