"""Remarks that several sources have on their tables, in the same words.

Finding what there is to remark belongs to each source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sources.model import Remark

SHOWN = 12


@dataclass(frozen=True)
class Unmapped:
    """A published spelling that no code is known for, and the number of rows that have it."""

    column: str
    spelling: str
    rows: int


def spellings(found: Sequence[Unmapped]) -> Remark:
    """The remark that names unknown spellings; passed where there is none."""
    if not found:
        return Remark("spellings", True, "every published spelling has a code")
    named = [f"{one.column} {one.spelling[:80]!r} ({number(one.rows, 'row')})" for one in found]
    return Remark("spellings", False, f"{number(len(found), 'unknown spelling')}: {shown(named)}")


def shown(texts: Sequence[str]) -> str:
    """The first of many texts, and how many more there are."""
    more = len(texts) - SHOWN
    return "; ".join(texts[:SHOWN]) + (f"; and {more} more" if more > 0 else "")


def number(count: int, word: str) -> str:
    """A count with its noun."""
    return f"{count:,} {word}" + ("s" if count != 1 else "")
