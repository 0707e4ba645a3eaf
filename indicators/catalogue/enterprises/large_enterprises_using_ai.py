"""Large enterprises using AI: those with 250 or more persons employed."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    NOT_SURVEYED,
    SAMPLING,
    SURVEY_YEAR,
    ai,
)
from indicators.model import Coverage, Event, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="large_enterprises_using_ai",
    title=N_("Large enterprises using AI"),
    question=N_("How many large enterprises use artificial intelligence?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of enterprises with 250 or more persons employed that use at least one AI technology, "
        "from Eurostat's survey on the use of ICT and e-commerce in enterprises."
    ),
    caveats=(
        SURVEY_YEAR,
        NOT_SURVEYED,
        N_("In small countries few enterprises are this large, so values move more from year to year."),
        SAMPLING,
    ),
    formula=ai("GE250"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(
        Event(
            period="2025",
            effect="notes",
            text=N_(
                "From 2025 AI includes the generation of pictures, video and sound, with no break flag on EU "
                "values. On the old definition the EU value of 2025 lies between 43.97 % and 55.03 %."
            ),
        ),
    ),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=55.03,
        source=N_("Eurostat, isoc_eb_ai, 250 or more persons employed"),
        vintage=date(2026, 2, 27),
    ),
)
