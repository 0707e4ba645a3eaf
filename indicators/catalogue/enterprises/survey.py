"""What the indicators from Eurostat's enterprise survey share: codes, caveats, events, slices.

A single indicator's own texts do not belong here.
"""

from indicators.formula import Slice
from indicators.model import Event
from indicators.words import N_

ALL_ACTIVITIES = "C10-S951_X_K"
"""All activities surveyed: C10 to S95.1 without the financial sector (NACE Rev. 2)."""

SURVEY_YEAR = N_(
    "The year is that of the survey; enterprises answer about its first quarter. "
    "There was no survey on AI in 2022."
)
NOT_SURVEYED = N_(
    "Enterprises with fewer than 10 persons employed, agriculture, mining, finance, health and education "
    "are outside these figures."
)
SAMPLING = N_(
    "The figures come from a sample, and no sampling errors are published: "
    "small differences between countries say nothing about their order."
)
SMES = N_(
    "SMEs are enterprises with 10 to 249 persons employed. "
    "Micro-enterprises are surveyed by choice only (in 2025 in BE, ES, NL and SE) and have no EU value."
)
UNMARKED_BREAKS = N_(
    "Flags for breaks are incomplete: the fall in Denmark from 23.9 % in 2021 to 15.2 % in 2023, for "
    "example, has none."
)
CAVEATS = (SURVEY_YEAR, NOT_SURVEYED, SAMPLING, UNMARKED_BREAKS)
FIRST_QUARTER = N_("The year is that of the survey; enterprises answer about its first quarter.")
NOT_EVERY_YEAR = N_("The question is not asked in every year: a year without values was not surveyed.")
SEVERAL_ANSWERS = N_("An enterprise can give several answers: the shares do not add up to 100 %.")
SMALL_BASE = N_(
    "The percentage is of a small group of enterprises, so in small countries it rests on few answers: "
    "read it beside the share of that group."
)

SIZES = ("10-49", "10-249", "50-249", "GE250")
"""The size classes that the survey publishes for every Member State."""

MORE_TECHNOLOGIES = Event(
    period="2025",
    effect="notes",
    text=N_(
        "From 2025 AI includes the generation of pictures, video and sound, with no break flag on EU values. "
        "Part of the change since 2024 may come from this."
    ),
)


def percentage(dataset: str, code: str, size: str = "GE10") -> Slice:
    """Per cent of enterprises with a code, in one size class and all activities."""
    codes = {"freq": "A", "nace_r2": ALL_ACTIVITIES, "indic_is": code, "unit": "PC_ENT", "size_emp": size}
    return Slice(dataset, codes, unit="PC_ENT")


def by(dataset: str, dimension: str, *members: str, name: str = "", **codes: str) -> Slice:
    """Per cent of enterprises for each code of one dimension, in all activities unless that is the one.

    The per cent are of all enterprises unless another ``unit`` is among the codes.
    """
    fixed = {"freq": "A", "size_emp": "GE10", "nace_r2": ALL_ACTIVITIES, "unit": "PC_ENT", **codes}
    fixed.pop(dimension, None)
    return Slice(dataset, fixed, unit=fixed["unit"], by=dimension, members=members, name=name)


def ai(size: str) -> Slice:
    """Per cent of enterprises of one size class that use AI."""
    return percentage("isoc_eb_ai", "E_AI_TANY", size)
