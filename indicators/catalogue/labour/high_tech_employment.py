"""Employment in high-technology manufacturing and services."""

from datetime import date

from indicators.catalogue.labour.survey import NEW_LABOUR_FORCE_SURVEY
from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

CODES = {"freq": "A", "nace_r2": "HTC", "unit": "PC_EMP"}


INDICATOR = Indicator(
    id="high_tech_employment",
    title=N_("Employment in high-technology sectors"),
    question=N_("What share of people in employment works in high-technology sectors?"),
    theme="labour",
    unit="PC_EMP",
    better="up",
    method=N_(
        "People employed in high-technology manufacturing and knowledge-intensive high-technology "
        "services in per cent of total employment, from the EU labour force survey."
    ),
    caveats=(
        N_(
            "Sectors are high-technology by their spending on research in the past (NACE Rev. 2), not"
            " by their use of AI."
        ),
        N_("All staff of these sectors counts, whatever its occupation."),
    ),
    formula=Slice("htec_emp_nat2", {**CODES, "sex": "T"}, unit="PC_EMP"),
    breakdowns=(Slice("htec_emp_nat2", CODES, unit="PC_EMP", by="sex", members=("F", "M")),),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(NEW_LABOUR_FORCE_SURVEY,),
    witness=Witness(
        geo="EU27_2020",
        period="2024",
        value=5.1,
        decimals=1,
        source=N_("Eurostat, htec_emp_nat2, high-technology sectors, per cent of total employment"),
        vintage=date(2025, 12, 18),
    ),
)
