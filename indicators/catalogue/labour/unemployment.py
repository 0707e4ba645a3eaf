"""Unemployment, monthly: the labour market's general state beside which AI is read."""

from datetime import date

from indicators.formula import Slice
from indicators.model import Coverage, Event, Indicator, Witness
from indicators.words import N_

RATE = {"freq": "M", "s_adj": "SA", "unit": "PC_ACT"}
CODES = {**RATE, "age": "TOTAL"}

INDICATOR = Indicator(
    id="unemployment",
    title=N_("Unemployment rate"),
    question=N_("What share of the labour force is unemployed?"),
    theme="labour",
    unit="PC_ACT",
    better="down",
    method=N_(
        "Unemployed people in per cent of the labour force, monthly and seasonally adjusted, all ages from 15 "
        "to 74, by the definition of the International Labour Organization."
    ),
    caveats=(
        N_("Context only: unemployment has many causes, and these figures do not show what AI does to jobs."),
        N_("Monthly values are revised as new surveys and seasonal factors arrive, the latest ones most."),
        N_("Changes of 0.1 or 0.2 points from one month to the next are within what revisions alter."),
    ),
    formula=Slice("une_rt_m", {**CODES, "sex": "T"}, unit="PC_ACT"),
    breakdowns=(
        Slice("une_rt_m", CODES, unit="PC_ACT", by="sex", members=("F", "M")),
        Slice("une_rt_m", {**RATE, "sex": "T"}, unit="PC_ACT", by="age", members=("Y_LT25", "Y25-74")),
    ),
    bounds=(0, 100),
    coverage=Coverage(member_states=27, since="2021-01"),
    events=(
        Event(
            period="2021-01",
            effect="notes",
            text=N_(
                "From 2021 the labour force survey rests on a new framework regulation; in some countries "
                "values before 2021 differ in definition."
            ),
        ),
    ),
    witness=Witness(
        geo="EU27_2020",
        period="2024-11",
        value=5.9,
        source=N_("Eurostat, une_rt_m, seasonally adjusted"),
        vintage=date(2025, 1, 23),
    ),
)
