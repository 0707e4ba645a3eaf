"""Eurostat's dissemination API: which tables we take, whether they changed, and how to get one whole.

How its formats are read belongs to ``sources.formats``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from sources import formats
from sources.http import Client
from sources.model import Bounds, Capture, Dataset, Expected, Retrieval, SourceError
from sources.settings import Settings

SHARE: Bounds = (0, 100)
COUNT: Bounds = (0, None)
SHARES = {f"PC_ENT{base}": SHARE for base in ("", "_IUSE", "_AI_TANY", "_AI_TX", "_AI_EC", "_AI_PDI")}
OTHER_SHARES = {f"PC_ENT{base}": SHARE for base in ("_CC", "_CUSE", "_IACC", "_DAOWN")}

SIZED = "freq size_emp nace_r2 indic_is unit"
SURVEY = Expected(units=SHARES | OTHER_SHARES, codes={"freq": ["A"]}, member_states=25)
SPECIALISTS = Expected(
    units={"PC": SHARE, "PC_EMP": SHARE, "THS_PER": COUNT},
    codes={"freq": ["A"], "sex": ["F", "M"]},
    member_states=25,
)
JOBLESS = Expected(
    units={"PC_ACT": SHARE, "PC_POP": SHARE, "THS_PER": COUNT},
    codes={"freq": ["M"], "sex": ["F", "M", "T"], "s_adj": ["NSA", "SA", "TC"]},
    member_states=25,
)
VACANT = "freq s_adj nace_r2 sizeclas indic_em"
VACANCIES = Expected(codes={"freq": ["Q"]}, member_states=20)

LICENCE = "European Commission reuse policy, Decision 2011/833/EU"
BROWSER = "https://ec.europa.eu/eurostat/databrowser/product/view"


def _table(code: str, title: str, cadence: str, dimensions: str, expected: Expected) -> Dataset:
    return Dataset(
        id=code,
        source="eurostat",
        code=code,
        title=title,
        publisher="Eurostat",
        landing_page=f"{BROWSER}/{code}",
        licence=LICENCE,
        cadence=cadence,
        kind="european statistics",
        dimensions=tuple(dimensions.split()),
        expected=expected,
    )


DATASETS = (
    _table("isoc_eb_ai", "Artificial intelligence by size class of enterprise", "yearly", SIZED, SURVEY),
    _table("isoc_eb_ain2", "Artificial intelligence by NACE Rev. 2 activity", "yearly", SIZED, SURVEY),
    _table("isoc_e_dii", "Digital intensity by size class of enterprise", "yearly", SIZED, SURVEY),
    _table("isoc_cicce_use", "Cloud computing by size class of enterprise", "yearly", SIZED, SURVEY),
    _table("isoc_eb_das", "Data analytics by size class of enterprise", "yearly", SIZED, SURVEY),
    _table("isoc_sks_itspt", "Employed ICT specialists", "yearly", "freq unit", SPECIALISTS),
    _table("isoc_sks_itsps", "Employed ICT specialists by sex", "yearly", "freq unit sex", SPECIALISTS),
    _table("une_rt_m", "Unemployment by sex and age", "monthly", "freq s_adj age unit sex", JOBLESS),
    _table("jvs_q_nace2", "Job vacancies by NACE Rev. 2 activity", "quarterly", VACANT, VACANCIES),
)


class Eurostat:
    """The Source for Eurostat's tables."""

    name = "eurostat"
    remote = True
    parser_version = "1"
    datasets = DATASETS

    def __init__(self, settings: Settings) -> None:
        self._base = settings.eurostat_url.rstrip("/")
        self._client = Client(settings)
        self._stamps: dict[str, datetime] | None = None

    def changed(self, known: Mapping[str, Capture]) -> list[Dataset]:
        """The datasets whose data changed since their newest live capture, told by Eurostat's inventory.

        One request; raises Unreachable, or NotData when the inventory is not what it was.
        """
        self._stamps = self._inventory()
        return [dataset for dataset in DATASETS if self._is_new(dataset, known.get(dataset.id))]

    def _is_new(self, dataset: Dataset, capture: Capture | None) -> bool:
        stamp = (self._stamps or {}).get(dataset.code)
        return stamp is None or capture is None or capture.source_updated_at != stamp

    def _inventory(self) -> dict[str, datetime]:
        """When the data of each code last changed, in UTC."""
        text = self._client.text("eurostat", f"{self._base}/files/inventory?type=data")
        return read_inventory(text)

    def _stamp(self, dataset: Dataset) -> datetime | None:
        """When the table last changed; None when the inventory cannot tell, which costs a fetch later."""
        if self._stamps is None:
            try:
                self._stamps = self._inventory()
            except SourceError:
                self._stamps = {}
        return self._stamps.get(dataset.code)

    def fetch(self, dataset: Dataset, folder: Path) -> Retrieval:
        """The whole table as TSV; raises Unreachable or NotData."""
        stamp = self._stamp(dataset)
        url = f"{self._base}/sdmx/2.1/data/{dataset.code.upper()}?format=TSV&compressed=true"
        download = self._client.download(dataset.id, url, folder / f"{dataset.id}.tsv.gz")
        return Retrieval(download.path, url, download.retrieved_at, "text/tab-separated-values", stamp)

    def parse(
        self, dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
    ) -> duckdb.DuckDBPyRelation:
        """The tidy table of a TSV, SDMX-CSV, JSON-stat or stated file; raises Unreadable."""
        return formats.read(dataset, content, connection)

    def recognise(self, file: Path) -> Dataset | None:
        """The dataset of a file: by the code inside it; where there is none, by its name or dimensions."""
        said = formats.describe(file)
        if said.code:
            return next((dataset for dataset in DATASETS if dataset.code == said.code), None)
        return _named(file) or (_only_with(said.dimensions) if said.dimensions else None)


def read_inventory(text: str) -> dict[str, datetime]:
    """When the data of each code (in lower case) last changed; rows without a readable time are left out."""
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    names = {name.strip().strip('"').casefold(): name for name in rows.fieldnames or ()}
    code = names.get("code")
    changed = next((names[name] for name in names if "data" in name and "change" in name), None)
    if code is None or changed is None:
        return {}
    found: dict[str, datetime] = {}
    for row in rows:
        stamp = _time(row[changed] or "")
        if stamp:
            found[row[code].strip().strip('"').casefold()] = stamp
    return found


def _time(text: str) -> datetime | None:
    try:
        stamp = datetime.fromisoformat(text.strip().strip('"'))
    except ValueError:
        return None
    return (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).astimezone(UTC)


def _named(file: Path) -> Dataset | None:
    """The dataset whose code stands in the file's name; the longest code, where several do."""
    stem = file.name.casefold()
    found = [one for one in DATASETS if re.search(rf"(?<![a-z0-9]){one.code}(?![a-z0-9])", stem)]
    return max(found, key=lambda one: len(one.code), default=None)


def _only_with(dimensions: tuple[str, ...]) -> Dataset | None:
    found = [dataset for dataset in DATASETS if dataset.dimensions == dimensions]
    return found[0] if len(found) == 1 else None
