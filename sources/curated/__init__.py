"""Figures, targets, claims and actors that we collected by hand from published texts, each row with its source.

The rows stand in the CSV files beside this module, and targets of one's own in a file that users name; what they
mean belongs to the catalogue.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from sources import formats
from sources.codes import FLAGS, PERIOD
from sources.curated import actors, claims, own
from sources.curated.actors import ACTORS
from sources.curated.claims import CLAIMS, READINGS
from sources.formats.content import check_whole, first_line
from sources.model import Capture, Dataset, Expected, Retrieval, SourceError, Unreadable

FOLDER = Path(__file__).parent
STATUSES = ("set", "announced", "proposed", "political", "historic")
NUMBERS = {"value", "low", "high"}
CURRENCIES = ("EUR_BN", "EUR_M", "USD_BN", "USD_M")
"""An amount of money names its currency in its unit; none is ever converted here."""

PERCENTAGES = (
    "PC", "PC_ENT", "PC_ENT_AI_TANY", "PC_ENT_AI_EC", "PC_ENT_AI_PDI", "PC_ENT_ITSPRCR2", "PC_EMP", "PC_ACT", "PC_IND",
    "PC_IND_IUAI", "PC_IND_IUAIX", "PC_SPECIALISTS", "PC_POSTS", "PC_ADS", "PC_ADULTS", "PC_WORLD", "PP",
)  # fmt: skip
UNITS = (
    *CURRENCIES, *PERCENTAGES, "THS_PER", "ENT", "CASES", "CASES_MIO", "NODES", "TIMES", "EU_100", "INDEX_2011", "EUR_HAB",
    "EUR_MIO_GDP",
)  # fmt: skip
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
    ACTORS.id: actors.NEEDED,
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
    """The Source for what we collected ourselves, and targets that users add; it asks no server.

    Entries of the users' file that are wrong are left out; ``refused`` says why.
    """

    name = "curated"
    remote = False
    parser_version = "2"
    datasets = (FIGURES, TARGETS, CLAIMS, READINGS, ACTORS)

    def __init__(self, folder: Path = FOLDER, own_targets: Path | None = None) -> None:
        self._folder = folder
        self._own = own_targets

    @property
    def own_file(self) -> Path | None:
        """The users' file of targets, if any."""
        return self._own

    def own_targets(self) -> own.Own:
        """The targets in the users' file that stand, and what is refused of it; neither without a file."""
        if self._own is None:
            return own.Own()
        taken = frozenset(row["target"] for row in _table(self._bundled(TARGETS)))
        return own.read(self._own, TARGETS.columns, taken, lambda row: _fault(TARGETS, row))

    def _content(self, dataset: Dataset) -> bytes:
        """The bundled file, and below its rows the users' entries that stand."""
        bundled = self._bundled(dataset).read_bytes()
        entries = self.own_targets().entries if dataset.id == TARGETS.id else ()
        out = io.StringIO(newline="")
        csv.DictWriter(out, TARGETS.columns, lineterminator="\n").writerows(entry.cells for entry in entries)
        return bundled + out.getvalue().encode()

    def _bundled(self, dataset: Dataset) -> Path:
        return self._folder / f"{dataset.code}.csv"

    def changed(self, known: Mapping[str, Capture]) -> list[Dataset]:
        """The datasets whose rows are not those captured last."""
        return [
            dataset
            for dataset in self.datasets
            if dataset.id not in known or known[dataset.id].sha256 != _checksum(self._content(dataset))
        ]

    def fetch(self, dataset: Dataset, folder: Path) -> Retrieval:
        """The bundled rows, and the users' own."""
        copy = folder / f"{dataset.id}.csv"
        copy.write_bytes(self._content(dataset))
        added = dataset.id == TARGETS.id and self.own_targets().entries
        url = f"bundled:curated/{dataset.code}.csv" + (f" and {self._own}" if added else "")
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


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
    if dataset.id == ACTORS.id:
        return actors.fault(cells)
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
