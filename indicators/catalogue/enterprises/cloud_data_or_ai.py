"""Enterprises using cloud, data analytics or AI: what the Digital Decade's 75 % is measured by."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    NOT_SURVEYED,
    SAMPLING,
    by,
    percentage,
)
from indicators.model import Coverage, Event, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="cloud_data_or_ai",
    title=N_("Enterprises using cloud, data analytics or AI"),
    question=N_("How many enterprises use cloud computing, data analytics or artificial intelligence?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of enterprises with 10 or more persons employed that do at least one of three things: buy "
        "sophisticated or intermediate cloud computing services, perform data analytics, or use AI. "
        "The combination is Eurostat's own; it is not added up from the three parts."
    ),
    caveats=(
        N_(
            "The Digital Decade's target of 75 % is for this combination, not for AI alone and not for any "
            "cloud service. The Decision speaks of all enterprises; the survey covers those with 10 or more "
            "persons employed."
        ),
        N_("An enterprise that does two of the three counts once: the parts add up to more than the whole."),
        N_(
            "Near concepts give other values: any cloud service, or analytics by the source of data (in the EU "
            "in 2025, 52.7 % and 30.9 %)."
        ),
        N_(
            "The year is that of the survey; enterprises answer about its first quarter. "
            "Not every part is asked about every year."
        ),
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=percentage("isoc_eb_ai", "E_AI_CC1SI_DA_ANY"),
    breakdowns=(
        by("isoc_cicce_use", "indic_is", "E_CC1_SI", name="component"),
        by("isoc_eb_das", "indic_is", "E_DA", name="component"),
        by("isoc_eb_ai", "indic_is", "E_AI_TANY", name="component"),
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2023"),
    events=(
        Event(
            period="2025",
            effect="notes",
            text=N_(
                "From 2025 AI includes the generation of pictures, video and sound, with no break flag on EU "
                "values. Enterprises that use AI for this only now count too."
            ),
        ),
    ),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=63.20,
        source="Eurostat, isoc_eb_ai, E_AI_CC1SI_DA_ANY",
        vintage=date(2026, 2, 27),
    ),
)
