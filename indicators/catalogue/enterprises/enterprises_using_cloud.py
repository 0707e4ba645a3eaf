"""Enterprises that buy any cloud service: wider than what the Digital Decade counts."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    FIRST_QUARTER,
    NOT_EVERY_YEAR,
    NOT_SURVEYED,
    SAMPLING,
    SIZES,
    by,
    percentage,
)
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="enterprises_using_cloud",
    title=N_("Enterprises using any cloud service"),
    question=N_("How many enterprises buy cloud computing services of any kind?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of enterprises with 10 or more persons employed that use paid cloud computing services over the "
        "internet, e-mail and file storage included."
    ),
    caveats=(
        N_(
            "The Digital Decade's target counts sophisticated or intermediate cloud services only, which is less: "
            "46.7 % against 52.7 % in the EU in 2025."
        ),
        N_("Free services do not count, nor does how much an enterprise uses what it pays for."),
        N_("The list of services was changed in 2021: earlier years are not comparable service by service."),
        FIRST_QUARTER,
        NOT_EVERY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=percentage("isoc_cicce_use", "E_CC"),
    breakdowns=(by("isoc_cicce_use", "size_emp", *SIZES, indic_is="E_CC"),),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=52.74,
        source="Eurostat, isoc_cicce_use, E_CC",
        vintage=date(2026, 2, 27),
    ),
)
