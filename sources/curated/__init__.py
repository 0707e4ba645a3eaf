"""Figures, targets and claims that we collected by hand from published texts, each row with its source.

The rows stand in the CSV files beside this module; what they mean belongs to the catalogue.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from sources import formats
from sources.codes import FLAGS, PERIOD
from sources.curated import claims
from sources.curated.claims import CLAIMS, READINGS
from sources.formats.content import check_whole, first_line
from sources.model import Capture, Dataset, Expected, Retrieval, SourceError, Unreadable

FOLDER = Path(__file__).parent
STATUSES = ("set", "announced", "proposed", "political", "historic")
NUMBERS = {"value", "low", "high"}
CURRENCIES = ("EUR_BN", "EUR_M", "USD_BN", "USD_M")
"""An amount of money names its currency in its unit; none is ever converted here."""

UNITS = (*CURRENCIES, "PC", "PC_ENT", "PC_EMP", "PC_ACT", "PP", "THS_PER", "CASES", "NODES", "TIMES")
INCOMPLETE = "def"
"""Flags that say of a year's value that it is no whole year's: another definition, estimated, a forecast."""

NEEDED = {
    "curated_figures": (
        "figure",
        "series",
        "geo",
        "period",
        "unit",
        "definition",
        "source",
        "link",
        "source_date",
    ),
    "curated_targets": ("target", "title", "geo", "status", "clause", "link", "dated"),
    **claims.NEEDED,
}
"""The columns that no row may leave blank."""

FIGURES = Dataset(
    id="curated_figures",
    source="curated",
    code="figures",
    title="Figures on AI stated in published texts",
    publisher="AI Observatory, from the sources named in each row",
    landing_page="",
    licence="facts cited with their sources",
    cadence="when a source publishes",
    kind="stated",
    columns=(
        "figure", "series", "geo", "period", "value", "low", "high", "unit", "flags", "confidentiality",
        "definition", "source", "link", "source_date",
    ),
    record_key="figure",
)  # fmt: skip

TARGETS = Dataset(
    id="curated_targets",
    source="curated",
    code="targets",
    title="Targets that were set, announced or proposed",
    publisher="AI Observatory, from the sources named in each row",
    landing_page="",
    licence="facts cited with their sources",
    cadence="when a text is adopted",
    kind="stated",
    columns=(
        "target", "indicator", "title", "geo", "year", "value", "unit", "status", "clause", "link", "dated",
        "note",
    ),
    record_key="target",
    expected=Expected(codes={"status": STATUSES}),
)  # fmt: skip


class Curated:
    """The Source for our own collected figures, targets and claims; it asks no server."""

    name = "curated"
    remote = False
    parser_version = "2"
    datasets = (FIGURES, TARGETS, CLAIMS, READINGS)

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    def _bundled(self, dataset: Dataset) -> Path:
        return self._folder / f"{dataset.code}.csv"

    def changed(self, known: Mapping[str, Capture]) -> list[Dataset]:
        """The datasets whose bundled file is not the one captured last."""
        return [
            dataset
            for dataset in self.datasets
            if dataset.id not in known or known[dataset.id].sha256 != _checksum(self._bundled(dataset))
        ]

    def fetch(self, dataset: Dataset, folder: Path) -> Retrieval:
        """A copy of the bundled file."""
        copy = folder / f"{dataset.id}.csv"
        shutil.copyfile(self._bundled(dataset), copy)
        url = f"bundled:curated/{dataset.code}.csv"
        return Retrieval(copy, url, datetime.now(UTC), "text/csv")

    def parse(
        self, dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
    ) -> duckdb.DuckDBPyRelation:
        """The rows of a file with these columns; raises Unreadable with the line of the first wrong row."""
        check_whole(dataset.id, content)
        rows = list(_rows(dataset, content))
        if not rows:
            raise Unreadable(dataset.id, content.name, "the table holds no row")
        schema = [(name, pa.float64() if name in NUMBERS else pa.string()) for name in dataset.tidy_columns]
        return connection.from_arrow(pa.Table.from_pylist(rows, schema=pa.schema(schema)))

    def recognise(self, file: Path) -> Dataset | None:
        """The dataset whose columns are the file's."""
        try:
            header = tuple(column.strip() for column in first_line(file).split(","))
        except SourceError:
            return None
        return next((dataset for dataset in self.datasets if dataset.columns == header), None)


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _rows(dataset: Dataset, content: Path) -> Iterator[dict[str, object]]:
    with formats.open_plain(content, dataset.id) as file:
        reader = csv.DictReader(io.StringIO(file.read().decode("utf-8-sig", errors="replace"), newline=""))
    missing = [name for name in dataset.columns if name not in (reader.fieldnames or ())]
    if missing:
        raise Unreadable(dataset.id, content.name, f"the header misses the column {', '.join(missing)}")
    for row in reader:
        fault = _fault(dataset, row)
        if fault:
            raise Unreadable(dataset.id, content.name, f"line {reader.line_num}: {fault}")
        yield {name: _cell(name, row[name].strip()) for name in dataset.columns}


def _cell(name: str, text: str) -> object:
    if name in NUMBERS:
        return float(text) if text else None
    return text


def _fault(dataset: Dataset, row: Mapping[str, str | None]) -> str:
    """What is wrong with a row, or nothing; every row has to say where it comes from."""
    if None in row or None in row.values():
        return "the number of cells is not that of the header"
    cells = {name: (text or "").strip() for name, text in row.items()}
    blank = [name for name in NEEDED[dataset.id] if not cells[name]]
    wrong = [name for name in NUMBERS & cells.keys() if cells[name] and not _is_number(cells[name])]
    if blank or wrong:
        return f"{', '.join(blank)} is blank" if blank else f"{', '.join(sorted(wrong))} is no number"
    if _unit_is_wrong(cells):
        return f"the unit {cells['unit']!r} is none of {', '.join(UNITS)}"
    if dataset.id in claims.NEEDED:
        return claims.fault(dataset, cells)
    if dataset.id == FIGURES.id:
        return _figure_fault(cells)
    if cells["status"] not in STATUSES:
        return f"the status {cells['status']!r} is none of {', '.join(STATUSES)}"
    return ""


def _unit_is_wrong(cells: Mapping[str, str]) -> bool:
    """A value needs a unit; only the number of things that a quoted claim names may go without."""
    unit, value = cells.get("unit", ""), cells.get("value", "")
    needless = not value or cells.get("relation") == "quoted"
    return unit not in UNITS and not (unit == "" and needless)


def _figure_fault(cells: Mapping[str, str]) -> str:
    period, flags, stated = cells["period"], cells["flags"], cells["source_date"]
    if not PERIOD.fullmatch(period):
        return f"the period {period!r} is no period"
    if set(flags) - FLAGS.keys():
        return f"the flags {flags!r} are none of {', '.join(FLAGS)}"
    if not (cells["value"] or (cells["low"] and cells["high"])):
        return "neither value nor low and high are given"
    if len(period) == len("2025") and period >= stated[:4] and not set(flags) & set(INCOMPLETE):
        return f"the year {period} was not over in {stated}: flag d (year to date), e or f is missing"
    return ""


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
