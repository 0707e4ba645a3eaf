"""How many ICT specialists have a tertiary education."""

from datetime import date

from indicators.catalogue.labour.survey import CAVEATS, EVENTS
from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="highly_educated_ict_specialists",
    title=N_("ICT specialists with tertiary education"),
    question=N_("What share of ICT specialists has a tertiary education?"),
    theme="labour",
    unit="PC_SPECIALISTS",
    better="neither",
    method=N_(
        "People with tertiary education (ISCED 2011, levels 5 to 8) in per cent of employed ICT "
        "specialists, from the EU labour force survey."
    ),
    caveats=(
        *CAVEATS,
        N_(
            "Countries train specialists in different ways: vocational qualifications below level 5 "
            "count elsewhere."
        ),
        N_("This table and that of the total number of specialists can be updated on different days."),
    ),
    formula=Slice("isoc_sks_itspe", {"freq": "A", "unit": "PC", "isced11": "ED5-8"}, unit="PC_SPECIALISTS"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=EVENTS,
    witness=Witness(
        geo="EU27_2020",
        period="2022",
        value=65.2,
        decimals=1,
        source=N_("Eurostat, isoc_sks_itspe, ISCED 5 to 8, per cent of ICT specialists (estimate)"),
        vintage=date(2025, 1, 26),
    ),
)
