"""What changed in the structure of a table against the last whole one: codes, periods, the order of dimensions.

Whether its values are good does not belong here (expectations.py), nor what a change leads to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sources.formats import describe
from sources.model import Dataset, Scope
from warehouse.outline import outline

NAME = "structure"
DESCRIPTION = "A whole table has the codes, periods and order of dimensions of the last accepted one."
SHOWN = 8
"""How many codes a line names before it counts the others."""


def changes(dataset: Dataset, table: Path, previous: Path, memory: str, scope: Scope = "full") -> list[str]:
    """One line for each dimension with codes that are new or gone, one for periods that are gone.

    ``table`` and ``previous`` are tidy tables (Parquet). New periods are no change: each edition brings one.
    From a part of a table (``scope``) nothing can be gone. A table of records has no structure to change.
    """
    if dataset.record_key:
        return []
    now, before = (outline(dataset, one, memory).codes for one in (table, previous))
    columns = (*dataset.dimensions, "geo", "period")
    return [line for column in columns for line in _column(column, now[column], before[column], scope)]


def reordered(content: Path, previous: Path) -> list[str]:
    """One line where two files of one format have the same dimensions in another order."""
    now, before = describe(content), describe(previous)
    moved = now.dimensions != before.dimensions and set(now.dimensions) == set(before.dimensions)
    if not moved or now.format != before.format:
        return []
    return [f"dimensions moved: {','.join(now.dimensions)} instead of {','.join(before.dimensions)}"]


def _column(column: str, now: Sequence[str], before: Sequence[str], scope: Scope) -> Iterator[str]:
    what = "periods" if column == "period" else "codes"
    new, gone = sorted(set(now) - set(before)), sorted(set(before) - set(now))
    if new and column != "period":
        yield f"{column}: new {what} {_listed(new)}"
    if gone and scope == "full":
        yield f"{column}: {what} gone {_listed(gone)}"


def _listed(codes: Sequence[str]) -> str:
    more = len(codes) - SHOWN
    return ", ".join(codes[:SHOWN]) + (f" and {more} more" if more > 0 else "")
