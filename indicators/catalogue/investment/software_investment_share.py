"""Software and databases in all fixed investment, a proxy for investment in digital capital."""

from datetime import date

from indicators.formula import Share, Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

CODES = {"freq": "A", "unit": "CP_MEUR", "nace_r2": "TOTAL", "na_item": "P51G"}
ASSETS = {
    asset: Slice("nama_10_a64_p5", {**CODES, "asset10": asset}, unit="EUR_M") for asset in ("N1173G", "N11G")
}


INDICATOR = Indicator(
    id="software_investment_share",
    title=N_("Software and databases in fixed investment (proxy)"),
    question=N_("What share of investment in fixed assets goes into software and databases?"),
    theme="investment",
    unit="PC",
    better="up",
    method=N_(
        "Gross fixed capital formation in computer software and databases in per cent of all gross "
        "fixed capital formation, at current prices, from the national accounts. A proxy for "
        "investment in digital capital."
    ),
    caveats=(
        N_(
            "This is not investment in AI: all software and databases count, and AI that is rented as"
            " a service counts as current cost, not as investment."
        ),
        N_(
            "Software that enterprises write for themselves is estimated from labour costs, in "
            "different ways."
        ),
        N_(
            "Single relocations of intellectual property move the totals of Ireland and other small "
            "countries by much."
        ),
    ),
    formula=Share(ASSETS["N1173G"], ASSETS["N11G"]),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2019"),
    witness=Witness(
        geo="DE",
        period="2020",
        value=3.59,
        source=N_(
            "Eurostat, nama_10_a64_p5, update of 5 August 2026, in a public copy (github.com/DREAM-DK/GREU): software and databases 26417, all fixed assets 736476 (million of the national currency, the euro)"
        ),
        vintage=date(2026, 8, 5),
    ),
)
