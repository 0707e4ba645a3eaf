"""Synthetic tables of the size and shape of Eurostat's, for benchmarks on any machine."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np

from sources.codes import EU, MEMBER_STATES

CELLS = 202_086
"""Cells of isoc_eb_ain2 for 2025: values and flags without one."""


def json_stat(path: Path, cells: int = CELLS) -> Path:
    """A JSON-stat file of isoc_eb_ain2 with so many cells, the same on every run."""
    chance = random.Random(723)  # noqa: S311 - numbers for a benchmark, not for a secret
    dimensions = {
        "freq": ["A"],
        "size_emp": ["GE10"],
        "nace_r2": ["C10-S951_X_K", *(f"C{n}" for n in range(10, 59))],
        "indic_is": ["E_AI_TANY", *(f"E_AI_{n}" for n in range(62))],
        "unit": ["PC_ENT", "PC_ENT_IUSE", "PC_ENT_AI_TANY"],
        "geo": [EU, *MEMBER_STATES],
        "time": ["2025"],
    }
    places = range(len(list(product(*dimensions.values()))))
    chosen = sorted(chance.sample(places, min(cells, len(places))))
    suppressed = {position for position in chosen if chance.random() < 0.15}
    document = {
        "version": "2.0",
        "class": "dataset",
        "label": "synthetic",
        "updated": "2026-02-27T11:00:00+0100",
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "value": {str(p): round(chance.uniform(0, 100), 2) for p in chosen if p not in suppressed},
        "status": {str(p): "u" for p in suppressed},
        "dimension": {
            name: {
                "label": name,
                "category": {"index": {code: n for n, code in enumerate(codes)}, "label": {}},
            }
            for name, codes in dimensions.items()
        },
        "extension": {"id": "ISOC_EB_AIN2"},
    }
    path.write_bytes(gzip.compress(json.dumps(document).encode()))
    return path


YEARS = range(1985, 2025)
MARKS = np.array([" ", " b", " e", " u", " p", " bu", " d"])
SHARES = (0.92, 0.02, 0.02, 0.015, 0.015, 0.005, 0.005)
PLACES = [EU, "EA20", *MEMBER_STATES, *"AL BA CH IS ME MK NO RS TR UK XK".split()]


def tsv(path: Path, observations: int) -> int:
    """A gzipped TSV of isoc_eb_ain2's dimensions with about so many observations; how many there are.

    Forty yearly columns; series that start late; a cell in twenty not collected, one in twenty-five collected
    and not published, one value in twelve flagged; two decimals. The same on every run.
    """
    chance, found = np.random.default_rng(723), 0
    with gzip.open(path, "wt", compresslevel=6, newline="") as file:
        file.write("freq,size_emp,nace_r2,indic_is,unit,geo\\TIME_PERIOD\t")
        file.write("\t".join(f"{year} " for year in YEARS) + "\r\n")
        for key in _keys():
            lines, more = _series(key, chance)
            file.write("".join(lines))
            found += more
            if found >= observations:
                break
    return found


def _keys() -> Iterator[str]:
    sizes = ["GE10", "10-49", "50-249", "GE250", "10-249", "0-9"]
    activities = [f"C{number}-C{number + 1}" for number in range(10, 60)]
    technologies = [f"E_AI_{first}{second}" for first in "ABCDE" for second in "FGHIJK"]
    units = ["PC_ENT", "PC_ENT_IUSE", "PC_ENT_AI_TANY", "THS"]
    for codes in product(["A"], sizes, activities, technologies, units):
        yield ",".join(codes)


def _series(key: str, chance: np.random.Generator) -> tuple[list[str], int]:
    """The lines of one key for all places, and how many observations they hold."""
    shape = (len(PLACES), len(YEARS))
    values = np.char.mod("%g", chance.uniform(0, 100, shape).round(2))
    cells = np.char.add(values, chance.choice(MARKS, shape, p=SHARES))
    kind, start = chance.random(shape), chance.integers(0, 18, len(PLACES))
    hidden = kind < 0.09
    cells = np.where(hidden, np.where(kind < 0.08, ": u", ": @C"), cells)
    absent = (kind < 0.05) | (np.arange(len(YEARS)) < start[:, None])
    cells = np.where(absent, ": ", cells)
    lines = [
        f"{key},{geo}\t" + "\t".join(row) + "\r\n" for geo, row in zip(PLACES, cells.tolist(), strict=True)
    ]
    return lines, int((~absent).sum())
