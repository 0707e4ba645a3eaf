"""The gap between large enterprises and SMEs in using AI."""

from datetime import date

from indicators.catalogue.enterprises.survey import (
    MORE_TECHNOLOGIES,
    NOT_SURVEYED,
    SAMPLING,
    SMES,
    SURVEY_YEAR,
    ai,
)
from indicators.formula import Difference
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="sme_gap",
    title=N_("Gap between large enterprises and SMEs"),
    question=N_("How far are SMEs behind large enterprises in using artificial intelligence?"),
    theme="enterprises",
    unit="PP",
    better="down",
    method=N_(
        "Share of large enterprises (250 or more persons employed) that use AI, less the share of SMEs "
        "(10 to 249 persons employed), in percentage points."
    ),
    caveats=(
        SMES,
        N_(
            "A gap in points can widen while SMEs grow faster than large enterprises from their lower level; "
            "read it beside the two shares."
        ),
        N_("Eurostat publishes activities without size classes, so there is no gap by activity."),
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=Difference(ai("GE250"), ai("10-249")),
    bounds=(-100, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(MORE_TECHNOLOGIES,),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        value=36.13,
        source=N_("Eurostat, isoc_eb_ai: 55.03 (250 or more) less 18.90 (10-249)"),
        vintage=date(2026, 2, 27),
    ),
)
