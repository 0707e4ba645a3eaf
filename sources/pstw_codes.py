"""The spellings of Public Sector Tech Watch, edition by edition: column names, coded values, countries.

How a file is opened and a row is built belongs to ``sources.pstw``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale

from sources.codes import EU_INSTITUTIONS, MEMBER_STATES

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "case_id": ("pstw id",),
    "name": ("name",),
    "description": ("description",),
    "website": ("website",),
    "country": ("geographical coverage (country)", "geographic coverage country"),
    "nuts": ("nuts 2021", "geographical coverage (nuts 2021)", "geographic coverage nuts 2021"),
    "organisation": ("responsible organisation", "responsible organization"),
    "level": ("responsible organisation category", "responsible organization category"),
    "cofog": ("functions of government (cofog level i)", "cofog level i"),
    "cofog_detail": ("functions of government (cofog level ii)", "cofog level ii"),
    "status": ("status",),
    "technology": ("primary technology", "technology"),
    "technology_secondary": ("secondary technology",),
    "subdomain": ("ai classification subdomain (ii) (main)",),
    "interaction": ("interaction",),
    "start_year": ("start year",),
    "end_year": ("end year",),
    "source": ("source",),
    "updated": ("date updated", "date-updated"),
}
"""Our column, and the headers it has had, folded."""

OPTIONAL = ("website", "nuts", "cofog_detail", "technology_secondary", "subdomain", "source", "updated")

STATUS = {
    "pilot": "pilot",
    "implemented": "implemented",
    "in development": "in_development",
    "not in use": "not_in_use",
    "not in use anymore": "not_in_use",
    "planned": "planned",
}

TECHNOLOGY = {
    "artificial intelligence": "artificial_intelligence",
    "blockchain": "blockchain",
    "ar/vr": "ar_vr",
    "digital twins": "digital_twins",
    "5g (edge computing)": "edge_5g",
    "quantum computing": "quantum_computing",
    "virtual worlds": "virtual_worlds",
    "other": "other",
}

LEVEL = {
    "central government": "central",
    "regional government": "regional",
    "local government": "local",
    "european institution/agency": "european",
    "academic research": "academic",
    "consortium": "consortium",
    "private sector": "private",
    "non governmental": "non_governmental",
    "community led": "community",
    "state owned entreprise": "state_owned",
    "state owned enterprise": "state_owned",
}

COFOG = {
    "general public services": "GF01",
    "defence": "GF02",
    "public order and safety": "GF03",
    "economic affairs": "GF04",
    "environmental protection": "GF05",
    "housing and community amenities": "GF06",
    "health": "GF07",
    "recreation, culture and religion": "GF08",
    "education": "GF09",
    "social protection": "GF10",
}

COUNTRIES = {
    "european union": EU_INSTITUTIONS,
    "czech republic": "CZ",
    "turkey": "TR",
    "türkiye": "TR",
    "uk": "UK",
    "bosnia and herzegovina": "BA",
    "monte carlo": "MC",
    "the netherlands": "NL",
    "macedonia": "MK",
    "republic of moldova": "MD",
    "kosovo*": "XK",
}
EUROSTAT_SPELLING = {"GR": "EL", "GB": "UK"}


def clean(text: str) -> str:
    """A cell without no-break spaces and blanks around it; line breaks inside stay."""
    return text.replace("\u00a0", " ").strip()


def fold(text: str) -> str:
    """A spelling without the differences that mean nothing: case, blanks, line breaks."""
    return " ".join(clean(text).casefold().split())


def code(text: str, codes: Mapping[str, str], otherwise: str) -> str:
    """The code of a published value; ``otherwise`` for a spelling that no edition had before."""
    folded = fold(text)
    return codes.get(folded) or codes.get(folded.replace("-", " ")) or otherwise


@cache
def _countries() -> dict[str, str]:
    """Country codes as Eurostat writes them, by English name."""
    territories: Mapping[str, str] = Locale("en").territories
    named = {
        fold(name): EUROSTAT_SPELLING.get(code, code)
        for code, name in territories.items()
        if len(code) == 2 and code not in ("EU", "EZ", "UN", "ZZ")
    }
    return named | COUNTRIES


def geo(country: str) -> str:
    """The country's code, EU_INST for the European Union itself, empty when unknown."""
    return _countries().get(fold(country), "")


def geo_group(geo: str) -> str:
    """Whether a country is a Member State; the EU's institutions are kept apart from both."""
    if geo == EU_INSTITUTIONS:
        return "eu_institutions"
    return "member_state" if geo in MEMBER_STATES else "other"
