"""The use of AI at each level of digital intensity: two tables meet in one percentage."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    FIRST_QUARTER,
    MORE_TECHNOLOGIES,
    NOT_SURVEYED,
    SAMPLING,
    by,
)
from indicators.formula import Named, Share
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

LEVELS = ("E_DI3_VLO", "E_DI3_LO", "E_DI3_HI", "E_DI3_VHI")
USERS = {f"{level}_AI_TANY": level for level in LEVELS}

INDICATOR = Indicator(
    id="ai_by_digital_intensity",
    title=N_("Use of AI by digital intensity"),
    question=N_("How many enterprises of each level of digital intensity use artificial intelligence?"),
    theme="enterprises",
    unit="PC",
    better="neither",
    method=N_(
        "Enterprises of a level of Eurostat's digital intensity index (version 3) that use AI, in per cent of all "
        "enterprises of that level; 10 or more persons employed. Both parts are published in per cent of all "
        "enterprises; their ratio is computed here."
    ),
    caveats=(
        N_(
            "AI is itself one of the twelve technologies that the index counts: who uses it stands higher for "
            "that alone. The pattern is no evidence that intensity leads to AI."
        ),
        N_("Each percentage is of the enterprises of its own level: the levels do not add up."),
        N_(
            "The ratio is computed from published percentages with two decimals: at the very low level, where "
            "few use AI, the last digit of the result is uncertain."
        ),
        N_("Version 3 of the index is surveyed in odd years only; there are no values for even years."),
        FIRST_QUARTER,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=Share(
        Named(by("isoc_eb_ai", "indic_is", *USERS, name="digital_intensity"), USERS),
        by("isoc_e_dii", "indic_is", *LEVELS, name="digital_intensity"),
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2023"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="E_DI3_HI",
        value=33.08,
        source=N_(
            "Eurostat: 9.11 (isoc_eb_ai, E_DI3_HI_AI_TANY) in per cent of 27.54 (isoc_e_dii, E_DI3_HI)"
        ),
        vintage=date(2026, 2, 27),
    ),
)
