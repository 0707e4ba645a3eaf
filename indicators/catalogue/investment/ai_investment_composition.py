"""What the estimated investment in AI went into."""

from datetime import date

from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

MEMBERS = ("ai_investment_skills", "ai_investment_data_equipment", "ai_investment_rd")


INDICATOR = Indicator(
    id="ai_investment_composition",
    title=N_("Composition of investment in AI"),
    question=N_("What is invested in when investment in AI is estimated?"),
    theme="investment",
    unit="PC",
    better="neither",
    method=N_(
        "Parts of the Joint Research Centre’s estimate of public and private investment in AI in "
        "2019, in per cent, as its source states them. The rest, about 7 %, went into other "
        "intangible assets."
    ),
    caveats=(
        N_(
            "One year only, 2019, before generative AI: the composition has changed since, and no "
            "newer estimate is held."
        ),
        N_("Skills include the training and the pay of specialists: it is a broad estimate, not an account."),
    ),
    formula=Slice(
        "curated_figures", {"unit": "PC"}, "PC", by="series", members=MEMBERS, name="investment_purpose"
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=0, since="2019"),
    witness=Witness(
        geo="EU27_2020",
        period="2019",
        member="ai_investment_skills",
        value=53,
        decimals=0,
        source=N_("European Commission, European AI Alliance: New AI Watch report: 2020 EU AI investments"),
        vintage=date(2021, 1, 1),
    ),
)
