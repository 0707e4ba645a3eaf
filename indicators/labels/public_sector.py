"""Names of the codes in the theme public sector: members of its breakdowns, and the breakdowns themselves."""

from indicators.words import N_

FUNCTIONS = {
    "GF01": N_("General public services"),
    "GF02": N_("Defence"),
    "GF03": N_("Public order and safety"),
    "GF04": N_("Economic affairs"),
    "GF05": N_("Environmental protection"),
    "GF06": N_("Housing and community amenities"),
    "GF07": N_("Health"),
    "GF08": N_("Recreation, culture and religion"),
    "GF09": N_("Education"),
    "GF10": N_("Social protection"),
}
CASE_STATUSES = {
    "implemented": N_("In use"),
    "pilot": N_("Pilot"),
    "in_development": N_("In development"),
    "planned": N_("Planned"),
    "not_in_use": N_("No longer in use"),
    "unknown": N_("Status not stated"),
}
CASE_TECHNOLOGIES = {
    "artificial_intelligence": N_("Artificial intelligence"),
    "blockchain": N_("Blockchain"),
    "ar_vr": N_("Augmented or virtual reality"),
    "digital_twins": N_("Digital twins"),
    "edge_5g": N_("5G and edge computing"),
    "quantum_computing": N_("Quantum computing"),
    "virtual_worlds": N_("Virtual worlds"),
    "other": N_("Other technology"),
}
LEVELS = {
    "central": N_("Central government"),
    "regional": N_("Regional government"),
    "local": N_("Local government"),
    "european": N_("EU institution or agency"),
    "academic": N_("University or research body"),
    "consortium": N_("Consortium"),
    "private": N_("Private sector"),
    "non_governmental": N_("Non-governmental organisation"),
    "community": N_("Community-led"),
    "state_owned": N_("State-owned enterprise"),
    "other": N_("Other organisation"),
}

MEMBERS = {
    "status": CASE_STATUSES,
    "definition": {"": N_("All cases recorded"), "implemented": N_("Only cases in use")},
    "cofog": FUNCTIONS,
    "cofog_implemented": FUNCTIONS,
    "technology": CASE_TECHNOLOGIES,
    "level": LEVELS,
}
BREAKDOWNS = {
    "status": N_("Status of the case"),
    "definition": N_("Definition"),
    "cofog": N_("Function of government"),
    "cofog_implemented": N_("Function of government, cases in use"),
    "technology": N_("Primary technology"),
    "level": N_("Level of government"),
}
