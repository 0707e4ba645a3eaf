"""Changes between periods, and what stands in their way or beside them.

Which cells are compared does not belong here; cells.py evaluates them.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from indicators.model import Event
from sources.codes import FLAGS

DECIMALS = 10
"""Differences of published decimals are rounded to this, so that no binary noise is stated."""

CELL = {
    "geo": "string",
    "period": "string",
    "member": "string",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "flags": "string",
    "status": "string",
    "series": "string",
    "vintage": "timestamp('UTC')",
    "captures": "array<string>",
    "origin": "string",
}
"""What every node evaluates to: one row for each geography, period and member."""


def with_change(table: ir.Table, events: Sequence[Event]) -> ir.Table:
    """The table with each value's change since the previous period, and what stands in its way or beside it.

    The previous period is the one before of the same series with a value: the year before, or the same
    month or quarter of a year before. No change is stated across a break, between two definitions (one value
    flagged d, the other not) or across an event that stops.
    """
    history = ibis.window(
        group_by=["geo", "member", "series"], order_by="period", preceding=None, following=0
    )
    marked = table.mutate(
        breaks=table.flags.contains("b").cast("int64").sum().over(history),
        season=table.period.substr(4),
    )
    stated = marked.filter(marked.value.notnull())
    before = ibis.window(group_by=["geo", "member", "series", "season"], order_by="period")
    compared = stated.mutate(
        previous_period=stated.period.lag().over(before),
        previous_value=stated.value.lag().over(before),
        broken=stated.breaks > stated.breaks.lag().over(before),
        redefined=stated.flags.contains("d") != stated.flags.lag().over(before).contains("d"),
    )
    status, note = _comparability(compared, events)
    compared = compared.mutate(change_status=status, change_note=note)
    compared = compared.mutate(
        change=ibis.ifelse(
            compared.change_status.isin(["comparable", "noted"]),
            (compared.value - compared.previous_value).round(DECIMALS),
            ibis.null("float64"),
        )
    )
    rest = marked.filter(marked.value.isnull()).mutate(
        previous_period=ibis.null("string"),
        change=ibis.null("float64"),
        change_status=ibis.literal(""),
        change_note=ibis.literal(""),
    )
    columns = [*CELL, "previous_period", "change", "change_status", "change_note"]
    return compared.select(columns).union(rest.select(columns))


def _comparability(compared: ir.Table, events: Sequence[Event]) -> tuple[ir.StringValue, ir.StringValue]:
    def crossed(event: Event) -> ir.BooleanValue:
        here = ibis.literal(True) if not event.geo else compared.geo == event.geo
        return here & (compared.previous_period < event.period) & (compared.period >= event.period)

    cases = [
        (compared.previous_period.isnull(), "", ""),
        (compared.broken, "stopped", FLAGS["b"]),
        (compared.redefined, "stopped", FLAGS["d"]),
        *[(crossed(e), "stopped", e.text) for e in events if e.effect == "stops"],
        *[(crossed(e), "noted", e.text) for e in events if e.effect == "notes"],
    ]
    status = ibis.cases(*[(when, status) for when, status, _ in cases], else_="comparable")
    note = ibis.cases(*[(when, note) for when, _, note in cases], else_="")
    return status, note
