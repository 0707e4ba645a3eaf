"""Adults who take part in education and training."""

from datetime import date

from indicators.catalogue.labour.survey import NEW_LABOUR_FORCE_SURVEY
from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

BY_SEX = {"freq": "A", "unit": "PC", "age": "Y25-64"}
CODES = {**BY_SEX, "sex": "T"}


INDICATOR = Indicator(
    id="adult_learning",
    title=N_("Adult learning"),
    question=N_("What share of adults takes part in education and training?"),
    theme="labour",
    unit="PC_ADULTS",
    better="up",
    method=N_(
        "People aged 25 to 64 who took part in formal or non-formal education and training in the "
        "four weeks before the interview, in per cent of that age group, from the EU labour force "
        "survey."
    ),
    caveats=(
        N_("All subjects count; how much of it concerns AI or digital skills is not known."),
        N_(
            "Four weeks show less than the twelve months that other surveys ask about: the two must "
            "not be compared."
        ),
    ),
    formula=Slice("trng_lfse_01", CODES, unit="PC_ADULTS"),
    breakdowns=(Slice("trng_lfse_01", BY_SEX, unit="PC_ADULTS", by="sex", members=("F", "M")),),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(NEW_LABOUR_FORCE_SURVEY,),
    witness=Witness(
        geo="EU27_2020",
        period="2024",
        value=13.5,
        decimals=1,
        source=N_(
            "Eurostat, labour force survey, in the Joint Assessment Framework of 20 October 2025 (PA8.2.O1, from the sister table trng_lfs_01)"
        ),
        vintage=date(2025, 10, 20),
    ),
)
