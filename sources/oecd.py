"""OECD.AI: venture capital invested in firms that work on AI, by the country of the firm and the year.

An export states nominal millions of US dollars. A row that is missing means no deal in the source's records, a
zero one that rounds to nothing. The newest year is the year in which the export was made, because deals are
recorded from its first weeks on: it is year to date. Its values carry the flag ``d`` (they are defined
otherwise: a part of a year), and no change is stated across a changed definition. An export made later has that
year whole, without the flag, and replaces it.

What others state of the same deals, such as a headline for the EU, stands in ``sources.curated``.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
from babel.core import get_global

from sources import formats
from sources.codes import EU
from sources.formats.content import check_whole, first_line
from sources.http import Client
from sources.model import Capture, Dataset, Expected, NotData, Remark, Retrieval, SourceError, Unreadable
from sources.remarks import Unmapped, spellings
from sources.settings import Settings

PAUSE = timedelta(hours=20)
"""An export says nothing of its age: where it has an address, it is asked for once a day."""

HEADER = ("iso3", "year", "vc_ai_musd_nominal")
YEAR_TO_DATE = "d"
SPELLED = {"GR": "EL", "GB": "UK"}
OTHERS = {"XKX": "XK", "EU27": EU}
ADVICE = "export the venture capital in AI by country from OECD.AI again"

VENTURE_CAPITAL = Dataset(
    id="oecd_ai_vc",
    source="oecd",
    code="ai_vc",
    title="Venture capital invested in AI firms, nominal million US dollars",
    publisher="OECD.AI Policy Observatory, from data of Preqin",
    landing_page="https://oecd.ai/en/data",
    licence="OECD terms: free use with citation; the deals of Preqin behind it are proprietary",
    cadence="several times a year; the running year is year to date",
    kind="private data",
    dimensions=("unit",),
    expected=Expected(units={"USD_M": (0, None)}, codes={"unit": ("USD_M",)}, member_states=20),
)


class Oecd:
    """The Source for OECD.AI. No lasting address of an export is known: without a setting nobody is asked."""

    name = "oecd"
    remote = True
    parser_version = "1"
    datasets = (VENTURE_CAPITAL,)

    def __init__(self, settings: Settings) -> None:
        self._url = settings.oecd_url
        self._client = Client(settings)

    def changed(self, known: Mapping[str, Capture]) -> list[Dataset]:
        """The export, where it has an address and was not fetched within the last 20 hours; asks nobody."""
        capture = known.get(VENTURE_CAPITAL.id)
        fresh = capture is not None and datetime.now(UTC) - capture.last_seen < PAUSE
        return [] if fresh or not self._url else [VENTURE_CAPITAL]

    def fetch(self, dataset: Dataset, folder: Path) -> Retrieval:
        """The current export; raises Unreachable, or NotData where the settings name no address."""
        if not self._url:
            raise NotData(dataset.id, "OECD.AI", "no address is set", "import an export, or set its address")
        download = self._client.download(dataset.id, self._url, folder / f"{dataset.id}.csv")
        return Retrieval(download.path, self._url, download.retrieved_at, "text/csv", download.modified_at)

    def parse(
        self, dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
    ) -> duckdb.DuckDBPyRelation:
        """One row for each country and year with a deal; raises Unreadable with the first wrong line."""
        check_whole(dataset.id, content)
        try:
            rows = list(_rows(dataset, content))
        except csv.Error as error:
            raise Unreadable(dataset.id, content.name, f"it is no whole CSV: {error}", ADVICE) from error
        if not rows:
            raise Unreadable(dataset.id, content.name, "the table holds no row", ADVICE)
        newest = max(str(row["period"]) for row in rows)
        for row in rows:
            row["flags"] = YEAR_TO_DATE if row["period"] == newest else ""
        fields = [(name, pa.float64() if name == "value" else pa.string()) for name in dataset.tidy_columns]
        return connection.from_arrow(pa.Table.from_pylist(rows, schema=pa.schema(fields)))

    def recognise(self, file: Path) -> Dataset | None:
        """The export, told by its header."""
        try:
            return VENTURE_CAPITAL if set(HEADER) <= set(_cells(first_line(file))) else None
        except SourceError:
            return None

    def remarks(self, dataset: Dataset, table: Path) -> list[Remark]:
        """Countries whose code is not known; they stay in the table under the code that was published."""
        if dataset.id != VENTURE_CAPITAL.id:
            return []
        with duckdb.connect() as connection:
            rows = connection.execute(
                "SELECT geo, count(*) FROM read_parquet(?) GROUP BY geo ORDER BY geo", [str(table)]
            ).fetchall()
        known = {*countries().values()}
        return [spellings([Unmapped("country", geo, count) for geo, count in rows if geo not in known])]


@cache
def countries() -> Mapping[str, str]:
    """Country codes as Eurostat writes them, by the three letters of ISO 3166."""
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    found = {long: short[0] for long, short in aliases.items() if re.fullmatch("[A-Z]{3}", long)}
    return {long: SPELLED.get(short, short) for long, short in found.items() if len(short) == 2} | OTHERS


def _cells(line: str) -> list[str]:
    return [cell.strip().strip('"').lower() for cell in re.split("[,;]", line)]


def _rows(dataset: Dataset, content: Path) -> Iterator[dict[str, object]]:
    with formats.open_plain(content, dataset.id) as file:
        text = file.read().decode("utf-8-sig", errors="replace")
    mark = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in HEADER if name not in reader.fieldnames]
    if missing:
        reason = f"the header misses the column {', '.join(missing)}"
        raise Unreadable(dataset.id, content.name, reason, ADVICE)
    for row in reader:
        yield _row(dataset, content, reader.line_num, row)


def _row(dataset: Dataset, content: Path, line: int, row: Mapping[str, str | None]) -> dict[str, object]:
    country, year, value = ((row[name] or "").strip() for name in HEADER)
    amount = _amount(value)
    if None in row or not re.fullmatch("[A-Z0-9]{3,9}", country) or not re.fullmatch("(19|20)[0-9]{2}", year):
        raise Unreadable(dataset.id, content.name, f"line {line} has no country code and year", ADVICE)
    if amount is None:
        raise Unreadable(dataset.id, content.name, f"line {line}: the value {value!r} is no number", ADVICE)
    geo = countries().get(country, country)
    return {"unit": "USD_M", "geo": geo, "period": year, "value": amount, "flags": "", "confidentiality": ""}


def _amount(text: str) -> float | None:
    try:
        amount = float(text)
    except ValueError:
        return None
    return amount if math.isfinite(amount) else None
