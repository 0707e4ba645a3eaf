"""SDMX-CSV as Eurostat writes it: 1.0 and 2.0; codes, labels, or both side by side or in one cell.

Which code a label means belongs to ``labels``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from sources.codes import GEO, PERIOD
from sources.formats import sql
from sources.formats.content import Description, head
from sources.formats.labels import DIMENSIONS, Codelists, Resolver
from sources.model import Dataset, Unreadable

DIMENSION = re.compile(r"[a-z][a-z0-9_]*")
FLOW = r"(?:[A-Za-z0-9_.]+:)?([A-Za-z0-9_]+)(?:\$[A-Za-z0-9_]+)?(?:\([0-9.]+\))?"
BRUSSELS = ZoneInfo("Europe/Brussels")


def _records(subject: str, path: Path, count: int) -> list[list[str]]:
    """The header and the rows after it, as many as ``count`` in all."""
    lines = (line.decode() for line in head(path, subject).splitlines())
    try:
        return [[cell.strip() for cell in row] for row in islice(csv.reader(lines), count)]
    except UnicodeDecodeError as error:
        raise Unreadable(subject, path.name, "the header is no text in UTF-8", "download it again") from error
    except csv.Error as error:
        raise Unreadable(subject, path.name, f"it is no whole CSV: {error}") from error


def _flow_column(header: Sequence[str]) -> str:
    return "DATAFLOW" if "DATAFLOW" in header else "STRUCTURE_ID"


def describe(path: Path) -> Description:
    """Dataset code, dimensions and update stamp from the header and the first row."""
    header, *rows = _records("file", path, 2)
    row = dict(zip(header, rows[0], strict=False)) if rows else {}
    code = re.fullmatch(FLOW, row.get(_flow_column(header), ""))
    upto = header.index("TIME_PERIOD") if "TIME_PERIOD" in header else len(header)
    dimensions = [name for name in header[:upto] if DIMENSION.fullmatch(name)]
    return Description(
        "sdmx_csv",
        code.group(1).lower() if code else "",
        tuple(name for name in dimensions if name != "geo"),
        _stamp(row.get("LAST UPDATE", "")),
    )


def _stamp(text: str) -> datetime | None:
    """A LAST UPDATE, which is Brussels time, in UTC; None when there is none."""
    try:
        return datetime.strptime(text, "%d/%m/%y %H:%M:%S").replace(tzinfo=BRUSSELS).astimezone(UTC)
    except ValueError:
        return None


@dataclass(frozen=True)
class _Columns:
    """Where the columns stand by our names; those in ``joined`` hold ``code: label``."""

    at: dict[str, int]
    joined: frozenset[str]


FRAME = ("DATAFLOW", "LAST UPDATE", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION")
MEASURES = ("TIME_PERIOD", "OBS_VALUE")
ATTRIBUTES = ("OBS_FLAG", "CONF_STATUS")


def _columns(dataset: Dataset, content: Path, header: Sequence[str]) -> _Columns:
    """The columns by their codes, by a code before a label, or else by their labels; raises Unreadable."""
    wanted = (_flow_column(header), *dataset.published_dimensions, *MEASURES)
    codes = [name.partition(":")[0].strip() if ":" in name else name for name in header]
    labels = [DIMENSIONS.get(name, "") for name in header]
    missing = [name for name in wanted if name not in codes and name not in labels]
    twice = sorted({name for name in wanted if codes.count(name) > 1})
    if missing or twice:
        what = f"misses {', '.join(missing)}" if missing else f"names {', '.join(twice)} twice"
        raise Unreadable(dataset.id, content.name, f"the header {what}", "download it with codes")
    known = ("STRUCTURE", *wanted, *ATTRIBUTES)
    extra = [name for name in codes if DIMENSION.fullmatch(name) and name not in known]
    if extra:
        reason = f"the header has a dimension too many: {', '.join(extra)}"
        raise Unreadable(dataset.id, content.name, reason)
    _check_known(dataset, content, header, [name in known or name in FRAME for name in codes], labels)
    found = [name for name in (*wanted, *ATTRIBUTES) if name in codes or name in labels]
    at = {name: (codes if name in codes else labels).index(name) for name in found}
    return _Columns(at, frozenset(name for name in found if ":" in header[at[name]]))


def _check_known(
    dataset: Dataset, content: Path, header: Sequence[str], known: Sequence[bool], labels: Sequence[str]
) -> None:
    """Each column is known, or the label of the one before it: a misspelt one would go missing."""
    for place, name in enumerate(header):
        beside = "STRUCTURE_NAME" in header and place > 0 and known[place - 1]
        if not (known[place] or labels[place] or beside):
            reason = f"the header has a column that is not known: {name!r}"
            raise Unreadable(dataset.id, content.name, reason, "download it again")


def _rows(dataset: Dataset, content: Path, header: Sequence[str], columns: _Columns) -> str:
    """A SELECT of the columns that count, by their own names; flags and confidentiality may be absent."""
    text = sql.csv_text(content, [f"c{number}" for number in range(len(header))], ",", '"')
    found = {"flow": f"c{columns.at[_flow_column(header)]}"}
    for name in (*dataset.published_dimensions, *MEASURES, *ATTRIBUTES):
        cell = f"c{columns.at[name]}" if name in columns.at else "''"
        found[name] = f"trim(split_part({cell}, ':', 1))" if name in columns.joined else f"trim({cell})"
    return f"SELECT {', '.join(f'{text} AS {sql.name(name)}' for name, text in found.items())} FROM ({text})"


def _resolved(
    dataset: Dataset,
    content: Path,
    connection: duckdb.DuckDBPyConnection,
    rows: str,
    codelists: Codelists | None,
) -> str:
    """The rows with codes in the place of labels; a file shows labels where its frequency is no code."""
    freq = f"SELECT freq FROM ({rows}) WHERE NOT regexp_full_match(freq, '[A-Z]') LIMIT 1"
    shown = sql.one_row(dataset, content, connection, freq) if "freq" in dataset.dimensions else None
    if not shown:
        return rows
    resolver = Resolver(dataset.id, content, codelists)
    resolver.code("freq", str(shown[0]))
    replaced = []
    for key in dataset.published_dimensions:
        distinct = f"SELECT DISTINCT {sql.name(key)} FROM ({rows}) ORDER BY 1"
        labels = sql.all_rows(dataset, content, connection, distinct)
        codes = resolver.codes(key, [str(label) for (label,) in labels])
        cases = " ".join(f"WHEN {sql.literal(one)} THEN {sql.literal(code)}" for one, code in codes.items())
        replaced.append(f"CASE {sql.name(key)} {cases} END AS {sql.name(key)}")
    return f"SELECT * REPLACE ({', '.join(replaced)}) FROM ({rows})"


def _faults(dataset: Dataset) -> dict[str, tuple[str, str]]:
    """What may be wrong with a row: the condition, by what it means and the text to show."""
    flow = f"lower(regexp_extract(flow, {sql.literal('^' + FLOW + '$')}, 1))"
    faults = {"it is another dataset's:": (f"{flow} <> {sql.literal(dataset.code.lower())}", "flow")}
    for key in dataset.published_dimensions:
        code = {"freq": "[A-Z]", "geo": GEO.pattern}.get(key, sql.CODE)
        faults[f"{key} holds labels instead of codes:"] = _unlike(sql.name(key), code)
    faults["TIME_PERIOD is no period:"] = _unlike("TIME_PERIOD", PERIOD.pattern)
    faults["OBS_VALUE is no number:"] = _unlike("OBS_VALUE", f":?|{sql.NUMBER}")
    faults["OBS_VALUE is too large:"] = ("isinf(TRY_CAST(OBS_VALUE AS DOUBLE))", "OBS_VALUE")
    faults["OBS_FLAG is no flag:"] = _unlike("OBS_FLAG", "[a-z]*")
    faults["CONF_STATUS is no code:"] = _unlike("CONF_STATUS", "[A-Z]?")
    return faults


def _unlike(column: str, pattern: str) -> tuple[str, str]:
    return f"NOT regexp_full_match({column}, {sql.literal(pattern)})", column


def _check_rows(dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection, rows: str) -> None:
    faults = _faults(dataset)
    counts = ", ".join(f"count(*) FILTER ({condition})" for condition, _ in faults.values())
    kept = f"count(*) FILTER (NOT ({_EMPTY}))"
    present, *bad = sql.one_row(dataset, content, connection, f"SELECT {kept}, {counts} FROM ({rows})") or (
        0,
    )
    for (what, (condition, shown)), number in zip(faults.items(), bad, strict=True):
        if number:
            query = f"SELECT {shown} FROM ({rows}) WHERE {condition} LIMIT 1"
            found = (sql.one_row(dataset, content, connection, query) or ("",))[0]
            advice = "download it with codes" if "labels" in what else "download it again"
            raise Unreadable(dataset.id, content.name, f"{what} {found!r} ({number} rows)", advice)
    if not present:
        raise Unreadable(dataset.id, content.name, "the table holds no observation", "widen the download")


_EMPTY = "OBS_VALUE IN ('', ':') AND OBS_FLAG = '' AND CONF_STATUS = ''"


def read(
    dataset: Dataset,
    content: Path,
    connection: duckdb.DuckDBPyConnection,
    codelists: Codelists | None = None,
) -> duckdb.DuckDBPyRelation:
    """The tidy table, rows without value, flag and confidentiality left out; raises Unreadable.

    The file is read when the relation is, so it has to stay in its place until then.
    """
    (header,) = _records(dataset.id, content, 1)
    rows = _rows(dataset, content, header, _columns(dataset, content, header))
    rows = _resolved(dataset, content, connection, rows, codelists)
    _check_rows(dataset, content, connection, rows)
    keys = ", ".join(sql.name(key) for key in dataset.published_dimensions)
    keys += f", {sql.literal(dataset.place)} AS geo" if dataset.place else ""
    cell = sql.tidy_cell("OBS_VALUE", "OBS_FLAG", "CONF_STATUS")
    return connection.sql(f"SELECT {keys}, TIME_PERIOD AS period, {cell} FROM ({rows}) WHERE NOT ({_EMPTY})")
