"""Synthetic tables that grow, as a source of their own, and an indicator for each; for the benchmark of growth.

What is measured does not belong here.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count, islice, product
from pathlib import Path

import duckdb

from indicators import registry
from indicators.formula import Slice
from indicators.model import Indicator
from sources import formats
from sources.codes import EU, MEMBER_STATES
from sources.eurostat_tables import TABLES
from sources.model import Capture, Dataset, Retrieval

FIRST = datetime(2024, 1, 1, 11, tzinfo=UTC)
"""When the first vintage of a table was retrieved; each later one came a day later."""

YEARS = range(2016, 2026)
PLACES = (EU, *MEMBER_STATES)
HEAD = next(table for table in TABLES if table.id == "isoc_eb_ai")
"""The first table is one that pages read."""

CODES = {
    "freq": "A",
    "size_emp": "GE10",
    "nace_r2": "C10-S951_X_K",
    "indic_is": "E_AI_TANY",
    "unit": "PC_ENT",
}
SIZES = ("GE10", "10-49", "50-249", "GE250")
OFFSETS = (0.0, -3.0, 1.0, 5.0)
"""How far each class of size is from the total, in points."""
LEVELS = 9
"""So many technologies differ; then they come again."""


class Tables:
    """The tables that lie in a folder, each with the number of its vintage beside it."""

    name = "eurostat"
    remote = False
    parser_version = "1"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def datasets(self) -> tuple[Dataset, ...]:
        names = sorted(file.name.removesuffix(".tsv.gz") for file in self._folder.glob("*.tsv.gz"))
        others = (replace(HEAD, id=name, code=name, title=name) for name in names if name != HEAD.id)
        return (HEAD, *others)

    def changed(self, known: Mapping[str, Capture]) -> list[Dataset]:
        """The datasets of which a newer vintage lies there."""
        return [
            dataset
            for dataset in self.datasets
            if dataset.id not in known or known[dataset.id].last_seen < self._moment(dataset)
        ]

    def fetch(self, dataset: Dataset, folder: Path) -> Retrieval:  # noqa: ARG002 - a source's signature
        """The file as it lies there."""
        file = self._folder / f"{dataset.id}.tsv.gz"
        return Retrieval(file, f"file:{file.name}", self._moment(dataset), "tsv")

    def parse(
        self, dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
    ) -> duckdb.DuckDBPyRelation:
        """As Eurostat's files are read."""
        return formats.read(dataset, content, connection, {})

    def recognise(self, file: Path) -> Dataset | None:  # noqa: ARG002 - as above
        """No file is imported here."""
        return None

    def _moment(self, dataset: Dataset) -> datetime:
        return FIRST + timedelta(days=_vintage(self._folder, dataset.id))


def indicators(tables: Tables) -> list[Indicator]:
    """The headline of the first table, and one indicator for each of the others."""
    headline = replace(registry.indicators()["enterprises_using_ai"], witness=None, waits_for=HEAD.id)
    others = [dataset.id for dataset in tables.datasets if dataset != HEAD]
    return [headline, *(_indicator(headline, name) for name in others)]


def _indicator(like: Indicator, dataset: str) -> Indicator:
    formula = Slice(dataset, CODES, "PC_ENT")
    return replace(
        like, id=f"indicator_of_{dataset}", formula=formula, breakdowns=(), events=(), waits_for=dataset
    )


def write(folder: Path, datasets: int, observations: int, others: int) -> None:
    """The first vintage of so many tables; ``observations`` in the first, ``others`` in each other one."""
    folder.mkdir(parents=True)
    _table(folder, HEAD.id, 0, observations)
    for number in range(1, datasets):
        _table(folder, f"growth_{number:04}", 0, others)


def renew(folder: Path, datasets: int) -> None:
    """Let so many tables, the first ones, change: a new vintage in which a hundred values are others."""
    names = sorted(file.name.removesuffix(".tsv.gz") for file in folder.glob("*.tsv.gz"))
    for name in sorted(names, key=lambda name: name != HEAD.id)[:datasets]:
        stated = json.loads((folder / f"{name}.json").read_text())
        _table(folder, name, stated["vintage"] + 1, stated["observations"])


def _vintage(folder: Path, name: str) -> int:
    return int(json.loads((folder / f"{name}.json").read_text())["vintage"])


def _table(folder: Path, name: str, vintage: int, observations: int) -> None:
    """Series of ten years for every place, of which those of the headline change a little with the vintage."""
    lately = random.Random(vintage)  # noqa: S311 - numbers for a benchmark, not for a secret
    rows = [
        _row(level, size, place)
        for level in range(LEVELS)
        for size in OFFSETS
        for place in range(len(PLACES))
    ]
    wanted = max(observations // len(YEARS), len(SIZES) * len(PLACES))
    with gzip.open(folder / f"{name}.tsv.gz", "wt", compresslevel=1, newline="") as file:
        file.write("freq,size_emp,nace_r2,indic_is,unit,geo\\TIME_PERIOD\t")
        file.write("\t".join(f"{year} " for year in YEARS) + "\r\n")
        for number, key in enumerate(islice(_keys(), wanted)):
            row = rows[number % len(rows)]
            if number < len(PLACES):
                row = _row(0, OFFSETS[0] + lately.uniform(-0.9, 0.9), number)
            file.write(f"{key}\t{row}\r\n")
    (folder / f"{name}.json").write_text(json.dumps({"vintage": vintage, "observations": observations}))


def _row(level: int, size: float, place: int) -> str:
    """Values that checks find plausible: the EU amid its countries, the total amid the classes of size."""
    apart = (place - len(PLACES) / 2) / 2 if PLACES[place] != EU else 0.0
    return "\t".join(f"{15 + 3 * level + apart + size + year:.2f} " for year in range(len(YEARS)))


def _keys() -> Iterator[str]:
    """Keys of series without end: the headline's by size first, then those of other technologies."""
    for number in count():
        technology = "E_AI_TANY" if number == 0 else f"E_AI_{number}"
        for size, geo in product(SIZES, PLACES):
            yield f"A,{size},C10-S951_X_K,{technology},PC_ENT,{geo}"
