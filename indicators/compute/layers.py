"""A dataset's state as an expression: its layers, the newest row of each key on top, as ``State.sql`` has it in DuckDB.

How a layer comes to be belongs to warehouse/vintages.py.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from warehouse.vintages import Layer, State


def laid(state: State, tables: Sequence[ir.Table]) -> ir.Table:
    """The state's rows from the tables of its layers: the tidy columns, capture, known_from and origin."""
    columns = [*state.dataset.tidy_columns, "capture", "known_from", "origin"]
    parts = [_marked(rank, *pair) for rank, pair in enumerate(zip(state.layers, tables, strict=True))]
    if len(parts) == 1:
        return parts[0].select(columns)
    newest_first = ibis.window(group_by=list(state.dataset.key), order_by="rank")
    placed = ibis.union(*parts).mutate(place=ibis.row_number().over(newest_first))
    return placed.filter(placed.place == 0).select(columns)


def _marked(rank: int, layer: Layer, table: ir.Table) -> ir.Table:
    capture = layer.capture
    known = capture.known_from.isoformat() if capture.known_from else None
    return table.select(
        *table.columns,
        capture=ibis.literal(capture.id),
        known_from=ibis.literal(known, "string").cast("timestamp('UTC')"),
        origin=ibis.literal(capture.origin),
        rank=ibis.literal(rank),
    )
