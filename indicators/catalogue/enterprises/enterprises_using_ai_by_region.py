"""Enterprises using AI in the regions of the EU: the places are regions here, not countries."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    ALL_ACTIVITIES,
    FIRST_QUARTER,
    MORE_TECHNOLOGIES,
    NOT_SURVEYED,
    SAMPLING,
)
from indicators.formula import Regions, Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

CODES = {
    "freq": "A",
    "size_emp": "GE10",
    "nace_r2": ALL_ACTIVITIES,
    "indic_is": "E_AI_TANY",
    "unit": "PC_ENT",
}

INDICATOR = Indicator(
    id="enterprises_using_ai_by_region",
    title=N_("Enterprises using AI by region"),
    question=N_("In which regions do enterprises use artificial intelligence?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of the enterprises of each region (level 2 of NUTS) with 10 or more persons employed that use at "
        "least one AI technology, from Eurostat's survey on the use of ICT and e-commerce in enterprises. "
        "Countries stand in the indicator on enterprises using AI, not here."
    ),
    caveats=(
        N_(
            "Fourteen Member States publish regions; Germany, France, Italy and the Netherlands do not. "
            "The best region here is not the best of the EU."
        ),
        N_(
            "An enterprise counts where its seat is, with all its places of work: regions with many head "
            "offices, capitals above all, look higher."
        ),
        N_(
            "Regional samples are small and no sampling errors are published: differences of a few points "
            "between regions say nothing about their order."
        ),
        FIRST_QUARTER,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=Regions(Slice("isoc_r_eb_ain2", CODES, unit="PC_ENT")),
    bounds=(0, 100),
    coverage=Coverage(member_states=0, since="2023"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="AT13",
        period="2025",
        value=37.36,
        source=N_(
            "Eurostat, isoc_r_eb_ain2, Vienna, retrieved on 24 September 2026, in a public copy (github.com/Borhacm/europa-en-datos)"
        ),
        vintage=date(2026, 9, 24),
    ),
)
