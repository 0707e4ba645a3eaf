"""Made-up tables for every registered dataset of Eurostat, small, plausible, and the same on every run.

They have the shape of the real ones: the series of the bundled baseline, where a table is in it, and its values where
it states them.
"""

from __future__ import annotations

import csv
from functools import cache
from itertools import product
from math import isnan, nan
from pathlib import Path
from zlib import crc32

from sources.baseline import FOLDER
from sources.codes import EU, MEMBER_STATES
from sources.eurostat import DATASETS
from sources.model import Dataset
from tests.replica.tables import Cell, tsv

Stated = dict[tuple[tuple[str, ...], str, str], float]
"""Values by the codes of their series, place and period."""

USUAL = {"nace_r2": "C10-S951_X_K", "size_emp": "GE10", "indic_is": "E_AI_TANY", "s_adj": "SA", "sex": "T"}
PERIODS = {
    "A": ["2021", "2023", "2024", "2025"],
    "Q": ["2025-Q3", "2025-Q4", "2026-Q1"],
    "M": ["2025-12", "2026-01"],
}


def series(dataset: Dataset) -> list[tuple[str, ...]]:
    """The codes of the dimensions of each series: those of the baseline, or else one of usual codes."""
    found = dict.fromkeys(codes for codes, _, _ in _stated(dataset.code, dataset.dimensions))
    return list(found) or [tuple(_usual(dataset, name) for name in dataset.dimensions)]


@cache
def _stated(code: str, dimensions: tuple[str, ...]) -> Stated:
    """What the baseline states of a table, by the codes of the series, place and period."""
    found = {}
    for path in sorted(FOLDER.glob(f"{code}.*csv")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        for row in csv.DictReader(lines):
            key = tuple(row[name] for name in dimensions), row["geo"], row["period"]
            found[key] = float(row["value"] or "nan")
    return found


def _usual(dataset: Dataset, name: str) -> str:
    if name == "unit":
        return next(iter(dataset.expected.units), "PC")
    allowed = dataset.expected.codes.get(name)
    usual = USUAL.get(name, "TOTAL")
    return usual if not allowed or usual in allowed else allowed[0]


def table(dataset: Dataset, value: str = "", shift: float = 0) -> bytes:
    """The table as TSV: what the baseline states of it, and one series of all places and periods.

    Every cell has this value, or else its own, shifted by so much; values that nobody states are near to the EU's.
    """
    geos = [dataset.place] if dataset.place else [EU, *MEMBER_STATES]
    periods = PERIODS[dataset.expected.codes["freq"][0]]
    stated, (first, *others) = _stated(dataset.code, dataset.dimensions), series(dataset)
    whole = [(first, geo, period) for geo, period in product(geos, periods)]
    parts = [key for key in product(others, geos, periods) if key in stated]
    cells = [Cell(*key, value or f"{_value(stated, *key) + shift:.2f}") for key in (*whole, *parts)]
    return tsv(dataset, cells)


def _value(stated: Stated, codes: tuple[str, ...], geo: str, period: str) -> float:
    known = [stated.get((codes, place, period), nan) for place in (geo, EU)]
    if not isnan(known[0]):
        return known[0]
    middle = 20 if isnan(known[1]) else known[1]
    return middle * (1 if geo == EU else 0.8 + crc32(geo.encode()) % 400 / 1000)


def write(folder: Path) -> None:
    """Every table into a folder, each as ``<code>.tsv``."""
    for dataset in DATASETS:
        (folder / f"{dataset.code}.tsv").write_bytes(table(dataset))
