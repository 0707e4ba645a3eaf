"""Enterprises that combine AI with cloud services and data analytics, and every other combination of the three."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    MORE_TECHNOLOGIES,
    NOT_EVERY_YEAR,
    NOT_SURVEYED,
    SAMPLING,
    by,
    percentage,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

COMBINATIONS = (
    *("E_AI_CC1SI_DA", "E_AI_CC1SI_DAX", "E_AI_CC1SIX_DA", "E_AI_CC1SIX_DAX"),
    *("E_AIX_CC1SI_DA", "E_AIX_CC1SI_DAX", "E_AIX_CC1SIX_DA"),
)

INDICATOR = Indicator(
    id="ai_with_cloud_and_data",
    title=N_("AI combined with cloud and data analytics"),
    question=N_(
        "How many enterprises combine artificial intelligence with cloud services and data analytics?"
    ),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of all enterprises with 10 or more persons employed that use AI, buy sophisticated or intermediate "
        "cloud services and perform data analytics, all three. The breakdown parts the enterprises that do any "
        "of them into seven groups that exclude each other."
    ),
    caveats=(
        N_(
            "The Digital Decade's target of 75 % is for any of the three, not for all of them: that is another "
            "indicator."
        ),
        N_(
            "The seven groups add up to 63.05 %, not to the published 63.20 % for any of the three (EU, 2025): "
            "in some enterprises the answer to one of the questions is missing."
        ),
        N_(
            "Cloud means sophisticated or intermediate services; who buys e-mail only stands under “no cloud”."
        ),
        N_("The survey does not say whether the three are used together or side by side."),
        NOT_EVERY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=percentage("isoc_eb_ai", "E_AI_CC1SI_DA"),
    breakdowns=(by("isoc_eb_ai", "indic_is", *COMBINATIONS, name="combination"),),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2023"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=11.06,
        source="Eurostat, isoc_eb_ai, E_AI_CC1SI_DA",
        vintage=date(2026, 2, 27),
    ),
)
