"""What the indicators on venture capital share: the slice of OECD.AI's export, and its caveats.

A single indicator's own texts do not belong here.
"""

from indicators.formula import Slice, Total
from indicators.words import N_

EXPORT = Slice("oecd_ai_vc", {"unit": "USD_M"}, unit="USD_BN", scale=0.001)
VENTURE_CAPITAL = Total(EXPORT)
CAVEATS = (
    N_(
        "The figures rest on deals that a private data provider knows of; they are revised by "
        "billions between two exports, and the OECD’s own headline for the EU in 2025 was 15.8 "
        "billion in February 2026."
    ),
    N_(
        "Capital is counted where the firm is located, not where the investor or the work is; few "
        "large deals can make a year."
    ),
    N_("Amounts are nominal US dollars: inflation and the exchange rate move them too."),
    N_(
        "The newest year in an export covers only its months so far: it is marked, and never compared"
        " with a full year."
    ),
)
