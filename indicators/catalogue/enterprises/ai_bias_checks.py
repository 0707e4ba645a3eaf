"""Enterprises that check what their AI says about people for bias."""

from indicators.catalogue.enterprises.survey import (
    ALL_ACTIVITIES,
    NOT_EVERY_YEAR,
    NOT_SURVEYED,
    SAMPLING,
    SMALL_BASE,
)
from indicators.formula import Slice
from indicators.model import Coverage, Indicator
from indicators.words import N_

CODES = {
    "freq": "A",
    "size_emp": "GE10",
    "nace_r2": ALL_ACTIVITIES,
    "indic_is": "E_AI_BIAS",
    "unit": "PC_ENT_AI_PDI",
}

INDICATOR = Indicator(
    id="ai_bias_checks",
    title=N_("Enterprises checking AI for bias"),
    question=N_("How many enterprises that process data on people with AI check its results for bias?"),
    theme="enterprises",
    unit="PC_ENT_AI_PDI",
    better="up",
    method=N_(
        "Share of the enterprises that process data on individuals with AI (10 or more persons employed) which "
        "have measures to check its results for possible biases towards individuals."
    ),
    caveats=(
        N_(
            "The question belongs to the survey's list of codes, but no country has a value for 2025: it "
            "waits for a year in which it is asked."
        ),
        N_(
            "A measure counts whatever it is: the survey does not ask how the check is made or what it finds."
        ),
        N_(
            "Enterprises answer for themselves. The share says nothing about compliance with the AI Act, whose "
            "duties depend on the risk of a system."
        ),
        SMALL_BASE,
        NOT_EVERY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=Slice("isoc_eb_ai", CODES, unit="PC_ENT_AI_PDI"),
    bounds=(0, 100),
    coverage=Coverage(member_states=0, since="2021"),
    witness=None,
    waits_for="isoc_eb_ai",
)
