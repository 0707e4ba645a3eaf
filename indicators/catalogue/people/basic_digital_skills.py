"""People with at least basic digital skills: what the Digital Decade's 80 % is measured by."""

from datetime import date

from indicators.catalogue.people.survey import (
    AGED_16_TO_74,
    GROUPS,
    GROUPS_OVERLAP,
    NO_SAMPLING_ERRORS,
    by_answer,
    by_group,
    people,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

LEVELS = "I_DSK2_AB I_DSK2_B I_DSK2_LW I_DSK2_N I_DSK2_LM I_DSK2_X I_DSK2_NA".split()

ACTIVITIES_NOT_TESTS = N_(
    "Skills are derived from what people say they did in the last three months. Nobody is tested, and who can "
    "but did not counts as unable."
)
EVERY_TWO_YEARS = N_("The skills are surveyed every two years: 2021, 2023, 2025.")
NO_AI_SKILLS = N_("The use of AI is not one of the activities counted: these are no skills in AI.")

INDICATOR = Indicator(
    id="basic_digital_skills",
    title=N_("People with at least basic digital skills"),
    question=N_("How many people have at least basic digital skills?"),
    theme="people",
    unit="PC_IND",
    better="up",
    method=N_(
        "Share of people aged 16 to 74 with at least basic skills in all five areas: information and data "
        "literacy, communication and collaboration, digital content creation, safety, and problem solving."
    ),
    caveats=(
        ACTIVITIES_NOT_TESTS,
        NO_AI_SKILLS,
        N_("The Digital Decade's target is 80 % by 2030 (Decision (EU) 2022/2481, Article 4(1)(1)(a))."),
        N_(
            "People who did not use the internet for three months cannot be assessed and count as being without "
            "basic skills (6.2 % in the EU in 2025)."
        ),
        N_("The indicator was defined anew in 2021: earlier figures on digital skills are another measure."),
        GROUPS_OVERLAP,
        EVERY_TWO_YEARS,
        AGED_16_TO_74,
        NO_SAMPLING_ERRORS,
    ),
    formula=people("isoc_sk_dskl_i21", "I_DSK2_BAB"),
    breakdowns=(
        *(by_group("isoc_sk_dskl_i21", "I_DSK2_BAB", name) for name in GROUPS),
        by_answer("isoc_sk_dskl_i21", "skill_level", *LEVELS),
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=60.39,
        source="Eurostat, isoc_sk_dskl_i21, I_DSK2_BAB",
        vintage=date(2025, 12, 18),
    ),
)
