"""How many AI technologies enterprises use: none, at least one, two or three."""

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

INDICATOR = Indicator(
    id="number_of_ai_technologies",
    title=N_("Number of AI technologies in use"),
    question=N_("How many different AI technologies do enterprises use?"),
    theme="enterprises",
    unit="PC_ENT",
    better="neither",
    method=N_(
        "Share of all enterprises with 10 or more persons employed that use none, at least one, at least two or "
        "at least three of the AI technologies that the survey asks about."
    ),
    caveats=(
        N_(
            "“At least one” contains “at least two”, which contains “at least three”: the three do not add up."
        ),
        N_(
            "None and at least one make 99.0 %, not 100 % (EU, 2025): enterprises whose staff have no access to "
            "the internet are not asked, but are part of all enterprises."
        ),
        N_(
            "From 2025 the survey asks about eight technologies instead of seven, so reaching two or three "
            "has become easier."
        ),
        N_("The number of technologies says nothing about how much an enterprise uses them."),
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=by(
        "isoc_eb_ai",
        "indic_is",
        *("E_AI_TX", "E_AI_TANY", "E_AI_TGE2", "E_AI_TGE3"),
        name="technology_count",
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="E_AI_TGE2",
        value=12.95,
        source="Eurostat, isoc_eb_ai, E_AI_TGE2",
        vintage=date(2026, 2, 27),
    ),
)
