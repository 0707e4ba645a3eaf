"""What keeps enterprises that considered AI from using it: shares of those that considered it."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    NOT_SURVEYED,
    SAMPLING,
    SEVERAL_ANSWERS,
    SMALL_BASE,
    SURVEY_YEAR,
    by,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

BARRIERS = "E_AI_BLE E_AI_BLEG E_AI_BCDP E_AI_BDDT E_AI_BINC E_AI_BCST E_AI_BEC E_AI_BNU".split()

ASKED_OF_FEW = N_(
    "The survey asks only enterprises that considered AI and do not use it about their reasons: 11.1 % of all "
    "enterprises in the EU in 2025. What keeps the other non-users away is not known."
)

INDICATOR = Indicator(
    id="ai_barriers",
    title=N_("Reasons for not using AI"),
    question=N_("What keeps enterprises that considered artificial intelligence from using it?"),
    theme="enterprises",
    unit="PC_ENT_AI_EC",
    better="down",
    method=N_(
        "Share of the enterprises that considered AI but do not use it (10 or more persons employed) which name "
        "each reason, from Eurostat's survey on the use of ICT and e-commerce in enterprises."
    ),
    caveats=(
        ASKED_OF_FEW,
        SEVERAL_ANSWERS,
        N_(
            "Who starts to use AI leaves the group that is asked: a reason can become more frequent because "
            "others were overcome."
        ),
        SMALL_BASE,
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=by("isoc_eb_ai", "indic_is", *BARRIERS, name="barrier", unit="PC_ENT_AI_EC"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="E_AI_BLE",
        value=70.31,
        source=N_("Eurostat, isoc_eb_ai, E_AI_BLE in per cent of enterprises that considered AI"),
        vintage=date(2026, 2, 27),
    ),
)
