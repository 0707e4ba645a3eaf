"""By how many points the use of AI grows from one survey to the next."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    MORE_TECHNOLOGIES,
    NOT_SURVEYED,
    SAMPLING,
    SIZES,
    SURVEY_YEAR,
    UNMARKED_BREAKS,
    ai,
    by,
)
from indicators.formula import Change
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="ai_growth",
    title=N_("Growth of the use of AI"),
    question=N_(
        "By how many points does the share of enterprises using AI grow from one survey to the next?"
    ),
    theme="enterprises",
    unit="PP",
    better="up",
    method=N_(
        "Share of enterprises with 10 or more persons employed that use AI, less the share in the survey before, "
        "in percentage points. Across a break that Eurostat marks nothing is stated."
    ),
    caveats=(
        N_(
            "From 2025 AI includes the generation of pictures, video and sound. On the old definition the growth "
            "in the EU in 2025 lies between −0.5 and +6.5 points; +6.5 is Eurostat's figure."
        ),
        N_("The value of 2023 is the growth over two years, because there was no survey in 2022."),
        N_(
            "Points are not per cent: from 5 % to 10 % are five points, and twice as many. "
            "Who starts low grows by few points."
        ),
        UNMARKED_BREAKS,
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=Change(ai("GE10")),
    breakdowns=(Change(by("isoc_eb_ai", "size_emp", *SIZES, indic_is="E_AI_TANY")),),
    bounds=(-100, 100),
    coverage=Coverage(member_states=27, since="2023"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=6.47,
        source=N_(
            "Eurostat, isoc_eb_ai: 19.95 (2025) less 13.48 (2024); news of 11 December 2025 (6.5 points)"
        ),
        vintage=date(2026, 2, 27),
    ),
)
