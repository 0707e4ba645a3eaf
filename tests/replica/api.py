"""Data in Eurostat's own formats, by its three services: SDMX 2.1, SDMX 3.0 and statistics 1.0.

How an answer is sent belongs to ``server``, what is said about tables to ``catalogue``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tests.replica import answers
from tests.replica.answers import Answer
from tests.replica.store import Store, Table, plain
from tests.replica.tables import Cell, jsonstat, sdmx_csv, tsv

Query = Mapping[str, list[str]]
Wanted = dict[str, Sequence[str]]
GROUPS = {
    "country": r"[A-Z]{2}",
    "aggregate": r"EU27_2020|EA\d*|EU\d*",
    "nuts1": r"[A-Z]{2}\w",
    "nuts2": r"[A-Z]{2}\w\w",
}
NO_FILTERS = {"format", "lang", "geoLevel", "sinceTimePeriod", "untilTimePeriod", "lastTimePeriod", "time"}
CSV = "application/vnd.sdmx.data+csv;version=1.0.0"


class Refused(Exception):
    """A question that has no data; ``answer`` says so as Eurostat does."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass(frozen=True)
class Service:
    """The data services over a store; ``updated`` and ``restructured`` give a code's last changes."""

    store: Store
    most_cells: int
    updated: Callable[[str], str]
    restructured: Callable[[str], str]

    def bulk(self, code: str, key: str, query: Query) -> Answer:
        """SDMX 2.1: ``key`` has the codes of each dimension by place, or is empty for the whole table."""
        code, packed = code.lower(), query.get("compressed") == ["true"]
        path = self.store.file(code)
        if path is None:
            return answers.not_found(code.upper())
        narrowed = key or {"startPeriod", "endPeriod"} & set(query)
        if not narrowed and query.get("format") == ["TSV"] and len(body := plain(path)) <= self.most_cells:
            return answers.table(body, "text/tab-separated-values", packed=packed)
        try:
            table = self._table(code)
            wanted = {**_by_key(table, key), **_between(table, query, "startPeriod", "endPeriod")}
            cells = self._cells(table, wanted)
        except Refused as refused:
            return refused.answer
        return self._written(table, cells, (query.get("format") or [""])[0], packed)

    def slices(self, code: str, query: Query) -> Answer:
        """SDMX 3.0: filters by name as ``c[geo]=DE,FR``, SDMX-CSV only."""
        code, packed = code.lower(), query.get("compress") == ["true"]
        if self.store.file(code) is None:
            return answers.not_found(code.upper())
        layout: Literal["1.0", "2.0", "both"] = "2.0" if query.get("formatVersion") == ["2.0"] else "1.0"
        layout = "both" if query.get("labels") == ["both"] else layout
        try:
            table = self._table(code)
            cells = self._cells(table, _by_name(table, query))
        except Refused as refused:
            return refused.answer
        return answers.table(sdmx_csv(table.dataset, cells, layout), CSV, packed=packed)

    def statistics(self, code: str, query: Query) -> Answer:
        """Statistics 1.0: small slices as JSON-stat; codes that a table has not are dropped without a word."""
        table = self.store.table(code.lower())
        if table is None:
            text = f"ERR_NOT_FOUND_4: {code.upper()} (DATA_FLOW:ALL,1.0) is not available for dissemination."
            return answers.json_fault(100, text, 404)
        if "geo" in query and "geoLevel" in query:
            text = "'geo' parameter and 'geoLevel' parameter cannot be set at the same time."
            return answers.json(f'{{"error":{{"status":"400","label":"{text}"}}}}', 400)
        wanted = _filters(table, query)
        if (estimated := table.estimate(wanted)) > self.most_cells:
            return answers.json_fault(413, answers.too_big(estimated, self.most_cells), 413)
        cells = table.slice(wanted)
        return answers.json(
            jsonstat(table.dataset, cells, self.updated(table.code), self._notes(table)).decode()
        )

    def _notes(self, table: Table) -> list[dict[str, str]]:
        return [
            {"type": "OBS_COUNT", "title": str(len(table.cells))},
            {"type": "UPDATE_DATA", "date": self.updated(table.code)},
            {"type": "UPDATE_STRUCTURE", "date": self.restructured(table.code)},
        ]

    def _table(self, code: str) -> Table:
        table = self.store.table(code)
        if table is None:
            raise Refused(answers.not_found(code.upper()))
        return table

    def _cells(self, table: Table, wanted: Wanted) -> list[Cell]:
        unknown = [
            f"{name.upper()}={value}"
            for name in wanted
            for value in wanted[name]
            if value not in table.codes[name]
        ]
        if unknown:
            raise Refused(answers.unknown_values(", ".join(unknown)))
        if (estimated := table.estimate(wanted)) > self.most_cells:
            raise Refused(answers.fault(413, answers.too_big(estimated, self.most_cells), 413))
        cells = table.slice(wanted)
        if not cells:
            raise Refused(answers.NO_RESULTS)
        return cells

    def _written(self, table: Table, cells: list[Cell], form: str, packed: bool) -> Answer:
        if form == "TSV":
            return answers.table(tsv(table.dataset, cells), "text/tab-separated-values", packed=packed)
        if form == "SDMX-CSV":
            updated = f"{datetime.fromisoformat(self.updated(table.code)):%d/%m/%y %H:%M:%S}"
            return answers.table(sdmx_csv(table.dataset, cells, "1.0", updated), CSV, packed=packed)
        if form == "JSON":
            body = jsonstat(table.dataset, cells, self.updated(table.code), self._notes(table))
            return answers.table(body, "application/json", packed=packed)
        return answers.fault(140, f"INVALID_QUERY_FORMAT: {form} is not a format of the replica")


def _by_key(table: Table, key: str) -> Wanted:
    """The codes wanted by a key such as ``A.GE10+GE250..PC_ENT.``; an empty part takes all."""
    if not key:
        return {}
    parts = key.split(".")
    if len(parts) != len(table.dimensions):
        raise Refused(answers.WRONG_ARITY)
    return {name: part.split("+") for name, part in zip(table.dimensions, parts, strict=True) if part}


def _by_name(table: Table, query: Query) -> Wanted:
    """The codes wanted by ``c[geo]=DE,FR`` and ``c[TIME_PERIOD]=ge:2021+le:2024``."""
    wanted: Wanted = {}
    for name, values in query.items():
        if not (match := re.fullmatch(r"c\[(\w+)\]", name)):
            continue
        if match.group(1) not in table.codes:
            raise Refused(answers.unknown_values(match.group(1)))
        said = [part for value in values for part in re.split("[,+ ]", value)]
        bounds = dict(part.split(":", 1) for part in said if ":" in part)
        limits = {
            "ge": [bounds["ge"]] if "ge" in bounds else [],
            "le": [bounds["le"]] if "le" in bounds else [],
        }
        wanted |= _between(table, limits, "ge", "le") if bounds else {match.group(1): said}
    return wanted


def _between(table: Table, query: Query, first: str, last: str) -> Wanted:
    since, upto = query.get(first), query.get(last)
    if not since and not upto:
        return {}
    low, high = (since or [""])[0], (upto or ["~"])[0]
    return {"TIME_PERIOD": [p for p in table.codes["TIME_PERIOD"] if low <= p and p[: len(high)] <= high]}


def _filters(table: Table, query: Query) -> Wanted:
    """The codes that a statistics question wants: those of its codes that the table has, if any."""
    named = {name: values for name, values in query.items() if name not in NO_FILTERS}
    known = {name: [v for v in values if v in table.codes.get(name, ())] for name, values in named.items()}
    wanted: Wanted = {name: values for name, values in known.items() if values}
    wanted |= _between(table, query, "sinceTimePeriod", "untilTimePeriod")
    if "lastTimePeriod" in query:
        wanted["TIME_PERIOD"] = table.codes["TIME_PERIOD"][-int(query["lastTimePeriod"][0]) :]
    if "time" in query:
        wanted["TIME_PERIOD"] = query["time"]
    if "geoLevel" in query and "geo" in table.codes:
        group = GROUPS[query["geoLevel"][0]]
        wanted["geo"] = [geo for geo in table.codes["geo"] if re.fullmatch(group, geo)]
    return wanted
