"""Names of codes in the reader's language: members of breakdowns, units, and the fixed vocabularies.

Countries are named by words.py, numbers spelt by phrase.py; titles of indicators stand in the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping

from indicators.phrase import FLAG_WORDS, KIND_WORDS, STATUS_WORDS, TARGET_WORDS
from indicators.words import N_, translate

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
    "E_DI3_GELO": N_("At least basic digital intensity (version 3)"),
    "E_DI4_GELO": N_("At least basic digital intensity (version 4)"),
}
COMPONENTS = {
    "E_CC1_SI": N_("Sophisticated or intermediate cloud services"),
    "E_DA": N_("Data analytics"),
    "E_AI_TANY": N_("AI"),
}
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
UNITS = {
    "PC_ENT": N_("% of enterprises"),
    "PC_EMP": N_("% of total employment"),
    "PC_ACT": N_("% of the labour force"),
    "PC": "%",
    "PP": N_("points"),
    "CASES": N_("cases"),
    "THS_PER": N_("thousand persons"),
    "EUR_BN": N_("EUR billion"),
    "USD_BN": N_("USD billion"),
    "RANK": N_("rank"),
    "TIMES": N_("times as many"),
    "NODES": N_("nodes"),
}
CONFIDENTIALITY_WORDS = {
    "C": N_("confidential"),
    "N": N_("not for publication"),
    "P": N_("primary confidentiality"),
}
LICENCES = {
    text: text
    for text in (
        N_("European Commission reuse policy, Decision 2011/833/EU"),
        N_("CC BY 4.0"),
        N_("facts cited with their sources"),
        N_("OECD terms: free use with citation; the deals of Preqin behind it are proprietary"),
    )
}
PUBLISHERS = {
    text: text
    for text in (
        N_("Eurostat"),
        N_("European Commission, Joint Research Centre: Public Sector Tech Watch"),
        N_("AI Observatory, from the sources named in each row"),
        N_("AI Observatory"),
        N_("OECD.AI Policy Observatory, from data of Preqin"),
    )
}
"""Licences and publishers have no codes: the datasets name them in English."""

LABELS: Mapping[str, Mapping[str, str]] = {
    "size_emp": SIZES,
    "nace_r2": ACTIVITIES,
    "indic_is": SURVEYED,
    "component": COMPONENTS,
    "sex": {"F": N_("Women"), "M": N_("Men"), "T": N_("Women and men")},
    "status": CASE_STATUSES,
    "definition": {"": N_("All cases recorded"), "implemented": N_("Only cases in use")},
    "cofog": FUNCTIONS,
    "cofog_implemented": FUNCTIONS,
    "technology": CASE_TECHNOLOGIES,
    "level": LEVELS,
    "unit": UNITS,
    "flag": FLAG_WORDS,
    "confidentiality": CONFIDENTIALITY_WORDS,
    "figure_status": STATUS_WORDS,
    "target_status": TARGET_WORDS,
    "kind": KIND_WORDS,
    "licence": LICENCES,
    "publisher": PUBLISHERS,
    "theme": {
        "enterprises": N_("Enterprises"),
        "people": N_("People"),
        "public_sector": N_("Public sector"),
        "labour": N_("Labour market"),
        "investment": N_("Investment"),
    },
    "breakdown": {
        "size_emp": N_("Size of enterprise"),
        "nace_r2": N_("Economic activity"),
        "indic_is": N_("Technology"),
        "component": N_("Part of the combination"),
        "sex": N_("Sex"),
        "status": N_("Status of the case"),
        "definition": N_("Definition"),
        "cofog": N_("Function of government"),
        "cofog_implemented": N_("Function of government, cases in use"),
        "technology": N_("Primary technology"),
        "level": N_("Level of government"),
    },
}
"""Dimension or vocabulary -> code -> label; members of a breakdown stand under the breakdown's name."""


def label(dimension: str, code: str, lang: str, official: Mapping[str, str] | None = None) -> str:
    """A code's name in the reader's language: ours, else the ``official`` one by code, else the code itself."""
    ours = LABELS.get(dimension, {}).get(code)
    return translate(ours, lang) if ours else (official or {}).get(code, code)
