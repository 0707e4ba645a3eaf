"""Which occupations belong together by their exposure to AI: the published ranking, parted into quarters.

The ranking is data, in ``sources/curated/ai_exposure.csv`` with its source.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from sources.curated import FOLDER

RANKING = FOLDER / "ai_exposure.csv"
QUARTERS = ("q4", "q3", "q2", "q1")
"""From the most exposed to the least."""


@cache
def quarters() -> Mapping[str, tuple[str, ...]]:
    """The codes of ISCO-08 (two digits) in each quarter of the ranking, the most exposed first."""
    with RANKING.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    ranked = [row["isco08"] for row in sorted(rows, key=lambda row: -float(row["exposure"]))]
    size = len(ranked) // len(QUARTERS)
    return {name: tuple(ranked[at * size : (at + 1) * size]) for at, name in enumerate(QUARTERS)}
