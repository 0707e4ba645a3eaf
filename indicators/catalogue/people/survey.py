"""What the indicators from Eurostat's survey of people share: codes, caveats, slices.

A single indicator's own texts do not belong here.
"""

from indicators.formula import Slice
from indicators.words import N_

EVERYBODY = "IND_TOTAL"
"""All individuals, aged 16 to 74."""

GROUPS = {
    "sex": ("F_Y16_74", "M_Y16_74"),
    "age_group": ("Y16_24", "Y25_34", "Y35_44", "Y45_54", "Y55_64", "Y65_74"),
    "education": ("I0_2", "I3_4", "I5_8"),
    "occupation": ("ISCO_ICT", "ISCO_ICTX", "ISCO0_5", "ISCO6_9"),
    "activity_status": ("SAL_SELF_FAM", "UNE", "STUD", "RETIR_OTHER"),
}
"""Breakdown -> its codes in the one dimension ``ind_type``, which holds all groups of people."""

THREE_MONTHS = N_(
    "The year is that of the survey; people answer about the three months before the interview, "
    "mostly about its first quarter."
)
AGED_16_TO_74 = N_(
    "People aged 16 to 74 in private households; children and older people are outside these figures."
)
FIRST_ASKED = N_(
    "Generative AI was first asked about in 2025: there is one year, and so neither a change nor a trend."
)
NO_SAMPLING_ERRORS = N_(
    "The figures come from a sample, and no sampling errors are published: "
    "small differences between countries or groups say nothing about their order."
)
OFFLINE_ARE_NON_USERS = N_(
    "The question goes to people who used the internet in the last three months. Everybody else counts as a "
    "non-user: the share mixes access to the internet with the use of AI."
)
GROUPS_OVERLAP = N_(
    "Each percentage is of the people of its own group. Groups overlap, and no group tells why its share differs: "
    "the young are more often students, for example."
)
TOOLS_SAID = N_(
    "People say what they know that they used: generative AI inside other programs may go unnoticed. "
    "How often or how well they use it is not asked."
)


def people(dataset: str, code: str, unit: str = "PC_IND", group: str = EVERYBODY) -> Slice:
    """Per cent of people with a code, among everybody or in one group."""
    codes = {"freq": "A", "ind_type": group, "indic_is": code, "unit": unit}
    return Slice(dataset, codes, unit=unit)


def by_group(dataset: str, code: str, name: str, unit: str = "PC_IND") -> Slice:
    """The same for each group of the breakdown ``name``."""
    codes = {"freq": "A", "indic_is": code, "unit": unit}
    return Slice(dataset, codes, unit=unit, by="ind_type", members=GROUPS[name], name=name)


def by_answer(dataset: str, name: str, *answers: str, unit: str = "PC_IND") -> Slice:
    """Per cent of everybody for each of the answers, in a breakdown called ``name``."""
    codes = {"freq": "A", "ind_type": EVERYBODY, "unit": unit}
    return Slice(dataset, codes, unit=unit, by="indic_is", members=answers, name=name)
