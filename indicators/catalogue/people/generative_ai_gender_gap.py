"""The gap between men and women in using generative AI."""

from datetime import date

from indicators.catalogue.people.survey import (
    AGED_16_TO_74,
    FIRST_ASKED,
    NO_SAMPLING_ERRORS,
    OFFLINE_ARE_NON_USERS,
    THREE_MONTHS,
    people,
)
from indicators.formula import Difference
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="generative_ai_gender_gap",
    title=N_("Gap between men and women in using generative AI"),
    question=N_("How far are women behind men in using generative artificial intelligence?"),
    theme="people",
    unit="PP",
    better="down",
    method=N_(
        "Share of men aged 16 to 74 who used tools of generative AI in the last three months, less the share of "
        "women, in percentage points: negative where more women than men use it."
    ),
    caveats=(
        N_(
            "In some Member States more women than men use generative AI: a negative gap is a finding, no error."
        ),
        N_(
            "Both shares come from the same sample. How certain their difference is cannot be said from "
            "what is published: gaps of a point or two may be chance."
        ),
        N_(
            "The gap does not tell why: age, education and occupation differ between the groups, and sex is not "
            "published by occupation."
        ),
        OFFLINE_ARE_NON_USERS,
        FIRST_ASKED,
        THREE_MONTHS,
        AGED_16_TO_74,
        NO_SAMPLING_ERRORS,
    ),
    formula=Difference(
        people("isoc_ai_iaiu", "I_IUAI", group="M_Y16_74"), people("isoc_ai_iaiu", "I_IUAI", group="F_Y16_74")
    ),
    bounds=(-100, 100),
    coverage=Coverage(member_states=27, since="2025"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=4.46,
        source=N_("Eurostat, isoc_ai_iaiu: 34.91 (men) less 30.45 (women)"),
        vintage=date(2026, 6, 5),
    ),
)
