"""Generative AI in enterprises, as near as the survey comes to it: two technologies, never added up."""

from datetime import date

from indicators.catalogue.enterprises.survey import NOT_SURVEYED, SAMPLING, SURVEY_YEAR, by
from indicators.model import Coverage, Event, Indicator, Witness
from indicators.words import N_

INDICATOR = Indicator(
    id="generative_ai_in_enterprises",
    title=N_("Generative AI in enterprises"),
    question=N_("How many enterprises use AI that generates language, code, pictures, video or sound?"),
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method=N_(
        "Share of enterprises with 10 or more persons employed that use AI generating written or spoken language "
        "or code, and share of those that use AI generating pictures, video or sound: the two technologies of "
        "the survey that come closest to generative AI."
    ),
    caveats=(
        N_(
            "The survey has no code for generative AI as a whole. The two shares must not be added up: many "
            "enterprises use both, and how many is not published."
        ),
        N_(
            "Generating language stood in the survey before tools such as ChatGPT existed; early values mean "
            "mostly other techniques."
        ),
        N_(
            "Employees who use such tools on their own account do not count unless the enterprise says it "
            "uses them."
        ),
        N_("People's own use is another indicator, from another survey: the two shares cannot be compared."),
        SURVEY_YEAR,
        NOT_SURVEYED,
        SAMPLING,
    ),
    formula=by("isoc_eb_ai", "indic_is", "E_AI_TNLG", "E_AI_TPVSG"),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021"),
    events=(
        Event(
            period="2025",
            effect="notes",
            text=N_(
                "The generation of pictures, video and sound is asked about from 2025 only. "
                "Answers on the other technologies may have shifted with it."
            ),
        ),
    ),
    witness=Witness(
        geo="EU27_2020",
        period="2025",
        member="E_AI_TPVSG",
        value=9.55,
        source="Eurostat, isoc_eb_ai, E_AI_TPVSG",
        vintage=date(2026, 2, 27),
    ),
)
