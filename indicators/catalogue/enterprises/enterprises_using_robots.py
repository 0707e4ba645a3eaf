"""Enterprises using industrial or service robots, whether or not these use AI."""

from datetime import date

from indicators.catalogue.enterprises.enterprises_using_ai_by_activity import SECTIONS
from indicators.catalogue.enterprises.survey import FIRST_QUARTER, NOT_SURVEYED, SAMPLING, by, percentage
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

TABLE = "isoc_eb_p3dn2"

INDICATOR = Indicator(
    id="enterprises_using_robots",
    title=N_("Enterprises using robots"),
    question=N_("How many enterprises use industrial or service robots?"),
    theme="enterprises",
    unit="PC_ENT",
    better="neither",
    method=N_(
        "Share of enterprises with 10 or more persons employed that use industrial or service robots, from "
        "Eurostat's survey on the use of ICT and e-commerce in enterprises."
    ),
    caveats=(
        N_("Robots are counted whether or not they use AI: this is not a measure of AI."),
        N_("The question was asked in 2018, 2020 and 2022 only."),
        N_("An enterprise can use both kinds of robots: the kinds do not add up to the total."),
        FIRST_QUARTER,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=percentage(TABLE, "E_RBT"),
    breakdowns=(
        by(TABLE, "indic_is", "E_RBTI", "E_RBTS", name="robot"),
        by(TABLE, "nace_r2", *SECTIONS, indic_is="E_RBT"),
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2018"),
    witness=Witness(
        geo="EU27_2020",
        period="2022",
        value=6.26,
        source=N_(
            "Eurostat, all activities in the sister table isoc_eb_p3d, update of 17 July 2025, in a public copy (github.com/xavis123/Beyond-the-lab)"
        ),
        vintage=date(2025, 7, 17),
    ),
)
