"""Search from any page: indicators, countries, sectors and pages by their names in the reader's language.

Searching the cases of the public sector belongs to their own page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache

import streamlit as st

from dashboards.links import link
from indicators.registry import indicators
from indicators.sectors import sectors
from indicators.words import N_, geo_name, translate
from sources.codes import MEMBER_STATES

MOST = 8
ALIKE = 0.75
"""From this likeness on, a mistyped word stands for a word of a name."""
KINDS = {
    "country": N_("Country"),
    "sector": N_("Sector"),
    "page": N_("Page"),
}
"""What is no indicator is named by its kind."""


@dataclass(frozen=True)
class Entry:
    """What can be found: its kind, its name, the page and query it leads to, and further words that it is found by."""

    kind: str
    name: str
    page: str
    query: Mapping[str, str] = field(default_factory=dict, hash=False)
    words: str = ""


def folded(text: str) -> str:
    """A text without regard to case and accents: ``Österreich`` and ``osterreich`` are one."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@cache
def entries(lang: str) -> tuple[Entry, ...]:
    """All that can be found in a language, but for pages: countries, sectors, then indicators."""
    countries = [
        Entry("country", geo_name(geo, lang), "country", {"geo": geo}, f"{geo} {geo_name(geo, 'en')}")
        for geo in MEMBER_STATES
    ]
    named = [
        Entry("sector", translate(one.title, lang), "sectors", {"sector": one.id}, f"{one.id} {one.title}")
        for one in sectors().values()
    ]
    asked = [
        Entry(
            "indicator",
            translate(one.title, lang),
            "indicator",
            {"indicator": one.id},
            f"{one.id} {translate(one.question, lang)} {one.title}",
        )
        for one in indicators().values()
    ]
    return (*countries, *named, *asked)


def found(words: str, among: Sequence[Entry]) -> list[Entry]:
    """The entries that hold every word, those first whose names begin with them; else those with words much alike."""
    asked = folded(words).split()
    if not asked:
        return []
    held = [(entry, folded(entry.name), folded(f"{entry.name} {entry.words}")) for entry in among]
    hits = [(_order(asked, name), entry) for entry, name, text in held if all(word in text for word in asked)]
    if not hits:
        hits = [
            (-likeness, entry) for entry, name, _ in held if (likeness := _likeness(asked, name)) >= ALIKE
        ]
    return [entry for _, entry in sorted(hits, key=lambda hit: hit[0])][:MOST]


def _order(asked: Sequence[str], name: str) -> float:
    """0 where the name begins with the words, 1 where all begin words of it, 2 where it holds them, else 3."""
    if name.startswith(" ".join(asked)):
        return 0
    if all(any(part.startswith(word) for part in name.split()) for word in asked):
        return 1
    return 2 if all(word in name for word in asked) else 3


def _likeness(asked: Sequence[str], name: str) -> float:
    """How alike the least fitting of the words is to some word of the name, from 0 to 1."""
    return min(max(SequenceMatcher(None, word, part).ratio() for part in name.split()) for word in asked)


@st.fragment
def search(pages: Mapping[str, str], lang: str) -> None:
    """The field and, below it, links to what was found; ``pages`` are titles by name."""
    words = st.text_input(
        translate("Search", lang),
        key="search",
        max_chars=60,
        placeholder=translate("Indicator, country or sector", lang),
        icon=":material/search:",
    )
    if not words.strip():
        return
    own = [Entry("page", translate(title, lang), name) for name, title in pages.items()]
    hits = found(words, [*entries(lang), *own])
    if not hits:
        st.caption(translate("Nothing here has such a name.", lang))
    for entry in hits:
        kind = f" ({translate(KINDS[entry.kind], lang)})" if entry.kind in KINDS else ""
        link(entry.page, f"{entry.name}{kind}", **entry.query)
