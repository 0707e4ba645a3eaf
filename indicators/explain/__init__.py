"""Where a figure comes from: its formula, its cells, the captures and checks behind it, computed anew.

How that reads belongs to words.py and document.py, and how it looks to those who show it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import duckdb

from indicators.explain.evaluate import evaluate
from indicators.explain.figure import NoFigure, formula_of, stated
from indicators.explain.model import (
    Case,
    Cell,
    Counted,
    Explanation,
    Node,
    Stated,
    cells_of,
    counts_of,
)
from indicators.explain.reading import Asked, Reading
from indicators.explain.words import codes_of
from indicators.formula import Formula
from indicators.model import Indicator
from sources.model import Capture, Dataset
from sources.registry import datasets as all_datasets
from sources.settings import Settings
from warehouse.model import Check
from warehouse.read import OpenRelease

__all__ = [
    "Case",
    "Cell",
    "Counted",
    "Explanation",
    "NoFigure",
    "Node",
    "Stated",
    "cells_of",
    "counts_of",
    "explain",
]

SAME = 1e-9
"""Results are rounded to ten decimals; two that differ by less than this are the same."""


def explain(
    opened: OpenRelease,
    indicator: Indicator,
    geo: str,
    period: str = "",
    breakdown: str = "",
    member: str = "",
    on: date | None = None,
    datasets: Mapping[str, Dataset] | None = None,
) -> Explanation:
    """Explain one figure as known on a day, or now; ``period`` empty takes the newest with a value.

    ``datasets`` (default: all there are) tells what the captures are of. Raises NoFigure.
    """
    formula = formula_of(indicator, breakdown, member)
    figure = stated(opened, indicator, formula, geo, period, member, on)
    settings = Settings()
    known = all_datasets(settings) if datasets is None else datasets
    reading = Reading(opened, known, indicator.coverage.since, on, settings.eurostat_url)
    at_hand, tree = _recomputed(reading, formula, figure)
    release = opened.query("SELECT created_at, code_version FROM release").iloc[0]
    sources = _sources(opened, figure, tree, known)
    return Explanation(
        indicator=indicator,
        formula=formula,
        figure=figure,
        release=opened.id,
        code_version=str(release["code_version"]),
        on=on,
        tree=tree,
        agrees=_agrees(figure, tree) if at_hand else None,
        sources=sources,
        checks=_checks(opened, indicator, sources),
        recompute=_command(figure, on or release["created_at"].date()),
        labels=_labels(opened, formula),
    )


def _recomputed(reading: Reading, formula: Formula, figure: Stated) -> tuple[bool, Node | None]:
    """Whether the tables behind the figure can be read, and what they give."""
    if not set(figure.captures) <= reading.opened.tables.keys():
        return False, None
    asked = Asked((figure.geo,), (figure.period,), (figure.member,))
    try:
        found = evaluate(reading, formula, asked) if reading.hold(formula) else []
    except duckdb.IOException:
        return False, None
    return True, found[0] if len(found) == 1 else None


def _agrees(figure: Stated, tree: Node | None) -> bool:
    if tree is None:
        return False
    numbers = ((figure.value, tree.value), (figure.low, tree.low), (figure.high, tree.high))
    names = ("flags", "status", "unit", "series")
    return all(getattr(figure, name) == getattr(tree, name) for name in names) and all(
        one is other if one is None or other is None else math.isclose(one, other, rel_tol=SAME, abs_tol=SAME)
        for one, other in numbers
    )


def _sources(
    opened: OpenRelease, figure: Stated, tree: Node | None, datasets: Mapping[str, Dataset]
) -> tuple[tuple[Dataset, Capture], ...]:
    """The captures behind the figure, each with its dataset: those of its cells, else those it names."""
    captures = [c for c in opened.captures if c.id in figure.captures]
    if tree is not None:
        read = [cell.capture for cell in cells_of(tree)] + [one.capture for one in counts_of(tree)]
        captures = list({capture.id: capture for capture in read}.values())
    return tuple((datasets[c.dataset], c) for c in captures if c.dataset in datasets)


def _checks(
    opened: OpenRelease, indicator: Indicator, sources: tuple[tuple[Dataset, Capture], ...]
) -> tuple[Check, ...]:
    """The checks of the indicator and of the tables behind it, those that failed first."""
    subjects = [indicator.id, *dict.fromkeys(dataset.id for dataset, _ in sources)]
    rows = opened.query(
        "SELECT subject, name, passed, severity, detail FROM checks WHERE list_contains(?, subject) "
        "ORDER BY passed, subject <> ?, subject, name, detail",
        [subjects, indicator.id],
    )
    return tuple(
        Check(
            str(subject), str(name), bool(passed), "error" if severity == "error" else "warning", str(detail)
        )
        for subject, name, passed, severity, detail in rows.itertuples(index=False, name=None)
    )


def _command(figure: Stated, day: date) -> str:
    by = f" --by {figure.breakdown}={figure.member}" if figure.breakdown else ""
    asked = f"{figure.indicator} --geo {figure.geo} --period {figure.period}{by}"
    return f"observatory explain {asked} --as-of {day}"


def _labels(opened: OpenRelease, formula: Formula) -> dict[tuple[str, str, str], str]:
    """The names of the formula's codes that the release carries, by dimension, code and language."""
    pairs = codes_of(formula)
    rows = opened.query(
        "SELECT dimension, code, lang, label FROM labels "
        "WHERE list_contains(?, dimension) AND list_contains(?, code)",
        [sorted({dimension for dimension, _ in pairs}), sorted({code for _, code in pairs})],
    )
    return {(str(r.dimension), str(r.code), str(r.lang)): str(r.label) for r in rows.itertuples()}
