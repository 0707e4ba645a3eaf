"""Job vacancies in information and communication against all activities, by NACE Rev. 2."""

from datetime import date

from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

CODES = {"freq": "Q", "s_adj": "NSA", "sizeclas": "TOTAL", "indic_em": "JVR"}


INDICATOR = Indicator(
    id="vacancies_information_communication",
    title=N_("Job vacancies in information and communication"),
    question=N_("What share of posts is vacant in information and communication, and in all activities?"),
    theme="labour",
    unit="PC_POSTS",
    better="neither",
    method=N_(
        "Vacant posts in per cent of all posts, occupied and vacant, quarterly, in section J of NACE "
        "Rev. 2 (publishing, telecommunications, information technology) and in industry, "
        "construction and services together."
    ),
    caveats=(
        N_(
            "Vacancies are those that employers report for a day or a quarter, not seasonally "
            "adjusted: compare a quarter with the same quarter of another year."
        ),
        N_(
            "In some countries small enterprises, public administration or education are left out, "
            "and the EU value is Eurostat’s aggregate of what there is."
        ),
        N_(
            "The activity is that of the employer: specialists sought by banks or factories are not "
            "in it, and other staff of IT firms is."
        ),
        N_(
            "The table ends with 2025. Under NACE Rev. 2.1 the letter J means publishing and "
            "broadcasting only: this series and the one by NACE Rev. 2.1 are never joined."
        ),
    ),
    formula=Slice(
        "jvs_q_nace2", CODES, unit="PC_POSTS", by="nace_r2", members=("B-S", "J"), name="vacancies_nace_r2"
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021-Q1"),
    witness=Witness(
        geo="EU27_2020",
        period="2024-Q4",
        member="B-S",
        value=2.3,
        decimals=1,
        source=N_("Eurostat, job vacancy statistics of March 2025: 2.3 % in the EU, not seasonally adjusted"),
        vintage=date(2025, 3, 17),
    ),
)
