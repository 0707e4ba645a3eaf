"""Enterprises whose vacancies for ICT specialists were hard to fill."""

from datetime import date

from indicators.catalogue.labour.enterprises import CAVEATS, enterprises
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

TOTAL, BY_SIZE = enterprises("isoc_ske_itrcrs", "E_ITSPVAC2", "PC_ENT_ITSPRCR2")


INDICATOR = Indicator(
    id="hard_to_fill_ict_vacancies",
    title=N_("Vacancies for ICT specialists that are hard to fill"),
    question=N_(
        "What share of the enterprises that look for ICT specialists has difficulties in finding them?"
    ),
    theme="labour",
    unit="PC_ENT_ITSPRCR2",
    better="down",
    method=N_(
        "Enterprises with vacancies for ICT specialists that were hard to fill, in per cent of those "
        "that recruited or tried to recruit ICT specialists in the calendar year before the survey."
    ),
    caveats=(
        *CAVEATS,
        N_(
            "The base is small: in 2022 it was 9.5 % of enterprises. A share of all enterprises would"
            " be another, much lower number."
        ),
        N_(
            "Difficulties are as enterprises see them; the question sets no period after which a "
            "vacancy is hard to fill."
        ),
    ),
    formula=TOTAL,
    breakdowns=(BY_SIZE,),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2020"),
    witness=Witness(
        geo="EU27_2020",
        period="2022",
        value=62.8,
        decimals=1,
        source=N_("Eurostat news of 12 July 2023: 62.8 % of those that recruited, survey of 2022"),
        vintage=date(2023, 7, 12),
    ),
)
