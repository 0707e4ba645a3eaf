"""Names that all themes share: units, themes, licences, publishers, and the vocabularies of phrase.py.

Members of breakdowns do not belong here: each theme has a module.
"""

from indicators.phrase import FLAG_WORDS, KIND_WORDS, STATUS_WORDS, TARGET_WORDS
from indicators.words import N_

UNITS = {
    "PC_ENT": N_("% of enterprises"),
    "PC_ENT_AI_TANY": N_("% of enterprises using AI"),
    "PC_ENT_AI_EC": N_("% of enterprises that considered AI but do not use it"),
    "PC_ENT_AI_PDI": N_("% of enterprises processing data on individuals with AI"),
    "PC_IND": N_("% of people aged 16 to 74"),
    "PC_IND_IUAI": N_("% of users of generative AI"),
    "PC_IND_IUAIX": N_("% of internet users who do not use generative AI"),
    "PC_EMP": N_("% of total employment"),
    "PC_ACT": N_("% of the labour force"),
    "PC_SPECIALISTS": N_("% of ICT specialists"),
    "PC_ENT_ITSPRCR2": N_("% of enterprises that recruited or tried to recruit ICT specialists"),
    "PC_POSTS": N_("% of all posts, occupied and vacant"),
    "PC_ADS": N_("% of online job advertisements"),
    "PC_ADULTS": N_("% of people aged 25 to 64"),
    "PC_WORLD": N_("% of the world"),
    "PC": "%",
    "PP": N_("points"),
    "CASES": N_("cases"),
    "CASES_MIO": N_("cases per million inhabitants"),
    "EU_100": N_("EU = 100"),
    "INDEX_2011": N_("2011 = 100"),
    "EUR_HAB": N_("EUR per inhabitant"),
    "EUR_MIO_GDP": N_("EUR per million euro of GDP"),
    "ENT": N_("enterprises"),
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

THEMES = {
    "enterprises": N_("Enterprises"),
    "people": N_("People"),
    "public_sector": N_("Public sector"),
    "labour": N_("Labour market"),
    "investment": N_("Investment"),
}

VOCABULARIES = {
    "unit": UNITS,
    "flag": FLAG_WORDS,
    "confidentiality": CONFIDENTIALITY_WORDS,
    "figure_status": STATUS_WORDS,
    "target_status": TARGET_WORDS,
    "kind": KIND_WORDS,
    "licence": LICENCES,
    "publisher": PUBLISHERS,
    "theme": THEMES,
}
