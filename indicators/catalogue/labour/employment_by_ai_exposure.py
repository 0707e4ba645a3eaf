"""People employed in occupations grouped by their exposure to AI."""

from datetime import date

from indicators.catalogue.labour.exposure import quarters
from indicators.catalogue.labour.survey import EVENTS
from indicators.formula import Group, Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

OCCUPATIONS = Slice(
    "lfsa_egai2d",
    {"freq": "A", "age": "Y15-74", "sex": "T", "unit": "THS_PER"},
    unit="THS_PER",
    by="isco08",
    members=tuple(code for codes in quarters().values() for code in codes),
)


INDICATOR = Indicator(
    id="employment_by_ai_exposure",
    title=N_("Employment by exposure of occupations to AI"),
    question=N_("How many people work in occupations that are more, and less, exposed to AI?"),
    theme="labour",
    unit="THS_PER",
    better="neither",
    method=N_(
        "Employed people aged 15 to 74 in thousands, by occupation (ISCO-08, two digits), added up "
        "into four groups of ten occupations each, from the most to the least exposed. The ranking is"
        " the AI Occupational Exposure index of Felten, Raj and Seamans (2021), carried over to "
        "ISCO-08 by Villegas-Ch and others (2026, submitted); it stands in "
        "sources/curated/ai_exposure.csv."
    ),
    caveats=(
        N_(
            "Exposure says that tasks of an occupation resemble what AI can do. It says nothing of "
            "jobs lost or made, and occupations differ in many other ways: education, digitalisation,"
            " demand."
        ),
        N_(
            "The grouping is that of one published ranking; others, such as that of the International"
            " Labour Organization for generative AI, group some occupations differently."
        ),
        N_(
            "Where the number of people in one of the ten occupations is too uncertain to be "
            "published, the group has no value."
        ),
        N_("Armed forces and people without a stated occupation are in no group."),
    ),
    formula=Group(OCCUPATIONS, quarters(), name="ai_exposure"),
    bounds=(0, None),
    coverage=Coverage(member_states=27, since="2021"),
    events=EVENTS,
    witness=Witness(
        geo="AT",
        period="2024",
        member="q3",
        value=986.3,
        decimals=1,
        source=N_(
            "Eurostat, lfsa_egai2d, update of 30 June 2026, in the replication package of Villegas-Ch and others (2026): OC26 143.0, OC13 75.1, OC42 68.1, OC22 194.1, OC14 34.3, OC35 38.1, OC31 224.8, OC44 31.6, OC34 98.6 and OC32 78.6, added up"
        ),
        vintage=date(2026, 6, 30),
    ),
)
