"""Each layout in which a table can be written, how its file is read, and how its observations are counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, settings

from sources import formats
from tests.fuzz import counting, writers
from tests.fuzz.inputs import DATASET
from tests.replica.tables import Cell, jsonstat, sdmx_csv, tsv, wide_csv

Cells = list[Cell]
Row = tuple[object, ...]

STATED = "# vintage: 2026-02-27\n# source: Eurostat\nfreq,unit,sex,geo,period,value,flags,confidentiality\n"


def stated(cells: Cells) -> bytes:
    rows = [
        (*cell.codes, cell.geo, cell.period, cell.value, cell.flags, cell.confidentiality) for cell in cells
    ]
    return (STATED + "".join(",".join(row) + "\n" for row in rows)).encode()


LAYOUTS: dict[str, tuple[Callable[[Cells], bytes], Callable[[bytes], counting.Values]]] = {
    "tsv": (lambda cells: tsv(DATASET, cells), counting.tsv),
    "wide": (lambda cells: wide_csv(DATASET, cells), counting.wide_csv),
    "sdmx 1.0": (lambda cells: sdmx_csv(DATASET, cells), counting.sdmx_csv),
    "sdmx 2.0": (lambda cells: sdmx_csv(DATASET, cells, "2.0"), counting.sdmx_csv),
    "sdmx both": (lambda cells: sdmx_csv(DATASET, cells, "both"), counting.sdmx_csv),
    "sdmx joined": (lambda cells: writers.sdmx_joined(DATASET, cells), counting.sdmx_csv),
    "sdmx labels": (lambda cells: writers.sdmx_labels(DATASET, cells), counting.sdmx_csv),
    "jsonstat": (lambda cells: jsonstat(DATASET, cells), counting.jsonstat),
    "stated": (stated, counting.stated),
    "xlsx": (lambda cells: writers.xlsx(DATASET, cells), counting.xlsx),
    "xlsx down": (lambda cells: writers.xlsx(DATASET, cells, "period"), counting.xlsx),
}


def generated(count: int) -> settings:
    """Settings for so many inputs: always the same few in the gate, others each time in the long run."""
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(
        max_examples=count,
        derandomize=count < 1000,
        deadline=None,
        database=None,
        suppress_health_check=checks,
    )


def rows(content: bytes, path: Path, connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """What reading gives; only our own errors may come out of it."""
    path.write_bytes(content)
    formats.describe(path)
    table = formats.read(DATASET, path, connection, writers.Lists())
    assert tuple(table.columns) == DATASET.tidy_columns
    return table.fetchall()
