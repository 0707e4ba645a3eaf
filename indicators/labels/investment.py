"""Names of the codes in the theme investment: members of its breakdowns, and the breakdowns themselves."""

from indicators.words import N_

MEMBERS = {
    "announcement": {
        "investai_mobilisation": N_("InvestAI: sum to be mobilised"),
        "investai_gigafactories": N_("InvestAI: fund for AI gigafactories"),
        "genai_package": N_("AI innovation package of 2024"),
        "apply_ai_funding": N_("Apply AI strategy"),
        "raise_compute": N_("RAISE: computing power for science"),
        "national_ai_plan": N_("National plan, public and private"),
    },
    "investment_purpose": {
        "ai_investment_skills": N_("Skills"),
        "ai_investment_data_equipment": N_("Data and equipment"),
        "ai_investment_rd": N_("Research and development"),
    },
    "berd_nace_r2": {
        "C26": N_("Computers, electronics and optics"),
        "J": N_("Information and communication"),
    },
}
BREAKDOWNS = {
    "announcement": N_("Announcement"),
    "investment_purpose": N_("Purpose of the investment"),
    "berd_nace_r2": N_("Economic activity of the researching enterprise"),
}
