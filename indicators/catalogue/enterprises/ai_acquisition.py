"""How enterprises came by the AI that they use: bought, adapted, developed."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    NOT_EVERY_YEAR,
    NOT_SURVEYED,
    SAMPLING,
    SEVERAL_ANSWERS,
    SMALL_BASE,
    SURVEY_YEAR,
    by,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="ai_acquisition",
    title=N_("How enterprises acquire AI"),
    question=N_(
        "Do enterprises buy artificial intelligence ready to use, adapt it or develop it themselves?"
    ),
    theme="enterprises",
    unit="PC_ENT_AI_TANY",
    better="neither",
    method=N_(
        "Share of the enterprises that use AI (10 or more persons employed) by how its software or systems were "
        "acquired, from Eurostat's survey on the use of ICT and e-commerce in enterprises."
    ),
    caveats=(
        N_("Each percentage is of the enterprises that use AI, not of all enterprises."),
        N_(
            "For 2025 only 19 Member States have values, and there is no EU value. "
            "None is put together from the countries that answered."
        ),
        SEVERAL_ANSWERS,
        N_("Services used over the internet, such as chatbots, may count as ready to use or go unnamed."),
        SMALL_BASE,
        NOT_EVERY_YEAR,
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=by(
        "isoc_eb_ai",
        "indic_is",
        *("E_AI_ARDY", "E_AI_AMOWN", "E_AI_AOS", "E_AI_ADOWN", "E_AI_AEXT"),
        name="acquisition",
        unit="PC_ENT_AI_TANY",
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=19, since="2021"),
    witness=Witness(
        geo="FI",
        period="2025",
        member="E_AI_ARDY",
        value=65.86,
        source=N_("Eurostat, isoc_eb_ai, E_AI_ARDY in per cent of enterprises using AI"),
        vintage=date(2026, 2, 27),
    ),
)
