"""Job vacancies in telecommunications and IT, and in publishing and broadcasting, against all activities, by NACE Rev. 2.1."""

from datetime import date

from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from indicators.words import N_

CODES = {"freq": "Q", "s_adj": "NSA", "sizeclas": "TOTAL", "indic_em": "JVR"}


INDICATOR = Indicator(
    id="vacancies_it_telecommunications",
    title=N_("Job vacancies in telecommunications and information technology"),
    question=N_(
        "What share of posts is vacant in telecommunications and information technology, and in all "
        "activities?"
    ),
    theme="labour",
    unit="PC_POSTS",
    better="neither",
    method=N_(
        "Vacant posts in per cent of all posts, occupied and vacant, quarterly, in sections K "
        "(telecommunications, computer programming, information services) and J (publishing, "
        "broadcasting, content) of NACE Rev. 2.1 and in industry, construction and services together."
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
            "Section J of NACE Rev. 2 became J and K of NACE Rev. 2.1, with some classes moved: the "
            "series by NACE Rev. 2 ends with 2025 and is never joined to this one."
        ),
    ),
    formula=Slice(
        "jvs_q_r21", CODES, "PC_POSTS", by="nace_r2_1", members=("B-T", "J", "K"), name="vacancies_nace_r2_1"
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021-Q1"),
    witness=Witness(
        geo="EU27_2020",
        period="2026-Q1",
        member="B-T",
        value=2.1,
        decimals=1,
        source=N_("Eurostat news release of June 2026: 2.1 % in the EU"),
        vintage=date(2026, 6, 1),
    ),
)
