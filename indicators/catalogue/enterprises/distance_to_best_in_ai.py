"""How far each country is behind the best Member State in using AI."""

from datetime import date

from indicators.catalogue.enterprises.survey import CAVEATS, MORE_TECHNOLOGIES, ai
from indicators.formula import Behind
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="distance_to_best_in_ai",
    title=N_("Distance to the best Member State in using AI"),
    question=N_("How far is each country behind the best Member State in using artificial intelligence?"),
    theme="enterprises",
    unit="PP",
    better="up",
    method=N_(
        "Share of enterprises with 10 or more persons employed that use AI, less the highest share among the "
        "Member States in the same year, in percentage points: zero for the best, negative for the others."
    ),
    caveats=(
        N_(
            "The best Member State may change from year to year, and a break in its series moves the distance of "
            "all the others; its flags stand beside every value."
        ),
        N_("The best is taken among the Member States that have a value in that year."),
        N_("The best is no target: no Member State is bound to reach it."),
        *CAVEATS,
    ),
    formula=Behind(ai("GE10"), "up"),
    bounds=(-100, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=-22.08,
        source=N_("Eurostat, isoc_eb_ai: 19.95 (EU) less 42.03 (Denmark)"),
        vintage=date(2026, 2, 27),
    ),
)
