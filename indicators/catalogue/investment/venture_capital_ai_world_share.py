"""Who receives the venture capital in AI, as shares of the world."""

from datetime import date

from indicators.catalogue.investment.capital import CAVEATS
from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="venture_capital_ai_world_share",
    title=N_("Share of the world’s venture capital in AI"),
    question=N_("What share of the world’s venture capital in AI goes into firms located there?"),
    theme="investment",
    unit="PC_WORLD",
    better="up",
    method=N_(
        "Share of the value of all venture capital deals in AI firms of the world in 2025, as the "
        "OECD states it in whole per cent. Stated by its source, not computed here."
    ),
    caveats=(
        *CAVEATS,
        N_(
            "The shares are those of February 2026; the export of September 2026 lists 37 countries "
            "and not the world, so that no share is computed from it."
        ),
    ),
    formula=Slice("curated_figures", {"series": "venture_capital_ai_share"}, unit="PC_WORLD"),
    bounds=(0, 100),
    coverage=Coverage(member_states=0, since="2025"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=6,
        decimals=0,
        source=N_("OECD, Venture capital investments in artificial intelligence through 2025"),
        vintage=date(2026, 2, 17),
    ),
)
