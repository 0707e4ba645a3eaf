"""Whether the Member States draw together in using AI: the distance between the highest and the lowest."""

from datetime import date

from indicators.catalogue.enterprises.survey import CAVEATS, MORE_TECHNOLOGIES, SIZES, ai, by
from indicators.formula import Spread
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="ai_spread",
    title=N_("Spread of the use of AI between Member States"),
    question=N_("Do the Member States converge in using artificial intelligence?"),
    theme="enterprises",
    unit="PP",
    better="down",
    method=N_(
        "Highest less lowest share of enterprises using AI among the Member States, in percentage points; "
        "10 or more persons employed. It is stated for the EU. A spread that falls means convergence."
    ),
    caveats=(
        N_("The spread rests on two countries only; those between them can draw together or apart unseen."),
        N_(
            "While AI is new, a growing spread in points is what diffusion looks like: leaders grow first. "
            "It is no proof that the others will stay behind."
        ),
        N_(
            "It is taken among the Member States that have a value: a year in which the highest or the lowest "
            "is missing looks closer."
        ),
        N_("A fall in the country with the highest share counts as convergence too."),
        *CAVEATS,
    ),
    formula=Spread(ai("GE10")),
    breakdowns=(Spread(by("isoc_eb_ai", "size_emp", *SIZES, indic_is="E_AI_TANY")),),
    bounds=(0, 100),
    coverage=Coverage(member_states=0, since="2021"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=36.82,
        source=N_("Eurostat, isoc_eb_ai: 42.03 (Denmark) less 5.21 (Romania)"),
        vintage=date(2026, 2, 27),
    ),
)
