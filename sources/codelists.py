"""Eurostat's code lists: the official names of codes in English, French and German, captured like any table.

Our own short names do not belong here, nor does choosing between the two (indicators.labels, pipelines.labels).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa

from sources import formats
from sources.formats.content import check_whole, first_line
from sources.http import Client
from sources.model import Capture, Dataset, Retrieval, SourceError, Unreadable
from sources.settings import Settings

LISTS = (
    "AGE",
    "FREQ",
    "GEO",
    "IND_TYPE",
    "INDIC_IS",
    "ISCED11",
    "ISCO08",
    "NACE_R2",
    "NACE_R2_1",
    "SEX",
    "SIZE_EMP",
    "S_ADJ",
    "UNIT",
)
"""The lists that we take, one line each; a list is called as the dimension whose codes it names."""

LANGUAGES = {"en": "English", "fr": "French", "de": "German"}
FRESH = timedelta(days=30)
"""For so long nobody asks again, unless a table that uses the list changed its structure."""

HEADINGS = {"label", "labels", "name", "description"}
CODE = re.compile(r"\S+")


def _dataset(name: str, lang: str) -> Dataset:
    return Dataset(
        id=f"codelist_{name.casefold()}_{lang}",
        source="codelists",
        code=f"{name.casefold()}_{lang}",
        title=f"Code list {name} in {LANGUAGES[lang]}",
        publisher="Eurostat",
        landing_page="https://ec.europa.eu/eurostat/web/metadata/code-lists",
        licence="European Commission reuse policy, Decision 2011/833/EU",
        cadence="when a table changes its structure",
        kind="european statistics",
        columns=("code", "label"),
        record_key="code",
    )


DATASETS = tuple(_dataset(name, lang) for name in LISTS for lang in LANGUAGES)


def list_of(dataset: Dataset) -> tuple[str, str]:
    """The list (as its dimension is called) and the language of one of our datasets."""
    name, _, lang = dataset.code.rpartition("_")
    return name, lang


class Tables(Protocol):
    """The source of the tables that use the lists, as far as the lists have to know it."""

    silent: bool
    """Whether the server was asked in vain."""

    @property
    def datasets(self) -> tuple[Dataset, ...]: ...

    def structure(self, dataset: Dataset) -> datetime | None:
        """When the codes or dimensions of a table last changed, without asking; None where nobody knows."""


class CodeLists:
    """The Source for Eurostat's code lists; whether they are to be asked for costs no request."""

    name = "codelists"
    remote = True
    parser_version = "1"
    datasets = DATASETS

    def __init__(self, settings: Settings, tables: Tables | None = None) -> None:
        self._base = settings.eurostat_url.rstrip("/")
        self._client = Client(settings)
        self._tables = tables

    def changed(self, known: Mapping[str, Capture]) -> list[Dataset]:
        """The lists never held, not seen for long, or used by a table whose structure changed since then.

        None of them while the server that has them gives no answer: its tables' source says so already.
        """
        if self._tables and self._tables.silent:
            return []
        moved = self._moved()
        return [one for one in DATASETS if _is_due(known.get(one.id), moved.get(list_of(one)[0], []))]

    def _moved(self) -> dict[str, list[datetime]]:
        """When the structures of the tables that use a list last changed, by the list."""
        found: dict[str, list[datetime]] = {}
        if self._tables is None:
            return found
        for table in self._tables.datasets:
            stamp = self._tables.structure(table)
            if stamp:
                for name in (*table.dimensions, "geo"):
                    found.setdefault(name, []).append(stamp)
        return found

    def fetch(self, dataset: Dataset, folder: Path) -> Retrieval:
        """The whole list as TSV, a code and its label in each line; raises Unreachable or NotData."""
        name, lang = list_of(dataset)
        place = f"{self._base}/sdmx/2.1/codelist/ESTAT/{name.upper()}/latest"
        url = f"{place}?format=TSV&compressed=true&lang={lang}"
        download = self._client.download(dataset.id, url, folder / f"{dataset.id}.tsv.gz")
        return Retrieval(download.path, url, download.retrieved_at, "text/tab-separated-values")

    def parse(
        self, dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
    ) -> duckdb.DuckDBPyRelation:
        """The columns code and label, with or without a heading in the file; raises Unreadable."""
        check_whole(dataset.id, content)
        if formats.recognise(content) in ("html", "xml", "jsonstat"):
            raise formats.refusal(dataset.id, content)
        rows = list(dict.fromkeys(_rows(dataset, content)))
        if not rows:
            raise Unreadable(dataset.id, content.name, "the list holds no code", "download it again")
        schema = pa.schema([("code", pa.string()), ("label", pa.string())])
        columns = [[code for code, _ in rows], [label for _, label in rows]]
        return connection.from_arrow(pa.table(columns, schema=schema))

    def recognise(self, file: Path) -> Dataset | None:
        """The list after which a file of two columns is called: nothing in it tells."""
        try:
            two_columns = first_line(file).count("\t") == 1
        except SourceError:
            return None
        name = file.name.casefold().partition(".")[0]
        return next((one for one in DATASETS if two_columns and name == one.id), None)


def _is_due(capture: Capture | None, moved: Iterable[datetime]) -> bool:
    if capture is None or datetime.now(UTC) - capture.last_seen > FRESH:
        return True
    return any(stamp > capture.last_seen for stamp in moved)


def _rows(dataset: Dataset, content: Path) -> Iterator[tuple[str, str]]:
    with formats.open_plain(content, dataset.id) as file:
        raw = file.read()
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Unreadable(dataset.id, content.name, "it is no text in UTF-8", "download it again") from error
    for number, line in enumerate(lines, 1):
        code, *labels = (part.strip() for part in line.split("\t", 1))
        if not line.strip() or (number == 1 and labels and labels[0].casefold() in HEADINGS):
            continue
        if not labels or not CODE.fullmatch(code):
            reason = f"line {number} is no code and label: {line[:60]!r}"
            raise Unreadable(dataset.id, content.name, reason, "download it again")
        yield code, labels[0]


@dataclass(frozen=True)
class CodeBook:
    """Codes by their labels, list by list; a label of two codes stands for neither."""

    codes: Mapping[str, Mapping[str, str | None]]

    def code_of(self, name: str, label: str) -> str | None:
        """The code in the list of a dimension; None where the label is unknown, or that of several codes."""
        return self.codes.get(name.casefold(), {}).get(_spelling(label))


def code_book(rows: Iterable[tuple[str, str, str]]) -> CodeBook:
    """The book of rows of list, code and label."""
    found: dict[str, dict[str, str | None]] = {}
    for name, code, label in rows:
        labels = found.setdefault(name.casefold(), {})
        spelling = _spelling(label)
        labels[spelling] = code if labels.get(spelling, code) == code else None
    return CodeBook(found)


@dataclass(frozen=True)
class HeldLists:
    """The lists whose tidy tables lie in a home, each read when it is first asked, the newest table of each."""

    home: Path
    lang: str = "en"

    def code_of(self, name: str, label: str) -> str | None:
        """As the book says that is made of the list; None also where the list is not held."""
        tables = _tables(self.home, f"codelist_{name.casefold()}_{self.lang}")
        return _book(name.casefold(), tables[-1]).code_of(name, label) if tables else None


def held(home: Path, lang: str = "en") -> HeldLists | None:
    """Codes by the labels of a language, from the lists captured in a home; None where there are none yet."""
    names = (dataset.id for dataset in DATASETS if dataset.id.endswith(f"_{lang}"))
    return HeldLists(home, lang) if any(_tables(home, name) for name in names) else None


def _tables(home: Path, dataset: str) -> list[Path]:
    return sorted((home / "vintages" / dataset).glob("*.parquet"), key=lambda path: path.stat().st_mtime)


@lru_cache(maxsize=2 * len(LISTS))
def _book(name: str, table: Path) -> CodeBook:
    """A table is named after its content, so its book never changes."""
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT code, label FROM read_parquet(?)", [str(table)]).fetchall()
    return code_book((name, code, label) for code, label in rows)


def _spelling(label: str) -> str:
    """A label without what publishers' files differ in: case, kinds of dash, and blanks."""
    return " ".join(re.sub("[\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}]", "-", label).casefold().split())
