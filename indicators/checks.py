"""What a release must satisfy before it is published: figures within bounds, witnesses reproduced.

Checks of a source's table do not belong here; the warehouse makes those when a capture comes in.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from indicators.formula import breakdown_of
from indicators.model import Indicator
from sources.model import Capture
from warehouse.model import Check


def check_figures(indicator: Indicator, figures: Path, captures: Mapping[str, Capture]) -> list[Check]:
    """The release's checks of what is stated now of one indicator; ``captures`` are those of the release, by id."""
    return [_bounds(indicator, figures), *_witness(indicator, figures, captures)]


def _bounds(indicator: Indicator, figures: Path) -> Check:
    low, high = indicator.bounds
    outside = _rows(
        "SELECT geo, period, member, value FROM read_parquet(?) "
        "WHERE known_to IS NULL AND unit = ? AND (value < ? OR value > ?) ORDER BY ALL LIMIT 3",
        [str(figures), indicator.unit, low, high],
    )
    named = "; ".join(
        f"{geo} {period} {member} {value}".replace("  ", " ") for geo, period, member, value in outside
    )
    detail = f"outside {low} to {high}: {named}" if outside else f"all values within {low} to {high}"
    return Check(indicator.id, "bounds", not outside, "error", detail)


def _witness(indicator: Indicator, figures: Path, captures: Mapping[str, Capture]) -> list[Check]:
    """Contradicted by the vintage that the witness names, an error; by another one, a warning with both."""
    witness = indicator.witness
    if witness is None:
        return []
    breakdown = breakdown_of(indicator.formula) if witness.member else ""
    found = _rows(
        "SELECT coalesce(value, high), low, captures FROM read_parquet(?) "
        "WHERE known_to IS NULL AND geo = ? AND period = ? AND member = ? AND (? = '' OR breakdown = ?)",
        [str(figures), witness.geo, witness.period, witness.member, breakdown, breakdown],
    )
    if not found:
        return []
    value, low, used = found[0]
    tolerance = 0.5 * 10.0**-witness.decimals + 1e-9
    vintages = {_day(captures[c]) for c in used if c in captures}
    agrees = value is not None and abs(value - witness.value) <= tolerance
    agrees = agrees and (witness.low is None or (low is not None and abs(low - witness.low) <= tolerance))
    same = vintages == {witness.vintage.isoformat()}
    stated = f"{witness.low:g} to {witness.value:g}" if witness.low is not None else f"{witness.value:g}"
    detail = (
        f"{witness.geo} {witness.period}: {stated} published ({witness.source}, vintage {witness.vintage}), "
        f"{'not publishable' if value is None else f'{value:g}'} here (vintage {', '.join(sorted(vintages))})"
    )
    return [Check(indicator.id, "witness", agrees, "error" if same else "warning", detail)]


def _day(capture: Capture) -> str:
    return f"{capture.known_from:%Y-%m-%d}" if capture.known_from else "undated"


def _rows(sql: str, parameters: list[object]) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(sql, parameters).fetchall()
