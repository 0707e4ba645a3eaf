"""Made-up tables for every registered dataset of Eurostat, small and the same on every run.

They have the shape of the real ones: the series of the bundled baseline, where a table is in it.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from zlib import crc32

from sources.baseline import FOLDER
from sources.codes import EU, MEMBER_STATES
from sources.eurostat import DATASETS
from sources.model import Dataset
from tests.replica.tables import Cell, tsv

USUAL = {"nace_r2": "C10-S951_X_K", "size_emp": "GE10", "indic_is": "E_AI_TANY", "s_adj": "SA", "sex": "T"}
PERIODS = {
    "A": ["2021", "2023", "2024", "2025"],
    "Q": ["2025-Q3", "2025-Q4", "2026-Q1"],
    "M": ["2025-12", "2026-01"],
}


def series(dataset: Dataset) -> list[tuple[str, ...]]:
    """The codes of the dimensions of each series: those of the baseline, or else one of usual codes."""
    found: dict[tuple[str, ...], None] = {}
    for path in sorted(FOLDER.glob(f"{dataset.code}.*csv")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        names = lines[0].split(",")
        places = [names.index(name) for name in dataset.dimensions]
        found |= dict.fromkeys(tuple(line.split(",")[at] for at in places) for line in lines[1:])
    return list(found) or [tuple(_usual(dataset, name) for name in dataset.dimensions)]


def _usual(dataset: Dataset, name: str) -> str:
    if name == "unit":
        return next(iter(dataset.expected.units), "PC")
    allowed = dataset.expected.codes.get(name)
    usual = USUAL.get(name, "TOTAL")
    return usual if not allowed or usual in allowed else allowed[0]


def table(dataset: Dataset, value: str = "") -> bytes:
    """The table as TSV, every cell with this value, or each with its own between 5 and 45."""
    geos = [dataset.place] if dataset.place else [EU, *MEMBER_STATES]
    periods = PERIODS[dataset.expected.codes["freq"][0]]
    cells = [
        Cell(codes, geo, period, value or _value(dataset.code, codes, geo, period))
        for codes, geo, period in product(series(dataset), geos, periods)
    ]
    return tsv(dataset, cells)


def _value(*key: object) -> str:
    return f"{5 + crc32(repr(key).encode()) % 4000 / 100:.2f}"


def write(folder: Path) -> None:
    """Every table into a folder, each as ``<code>.tsv``."""
    for dataset in DATASETS:
        (folder / f"{dataset.code}.tsv").write_bytes(table(dataset))
