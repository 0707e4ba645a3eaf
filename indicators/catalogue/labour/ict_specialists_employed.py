"""The number of employed ICT specialists: what the Digital Decade's 20 million are measured by."""

from datetime import date

from indicators.catalogue.labour.survey import CAVEATS, EVENTS
from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="ict_specialists_employed",
    title=N_("Number of ICT specialists"),
    question=N_("How many ICT specialists are employed?"),
    theme="labour",
    unit="THS_PER",
    better="up",
    method=N_(
        "Employed ICT specialists in thousand persons, from the EU labour force survey; women and men where "
        "Eurostat's table by sex is loaded."
    ),
    caveats=(
        *CAVEATS,
        N_(
            "The baseline states these numbers in whole thousands and without flags: where the share of the same "
            "year is marked as an estimate or with another definition, the number is one too."
        ),
        N_(
            "The Digital Decade's target is 20 million for the EU as a whole; it has no national shares. "
            "It also asks to promote the access of women, without a number."
        ),
        N_("Women and men come from another table, which can be updated on another day."),
    ),
    formula=Slice("isoc_sks_itspt", {"freq": "A", "unit": "THS_PER"}, unit="THS_PER"),
    breakdowns=(
        Slice(
            "isoc_sks_itsps",
            {"freq": "A", "unit": "THS_PER"},
            unit="THS_PER",
            by="sex",
            members=("F", "M"),
        ),
    ),
    bounds=(0, None),
    coverage=Coverage(member_states=27, since="2021"),
    events=EVENTS,
    witness=Witness(
        geo="EU27_2020",
        period="2024",
        value=10274,
        decimals=0,
        source=N_("Eurostat, isoc_sks_itspt, thousand persons (rounded to whole thousands)"),
        vintage=date(2026, 1, 6),
    ),
)
