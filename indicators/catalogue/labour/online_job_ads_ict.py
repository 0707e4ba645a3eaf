"""ICT specialists in online job advertisements: experimental statistics."""

from datetime import date

from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="online_job_ads_ict",
    title=N_("Online job advertisements for ICT specialists"),
    question=N_("What share of online job advertisements seeks ICT specialists?"),
    theme="labour",
    unit="PC_ADS",
    better="neither",
    method=N_(
        "Advertisements for ICT specialists in per cent of all online job advertisements found on job"
        " portals, quarterly. Experimental statistics of Eurostat from the Web Intelligence Hub."
    ),
    caveats=(
        N_(
            "Experimental: portals and the software that reads advertisements change, and coverage "
            "differs between countries and over time."
        ),
        N_(
            "Advertisements are not vacancies: one post may be advertised several times, and many are"
            " never advertised online. These shares are never merged with survey figures."
        ),
        N_("ICT specialists are sought, not AI specialists."),
    ),
    formula=Slice("isoc_sk_oja1", {"freq": "Q", "unit": "PC"}, unit="PC_ADS"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021-Q1"),
    witness=Witness(
        geo="EU27_2020",
        period="2023-Q3",
        value=8.5,
        decimals=1,
        source=N_("Eurostat news of December 2023: 8.5 % in the four quarters to the third of 2023"),
        vintage=date(2023, 12, 14),
    ),
)
