"""Labour productivity beside which the use of AI is read."""

from datetime import date

from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

CODES = {"freq": "A", "na_item": "NLPR_HW", "unit": "PC_EU27_2020_MPPS_CP"}


INDICATOR = Indicator(
    id="labour_productivity",
    title=N_("Labour productivity per hour worked"),
    question=N_("How much is produced in an hour of work, compared with the EU?"),
    theme="labour",
    unit="EU_100",
    better="up",
    method=N_(
        "Gross domestic product per hour worked in purchasing power standards, EU = 100, from the "
        "national accounts."
    ),
    caveats=(
        N_(
            "Context only: productivity depends on industries, capital, prices and skills, and these "
            "figures do not show what AI contributes."
        ),
        N_(
            "The GDP of Ireland and Luxembourg contains much that multinational firms book and "
            "cross-border workers produce there."
        ),
        N_(
            "The EU is 100 in every year by definition: the figures show distances between countries,"
            " not growth."
        ),
        N_("National accounts are revised for many years back."),
    ),
    formula=Slice("nama_10_lp_ulc", CODES, unit="EU_100"),
    bounds=(0, None),
    coverage=Coverage(member_states=27, since="2020"),
    witness=Witness(
        geo="DE",
        period="2023",
        value=121.5,
        decimals=1,
        source=N_(
            "Eurostat, in the Joint Assessment Framework of 20 October 2025 (PA10.C4, from tesem160; provisional)"
        ),
        vintage=date(2025, 10, 20),
    ),
)
