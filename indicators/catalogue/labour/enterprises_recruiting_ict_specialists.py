"""Enterprises that looked for ICT specialists."""

from datetime import date

from indicators.catalogue.labour.enterprises import CAVEATS, enterprises
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

TOTAL, BY_SIZE = enterprises("isoc_ske_itrcrs", "E_ITSPRCR2")


INDICATOR = Indicator(
    id="enterprises_recruiting_ict_specialists",
    title=N_("Enterprises recruiting ICT specialists"),
    question=N_("What share of enterprises recruited or tried to recruit ICT specialists?"),
    theme="labour",
    unit="PC_ENT",
    better="neither",
    method=N_(
        "Enterprises that recruited or tried to recruit ICT specialists in the calendar year before "
        "the survey, in per cent of enterprises with 10 or more persons employed."
    ),
    caveats=(
        *CAVEATS,
        N_("A low share can mean little need, or that others do the work."),
    ),
    formula=TOTAL,
    breakdowns=(BY_SIZE,),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2020"),
    witness=Witness(
        geo="EU27_2020",
        period="2022",
        value=9.5,
        decimals=1,
        source=N_("Eurostat news of 12 July 2023: 9.5 % in the survey of 2022"),
        vintage=date(2023, 7, 12),
    ),
)
