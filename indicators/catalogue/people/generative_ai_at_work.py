"""People using generative AI for their work, and in which groups."""

from datetime import date

from indicators.catalogue.people.survey import (
    AGED_16_TO_74,
    FIRST_ASKED,
    GROUPS,
    GROUPS_OVERLAP,
    NO_SAMPLING_ERRORS,
    THREE_MONTHS,
    TOOLS_SAID,
    by_group,
    people,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="generative_ai_at_work",
    title=N_("People using generative AI for work"),
    question=N_("How many people use generative artificial intelligence for their work?"),
    theme="people",
    unit="PC_IND",
    better="up",
    method=N_(
        "Share of people aged 16 to 74 who used tools of generative AI for professional purposes in the last "
        "three months, from Eurostat's survey on the use of ICT in households and by individuals."
    ),
    caveats=(
        N_(
            "The percentage is of all people, not of those in employment; the breakdown by activity gives the "
            "share of the employed."
        ),
        N_(
            "It cannot be compared with the share of enterprises using AI: people use it at work without their "
            "employer, and in an enterprise that uses AI most may not."
        ),
        GROUPS_OVERLAP,
        FIRST_ASKED,
        TOOLS_SAID,
        THREE_MONTHS,
        AGED_16_TO_74,
        NO_SAMPLING_ERRORS,
    ),
    formula=people("isoc_ai_iaiu", "I_IUAIWP"),
    breakdowns=tuple(by_group("isoc_ai_iaiu", "I_IUAIWP", name) for name in GROUPS),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2025"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=15.07,
        source=N_("Eurostat, isoc_ai_iaiu, I_IUAIWP; news of 16 December 2025 (15.1 %)"),
        vintage=date(2025, 12, 16),
    ),
)
