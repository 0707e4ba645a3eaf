"""Public and private investment in AI, as the only EU-wide estimates state it."""

from datetime import date

from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="ai_investment",
    title=N_("Investment in AI"),
    question=N_("How much do the public and private sectors invest in artificial intelligence?"),
    theme="investment",
    unit="EUR_BN",
    better="up",
    method=N_(
        "Range of the estimates of the Joint Research Centre for public and private investment in AI in a "
        "year: skills, research and development, data and equipment, other intangible assets. "
        "The figures are stated by their source, not computed here."
    ),
    caveats=(
        N_(
            "There is no EU target for AI investment in force: the Apply AI strategy announces one, measured by "
            "a method to be developed with the OECD. EUR 20 billion a year by 2030 is the political goal of the "
            "Coordinated Plan on AI."
        ),
        N_(
            "The estimates cover 2018 and 2019 only, and we hold the level for 2019; nothing comparable has "
            "followed. The EUR 22.4 billion sometimes given for 2025 is a projection made in 2021, and is left out."
        ),
        N_(
            "A range is not a margin of error: its ends are the low and the high estimate, and no value "
            "between them is preferred."
        ),
        N_(
            "Announcements such as InvestAI are sums over several years, and venture capital is a part measured "
            "in another way: neither may be added to these figures."
        ),
    ),
    formula=Slice("curated_figures", {"series": "ai_investment"}, unit="EUR_BN"),
    bounds=(0, None),
    coverage=Coverage(member_states=0, since="2019"),
    witness=Witness(
        geo="EU27_2020",
        period="2019",
        value=9.0,
        low=7.9,
        source="Joint Research Centre, AI Watch: 2020 EU AI investments (2021)",
        vintage=date(2021, 1, 1),
    ),
)
