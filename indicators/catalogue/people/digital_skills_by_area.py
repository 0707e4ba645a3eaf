"""In which areas people have at least basic digital skills."""

from datetime import date

from indicators.catalogue.people.basic_digital_skills import (
    ACTIVITIES_NOT_TESTS,
    EVERY_TWO_YEARS,
    NO_AI_SKILLS,
)
from indicators.catalogue.people.survey import AGED_16_TO_74, NO_SAMPLING_ERRORS, by_answer
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

AREAS = "I_DSK2_IL_BAB I_DSK2_CC_BAB I_DSK2_DCC_BAB I_DSK2_SF_BAB I_DSK2_PS_BAB".split()

INDICATOR = Indicator(
    id="digital_skills_by_area",
    title=N_("Digital skills by area"),
    question=N_("In which areas do people have at least basic digital skills?"),
    theme="people",
    unit="PC_IND",
    better="up",
    method=N_(
        "Share of people aged 16 to 74 with at least basic skills in each of the five areas of digital skills, "
        "from Eurostat's survey on the use of ICT in households and by individuals."
    ),
    caveats=(
        ACTIVITIES_NOT_TESTS,
        NO_AI_SKILLS,
        N_(
            "The areas do not add up, and their lowest value is not the overall share: that needs basic skills "
            "in all five at once."
        ),
        N_("Areas with many activities to choose from are easier to reach: compare years, not areas."),
        EVERY_TWO_YEARS,
        AGED_16_TO_74,
        NO_SAMPLING_ERRORS,
    ),
    formula=by_answer("isoc_sk_dskl_i21", "skill_area", *AREAS),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="I_DSK2_SF_BAB",
        value=74.63,
        source="Eurostat, isoc_sk_dskl_i21, I_DSK2_SF_BAB",
        vintage=date(2025, 12, 18),
    ),
)
