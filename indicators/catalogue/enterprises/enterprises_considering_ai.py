"""Enterprises that considered AI and do not use it: the next in line, or those who decided against it."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    MORE_TECHNOLOGIES,
    NOT_SURVEYED,
    SAMPLING,
    SIZES,
    SURVEY_YEAR,
    by,
    percentage,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="enterprises_considering_ai",
    title=N_("Enterprises that considered AI"),
    question=N_("How many enterprises do not use artificial intelligence but have considered it?"),
    theme="enterprises",
    unit="PC_ENT",
    better="neither",
    method=N_(
        "Share of all enterprises with 10 or more persons employed that do not use AI and ever considered using "
        "one of its technologies, from Eurostat's survey on the use of ICT and e-commerce in enterprises."
    ),
    caveats=(
        N_(
            "Enterprises that use AI are not part of it: the share falls when those who considered AI begin to "
            "use it."
        ),
        N_(
            "“Ever considered” has no date and no commitment: it is neither a plan to use AI nor a decision "
            "against it."
        ),
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=percentage("isoc_eb_ai", "E_AI_EC"),
    breakdowns=(by("isoc_eb_ai", "size_emp", *SIZES, indic_is="E_AI_EC"),),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=11.10,
        source="Eurostat, isoc_eb_ai, E_AI_EC",
        vintage=date(2026, 2, 27),
    ),
)
