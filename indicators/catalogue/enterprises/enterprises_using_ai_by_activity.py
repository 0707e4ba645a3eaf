"""Enterprises using AI by economic activity (NACE Rev. 2)."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    MORE_TECHNOLOGIES,
    NOT_SURVEYED,
    SAMPLING,
    SURVEY_YEAR,
    by,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

SECTIONS = ("C", "D", "E", "F", "G", "H", "I", "J", "L", "M", "N", "S951")
"""Sections as far as the survey covers them; of S it covers the repair of computers only."""

DIVISIONS = (
    "C10-C12 C13-C15 C16-C18 C19 C20 C21 C22_C23 C24_C25 C26 C27 C28 C29_C30 C31-C33 G45 G46 G47 I55 "
    "J58-J60 J61 J62_J63 M69-M71 M72 M73-M75 N77-N82_X_N79 N79 ICT"
).split()

INDICATOR = Indicator(
    id="enterprises_using_ai_by_activity",
    title=N_("Enterprises using AI by activity"),
    question=N_("In which economic activities do enterprises use artificial intelligence?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of the enterprises of each economic activity (NACE Rev. 2) that use at least one AI technology, "
        "among those with 10 or more persons employed, from Eurostat's survey on the use of ICT and "
        "e-commerce in enterprises."
    ),
    caveats=(
        N_("Each percentage is of the enterprises of its own activity: the activities do not add up."),
        N_(
            "Countries with few enterprises in an activity often publish nothing for it: "
            "“not publishable” means collected, but not reliable or confidential."
        ),
        N_(
            "Activities follow NACE Rev. 2. NACE Rev. 2.1, which tables use from 2026, shifts letters: "
            "never compare the two by letter."
        ),
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=by("isoc_eb_ain2", "nace_r2", *SECTIONS, *DIVISIONS, indic_is="E_AI_TANY"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="J",
        value=62.52,
        source=N_("Eurostat, isoc_eb_ain2, section J (information and communication)"),
        vintage=date(2026, 2, 27),
    ),
)
