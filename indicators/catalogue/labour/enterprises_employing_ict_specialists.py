"""Enterprises that have ICT specialists of their own."""

from datetime import date

from indicators.catalogue.labour.enterprises import CAVEATS, enterprises
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

TOTAL, BY_SIZE = enterprises("isoc_ske_itspe", "E_ITSP2")


INDICATOR = Indicator(
    id="enterprises_employing_ict_specialists",
    title=N_("Enterprises employing ICT specialists"),
    question=N_("What share of enterprises employs ICT specialists?"),
    theme="labour",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Enterprises that employ ICT specialists in per cent of enterprises with 10 or more persons "
        "employed; ICT is the main job of a specialist."
    ),
    caveats=(
        *CAVEATS,
        N_("An enterprise may buy such work from others: one without specialists is not without ICT."),
    ),
    formula=TOTAL,
    breakdowns=(BY_SIZE,),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2020"),
    witness=Witness(
        geo="EU27_2020",
        period="2020",
        value=19,
        decimals=0,
        source=N_("Eurostat news of February 2022: 19 % of EU enterprises in 2020"),
        vintage=date(2022, 2, 1),
    ),
)
