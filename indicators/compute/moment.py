"""The figures of one moment: formulas compiled to Ibis and run where the tables lie.

What a formula means is said in formula.py; how moments follow each other, in history.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import ibis
import ibis.expr.types as ir

from indicators.compute.cells import Tables, evaluate, nothing
from indicators.compute.comparability import with_change
from indicators.compute.engines import DUCKDB, Engine, QueryRefused, Session
from indicators.formula import Formula, breakdown_of, digest_of, unit_of
from indicators.model import Indicator
from indicators.registry import datasets, formulas
from warehouse.contents import FIGURES
from warehouse.files import whole
from warehouse.vintages import State

COMPUTE_VERSION = "4"

COLUMNS = [name for name in FIGURES if name not in ("known_from", "known_to")]
"""What one moment can tell of a figure."""

Queries = dict[str, str]
"""An indicator's formulas as SQL, by the tables that are loaded: compiling costs many times what running does."""


def compute(
    home: Path,
    indicator: Indicator,
    states: Mapping[str, State],
    memory: str = "700MB",
    engine: Engine = DUCKDB,
    queries: Queries | None = None,
) -> Path:
    """The indicator's figures as Parquet with ``COLUMNS``; computed once per formula and inputs, on either engine.

    ``states`` holds the datasets that are loaded; a formula that reads another one gives no figures.
    ``queries`` are those of the indicator's other moments, and get this one's. Raises EngineFailed.
    """
    states = {name: states[name] for name in sorted(datasets(indicator) & states.keys())}
    path = home / "figures" / indicator.id / f"{digest(indicator, states)}.parquet"
    if path.exists():
        return path
    with engine.session(states, memory) as session:
        query = _query(session, indicator, states, {} if queries is None else queries)
        try:
            with whole(path) as aside:
                session.write(query, aside)
        except QueryRefused as error:
            raise QueryRefused(f"{indicator.id}: {error}") from error
    return path


def _query(session: Session, indicator: Indicator, states: Mapping[str, State], queries: Queries) -> str:
    """The indicator's formulas as SQL, compiled once for all moments at which the same tables are loaded."""
    shapes = "\n".join(f"{name} {state.full} {state.dataset.tidy_columns}" for name, state in states.items())
    if shapes not in queries:
        tables = Tables(session, states, indicator.coverage.since)
        parts = [_figures(tables, indicator, formula) for formula in formulas(indicator)]
        queries[shapes] = session.compile(ibis.union(*parts) if len(parts) > 1 else parts[0])
    return queries[shapes]


def _figures(tables: Tables, indicator: Indicator, formula: Formula) -> ir.Table:
    unit = unit_of(formula)
    cells = evaluate(tables, formula) if tables.hold(formula) else nothing()
    stated = with_change(cells, indicator.events).mutate(
        indicator=ibis.literal(indicator.id),
        breakdown=ibis.literal(breakdown_of(formula)),
        unit=ibis.literal(unit),
    )
    return stated.select(COLUMNS)


def digest(indicator: Indicator, states: Mapping[str, State]) -> str:
    """A checksum of all that an indicator's figures follow from: formulas, events and states."""
    parts = [*_meaning(indicator), *(f"{name}={state.digest}" for name, state in states.items())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _meaning(indicator: Indicator) -> list[str]:
    """All of an indicator that decides its figures."""
    parts = [COMPUTE_VERSION, indicator.id, repr(indicator.coverage), repr(indicator.events)]
    return [*parts, *(digest_of(formula) for formula in formulas(indicator))]
