"""The messages of the product in the reader's language, from the gettext catalogues in ``locale/``.

Turning values into text does not belong here: phrase.py does that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

from sources.codes import ALL_RECORDED, EU, EU_INSTITUTIONS

CATALOGUES = Path(__file__).parent / "locale"
COMPLETE = 0.95
"""Readers are offered a language once this share of its catalogue is translated; the rest stands in English."""
ISO_TERRITORY = {"EL": "GR", "UK": "GB"}


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a text for translation where it is declared; it is translated where it is shown."""
    return text


def languages(folder: Path = CATALOGUES) -> dict[str, str]:
    """English, and every language with a catalogue in ``folder`` that is complete enough -> its own name."""
    held = (path.stem for path in sorted(folder.glob("*.po")) if _translated(path) >= COMPLETE)
    names = {lang: str(Locale.parse(lang).get_language_name(lang)) for lang in ("en", *held)}
    return {lang: name[:1].upper() + name[1:] for lang, name in names.items()}


def _translated(path: Path) -> float:
    """The share of a catalogue's messages that have a translation, without reading it whole as a catalogue."""
    text = path.read_text(encoding="utf-8")
    every = len(re.findall(r"^msgid ", text, re.MULTILINE)) - 1  # the first is the head of the file
    empty = len(re.findall(r'^msgstr ""\n(?!")', text, re.MULTILINE))
    return (every - empty) / every if every > 0 else 0.0


LANGUAGES = languages()


def spoken(lang: str) -> str:
    """A language that readers are offered; raises ValueError, which names those that are, for any other."""
    if lang not in LANGUAGES:
        raise ValueError(f"there are no texts in {lang!r}: choose one of {', '.join(LANGUAGES)}")
    return lang


def locale_of(lang: str) -> Locale:
    """How a language spells numbers and dates; English as it is written in the EU."""
    return Locale.parse("en_GB" if lang == "en" else lang)


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


def worded(name: str, text: str, lang: str) -> str:
    """``name: text`` with the colon as the language sets it."""
    return translate("{name}: {words}", lang, name=name, words=text)


def apart(texts: Iterable[str], lang: str) -> str:
    """Texts one after the other, parted by semicolons as the language sets them."""
    return translate("{first}; {second}", lang, first="", second="").join(texts)


GROUPS = {
    EU: N_("EU"),
    ALL_RECORDED: N_("All records"),
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


def alphabetical(geos: Iterable[str], lang: str) -> list[str]:
    """Geographies in the order of their names, in which an accent or umlaut does not move a letter."""
    return sorted(geos, key=lambda geo: _without_accents(geo_name(geo, lang)))


def _without_accents(name: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
