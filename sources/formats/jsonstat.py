"""JSON-stat 2.0: sparse values and statuses by position, of which the union makes the rows.

Answers in JSON that are not data are told apart in ``answers``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from sources.codes import OLD_FLAGS, PERIOD
from sources.formats import sql
from sources.formats.answers import refusal
from sources.formats.content import Description, open_plain
from sources.model import Dataset, Unreadable


def _load(subject: str, content: Path) -> dict[str, Any]:
    try:
        with open_plain(content, subject) as file:
            document = json.load(file, object_pairs_hook=_once)
    except ValueError as error:
        raise Unreadable(subject, content.name, f"it is no whole JSON: {error}") from error
    if not isinstance(document, dict) or not _is_jsonstat(document):
        if isinstance(document, dict) and document.keys() & {"error", "warning"}:
            raise refusal(subject, content)
        raise Unreadable(subject, content.name, "it is JSON, but not JSON-stat 2.0", "ask with format=JSON")
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object none of whose keys stands twice: the one would hide the other."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _is_jsonstat(document: Mapping[str, Any]) -> bool:
    needed = {"id": list, "size": list, "dimension": dict, "value": dict | list}
    return all(isinstance(document.get(name), kind) for name, kind in needed.items())


def _code(document: Mapping[str, Any]) -> str:
    extension = document.get("extension")
    return str(extension.get("id", "")).lower() if isinstance(extension, dict) else ""


def describe(path: Path) -> Description:
    """Dataset code, dimensions and update stamp as the document states them."""
    document = _load("file", path)
    dimensions = tuple(str(name) for name in document["id"] if name not in ("geo", "time"))
    return Description("jsonstat", _code(document), dimensions, _stamp(str(document.get("updated", ""))))


def _stamp(text: str) -> datetime | None:
    try:
        stamp = datetime.fromisoformat(text)
    except ValueError:
        return None
    return stamp.astimezone(UTC) if stamp.tzinfo else None


def read(dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """The tidy table; cells with neither value, flag nor confidentiality are left out; raises Unreadable."""
    document = _load(dataset.id, content)
    try:
        _check(dataset, content, document)
        table = _table(dataset, document)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        reason = f"it is not the JSON-stat it claims to be: {error}"
        raise Unreadable(dataset.id, content.name, reason, "download it again") from error
    if not table.num_rows:
        raise Unreadable(dataset.id, content.name, "the table holds no observation", "widen the question")
    return connection.from_arrow(table)


def _check(dataset: Dataset, content: Path, document: Mapping[str, Any]) -> None:
    if _code(document) not in ("", dataset.code.lower()):
        raise Unreadable(dataset.id, content.name, f"it is another dataset's: {_code(document)}")
    wanted = {*dataset.published_dimensions, "time"}
    found = {*document["id"]}
    for names, what in ((wanted - found, "misses"), (found - wanted, "has too many:")):
        if names:
            reason = f"the list of dimensions {what} {', '.join(sorted(names))}"
            raise Unreadable(dataset.id, content.name, reason)


def _codes(category: Mapping[str, Any], size: int, pattern: str) -> list[str]:
    """The codes of a dimension in the order of their positions."""
    index = category.get("index", list(category.get("label", {})))
    codes = sorted(index, key=lambda code: int(index[code])) if isinstance(index, dict) else list(index)
    if len(codes) != size or len(set(codes)) != size:
        raise ValueError(f"{len(set(codes))} codes where size says {size}")
    wrong = [code for code in codes if not re.fullmatch(pattern, str(code))]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no code or period")
    return codes


def _sparse(cells: Any) -> dict[int, Any]:
    """Cells by position, whether they were given as an object or as a list."""
    pairs = list(enumerate(cells) if isinstance(cells, list) else ((int(key), cells[key]) for key in cells))
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a position stands twice")
    return {position: cell for position, cell in found.items() if cell is not None and cell != ""}


def _statuses(status: Any, values: Mapping[int, float]) -> dict[int, Any]:
    """Statuses by position; a single text is the status of every value."""
    if isinstance(status, str):
        return dict.fromkeys(values, status) if status else {}
    return _sparse(status or {})


def _number(position: int, cell: Any) -> float:
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not np.isfinite(cell):
        raise ValueError(f"the value at position {position} is {cell!r}, no number")
    return float(cell)


def _table(dataset: Dataset, document: Mapping[str, Any]) -> pa.Table:
    values = {position: _number(position, cell) for position, cell in _sparse(document["value"]).items()}
    statuses = _statuses(document.get("status"), values)
    positions = np.array(sorted(values.keys() | statuses.keys()), dtype=np.int64)
    size = [int(length) for length in document["size"]]
    ids: Sequence[str] = document["id"]
    names = {"time": "period"}
    columns: dict[str, Any] = {}
    for name, length, index in zip(ids, size, _unravel(positions, size), strict=True):
        pattern = PERIOD.pattern if name == "time" else sql.CODE
        codes = _codes(document["dimension"][name]["category"], length, pattern)
        codes_at = pa.array(index, pa.int32()), pa.array(codes, pa.string())
        columns[names.get(name, name)] = pa.DictionaryArray.from_arrays(*codes_at)
    if dataset.place:
        columns["geo"] = pa.array([dataset.place] * len(positions), pa.string())
    columns["value"] = pa.array([values.get(position) for position in positions.tolist()], pa.float64())
    meanings = {status: _status(status) for status in set(statuses.values())}
    said = [meanings.get(statuses.get(position, ""), ("", "")) for position in positions.tolist()]
    columns["flags"] = pa.array([flags for flags, _ in said], pa.string())
    columns["confidentiality"] = pa.array([code for _, code in said], pa.string())
    return pa.table({name: columns[name] for name in dataset.tidy_columns})


def _unravel(positions: Any, size: Sequence[int]) -> Sequence[Any]:
    if not len(positions):
        return [positions for _ in size]
    return np.unravel_index(positions, size)


def _status(status: Any) -> tuple[str, str]:
    """Flags and confidentiality of a status such as ``bu|C``; the flag c of old was a confidentiality."""
    if not re.fullmatch(r"[a-z]*(\|[A-Z]?)?", str(status)):
        raise ValueError(f"the status {status!r} is no flag")
    letters, _, code = str(status).partition("|")
    kept = "".join(sorted({OLD_FLAGS.get(letter, letter) for letter in letters} - {"c"}))
    return kept, code or ("C" if "c" in letters else "")
