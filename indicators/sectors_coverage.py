"""Which kind of data speaks of which sector, in words and shapes; a blank is told as "not measured", never as zero.

Which sectors there are is said in sectors.py.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from indicators.sectors import BY_ACTIVITY, CASES, Data, Reading, Sector
from indicators.words import N_

Word = Literal["measured", "in part", "stand-in", "near it", "counted", "not loaded", "not measured"]
WORDS: dict[Word, tuple[str, str]] = {
    "measured": ("●", N_("measured")),
    "in part": ("◐", N_("measured in part")),
    "stand-in": ("◇", N_("by a stand-in only")),
    "near it": ("◇", N_("something near it")),
    "counted": ("●", N_("cases counted")),
    "not loaded": ("○", N_("not loaded yet")),
    "not measured": ("□", N_("not measured")),
}
"""Word -> its shape and how it reads; shapes may repeat, words never do."""
MEANINGS: dict[Word, str] = {
    "measured": N_("official statistics publish the use of AI by the enterprises of the sector"),
    "in part": N_("they publish it for a part of the sector"),
    "stand-in": N_("they publish it for another activity that comes close"),
    "near it": N_("they measure something near it, which is not the use of AI in the sector"),
    "counted": N_("the Public Sector Tech Watch counts cases; it is no census"),
    "not loaded": N_("there is a table, which this release does not hold or no indicator reads yet"),
    "not measured": N_("nobody measures it; that is not zero"),
}
KIND_WORDS: dict[Data, str] = {
    "activities": N_("Use of AI by its enterprises"),
    "related": N_("Related official statistics"),
    "cases": N_("AI cases of public administrations"),
}


def coverage(sector: Sector, kind: Data, held: Collection[str]) -> Word:
    """What a kind of data says of a sector; ``held`` are the ids of the indicators that have figures."""
    if kind == "activities":
        return _where_held(sector.fit if sector.activities else "not measured", BY_ACTIVITY, held)
    if kind == "cases":
        return _where_held("counted" if sector.functions else "not measured", CASES, held)
    if not sector.related:
        return "not measured"
    near = [one.indicator for one in sector.related if isinstance(one, Reading)]
    return "near it" if any(name in held for name in near) else "not loaded"


def _where_held(word: Word, indicator: str, held: Collection[str]) -> Word:
    return word if word == "not measured" or indicator in held else "not loaded"
