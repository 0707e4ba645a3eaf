"""SMEs using AI: enterprises with 10 to 249 persons employed."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    NOT_SURVEYED,
    SAMPLING,
    SMES,
    SURVEY_YEAR,
    ai,
)
from indicators.model import Coverage, Event, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="smes_using_ai",
    title=N_("SMEs using AI"),
    question=N_("How many small and medium-sized enterprises use artificial intelligence?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of enterprises with 10 to 249 persons employed that use at least one AI technology, "
        "from Eurostat's survey on the use of ICT and e-commerce in enterprises."
    ),
    caveats=(
        SMES,
        N_("No legal text sets a target for SMEs using AI."),
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=ai("10-249"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(
        Event(
            period="2025",
            effect="notes",
            text=N_(
                "From 2025 AI includes the generation of pictures, video and sound, with no break flag on EU "
                "values. On the old definition the EU value of 2025 lies between 12.02 % and 18.90 %."
            ),
        ),
    ),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=18.90,
        source=N_("Eurostat, isoc_eb_ai, 10-249 persons employed"),
        vintage=date(2026, 2, 27),
    ),
)
