"""The messages of the product in the reader's language, from the gettext catalogues in ``locale/``.

Turning values into text does not belong here: phrase.py does that.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

from sources.codes import ALL_RECORDED, EU, EU_INSTITUTIONS

LANGUAGES = {"en": "English", "fr": "Français", "de": "Deutsch"}
CATALOGUES = Path(__file__).parent / "locale"
ISO_TERRITORY = {"EL": "GR", "UK": "GB"}


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a text for translation where it is declared; it is translated where it is shown."""
    return text


@cache
def _messages(lang: str) -> dict[str, str]:
    if lang == "en":
        return {}
    with (CATALOGUES / f"{lang}.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale=lang) if m.id and m.string}


def translate(text: str, lang: str, **values: object) -> str:
    """``text`` in language ``lang`` with ``{names}`` filled in; the English text where none is held."""
    message = _messages(lang).get(text, text)
    return message.format(**values) if values else message


GROUPS = {
    EU: N_("EU"),
    ALL_RECORDED: N_("All recorded"),
    EU_INSTITUTIONS: N_("EU institutions"),
    "EA": N_("Euro area"),
    "EA20": N_("Euro area (20 countries)"),
    "EA21": N_("Euro area (21 countries)"),
}


def geo_name(geo: str, lang: str) -> str:
    """A country's or group's name in the reader's language; the code itself where none is known."""
    if geo in GROUPS:
        return translate(GROUPS[geo], lang)
    return str(Locale(lang).territories.get(ISO_TERRITORY.get(geo, geo), geo))
