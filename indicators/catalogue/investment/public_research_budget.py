"""All public research budgets, a proxy: no objective of them is AI."""

from datetime import date

from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="public_research_budget",
    title=N_("Public budgets for research (proxy)"),
    question=N_("How much do governments allocate to research and development of all kinds?"),
    theme="investment",
    unit="EUR_HAB",
    better="up",
    method=N_(
        "Government budget allocations for research and development per inhabitant, all "
        "socio-economic objectives together. A proxy: the classification of objectives (NABS 2007) "
        "has none for AI."
    ),
    caveats=(
        N_("This is not spending on AI: how much of it concerns AI is not known in any country."),
        N_("These are budgets, not expenditure, and the EU’s own framework programmes are not in them."),
        N_("The newest year is provisional."),
    ),
    formula=Slice("gba_nabsfin07", {"freq": "A", "nabs07": "TOTAL", "unit": "EUR_HAB"}, unit="EUR_HAB"),
    bounds=(0, None),
    coverage=Coverage(member_states=27, since="2020"),
    witness=Witness(
        geo="EU27_2020",
        period="2024",
        value=284.7,
        decimals=1,
        source=N_("Eurostat news of July 2025: EUR 284.7 per person (estimate)"),
        vintage=date(2025, 7, 30),
    ),
)
