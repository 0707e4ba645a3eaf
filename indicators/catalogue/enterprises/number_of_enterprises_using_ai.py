"""How many enterprises stand behind the percentage that use AI: the survey's share of the enterprises counted."""

from indicators.catalogue.enterprises.survey import MORE_TECHNOLOGIES, SAMPLING, SURVEY_YEAR, ai
from indicators.formula import Formula, Group, Product, Slice, Sum
from indicators.model import Coverage, Indicator
from indicators.words import N_

SECTIONS = ("C", "E", "F", "G", "H", "I", "J", "L", "M", "N")
"""What the survey covers, less energy (D), whose counts are confidential in many countries, and repair (S95.1)."""

SIZES = ("10-19", "20-49", "50-249", "GE250")
"""The classes of the structural business statistics that make up 10 or more persons employed."""


def enterprises(size: str) -> Formula:
    """The number of enterprises of one size class in each section."""
    codes = {"freq": "A", "size_emp": size, "indic_sbs": "ENT_NR"}
    return Slice("sbs_sc_ovw", codes, unit="ENT", by="nace_r2", members=SECTIONS)


INDICATOR = Indicator(
    id="number_of_enterprises_using_ai",
    title=N_("Number of enterprises using AI"),
    question=N_("About how many enterprises stand behind the percentage that use artificial intelligence?"),
    theme="enterprises",
    unit="ENT",
    better="up",
    method=N_(
        "Share of enterprises using AI times the number of enterprises of the same country and year in the "
        "structural business statistics: 10 or more persons employed, sections C and E to N without K. "
        "A year in which one of the two is missing is left out."
    ),
    caveats=(
        N_(
            "An estimate of size, not a count: the share comes from a sample, and the two sources do not "
            "cover the same enterprises. The survey also asks energy suppliers and computer repairers, which are "
            "left out of the number."
        ),
        N_(
            "The survey of a year asks about its first quarter and draws on an earlier register; the structural "
            "statistics describe the whole year and appear up to two years later. The newest shares have no "
            "number yet."
        ),
        N_(
            "Where the number of one section and size class is confidential, there is no number for the country: "
            "none is guessed."
        ),
        N_(
            "Enterprises with fewer than 10 persons employed, more than nine in ten of all, are not part of it."
        ),
        SURVEY_YEAR,
        SAMPLING,
    ),
    formula=Product(
        ai("GE10"),
        Group(Sum([enterprises(size) for size in SIZES]), groups={"": SECTIONS}, name=""),
        unit="ENT",
        scale=0.01,
    ),
    bounds=(0, None),
    coverage=Coverage(member_states=27, since="2021"),
    events=(MORE_TECHNOLOGIES,),
    witness=None,
    waits_for="sbs_sc_ovw",
)
