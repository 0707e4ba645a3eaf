"""How digital enterprises are: the four levels of Eurostat's index, its two versions side by side."""

from datetime import date

from indicators.catalogue.enterprises.smes_basic_digital_intensity import TWO_VERSIONS
from indicators.catalogue.enterprises.survey import FIRST_QUARTER, NOT_SURVEYED, SAMPLING, by
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

LEVELS = tuple(f"E_DI{version}_{level}" for version in (3, 4) for level in ("VLO", "LO", "HI", "VHI"))

INDICATOR = Indicator(
    id="digital_intensity_levels",
    title=N_("Levels of digital intensity"),
    question=N_("How many enterprises stand at each level of digital intensity?"),
    theme="enterprises",
    unit="PC_ENT",
    better="neither",
    method=N_(
        "Share of enterprises with 10 or more persons employed at each level of Eurostat's digital intensity "
        "index: of twelve technologies at most three (very low), four to six (low), seven to nine (high) or "
        "ten and more (very high)."
    ),
    caveats=(
        TWO_VERSIONS,
        N_("The versions are members of their own here, so that no line is drawn from one to the other."),
        N_("All technologies weigh the same: cloud services, a website and AI count one each."),
        N_(
            "The Digital Decade's target is for SMEs that reach at least the low level; it is another indicator."
        ),
        FIRST_QUARTER,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=by("isoc_e_dii", "indic_is", *LEVELS, name="digital_intensity"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="E_DI3_VHI",
        value=10.05,
        source=N_("Eurostat, isoc_e_dii, E_DI3_VHI, 10 or more persons employed"),
        vintage=date(2026, 2, 27),
    ),
)
