"""Venture capital in AI firms by the country of the firm."""

from datetime import date

from indicators.catalogue.investment.capital import CAVEATS, VENTURE_CAPITAL
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="venture_capital_ai",
    title=N_("Venture capital in AI firms"),
    question=N_("How much venture capital goes into firms that work on AI?"),
    theme="investment",
    unit="USD_BN",
    better="up",
    method=N_(
        "Venture capital invested in AI firms in a year by the country of the firm, in billion US "
        "dollars at current prices, from the OECD.AI Policy Observatory (data of Preqin). The EU is "
        "the total of its 27 countries in the export; a country that is not in it had no deal on "
        "record."
    ),
    caveats=(*CAVEATS,),
    formula=VENTURE_CAPITAL,
    bounds=(0, None),
    coverage=Coverage(member_states=20, since="2012"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=17.97,
        source=N_("OECD.AI, export of 27 September 2026: total of the 27 Member States"),
        vintage=date(2026, 9, 27),
    ),
)
