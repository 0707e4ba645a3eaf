"""How far each country is from the EU's share of enterprises using AI."""

from datetime import date

from indicators.catalogue.enterprises.survey import CAVEATS, MORE_TECHNOLOGIES, ai
from indicators.formula import Gap
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="distance_to_eu_in_ai",
    title=N_("Distance to the EU in using AI"),
    question=N_("Which countries are ahead of the EU in using artificial intelligence, and by how much?"),
    theme="enterprises",
    unit="PP",
    better="up",
    method=N_(
        "Share of enterprises with 10 or more persons employed that use AI, less the share in the EU in the same "
        "year, in percentage points: positive ahead of the EU, negative behind it."
    ),
    caveats=(
        N_(
            "The EU's value weighs countries by their enterprises: the largest Member States are part of what "
            "they are compared with."
        ),
        N_("A country can grow and yet fall further behind, when the EU grows faster."),
        *CAVEATS,
    ),
    formula=Gap(ai("GE10")),
    bounds=(-100, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="DK",
        period="2025",
        value=22.08,
        source=N_("Eurostat, isoc_eb_ai: 42.03 (Denmark) less 19.95 (EU)"),
        vintage=date(2026, 2, 27),
    ),
)
