"""Enterprises that buy sophisticated or intermediate cloud services: the cloud of the Digital Decade's 75 %."""

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
    id="enterprises_using_advanced_cloud",
    title=N_("Enterprises using sophisticated or intermediate cloud services"),
    question=N_("How many enterprises buy cloud services beyond e-mail, office software and storage?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of enterprises with 10 or more persons employed that buy at least one of: finance or accounting "
        "software, enterprise resource planning, customer relationship management, security software, hosting "
        "of a database, a platform for developing applications, all as cloud services."
    ),
    caveats=(
        N_(
            "This is the cloud part of the Digital Decade's 75 %. The target is for cloud, data analytics or AI "
            "together; the parts have no targets of their own."
        ),
        N_(
            "Accounting software in the cloud is enough to count: intermediate does not mean that data or models "
            "are worked on in the cloud."
        ),
        FIRST_QUARTER,
        NOT_EVERY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=percentage("isoc_cicce_use", "E_CC1_SI"),
    breakdowns=(by("isoc_cicce_use", "size_emp", *SIZES, indic_is="E_CC1_SI"),),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=46.69,
        source="Eurostat, isoc_cicce_use, E_CC1_SI",
        vintage=date(2026, 2, 27),
    ),
)
