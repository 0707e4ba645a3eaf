"""Names of the codes in the theme people: members of its breakdowns, and the breakdowns themselves."""

from indicators.words import N_

SEXES = {"F": N_("Women"), "M": N_("Men"), "T": N_("Women and men")}
SEXES_16_74 = {"F_Y16_74": N_("Women"), "M_Y16_74": N_("Men")}
AGES = {
    "Y16_24": N_("16 to 24 years"),
    "Y25_34": N_("25 to 34 years"),
    "Y35_44": N_("35 to 44 years"),
    "Y45_54": N_("45 to 54 years"),
    "Y55_64": N_("55 to 64 years"),
    "Y65_74": N_("65 to 74 years"),
}
EDUCATIONS = {
    "I0_2": N_("Low formal education"),
    "I3_4": N_("Medium formal education"),
    "I5_8": N_("High formal education"),
}
OCCUPATIONS = {
    "ISCO_ICT": N_("ICT professionals"),
    "ISCO_ICTX": N_("Other occupations than ICT"),
    "ISCO0_5": N_("Non-manual occupations"),
    "ISCO6_9": N_("Manual occupations"),
}
ACTIVITY_STATUSES = {
    "SAL_SELF_FAM": N_("In employment"),
    "UNE": N_("Unemployed"),
    "STUD": N_("Students"),
    "RETIR_OTHER": N_("Retired or otherwise inactive"),
}
USES = {
    "I_IUAIPR": N_("Private purposes"),
    "I_IUAIWP": N_("Professional purposes"),
    "I_IUAIFE": N_("Formal education"),
}
REASONS = {
    "I_IUAIX_NUNN": N_("No need"),
    "I_IUAIX_NUUSE": N_("Did not know how to use them"),
    "I_IUAIX_NUUNK": N_("Did not know that they exist"),
    "I_IUAIX_NUSEC": N_("Concerns about privacy, security or safety"),
    "I_IUAIX_NUOTH": N_("Another reason"),
}
SURVEYED = {
    "I_IUAI": N_("Generative AI used"),
    "I_IUAIWP": N_("Generative AI used for work"),
    "I_DSK2_BAB": N_("At least basic digital skills"),
}
INDIVIDUALS = {"IND_TOTAL": N_("All individuals"), **SEXES_16_74}
SKILL_LEVELS = {
    "I_DSK2_AB": N_("Above basic in all five areas"),
    "I_DSK2_B": N_("At least basic in all five areas, not above basic in all"),
    "I_DSK2_LW": N_("At least basic in four of the five areas"),
    "I_DSK2_N": N_("At least basic in three of the five areas"),
    "I_DSK2_LM": N_("At least basic in two of the five areas"),
    "I_DSK2_X": N_("No overall digital skills"),
    "I_DSK2_NA": N_("Not assessed: no use of the internet in three months"),
}
SKILL_AREAS = {
    "I_DSK2_IL_BAB": N_("Information and data literacy"),
    "I_DSK2_CC_BAB": N_("Communication and collaboration"),
    "I_DSK2_DCC_BAB": N_("Digital content creation"),
    "I_DSK2_SF_BAB": N_("Safety"),
    "I_DSK2_PS_BAB": N_("Problem solving"),
}

MEMBERS = {
    "sex": {**SEXES, **SEXES_16_74},
    "ind_type": INDIVIDUALS,
    "indic_is": SURVEYED,
    "age_group": AGES,
    "education": EDUCATIONS,
    "occupation": OCCUPATIONS,
    "activity_status": ACTIVITY_STATUSES,
    "use": USES,
    "reason": REASONS,
    "skill_level": SKILL_LEVELS,
    "skill_area": SKILL_AREAS,
}
BREAKDOWNS = {
    "sex": N_("Sex"),
    "age_group": N_("Age group"),
    "education": N_("Level of education"),
    "occupation": N_("Occupation"),
    "activity_status": N_("Activity status"),
    "use": N_("Purpose of use"),
    "reason": N_("Main reason for not using generative AI"),
    "skill_level": N_("Level of digital skills"),
    "skill_area": N_("Area of digital skills"),
}
