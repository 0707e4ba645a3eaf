"""What a query has to know of captures, left open until it runs, so that one query serves every moment.

What a query computes does not belong here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import ibis
import ibis.expr.types as ir

from sources.model import Capture
from warehouse.vintages import State

WHOLE = " (whole)"
"""Follows a dataset's id in the name of the whole table at the bottom of its state."""

Layer = Literal["newest", "whole"]
"""The capture on top of a state, or the whole table at its bottom."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis has no types
def getvariable(variable: str) -> str:  # type: ignore[empty-body]
    """A variable of the engine's session."""


def capture_id(dataset: str, layer: Layer) -> ir.ArrayValue:
    return ibis.array([_variable(dataset, layer, "id")])


def capture_vintage(dataset: str, layer: Layer) -> ir.TimestampValue:
    """From when the capture's content was known; null for an undated one."""
    moment: ir.TimestampValue = _variable(dataset, layer, "vintage").nullif("").cast("timestamp('UTC')")
    return moment


def capture_origin(dataset: str, layer: Layer) -> ir.StringValue:
    return _variable(dataset, layer, "origin")


def edition(dataset: str) -> ir.StringValue:
    """The day of the newest capture."""
    return _variable(dataset, "newest", "edition")


def values(states: Mapping[str, State]) -> dict[str, str]:
    """What the variables are at a moment, by name."""
    return {
        _name(dataset, layer, what): value
        for dataset, state in states.items()
        for layer, capture in (("newest", state.layers[0].capture), ("whole", state.layers[-1].capture))
        for what, value in _values(capture)
    }


def _values(capture: Capture) -> Iterator[tuple[str, str]]:
    yield "id", capture.id
    yield "vintage", capture.known_from.isoformat() if capture.known_from else ""
    yield "origin", capture.origin
    yield "edition", f"{capture.known_from or capture.retrieved_at:%Y-%m-%d}"


def _variable(dataset: str, layer: str, what: str) -> ir.StringValue:
    value: ir.StringValue = getvariable(_name(dataset, layer, what))
    return value


def _name(dataset: str, layer: str, what: str) -> str:
    return f"{dataset}__{layer}__{what}"
