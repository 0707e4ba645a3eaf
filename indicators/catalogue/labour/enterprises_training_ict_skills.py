"""Enterprises that train the ICT skills of their personnel."""

from datetime import date

from indicators.catalogue.labour.enterprises import CAVEATS, enterprises
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

TOTAL, BY_SIZE = enterprises("isoc_ske_itts", "E_ITT2")


INDICATOR = Indicator(
    id="enterprises_training_ict_skills",
    title=N_("Enterprises training ICT skills"),
    question=N_("What share of enterprises trains the ICT skills of its personnel?"),
    theme="labour",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Enterprises that provided training to develop or upgrade ICT skills, to ICT specialists or "
        "to others they employ, in per cent of enterprises with 10 or more persons employed."
    ),
    caveats=(
        *CAVEATS,
        N_("Nothing is said of the length or the content of the training; training on AI is not asked for."),
    ),
    formula=TOTAL,
    breakdowns=(BY_SIZE,),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2020"),
    witness=Witness(
        geo="EU27_2020",
        period="2024",
        value=22.29,
        decimals=2,
        source=N_("Eurostat, isoc_ske_itts, in the Joint Assessment Framework of 20 October 2025 (PA8.2.C2)"),
        vintage=date(2025, 10, 20),
    ),
)
