"""Public Sector Tech Watch: the collection of cases that the Commission publishes as one CSV or XLSX.

Files are opened in ``editions``, cases built in ``cases``; which spelling means what stands in two CSV tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from sources import formats
from sources.formats.content import check_whole
from sources.http import Client
from sources.model import Capture, Dataset, Expected, NotData, Remark, Retrieval, SourceError
from sources.pstw import cases, editions, findings, spellings
from sources.settings import Settings

PAUSE = timedelta(hours=20)
"""The file has no sign of its age that costs less than the file: it is asked for once a day."""

TYPES = {"start_year": pa.int32(), "end_year": pa.int32(), "updated": pa.date32()}
PUBLISHER = "European Commission, Joint Research Centre: Public Sector Tech Watch"
LANDING_PAGE = (
    "https://interoperable-europe.ec.europa.eu/collection/public-sector-tech-watch/"
    "pstw-cases-viewer-data-download"
)
MARKS = ("yes", "no", "unknown")

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
    columns=cases.COLUMNS,
    record_key="case_id",
    update_column="updated",
    expected=Expected(
        unknown_at_most={"technology": 0.5, "status": 0.5},
        codes={
            "status": (*spellings.members("status"), "unknown"),
            "technology": (*spellings.members("technology"), "unknown"),
            "cofog": (*spellings.members("cofog"), ""),
            "subdomain": (*spellings.members("subdomain"), "other", "unknown"),
            "generative": MARKS,
            "open_components": ("input", "output", "input output", "unknown"),
            "geo_group": ("member_state", "eu_institutions", "other"),
            **dict.fromkeys(("improves_service", "improves_efficiency", "opens_government"), MARKS),
        },
        member_states=20,
        lag=4,
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
    parser_version = f"5-{spellings.digest()}"
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
        kind = download.media_type or "text/csv"
        return Retrieval(download.path, self._url, download.retrieved_at, kind, download.modified_at)

    def parse(
        self, dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
    ) -> duckdb.DuckDBPyRelation:
        """One row a case, or the stated counts; raises Unreadable."""
        check_whole(dataset.id, content)
        if dataset.id != CASES.id or formats.recognise(content) == "stated":
            return formats.read(dataset, content, connection)
        rows = list(cases.read(dataset.id, content))
        schema = pa.schema([(name, TYPES.get(name, pa.string())) for name in dataset.columns])
        return connection.from_arrow(pa.Table.from_pylist(rows, schema=schema))

    def recognise(self, file: Path) -> Dataset | None:
        """The cases, when the file's header is one of theirs, even one that lacks a column we need."""
        try:
            return CASES if editions.is_one(file) else None
        except SourceError:
            return None

    def remarks(self, dataset: Dataset, table: Path) -> list[Remark]:
        """Spellings without a code, and cases that stand twice."""
        return findings.remarks(table) if dataset.id == CASES.id else []
