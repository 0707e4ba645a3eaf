"""Enterprises using each AI technology."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    NOT_SURVEYED,
    SAMPLING,
    SURVEY_YEAR,
    by,
)
from indicators.model import Coverage, Event, Indicator, Witness
from indicators.words import N_

TECHNOLOGIES = "E_AI_TTM E_AI_TPVSG E_AI_TNLG E_AI_TSR E_AI_TPA E_AI_TML E_AI_TIR E_AI_TAR".split()

INDICATOR = Indicator(
    id="enterprises_using_ai_by_technology",
    title=N_("Enterprises using AI by technology"),
    question=N_("Which AI technologies do enterprises use?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of all enterprises with 10 or more persons employed that use each AI technology, "
        "from Eurostat's survey on the use of ICT and e-commerce in enterprises."
    ),
    caveats=(
        N_("Each percentage is of all enterprises, not of those that use AI."),
        N_("Enterprises can use several technologies: the technologies do not add up to the total."),
        N_(
            "The survey does not ask about generative AI as such; generating language or code and generating "
            "pictures, video or sound come closest."
        ),
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=by("isoc_eb_ai", "indic_is", *TECHNOLOGIES),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(
        Event(
            period="2025",
            effect="notes",
            text=N_(
                "The generation of pictures, video and sound is asked about from 2025 only. "
                "Answers on the other technologies may have shifted with it."
            ),
        ),
    ),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="E_AI_TTM",
        value=11.75,
        source="Eurostat, isoc_eb_ai, E_AI_TTM",
        vintage=date(2026, 2, 27),
    ),
)
