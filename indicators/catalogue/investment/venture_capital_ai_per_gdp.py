"""Venture capital in AI firms in relation to the size of the economy."""

from datetime import date

from indicators.catalogue.investment.capital import CAVEATS, VENTURE_CAPITAL
from indicators.formula import Everywhere, Ratio, Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

DOLLARS_FOR_A_EURO = Slice(
    "ert_bil_eur_a", {"freq": "A", "statinfo": "AVG", "unit": "NAC", "currency": "USD"}, unit="USD_EUR"
)
GDP = Slice("nama_10_gdp", {"freq": "A", "na_item": "B1GQ", "unit": "CP_MEUR"}, unit="EUR_M")
IN_EURO = Ratio(VENTURE_CAPITAL, Everywhere(DOLLARS_FOR_A_EURO, "EA"), unit="EUR_BN")


INDICATOR = Indicator(
    id="venture_capital_ai_per_gdp",
    title=N_("Venture capital in AI firms relative to GDP"),
    question=N_("How much venture capital goes into AI firms, relative to the size of the economy?"),
    theme="investment",
    unit="EUR_MIO_GDP",
    better="up",
    method=N_(
        "Venture capital in AI firms, converted at the average exchange rate of its year, in euro per"
        " million euro of gross domestic product at current prices."
    ),
    caveats=(
        *CAVEATS,
        N_("The conversion uses one rate for the whole year, whenever the deals were made."),
    ),
    formula=Ratio(IN_EURO, GDP, unit="EUR_MIO_GDP", scale=1_000_000_000),
    bounds=(0, None),
    coverage=Coverage(member_states=20, since="2012"),
    witness=Witness(
        geo="DE",
        period="2024",
        value=954.6,
        decimals=1,
        source=N_(
            "from three sources: USD 4473 million in OECD.AI's export of 27 September 2026, 1.0824 dollars for a euro (Eurostat, ert_bil_eur_a) and a gross domestic product of 4328970 million euro (Eurostat, nama_10_gdp, update of 17 November 2025), the last two in public copies"
        ),
        vintage=date(2026, 9, 27),
    ),
)
