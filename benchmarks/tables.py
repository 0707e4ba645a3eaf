"""A synthetic table of the size and shape of the largest AI table, for benchmarks on any machine."""

from __future__ import annotations

import gzip
import json
import random
from itertools import product
from pathlib import Path

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
