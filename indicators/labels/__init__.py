"""Names of codes in the reader's language: members of breakdowns, units, and the fixed vocabularies.

One module a theme: ``MEMBERS`` are the codes of each breakdown, ``BREAKDOWNS`` the names of the breakdowns.
Countries are named by words.py, numbers spelt by phrase.py; titles of indicators stand in the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indicators.labels import enterprises, investment, labour, people, public_sector
from indicators.labels.vocabularies import VOCABULARIES
from indicators.words import translate

THEMES = (enterprises, people, public_sector, labour, investment)
"""The modules whose names are joined; a breakdown that two themes share holds the codes of both."""


def _joined(parts: Iterable[Mapping[str, Mapping[str, str]]]) -> dict[str, dict[str, str]]:
    """Dimension -> code -> label; raises ValueError where two parts name one code differently."""
    found: dict[str, dict[str, str]] = {}
    for part in parts:
        for dimension, names in part.items():
            held = found.setdefault(dimension, {})
            for code, name in names.items():
                if held.setdefault(code, name) != name:
                    raise ValueError(f"{dimension} {code} is named twice: {held[code]!r} and {name!r}")
    return found


LABELS: Mapping[str, Mapping[str, str]] = _joined(
    [
        *(theme.MEMBERS for theme in THEMES),
        VOCABULARIES,
        *({"breakdown": theme.BREAKDOWNS} for theme in THEMES),
    ]
)
"""Dimension or vocabulary -> code -> label; members of a breakdown stand under the breakdown's name."""


def label(dimension: str, code: str, lang: str, official: Mapping[str, str] | None = None) -> str:
    """A code's name in the reader's language: ours, else the ``official`` one by code, else the code itself."""
    ours = LABELS.get(dimension, {}).get(code)
    return translate(ours, lang) if ours else (official or {}).get(code, code)
