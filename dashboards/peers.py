"""The countries that a chosen one is set beside: who they are when nobody chose, and where each stands.

The chosen country itself belongs to reader.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboards.address import several
from dashboards.measure import ADOPTION, Measure, by_country, measured
from dashboards.reader import Reader
from indicators.model import Better
from indicators.words import alphabetical, geo_name, translate
from sources.codes import MEMBER_STATES

WITH = "with"
"""Name in the address."""
MOST = 3
"""With the EU and the chosen country, no more lines than a reader can tell apart."""


def beside(reader: Reader, most: int = MOST) -> tuple[str, ...]:
    """The peers that the reader chooses; at first those that stand next to the country in the use of AI."""
    options = alphabetical((geo for geo in MEMBER_STATES if geo != reader.country), reader.lang)
    usual = neighbours(by_country(measured(Measure(ADOPTION), reader))[1], reader.country)
    chosen = several(
        translate("Countries to compare with", reader.lang),
        WITH,
        options,
        usual,
        lambda geo: geo_name(geo, reader.lang),
        most=most,
        empty=translate("Choose countries", reader.lang),
        key=f"{WITH}-{reader.country}",
    )
    return tuple(chosen)


def neighbours(values: Mapping[str, float | None], geo: str) -> tuple[str, ...]:
    """The countries next above and next below in value, or the next two at an end; none without the country's value."""
    ordered = [one for one, _ in sorted(values.items(), key=lambda item: (-(item[1] or 0.0), item[0]))]
    if geo not in ordered:
        return ()
    start = min(max(ordered.index(geo) - 1, 0), max(len(ordered) - 3, 0))
    return tuple(one for one in ordered[start : start + 3] if one != geo)


def rank(values: Mapping[str, float | None], geo: str, better: Better) -> int | None:
    """A country's place among all, 1 the best, or the highest where no direction is better; ties share it."""
    own = values.get(geo)
    if own is None:
        return None
    others = [value for value in values.values() if value is not None]
    return 1 + sum(value < own if better == "down" else value > own for value in others)


def place_text(place: int, of: int, lang: str) -> str:
    """``3 of 27``, for a column or a sentence that says of what."""
    return translate("{place} of {count}", lang, place=place, count=of)
