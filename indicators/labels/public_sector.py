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
SUBDOMAINS = {
    "machine_learning": N_("Machine learning"),
    "natural_language": N_("Natural language processing"),
    "computer_vision": N_("Computer vision"),
    "planning": N_("Planning and scheduling"),
    "automated_reasoning": N_("Automated reasoning"),
    "robotics": N_("Robotics and automation"),
    "knowledge_representation": N_("Knowledge representation"),
    "optimisation": N_("Optimisation"),
    "ai_services": N_("AI services"),
    "audio_processing": N_("Audio processing"),
    "connected_vehicles": N_("Connected and automated vehicles"),
    "searching": N_("Searching"),
    "generative_ai": N_("Generative AI"),
    "multi_agent_systems": N_("Multi-agent systems"),
    "ethics": N_("AI ethics"),
    "several": N_("Several AI techniques"),
    "other": N_("Other subdomain"),
    "unknown": N_("Subdomain not stated"),
}
INTERACTIONS = {
    "G2C": N_("Government and citizens"),
    "G2B": N_("Government and businesses"),
    "G2G": N_("Within government"),
}
BENEFIT_GROUPS = {
    "service": N_("Better public services"),
    "efficiency": N_("More efficient administration"),
    "openness": N_("More open government"),
}
BENEFITS = {
    "personal": N_("Personalised services"),
    "citizens": N_("Services centred on citizens"),
    "quality": N_("Better quality of information and services"),
    "responsive": N_("More responsive and cost-effective services"),
    "new": N_("New services or channels"),
    "cost": N_("Lower costs"),
    "operation": N_("More responsive operation of government"),
    "resources": N_("Better management of public resources"),
    "processes": N_("Better processes and systems"),
    "collaboration": N_("Better collaboration and communication"),
    "integrity": N_("Less risk of corruption and abuse of the law"),
    "fairness": N_("More fairness, honesty and equality"),
    "transparency": N_("More transparency"),
    "participation": N_("More public participation"),
    "control": N_("More public control"),
}
SERVED = {
    "GF0402": N_("Agriculture, forestry, fishing and hunting"),
    "GF0403": N_("Fuel and energy"),
    "GF0404": N_("Mining, manufacturing and construction"),
    "GF0405": N_("Transport"),
    "GF0406": N_("Communication"),
}
YEARS = {year: year for year in map(str, range(2012, 2027))}

MEMBERS = {
    "status": CASE_STATUSES,
    "definition": {"": N_("All cases recorded"), "implemented": N_("Only cases in use")},
    "cofog": FUNCTIONS,
    "cofog_implemented": FUNCTIONS,
    "served": SERVED,
    "technology": CASE_TECHNOLOGIES,
    "generative": {"yes": N_("Generative AI")},
    "level": LEVELS,
    "subdomain": SUBDOMAINS,
    "interaction": INTERACTIONS,
    "benefit_group": BENEFIT_GROUPS,
    "benefit": BENEFITS,
    "open_components": {
        "input": N_("Uses open components"),
        "output": N_("Gives open components"),
    },
    "start_year": YEARS,
}
BREAKDOWNS = {
    "status": N_("Status of the case"),
    "definition": N_("Definition"),
    "cofog": N_("Function of government"),
    "cofog_implemented": N_("Function of government, cases in use"),
    "served": N_("Economic activity that government serves"),
    "technology": N_("Primary technology"),
    "level": N_("Level of government"),
    "subdomain": N_("AI subdomain"),
    "interaction": N_("Who is served"),
    "benefit_group": N_("Group of benefits"),
    "benefit": N_("Kind of benefit"),
    "open_components": N_("Open components"),
    "start_year": N_("Year in which the case started"),
}
