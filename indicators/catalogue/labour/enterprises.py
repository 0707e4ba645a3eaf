"""What the indicators share that ask enterprises about ICT specialists and their skills.

A single indicator's own texts do not belong here.
"""

from indicators.catalogue.enterprises.survey import ALL_ACTIVITIES
from indicators.formula import Slice
from indicators.words import N_

SIZES = ("10-49", "50-249", "GE250")
ASKED = N_(
    "The questions were asked in 2020, 2022 and 2024 and before 2020 every year; the year is that of the survey, "
    "and recruitment and training are those of the calendar year before it."
)
COVERED = N_(
    "Enterprises with fewer than 10 persons employed, agriculture, mining, finance, health and education "
    "are outside these figures."
)
NOT_AI = N_("ICT specialists are not AI specialists: official statistics do not count the latter.")
CAVEATS = (NOT_AI, ASKED, COVERED)


def enterprises(dataset: str, code: str, unit: str = "PC_ENT") -> tuple[Slice, Slice]:
    """Per cent of enterprises with 10 or more persons employed, and the same by size class."""
    codes = {"freq": "A", "nace_r2": ALL_ACTIVITIES, "indic_is": code, "unit": unit}
    total = Slice(dataset, {**codes, "size_emp": "GE10"}, unit=unit)
    return total, Slice(dataset, codes, unit=unit, by="size_emp", members=SIZES)
