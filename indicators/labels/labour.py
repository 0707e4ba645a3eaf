"""Names of the codes in the theme labour: members of its breakdowns, and the breakdowns themselves."""

from indicators.words import N_

MEMBERS = {
    "age": {
        "Y15-34": N_("15 to 34 years"),
        "Y35-74": N_("35 to 74 years"),
        "Y_LT25": N_("Under 25 years"),
        "Y25-74": N_("25 to 74 years"),
    },
    "isced11": {
        "ED0-4": N_("Without tertiary education"),
        "ED5-8": N_("With tertiary education"),
    },
    "vacancies_nace_r2": {
        "B-S": N_("Industry, construction and services (NACE Rev. 2, B to S)"),
        "J": N_("Information and communication (NACE Rev. 2, J)"),
    },
    "vacancies_nace_r2_1": {
        "B-T": N_("Industry, construction and services (NACE Rev. 2.1, B to T)"),
        "J": N_("Publishing, broadcasting and content (NACE Rev. 2.1, J)"),
        "K": N_("Telecommunications and information technology (NACE Rev. 2.1, K)"),
    },
    "ai_exposure": {
        "q4": N_("Quarter of occupations most exposed to AI"),
        "q3": N_("Third quarter"),
        "q2": N_("Second quarter"),
        "q1": N_("Quarter of occupations least exposed to AI"),
    },
}
BREAKDOWNS = {
    "age": N_("Age"),
    "isced11": N_("Level of education"),
    "vacancies_nace_r2": N_("Economic activity, NACE Rev. 2"),
    "vacancies_nace_r2_1": N_("Economic activity, NACE Rev. 2.1"),
    "ai_exposure": N_("Exposure of occupations to AI"),
}
