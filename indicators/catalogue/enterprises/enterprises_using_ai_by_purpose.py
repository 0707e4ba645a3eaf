"""Enterprises using AI for each purpose: shares of all enterprises."""

from datetime import date

from indicators.catalogue.enterprises.ai_purposes import NEW_PURPOSES, NOT_ALL_NAME_ONE, PURPOSES
from indicators.catalogue.enterprises.survey import (
    MORE_TECHNOLOGIES,
    NOT_SURVEYED,
    SAMPLING,
    SEVERAL_ANSWERS,
    SURVEY_YEAR,
    by,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="enterprises_using_ai_by_purpose",
    title=N_("Enterprises using AI by purpose"),
    question=N_("How many enterprises use artificial intelligence in each of their functions?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of all enterprises with 10 or more persons employed that use AI for each purpose, from Eurostat's "
        "survey on the use of ICT and e-commerce in enterprises."
    ),
    caveats=(
        N_(
            "Each percentage is of all enterprises: it grows with the use of AI as such, not only with the "
            "weight of the purpose."
        ),
        SEVERAL_ANSWERS,
        NOT_ALL_NAME_ONE,
        NEW_PURPOSES,
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=by("isoc_eb_ai", "indic_is", *PURPOSES, name="purpose"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2023"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="E_AI_PMS",
        value=6.92,
        source=N_("Eurostat, isoc_eb_ai, E_AI_PMS in per cent of enterprises"),
        vintage=date(2026, 2, 27),
    ),
)
