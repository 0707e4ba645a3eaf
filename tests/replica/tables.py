"""Writing one small table in each of the layouts that publishers use, as they write it.

The values are made up; a test says what it expects of reading them back.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal

from sources.model import Dataset


@dataclass(frozen=True, order=True)
class Cell:
    """One published cell: its codes in the order of the dataset's dimensions, then what it says.

    ``value`` is the text as published, or empty.
    """

    codes: tuple[str, ...]
    geo: str
    period: str
    value: str = ""
    flags: str = ""
    confidentiality: str = ""

    def tidy(self) -> tuple[object, ...]:
        """The row that reading this cell gives."""
        value = float(self.value) if self.value else None
        flags = "".join(sorted(self.flags))
        return (*self.codes, self.geo, self.period, value, flags, self.confidentiality)


def _tsv_cell(cell: Cell | None) -> str:
    if cell is None:
        return ": "
    mark = f"@{cell.confidentiality}" if cell.confidentiality else ""
    return f"{cell.value or ':'} {cell.flags}{mark}"


def _key(dataset: Dataset, cell: Cell) -> tuple[str, ...]:
    """The codes that a file of the dataset holds."""
    return cell.codes if dataset.place else (*cell.codes, cell.geo)


def tsv(dataset: Dataset, cells: Sequence[Cell], end: str = "\r\n") -> bytes:
    """Eurostat's TSV."""
    periods = sorted({cell.period for cell in cells})
    found = {(*_key(dataset, cell), cell.period): cell for cell in cells}
    names = ",".join(dataset.published_dimensions)
    lines = ["\t".join([f"{names}\\TIME_PERIOD", *(f"{p} " for p in periods)])]
    for series in sorted({_key(dataset, cell) for cell in cells}):
        lines.append("\t".join([",".join(series), *(_tsv_cell(found.get((*series, p))) for p in periods)]))
    return "".join(line + end for line in lines).encode()


def wide_csv(dataset: Dataset, cells: Sequence[Cell]) -> bytes:
    """The TSV after a spreadsheet: commas, each dimension in its own column."""
    first, *rows = tsv(dataset, cells, "\n").decode().splitlines()
    header = first.replace("\\TIME_PERIOD", "").replace("\t", ",")
    return "".join(line + "\n" for line in [header, *(row.replace("\t", ",") for row in rows)]).encode()


def sdmx_csv(
    dataset: Dataset,
    cells: Sequence[Cell],
    layout: Literal["1.0", "2.0", "both"] = "1.0",
    updated: str = "15/06/26 11:00:00",
) -> bytes:
    """SDMX-CSV 1.0 or 2.0, or 2.0 with each label beside its code."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [*dataset.published_dimensions, "TIME_PERIOD"]
    code = dataset.code.upper()
    start, head = ["DATAFLOW", "LAST UPDATE"], [f"ESTAT:{code}(1.0)", updated]
    if layout != "1.0":
        start, head = ["STRUCTURE", "STRUCTURE_ID"], ["dataflow", f"ESTAT:{code}$DEFAULTVIEW(1.0)"]
    if layout == "both":
        start, head = [*start, "STRUCTURE_NAME"], [*head, "A table, of course"]
        names = [text for name in names for text in (name, f"Label, of {name}")]
    writer.writerow([*start, *names, "OBS_VALUE", "OBS_FLAG", "CONF_STATUS"])
    for cell in cells:
        key = [*_key(dataset, cell), cell.period]
        if layout == "both":
            key = [text for part in key for text in (part, f'The "{part}", labelled')]
        writer.writerow([*head, *key, cell.value, cell.flags, cell.confidentiality])
    return out.getvalue().encode()


def jsonstat(
    dataset: Dataset,
    cells: Sequence[Cell],
    updated: str = "2026-06-15T11:00:00+0200",
    annotation: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """JSON-stat 2.0 with sparse values and statuses; ``annotation`` speaks of the whole table."""
    keys = [(*_key(dataset, cell), cell.period) for cell in cells]
    ids = [*dataset.published_dimensions, "time"]
    codes = [sorted({key[place] for key in keys}, reverse=True) for place in range(len(ids))]
    size = [len(one) for one in codes]
    at = [sum(codes[n].index(part) * prod(size[n + 1 :]) for n, part in enumerate(key)) for key in keys]
    statuses = {
        str(position): cell.flags + (f"|{cell.confidentiality}" if cell.confidentiality else "")
        for position, cell in zip(at, cells, strict=True)
        if cell.flags or cell.confidentiality
    }
    document = {
        "version": "2.0",
        "class": "dataset",
        "updated": updated,
        "value": {str(n): float(cell.value) for n, cell in zip(at, cells, strict=True) if cell.value},
        "status": statuses,
        "id": ids,
        "size": size,
        "dimension": {
            name: {"category": {"index": {code: n for n, code in enumerate(one)}}}
            for name, one in zip(ids, codes, strict=True)
        },
        "extension": {
            "lang": "EN",
            "id": dataset.code.upper(),
            "agencyId": "ESTAT",
            "annotation": [*annotation],
        },
    }
    return json.dumps(document).encode()
