"""SMEs with at least basic digital intensity: what the Digital Decade's 90 % is measured by."""

from datetime import date

from indicators.catalogue.enterprises.survey import ALL_ACTIVITIES, NOT_SURVEYED, SAMPLING
from indicators.formula import Slice
from indicators.model import Coverage, Event, Indicator, Witness
from indicators.words import N_

VERSION = {
    "2021": "E_DI3_GELO",
    "2022": "E_DI4_GELO",
    "2023": "E_DI3_GELO",
    "2024": "E_DI4_GELO",
    "2025": "E_DI3_GELO",
}
"""Version 3 of the index is surveyed in odd years, version 4 in even years."""

TWO_VERSIONS = N_(
    "The index counts a different set of technologies in even years (version 4) and in odd years (version 3). "
    "Neighbouring years cannot be compared; 2021, 2023 and 2025 can, and so can 2022 and 2024."
)
TWO_YEARS_BEFORE = N_(
    "Compared with two years before, not with the year before: the index counts a different set of "
    "technologies in even years (version 4) and in odd years (version 3)."
)
"""The versions are series of their own, so nothing passes between them; this goes with what passes within."""

INDICATOR = Indicator(
    id="smes_basic_digital_intensity",
    title=N_("SMEs with at least basic digital intensity"),
    question=N_("How many SMEs reach at least a basic level of digital intensity?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of enterprises with 10 to 249 persons employed that use at least four of the twelve digital "
        "technologies in Eurostat's digital intensity index."
    ),
    caveats=(
        TWO_VERSIONS,
        N_(
            "The target of more than 90 % covers micro-enterprises too (Decision (EU) 2022/2481, "
            "Article 2(12)). The survey measures SMEs with 10 to 249 persons employed; micro-enterprises are "
            "surveyed by choice only (in 2025 in BE, ES, NL and SE) and have no EU value."
        ),
        N_("AI is only one of the twelve technologies: an SME can reach the basic level without it."),
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=Slice(
        "isoc_e_dii",
        {
            "freq": "A",
            "size_emp": "10-249",
            "nace_r2": ALL_ACTIVITIES,
            "indic_is": VERSION,
            "unit": "PC_ENT",
        },
        unit="PC_ENT",
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=tuple(Event(year, "notes", TWO_YEARS_BEFORE) for year in ("2023", "2024", "2025")),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=71.39,
        source=N_("Eurostat, isoc_e_dii, E_DI3_GELO, 10-249 persons employed"),
        vintage=date(2026, 2, 27),
    ),
)
