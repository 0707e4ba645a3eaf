"""People using generative AI: the headline of the survey of people."""

from datetime import date

from indicators.catalogue.people.survey import (
    AGED_16_TO_74,
    FIRST_ASKED,
    GROUPS,
    GROUPS_OVERLAP,
    NO_SAMPLING_ERRORS,
    OFFLINE_ARE_NON_USERS,
    THREE_MONTHS,
    TOOLS_SAID,
    by_answer,
    by_group,
    people,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="people_using_generative_ai",
    title=N_("People using generative AI"),
    question=N_("How many people use generative artificial intelligence?"),
    theme="people",
    unit="PC_IND",
    better="up",
    method=N_(
        "Share of people aged 16 to 74 who used tools of generative AI in the last three months, from Eurostat's "
        "survey on the use of ICT in households and by individuals; by sex, age, education, occupation and "
        "activity, and by what they used it for. EU values are Eurostat's own aggregates."
    ),
    caveats=(
        OFFLINE_ARE_NON_USERS,
        FIRST_ASKED,
        N_("People can have used it for several purposes: the purposes add up to more than the whole."),
        GROUPS_OVERLAP,
        N_("The survey records sex as female or male. It does not publish sex by occupation or by activity."),
        TOOLS_SAID,
        THREE_MONTHS,
        AGED_16_TO_74,
        NO_SAMPLING_ERRORS,
    ),
    formula=people("isoc_ai_iaiu", "I_IUAI"),
    breakdowns=(
        *(by_group("isoc_ai_iaiu", "I_IUAI", name) for name in GROUPS),
        by_answer("isoc_ai_iaiu", "use", "I_IUAIPR", "I_IUAIWP", "I_IUAIFE"),
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2025"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=32.66,
        source=N_("Eurostat, isoc_ai_iaiu, I_IUAI; news of 16 December 2025 (32.7 %)"),
        vintage=date(2025, 12, 16),
    ),
)
