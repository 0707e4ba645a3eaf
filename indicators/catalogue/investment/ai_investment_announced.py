"""Sums for AI that were announced, each with the day of its announcement."""

from datetime import date

from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

MEMBERS = (
    *("investai_mobilisation", "investai_gigafactories", "genai_package", "apply_ai_funding"),
    *("raise_compute", "national_ai_plan"),
)


INDICATOR = Indicator(
    id="ai_investment_announced",
    title=N_("Announced investment in AI"),
    question=N_("Which sums for AI have been announced?"),
    theme="investment",
    unit="EUR_BN",
    better="neither",
    method=N_(
        "Sums announced for AI, public or public and private, in billion euro, by the day of the "
        "announcement and as their sources word them. They are not flows of a year."
    ),
    caveats=(
        N_(
            "Announced is not spent: a sum may cover several years, count money announced before, or "
            "hope for private money."
        ),
        N_("The sums overlap and must not be added up, nor compared with investment in a year."),
    ),
    formula=Slice(
        "curated_figures", {"unit": "EUR_BN"}, "EUR_BN", by="series", members=MEMBERS, name="announcement"
    ),
    bounds=(0, None),
    coverage=Coverage(member_states=0, since="2024"),
    witness=Witness(
        geo="EU27_2020",
        period="2025-02-11",
        member="investai_mobilisation",
        value=200,
        decimals=0,
        source=N_("European Commission, launch of InvestAI"),
        vintage=date(2025, 2, 11),
    ),
)
