"""How ``observatory diff`` prints what was compared: tables for people, CSV and JSON for machines.

Finding out what is compared does not belong here: revising.py does that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from observatory.console import screen, show
from sources.codes import EU

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.moves import Moves
    from warehouse.revisions import Revisions

ON_SCREEN = 100
CLIPPED = 40
"""How much of an edited text the table shows."""


@dataclass(frozen=True)
class Compared:
    """What was compared, by name, and what came of it; None where it was not asked for."""

    old: str
    new: str
    tables: Sequence[Revisions] | None
    moves: Moves | None


def tell(compared: Compared, form: str, *, rows: bool) -> None:
    """Print what came of a comparison; ``rows`` asks for the rows of tables, else CSV holds those of figures."""
    if form == "json":
        click.echo(json.dumps(_document(compared), default=str, indent=1))
    elif form == "csv":
        frames = [_flat(one) for one in compared.tables or ()] if rows else [_moves_frame(compared)]
        for frame in frames:
            show(list(map(str, frame.columns)), _cells(frame), "csv")
    else:
        _show(compared, rows)


def _document(compared: Compared) -> dict[str, Any]:
    tables = [
        {
            "dataset": one.dataset.id,
            "compared": one.compared,
            **one.kinds,
            "columns": one.columns,
            "rows": json.loads(one.rows.to_json(orient="records")),
        }
        for one in compared.tables or ()
    ]
    told: dict[str, Any] = {"old": compared.old, "new": compared.new, "datasets": tables}
    if compared.moves is not None:
        figures = json.loads(compared.moves.rows.to_json(orient="records"))
        told["briefs"] = briefs_of(compared.moves)
        told["figures"] = {"indicators": compared.moves.kinds, "rows": figures}
    return told


def _show(compared: Compared, rows: bool) -> None:
    screen.print(f"From {compared.old} to {compared.new}", highlight=False)
    if compared.tables is not None:
        _show_tables(compared.tables, rows)
    if compared.moves is not None:
        _show_moves(compared.moves)


def _show_tables(found: Sequence[Revisions], rows: bool) -> None:
    for by_record in (False, True):
        tables = [one for one in found if bool(one.dataset.record_key) == by_record]
        if tables:
            kinds = list(tables[0].kinds)
            lines = [[one.dataset.id, one.compared, *one.kinds.values()] for one in tables]
            show(["dataset", "records in both" if by_record else "cells in both", *kinds], lines, "table")
    for one in found:
        if one.columns:
            edited = ", ".join(f"{name} {count}" for name, count in one.columns.items())
            screen.print(f"{one.dataset.id}: edited columns: {edited}", highlight=False)
        if rows:
            frame = _narrow(one)
            show(list(map(str, frame.columns)), _cells(frame), "table")
    if not found:
        screen.print("No table differs.")


def _show_moves(moves: Moves) -> None:
    if not moves.kinds:
        screen.print("No figure moved.")
        return
    kinds = list(next(iter(moves.kinds.values())))
    show(["indicator", *kinds], [[name, *of.values()] for name, of in moves.kinds.items()], "table")
    told = moves.rows[~moves.rows["kind"].isin(["rounding"])]
    columns = ["kind", "indicator", "geo", "new_period", "member", "old_value", "new_value", "change"]
    shown = told.assign(new_period=told["new_period"].fillna(told["old_period"]))[columns]
    named = [name.replace("new_period", "period").replace("_value", "") for name in columns]
    show(named, _cells(shown), "table")
    briefs = briefs_of(moves)
    if briefs:
        every = "; those of the EU stand in every brief" if EU in briefs else ""
        screen.print(f"Briefs whose figures moved: {', '.join(briefs)}{every}.", highlight=False)


def briefs_of(moves: Moves) -> list[str]:
    """The places of briefs for which an indicator that briefs tell of moved, the EU first."""
    from dashboards.briefs.shelf import GEOS, PARTED, WHOLES

    moved = frozenset().union(*(moves.places.get(name, frozenset()) for name in (*PARTED, *WHOLES)))
    return [geo for geo in GEOS if geo in moved]


def _moves_frame(compared: Compared) -> pd.DataFrame:
    assert compared.moves is not None  # noqa: S101 - rows of tables are asked for where there are none
    return compared.moves.rows


def _flat(one: Revisions, clip: int | None = None) -> pd.DataFrame:
    """The rows with what was edited as one text, ``column: old → new``."""
    if "edits" not in one.rows:
        return one.rows
    texts = ["; ".join(_edit(edit, clip) for edit in edits) for edits in one.rows["edits"]]
    return one.rows.assign(edits=texts)


def _narrow(one: Revisions) -> pd.DataFrame:
    """The rows for a screen: a cell named by its codes in one text, and flags only where there are any."""
    if one.dataset.record_key:
        return _flat(one, CLIPPED)
    rows, codes = one.rows, [name for name in one.dataset.key if name != "period"]
    shown = rows[["kind", "period", "old", "new", "change"]]
    shown.insert(1, "cell", rows[codes].agg(".".join, axis=1) if len(rows) else "")
    for name in ("flags", "confidentiality"):
        pairs = rows[[f"old_{name}", f"new_{name}"]]
        if (pairs != "").any(axis=None):
            shown = shown.assign(**{name: pairs.agg(" → ".join, axis=1)})
    return shown


def _edit(edit: dict[str, str | None], clip: int | None) -> str:
    old, new = (" ".join((edit[side] or "").split()) for side in ("old", "new"))
    old, new = (text if clip is None or len(text) <= clip else f"{text[:clip]}…" for text in (old, new))
    return f"{edit['column']}: {old} → {new}"


def _cells(frame: pd.DataFrame) -> list[list[Any]]:
    values: list[list[Any]] = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    return values
