"""Public Sector Tech Watch: the collection of cases published by the Commission as one CSV.

The spellings of its editions stand in ``sources.pstw_codes``.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from sources import formats, pstw_codes
from sources.formats.content import check_whole, head
from sources.http import Client
from sources.model import Capture, Dataset, Expected, NotData, Retrieval, SourceError, Unreadable
from sources.settings import Settings

PAUSE = timedelta(hours=20)
"""The file has no sign of its age that costs less than the file: it is asked for once a day."""

YEARS = range(1950, 2101)
TYPES = {"start_year": pa.int32(), "end_year": pa.int32(), "updated": pa.date32()}
CASE_COLUMNS = (
    "case_id", "name", "description", "website", "country", "geo", "geo_group", "nuts", "organisation", "level",
    "cofog", "cofog_detail", "status", "technology", "technology_secondary", "subdomain", "interaction",
    "start_year", "end_year", "source", "updated",
)  # fmt: skip

PUBLISHER = "European Commission, Joint Research Centre: Public Sector Tech Watch"
LANDING_PAGE = (
    "https://interoperable-europe.ec.europa.eu/collection/public-sector-tech-watch/"
    "pstw-cases-viewer-data-download"
)

CASES = Dataset(
    id="pstw_cases",
    source="pstw",
    code="cases",
    title="Cases of emerging technologies in the public sector",
    publisher=PUBLISHER,
    landing_page=LANDING_PAGE,
    licence="CC BY 4.0",
    cadence="several times a year",
    kind="curated collection",
    columns=CASE_COLUMNS,
    record_key="case_id",
    expected=Expected(
        codes={
            "status": (*dict.fromkeys(pstw_codes.STATUS.values()), "unknown"),
            "technology": tuple(dict.fromkeys(pstw_codes.TECHNOLOGY.values())),
            "cofog": (*pstw_codes.COFOG.values(), ""),
            "geo_group": ("member_state", "eu_institutions", "other"),
        },
        member_states=20,
    ),
)

COUNTS = Dataset(
    id="pstw_counts",
    source="pstw",
    code="counts",
    title="Number of cases of AI in the public sector, as stated for one edition",
    publisher=PUBLISHER,
    landing_page=LANDING_PAGE,
    licence="CC BY 4.0",
    cadence="several times a year",
    kind="curated collection",
    dimensions=("breakdown", "member"),
    expected=Expected(
        codes={"breakdown": ("", "definition", "status", "cofog", "cofog_implemented", "technology")}
    ),
)


class PublicSectorTechWatch:
    """The Source for PSTW: the cases, and counts of them that are stated where the cases are not loaded."""

    name = "pstw"
    remote = True
    parser_version = "2"
    datasets = (CASES, COUNTS)

    def __init__(self, settings: Settings) -> None:
        self._url = settings.pstw_url
        self._client = Client(settings)

    def changed(self, known: Mapping[str, Capture]) -> list[Dataset]:
        """The cases, unless they were fetched within the last 20 hours; asks nobody."""
        capture = known.get(CASES.id)
        fresh = capture is not None and datetime.now(UTC) - capture.last_seen < PAUSE
        return [] if fresh else [CASES]

    def fetch(self, dataset: Dataset, folder: Path) -> Retrieval:
        """The current edition; raises Unreachable or NotData. Stated counts cannot be fetched."""
        if dataset.id != CASES.id:
            raise NotData(dataset.id, self._url, "these counts are stated, not published as a table")
        download = self._client.download(dataset.id, self._url, folder / "pstw_cases.csv")
        return Retrieval(download.path, self._url, download.retrieved_at, "text/csv", download.modified_at)

    def parse(
        self, dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
    ) -> duckdb.DuckDBPyRelation:
        """One row a case, or the stated counts; raises Unreadable."""
        check_whole(dataset.id, content)
        if dataset.id != CASES.id or formats.recognise(content) == "stated":
            return formats.read(dataset, content, connection)
        rows = list(read_cases(content))
        schema = pa.schema([(name, TYPES.get(name, pa.string())) for name in CASE_COLUMNS])
        return connection.from_arrow(pa.Table.from_pylist(rows, schema=schema))

    def recognise(self, file: Path) -> Dataset | None:
        """The cases, when the file's header is one of theirs, even one that lacks a column we need."""
        try:
            found = formats.recognise(file)
            if found == "xlsx":
                return CASES if _is_workbook_of_cases(file) else None
            known = set(_places(_table(head(file)[:8192])[0])) if found in ("csv", "text") else set()
        except (SourceError, StopIteration, csv.Error, UnicodeError, IndexError):
            return None
        return CASES if "country" in known and len(known) >= 5 else None


def _is_workbook_of_cases(file: Path) -> bool:
    with formats.open_plain(file) as opened, zipfile.ZipFile(opened) as archive:
        if "xl/sharedStrings.xml" not in archive.namelist():
            return False
        with archive.open("xl/sharedStrings.xml") as strings:
            return b"PSTW ID" in strings.read(1024 * 1024)


def _decoded(content: bytes) -> str:
    """The text of an edition: UTF-8 in some, a Windows code page or Latin-1 in others."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _table(content: bytes) -> list[list[str]]:
    """All rows, the header first, by the separator that cuts the header into more columns."""
    text = _decoded(content)
    headers = {mark: next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), []) for mark in ",;"}
    mark = max(headers, key=lambda one: len(headers[one]))
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))


def _places(header: Sequence[str]) -> dict[str, int]:
    """At which place each of our columns stands; the first place, where a header repeats."""
    folded = [pstw_codes.fold(column) for column in header]
    found = {
        name: min((folded.index(alias) for alias in aliases if alias in folded), default=-1)
        for name, aliases in pstw_codes.COLUMNS.items()
    }
    return {name: place for name, place in found.items() if place >= 0}


def read_cases(content: Path) -> Iterator[dict[str, object]]:
    """The cases of one CSV edition, in its order; raises Unreadable naming the column or the row."""
    header, *rows = _rows(content)
    places = _places(header)
    _check_header(content, places)
    if not rows:
        raise Unreadable(CASES.id, content.name, "the table holds no case")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header) or not pstw_codes.clean(row[places["case_id"]]):
            reason = f"row {number} has {len(row)} cells where the header has {len(header)}, or no PSTW ID"
            raise Unreadable(CASES.id, content.name, reason, "download it again")
        yield _case({name: pstw_codes.clean(row[place]) for name, place in places.items()})


def _rows(content: Path) -> list[list[str]]:
    """The rows that are not blank; spreadsheets leave blank ones at the end."""
    if formats.recognise(content) not in ("csv", "text"):
        reason = formats.refusal(CASES.id, content).reason
        advice = "download the CSV of PSTW, or save the workbook as CSV"
        raise Unreadable(CASES.id, content.name, reason, advice)
    try:
        with formats.open_plain(content, CASES.id) as file:
            return [row for row in _table(file.read()) if any(pstw_codes.clean(cell) for cell in row)]
    except csv.Error as error:
        raise Unreadable(CASES.id, content.name, f"it is no whole CSV: {error}") from error


def _check_header(content: Path, places: Mapping[str, int]) -> None:
    needed = [name for name in pstw_codes.COLUMNS if name not in pstw_codes.OPTIONAL]
    missing = [repr(pstw_codes.COLUMNS[name][0]) for name in needed if name not in places]
    if missing:
        reason = f"the header misses the column {', '.join(missing)}"
        raise Unreadable(CASES.id, content.name, reason, "download the full dataset of PSTW as CSV")


def _case(published: Mapping[str, str]) -> dict[str, object]:
    """One tidy row from the published cells; a spelling without a code becomes other, unknown or empty."""
    secondary = published.get("technology_secondary", "")
    geo = pstw_codes.geo(published["country"])
    coded: dict[str, object] = {
        "geo": geo,
        "geo_group": pstw_codes.geo_group(geo),
        "level": pstw_codes.code(published["level"], pstw_codes.LEVEL, "other"),
        "cofog": pstw_codes.code(published["cofog"], pstw_codes.COFOG, ""),
        "status": pstw_codes.code(published["status"], pstw_codes.STATUS, "unknown"),
        "technology": pstw_codes.code(published["technology"], pstw_codes.TECHNOLOGY, "other"),
        "technology_secondary": pstw_codes.code(
            secondary, pstw_codes.TECHNOLOGY, "other" if secondary else ""
        ),
        "interaction": published["interaction"].upper(),
        "start_year": _year(published["start_year"]),
        "end_year": _year(published["end_year"]),
        "updated": _date(published.get("updated", "")),
    }
    return {name: coded.get(name, published.get(name, "")) for name in CASE_COLUMNS}


def _year(text: str) -> int | None:
    """A year that can be one; the editions have 219 and blanks of several kinds."""
    year = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0
    return year if year in YEARS else None


def _date(text: str) -> date | None:
    for layout in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, layout).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None
