"""How many ICT specialists are women."""

from datetime import date

from indicators.catalogue.labour.survey import CAVEATS, EVENTS
from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="women_ict_specialists",
    title=N_("Women among ICT specialists"),
    question=N_("What share of ICT specialists are women?"),
    theme="labour",
    unit="PC_SPECIALISTS",
    better="up",
    method=N_("Women in per cent of employed ICT specialists, from the EU labour force survey."),
    caveats=(
        *CAVEATS,
        N_(
            "The Digital Decade asks to promote the access of women to these jobs, without a number: "
            "there is no target."
        ),
        N_("This table and that of the total number of specialists can be updated on different days."),
    ),
    formula=Slice("isoc_sks_itsps", {"freq": "A", "unit": "PC", "sex": "F"}, unit="PC_SPECIALISTS"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=EVENTS,
    witness=Witness(
        geo="EU27_2020",
        period="2022",
        value=18.9,
        decimals=1,
        source=N_("Eurostat, isoc_sks_itsps, women, per cent of ICT specialists (estimate)"),
        vintage=date(2025, 1, 26),
    ),
)
