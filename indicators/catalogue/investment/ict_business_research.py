"""Business research in ICT industries, a proxy for private research on AI."""

from indicators.formula import Slice
from indicators.model import Coverage, Indicator
from indicators.words import N_

CODES = {"freq": "A", "unit": "MIO_EUR"}


INDICATOR = Indicator(
    id="ict_business_research",
    title=N_("Business research in ICT industries (proxy)"),
    question=N_(
        "How much do enterprises in information and communication spend on research and development?"
    ),
    theme="investment",
    unit="EUR_BN",
    better="up",
    method=N_(
        "Expenditure of business enterprises on research and development in section J (information "
        "and communication) of NACE Rev. 2, and in the manufacture of computers, electronics and "
        "optics (C26), in billion euro at current prices. A proxy for private research on AI."
    ),
    caveats=(
        N_(
            "This is not spending on AI: research on AI is done in cars, banks and medicine too, and "
            "much research in these industries is about something else."
        ),
        N_(
            "Enterprises are classified by their main activity or by the product of their research, "
            "depending on the country."
        ),
        N_(
            "Many values are confidential; EU totals are Eurostat’s estimates. Odd years are more "
            "complete than even ones."
        ),
    ),
    formula=Slice(
        "rd_e_berdindr2",
        CODES,
        "EUR_BN",
        by="nace_r2",
        members=("J", "C26"),
        name="berd_nace_r2",
        scale=0.001,
    ),
    bounds=(0, None),
    coverage=Coverage(member_states=27, since="2019"),
    witness=None,
    waits_for="rd_e_berdindr2",
)
