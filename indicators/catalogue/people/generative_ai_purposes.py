"""What people who use generative AI use it for: shares of the users."""

from datetime import date

from indicators.catalogue.people.survey import (
    AGED_16_TO_74,
    FIRST_ASKED,
    NO_SAMPLING_ERRORS,
    THREE_MONTHS,
    TOOLS_SAID,
    by_answer,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="generative_ai_purposes",
    title=N_("Purposes of generative AI among its users"),
    question=N_("What do people who use generative artificial intelligence use it for?"),
    theme="people",
    unit="PC_IND_IUAI",
    better="neither",
    method=N_(
        "Share of the people aged 16 to 74 who used generative AI in the last three months that used it for "
        "private purposes, for work and for formal education, from Eurostat's survey on the use of ICT in "
        "households and by individuals."
    ),
    caveats=(
        N_("Each percentage is of the users (32.66 % of people in the EU in 2025), not of all people."),
        N_("People can have used it for several purposes: the purposes add up to more than the whole."),
        N_(
            "Users who do not work, or do not learn, are part of the base: the share for work is not a share of "
            "those who work."
        ),
        FIRST_ASKED,
        TOOLS_SAID,
        THREE_MONTHS,
        AGED_16_TO_74,
        NO_SAMPLING_ERRORS,
    ),
    formula=by_answer("isoc_ai_iaiu", "use", "I_IUAIPR", "I_IUAIWP", "I_IUAIFE", unit="PC_IND_IUAI"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2025"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="I_IUAIPR",
        value=76.81,
        source=N_("Eurostat, isoc_ai_iaiu, I_IUAIPR in per cent of users of generative AI"),
        vintage=date(2025, 12, 16),
    ),
)
