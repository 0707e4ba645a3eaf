"""Enterprises using AI: the headline of the official statistics."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    CAVEATS,
    WIDER_DEFINITION,
    ai_by_size,
)
from indicators.model import Coverage, Indicator, Witness
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
    formula=ai_by_size("GE10"),
    breakdowns=(ai_by_size("10-49", "10-249", "50-249", "GE250"),),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(WIDER_DEFINITION,),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=19.95,
        source="Eurostat, isoc_eb_ai; news of 11 December 2025 (20.0 %)",
        vintage=date(2026, 2, 27),
    ),
)
