"""How many ICT specialists are young."""

from datetime import date

from indicators.catalogue.labour.survey import CAVEATS, EVENTS
from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="young_ict_specialists",
    title=N_("ICT specialists under 35"),
    question=N_("What share of ICT specialists is younger than 35?"),
    theme="labour",
    unit="PC_SPECIALISTS",
    better="neither",
    method=N_(
        "People aged 15 to 34 in per cent of employed ICT specialists, from the EU labour force survey."
    ),
    caveats=(
        *CAVEATS,
        N_("A high share of young specialists can mean many entrants or early exits from the occupation."),
        N_("This table and that of the total number of specialists can be updated on different days."),
    ),
    formula=Slice("isoc_sks_itspa", {"freq": "A", "unit": "PC", "age": "Y15-34"}, unit="PC_SPECIALISTS"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=EVENTS,
    witness=Witness(
        geo="EU27_2020",
        period="2022",
        value=36.7,
        decimals=1,
        source=N_("Eurostat, isoc_sks_itspa, 15 to 34 years, per cent of ICT specialists (estimate)"),
        vintage=date(2025, 1, 26),
    ),
)
