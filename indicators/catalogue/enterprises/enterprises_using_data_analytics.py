"""Enterprises that perform data analytics, by themselves or through others."""

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
    id="enterprises_using_data_analytics",
    title=N_("Enterprises performing data analytics"),
    question=N_("How many enterprises analyse data, by themselves or through others?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of enterprises with 10 or more persons employed for which own employees or an external provider "
        "perform data analytics. The breakdown says who does."
    ),
    caveats=(
        N_("Many enterprises do both: own employees and external providers add up to more than the whole."),
        N_(
            "Another published concept counts analytics by the source of the data (E_DASANY): 30.9 % in the EU "
            "in 2025, against 39.9 % here."
        ),
        N_(
            "Data analytics replaced big data analysis in the survey of 2023: earlier figures on big data are "
            "another question."
        ),
        FIRST_QUARTER,
        NOT_EVERY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=percentage("isoc_eb_das", "E_DA"),
    breakdowns=(
        by("isoc_eb_das", "size_emp", *SIZES, indic_is="E_DA"),
        by("isoc_eb_das", "indic_is", "E_DAOWN", "E_DAEXT", name="analyst"),
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2023"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=39.85,
        source="Eurostat, isoc_eb_das, E_DA",
        vintage=date(2026, 2, 27),
    ),
)
