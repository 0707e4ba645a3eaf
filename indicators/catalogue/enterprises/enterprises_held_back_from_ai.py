"""Enterprises that considered AI and were held back, by reason: shares of all enterprises."""

from datetime import date

from indicators.catalogue.enterprises.ai_barriers import ASKED_OF_FEW, BARRIERS
from indicators.catalogue.enterprises.survey import (
    NOT_SURVEYED,
    SAMPLING,
    SEVERAL_ANSWERS,
    SURVEY_YEAR,
    by,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="enterprises_held_back_from_ai",
    title=N_("Enterprises held back from AI"),
    question=N_(
        "How many of all enterprises considered artificial intelligence and were held back, and by what?"
    ),
    theme="enterprises",
    unit="PC_ENT",
    better="down",
    method=N_(
        "Share of all enterprises with 10 or more persons employed that considered AI, do not use it and name "
        "each reason, from Eurostat's survey on the use of ICT and e-commerce in enterprises."
    ),
    caveats=(
        ASKED_OF_FEW,
        N_(
            "These shares are small because few were asked. They rise when more enterprises consider AI, which "
            "is not bad news as such."
        ),
        SEVERAL_ANSWERS,
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=by("isoc_eb_ai", "indic_is", *BARRIERS, name="barrier"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="E_AI_BLE",
        value=7.76,
        source=N_("Eurostat, isoc_eb_ai, E_AI_BLE in per cent of enterprises"),
        vintage=date(2026, 2, 27),
    ),
)
