"""Why internet users do not use generative AI: the one main reason each of them gives."""

from datetime import date

from indicators.catalogue.people.survey import (
    AGED_16_TO_74,
    FIRST_ASKED,
    NO_SAMPLING_ERRORS,
    THREE_MONTHS,
    by_answer,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

REASONS = "I_IUAIX_NUNN I_IUAIX_NUUSE I_IUAIX_NUUNK I_IUAIX_NUSEC I_IUAIX_NUOTH".split()

INDICATOR = Indicator(
    id="reasons_for_not_using_generative_ai",
    title=N_("Reasons for not using generative AI"),
    question=N_("Why do people not use generative artificial intelligence?"),
    theme="people",
    unit="PC_IND_IUAIX",
    better="neither",
    method=N_(
        "Share of the internet users aged 16 to 74 without generative AI in the last three months by their main "
        "reason, from Eurostat's survey on the use of ICT in households and by individuals."
    ),
    caveats=(
        N_(
            "Each percentage is of those who used the internet but not generative AI. People without the "
            "internet were not asked for a reason."
        ),
        N_(
            "Everybody gives one main reason: where one reason becomes rarer, the others become more "
            "frequent without having changed."
        ),
        N_(
            "“No need” is an answer, not an explanation: it can stand for work without use for it, for not "
            "knowing what it can do, or for refusal."
        ),
        N_("The reasons do not add up to 100 %, because some people gave none (in the EU 0.9 % in 2025)."),
        FIRST_ASKED,
        THREE_MONTHS,
        AGED_16_TO_74,
        NO_SAMPLING_ERRORS,
    ),
    formula=by_answer("isoc_ai_iaiuxr", "reason", *REASONS, unit="PC_IND_IUAIX"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2025"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="I_IUAIX_NUNN",
        value=64.25,
        source=N_(
            "Eurostat, isoc_ai_iaiuxr, I_IUAIX_NUNN in per cent of non-users, update of 16 December 2025"
        ),
        vintage=date(2025, 12, 16),
    ),
)
