"""Enterprises using AI: the headline of the official statistics."""

from datetime import date

from indicators.catalogue.enterprises.survey import CAVEATS, ai, by
from indicators.model import Coverage, Event, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="enterprises_using_ai",
    title=N_("Enterprises using AI"),
    question=N_("How many enterprises use artificial intelligence?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of enterprises with 10 or more persons employed that use at least one AI technology, "
        "from Eurostat's survey on the use of ICT and e-commerce in enterprises. "
        "EU values are Eurostat's own aggregates."
    ),
    caveats=CAVEATS,
    formula=ai("GE10"),
    breakdowns=(by("isoc_eb_ai", "size_emp", "10-49", "10-249", "50-249", "GE250", indic_is="E_AI_TANY"),),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(
        Event(
            period="2025",
            effect="notes",
            text=N_(
                "From 2025 AI includes the generation of pictures, video and sound, with no break flag on EU "
                "values. On the old definition the EU value of 2025 lies between 12.95 % and 19.95 %, so the "
                "change since 2024 lies between −0.5 and +6.5 points."
            ),
        ),
    ),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=19.95,
        source=N_("Eurostat, isoc_eb_ai; news of 11 December 2025 (20.0 %)"),
        vintage=date(2026, 2, 27),
    ),
)
