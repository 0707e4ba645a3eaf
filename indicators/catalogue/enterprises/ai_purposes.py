"""What enterprises that use AI use it for: shares of the users."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    MORE_TECHNOLOGIES,
    NOT_SURVEYED,
    SAMPLING,
    SEVERAL_ANSWERS,
    SMALL_BASE,
    SURVEY_YEAR,
    by,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

PURPOSES = "E_AI_PMS E_AI_PBAM E_AI_PFIN E_AI_PPP E_AI_PITS E_AI_PRDI E_AI_PLOG E_AI_P1ANY".split()
"""The purposes asked about from 2023 on; those of 2021 only (PBA, PME, PHR) are other questions."""

NEW_PURPOSES = N_(
    "From 2023 the survey asks about other purposes than in 2021: administration and management were two, "
    "finance and research were none, human resources stood alone."
)
NOT_ALL_NAME_ONE = N_(
    "Only 73.4 % of the enterprises using AI name at least one of the purposes asked about (EU, 2025): "
    "a low share can mean that the purpose is another one."
)

INDICATOR = Indicator(
    id="ai_purposes",
    title=N_("Purposes of AI among its users"),
    question=N_("What do enterprises that use artificial intelligence use it for?"),
    theme="enterprises",
    unit="PC_ENT_AI_TANY",
    better="neither",
    method=N_(
        "Share of the enterprises that use AI (10 or more persons employed) which use it for each purpose, from "
        "Eurostat's survey on the use of ICT and e-commerce in enterprises."
    ),
    caveats=(
        N_(
            "Each percentage is of the enterprises that use AI (19.95 % of all in the EU in 2025), "
            "not of all enterprises."
        ),
        SEVERAL_ANSWERS,
        NOT_ALL_NAME_ONE,
        NEW_PURPOSES,
        SMALL_BASE,
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=by("isoc_eb_ai", "indic_is", *PURPOSES, name="purpose", unit="PC_ENT_AI_TANY"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2023"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="E_AI_PMS",
        value=34.70,
        source=N_("Eurostat, isoc_eb_ai, E_AI_PMS in per cent of enterprises using AI"),
        vintage=date(2026, 2, 27),
    ),
)
