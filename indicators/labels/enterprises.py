"""Names of the codes in the theme enterprises: members of its breakdowns, and the breakdowns themselves."""

from indicators.words import N_

SIZES = {
    "0-9": N_("0 to 9 persons employed"),
    "10-49": N_("10 to 49 persons employed"),
    "10-249": N_("10 to 249 persons employed"),
    "50-249": N_("50 to 249 persons employed"),
    "GE10": N_("10 or more persons employed"),
    "GE250": N_("250 or more persons employed"),
}
ACTIVITIES = {
    "C10-S951_X_K": N_("All activities surveyed"),
    "C": N_("Manufacturing"),
    "D": N_("Energy"),
    "E": N_("Water and waste"),
    "F": N_("Construction"),
    "G": N_("Trade"),
    "H": N_("Transport and storage"),
    "I": N_("Accommodation and food service"),
    "J": N_("Information and communication"),
    "L": N_("Real estate"),
    "M": N_("Professional, scientific and technical activities"),
    "N": N_("Administrative and support services"),
    "S951": N_("Repair of computers"),
    "C10-C12": N_("Food, beverages and tobacco"),
    "C13-C15": N_("Textiles, clothing and leather"),
    "C16-C18": N_("Wood, paper and printing"),
    "C19": N_("Coke and refined petroleum"),
    "C20": N_("Chemicals"),
    "C21": N_("Pharmaceuticals"),
    "C22_C23": N_("Rubber, plastics, glass and ceramics"),
    "C24_C25": N_("Metals and metal products"),
    "C26": N_("Computers, electronics and optics"),
    "C27": N_("Electrical equipment"),
    "C28": N_("Machinery"),
    "C29_C30": N_("Motor vehicles and other transport equipment"),
    "C31-C33": N_("Furniture, other manufacturing and repair of machinery"),
    "G45": N_("Sale and repair of motor vehicles"),
    "G46": N_("Wholesale trade"),
    "G47": N_("Retail trade"),
    "I55": N_("Accommodation"),
    "J58-J60": N_("Publishing, film, music and broadcasting"),
    "J61": N_("Telecommunications"),
    "J62_J63": N_("IT and information services"),
    "M69-M71": N_("Law, accounting, consulting, architecture and engineering"),
    "M72": N_("Research and development"),
    "M73-M75": N_("Advertising, other professional activities and veterinary services"),
    "N77-N82_X_N79": N_("Rental, staffing, security and office services"),
    "N79": N_("Travel agencies and tour operators"),
    "ICT": N_("ICT sector"),
}
SURVEYED = {
    "E_AI_TANY": N_("Any AI technology"),
    "E_AI_TTM": N_("Analysing written language (text mining)"),
    "E_AI_TPVSG": N_("Generating pictures, video or sound"),
    "E_AI_TNLG": N_("Generating language or code"),
    "E_AI_TSR": N_("Speech recognition"),
    "E_AI_TPA": N_("Automating workflows or assisting decisions"),
    "E_AI_TML": N_("Machine learning for data analysis"),
    "E_AI_TIR": N_("Image recognition"),
    "E_AI_TAR": N_("Autonomous machines (robots, vehicles, drones)"),
    "E_AI_CC1SI_DA_ANY": N_("Cloud, data analytics or AI"),
    "E_CC1_SI": N_("Sophisticated or intermediate cloud services"),
    "E_DA": N_("Data analytics"),
    "E_RBT": N_("Industrial or service robots"),
    "E_DI3_GELO": N_("At least basic digital intensity (version 3)"),
    "E_DI4_GELO": N_("At least basic digital intensity (version 4)"),
    "E_AI_BIAS": N_("Measures to check the results of AI for bias"),
    "E_AI_CC1SI_DA": N_("AI, cloud and data analytics"),
    "E_AI_EC": N_("Considered AI"),
    "E_CC": N_("Any cloud service"),
    "E_ITSP2": N_("ICT specialists employed"),
    "E_ITSPRCR2": N_("ICT specialists recruited or sought"),
    "E_ITSPVAC2": N_("Vacancies for ICT specialists that were hard to fill"),
    "E_ITT2": N_("Training in ICT skills"),
}
COMPONENTS = {
    "E_CC1_SI": N_("Sophisticated or intermediate cloud services"),
    "E_DA": N_("Data analytics"),
    "E_AI_TANY": N_("AI"),
}
TECHNOLOGY_COUNTS = {
    "E_AI_TX": N_("No AI technology"),
    "E_AI_TANY": N_("At least one AI technology"),
    "E_AI_TGE2": N_("At least two AI technologies"),
    "E_AI_TGE3": N_("At least three AI technologies"),
}
ANY_PURPOSE = "E_AI_P1ANY"
"""Any of the other purposes: no rival of theirs where the highest is told."""
PURPOSES = {
    "E_AI_PMS": N_("Marketing or sales"),
    "E_AI_PBAM": N_("Administration or management"),
    "E_AI_PFIN": N_("Accounting, controlling or finance"),
    "E_AI_PPP": N_("Production or service processes"),
    "E_AI_PITS": N_("ICT security"),
    "E_AI_PRDI": N_("Research, development or innovation"),
    "E_AI_PLOG": N_("Logistics"),
    ANY_PURPOSE: N_("At least one of these purposes"),
}
ACQUISITIONS = {
    "E_AI_ARDY": N_("Commercial, ready to use"),
    "E_AI_AMOWN": N_("Commercial, modified by own employees"),
    "E_AI_AOS": N_("Open source, modified by own employees"),
    "E_AI_ADOWN": N_("Developed by own employees"),
    "E_AI_AEXT": N_("Developed or modified by external providers"),
}
BARRIERS = {
    "E_AI_BLE": N_("Lack of relevant expertise"),
    "E_AI_BLEG": N_("Lack of clarity about legal consequences"),
    "E_AI_BCDP": N_("Concerns about data protection and privacy"),
    "E_AI_BDDT": N_("Availability or quality of data"),
    "E_AI_BINC": N_("Incompatibility with equipment, software or systems"),
    "E_AI_BCST": N_("Costs that seem too high"),
    "E_AI_BEC": N_("Ethical considerations"),
    "E_AI_BNU": N_("AI is not useful for the enterprise"),
}
COMBINATIONS = {
    "E_AI_CC1SI_DA": N_("AI, cloud and data analytics"),
    "E_AI_CC1SI_DAX": N_("AI and cloud, no data analytics"),
    "E_AI_CC1SIX_DA": N_("AI and data analytics, no cloud"),
    "E_AI_CC1SIX_DAX": N_("AI only"),
    "E_AIX_CC1SI_DA": N_("Cloud and data analytics, no AI"),
    "E_AIX_CC1SI_DAX": N_("Cloud only"),
    "E_AIX_CC1SIX_DA": N_("Data analytics only"),
}
ANALYSTS = {
    "E_DAOWN": N_("By own employees"),
    "E_DAEXT": N_("By an external enterprise or organisation"),
}
INTENSITIES = {
    "E_DI3_VLO": N_("Very low (version 3)"),
    "E_DI3_LO": N_("Low (version 3)"),
    "E_DI3_HI": N_("High (version 3)"),
    "E_DI3_VHI": N_("Very high (version 3)"),
    "E_DI4_VLO": N_("Very low (version 4)"),
    "E_DI4_LO": N_("Low (version 4)"),
    "E_DI4_HI": N_("High (version 4)"),
    "E_DI4_VHI": N_("Very high (version 4)"),
}
ROBOTS = {
    "E_RBTI": N_("Industrial robots"),
    "E_RBTS": N_("Service robots"),
}

MEMBERS = {
    "size_emp": SIZES,
    "nace_r2": ACTIVITIES,
    "indic_is": SURVEYED,
    "component": COMPONENTS,
    "technology_count": TECHNOLOGY_COUNTS,
    "purpose": PURPOSES,
    "acquisition": ACQUISITIONS,
    "barrier": BARRIERS,
    "combination": COMBINATIONS,
    "analyst": ANALYSTS,
    "digital_intensity": INTENSITIES,
    "robot": ROBOTS,
}
BREAKDOWNS = {
    "size_emp": N_("Size of enterprise"),
    "nace_r2": N_("Economic activity"),
    "indic_is": N_("Technology"),
    "component": N_("Part of the combination"),
    "technology_count": N_("Number of AI technologies"),
    "purpose": N_("Purpose"),
    "acquisition": N_("How the AI was acquired"),
    "barrier": N_("Reason for not using AI"),
    "combination": N_("Combination of technologies"),
    "analyst": N_("Who performs the analysis"),
    "digital_intensity": N_("Level of digital intensity"),
    "robot": N_("Kind of robot"),
}
