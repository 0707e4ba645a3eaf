"""Judging by Great Expectations: DuckDB measures a table and finds the offending rows, this gives the verdicts.

The one module that knows great_expectations, and only inside functions, because importing it takes seconds.
Which rules a table has does not belong here (suites.py), nor what follows from a failed check.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from warehouse.model import Check, Severity

if TYPE_CHECKING:
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.expectations.expectation import Expectation

SHOWN = 3
"""How many offending rows a check's detail names."""
KEPT = 20
"""How many offending rows are kept with a check."""


@dataclass(frozen=True)
class Rule:
    """One measure of a table that must lie between ``low`` and ``high``, and how to speak of it.

    ``measure`` is an SQL expression over the table, and so is ``grave``, above which a warning is an error; both may
    read ``counted``, a query for one row, by the rule's name followed by ``_counted``;
    ``offending`` is a query for texts that name what is wrong, and in a second column how wrong, if it has one.
    The texts may say ``{found}``, ``{share}`` and ``{total}``.
    """

    name: str
    measure: str
    low: float | None
    high: float | None
    passes: str
    fails: str
    offending: str = ""
    severity: Severity = "error"
    grave: str = ""
    counted: str = ""


def judge(
    subject: str, connection: duckdb.DuckDBPyConnection, table: str, rules: Sequence[Rule]
) -> list[Check]:
    """One check for each rule on a table or view of the connection. What cannot be measured (null) passes."""
    if not rules:
        return []
    measures = [f"({rule.measure})::DOUBLE AS {rule.name}" for rule in rules]
    measures += [f"({rule.grave})::DOUBLE AS {rule.name}_grave" for rule in rules if rule.grave]
    for rule in rules:
        if rule.counted:  # one after the other: together they would not fit in memory
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {rule.name}_counted AS {rule.counted}")
    profile = connection.execute(f"SELECT count(*) AS total, {', '.join(measures)} FROM {table}").df()
    measured = {str(name): value for name, value in profile.iloc[0].items()}
    found = pd.Series([measured[rule.name] for rule in rules], dtype=float)
    limits = pd.DataFrame([(rule.low, rule.high) for rule in rules], columns=["low", "high"], dtype=float)
    excess = pd.DataFrame({"short": limits["low"] - found, "over": found - limits["high"]})
    outside = failing(excess, {"short": (None, 0), "over": (None, 0)})
    failed = outside["short"] | outside["over"]
    return [
        _check(subject, connection, rule, number not in failed, measured) for number, rule in enumerate(rules)
    ]


def failing(
    frame: pd.DataFrame, limits: Mapping[str, tuple[float | None, float | None]]
) -> dict[str, set[int]]:
    """By column, the positions of a frame's rows whose measure is not within its limits; null is within."""
    from great_expectations.expectations.core.expect_column_values_to_be_between import (
        ExpectColumnValuesToBeBetween,
    )

    if frame.empty:
        return {column: set() for column in limits}
    expected = [
        ExpectColumnValuesToBeBetween(column=column, min_value=low, max_value=high)
        for column, (low, high) in limits.items()
    ]
    results = _results(frame.reset_index(drop=True), expected)
    found = [result.result.get("unexpected_index_list") or [] for result in results]
    return {column: {int(row) for row in rows} for column, rows in zip(limits, found, strict=True)}


def judge_columns(subject: str, found: Sequence[str], wanted: Sequence[str]) -> Check:
    """Whether a table has exactly these columns, in this order."""
    from great_expectations.expectations.core.expect_table_columns_to_match_ordered_list import (
        ExpectTableColumnsToMatchOrderedList,
    )

    expectation = ExpectTableColumnsToMatchOrderedList(column_list=list(wanted))
    passed = _validate(pd.DataFrame(columns=list(found)), [expectation])[0]
    detail = f"{len(found)} columns" if passed else f"columns are {list(found)}, not {list(wanted)}"
    return Check(subject, "schema", passed, "error", detail)


def _check(
    subject: str,
    connection: duckdb.DuckDBPyConnection,
    rule: Rule,
    passed: bool,
    measured: dict[str, Any],
) -> Check:
    found, total = measured[rule.name], measured["total"]
    known = not pd.isna(found)
    said = (
        {"found": f"{found:,.0f}", "share": f"{found:.0%}"} if known else {"found": "none", "share": "none"}
    )
    detail = (rule.passes if passed else rule.fails).format(**said, total=f"{total:,.0f}")
    rows: tuple[str, ...] = ()
    if not passed and rule.offending:
        rows = _offenders(connection, rule.offending)
        detail += f": {'; '.join(rows[:SHOWN])}" + ("; …" if len(rows) > SHOWN else "")
    grave = bool(rule.grave) and known and found > measured[f"{rule.name}_grave"]
    return Check(subject, rule.name, passed, "error" if grave else rule.severity, detail, rows=rows)


def _offenders(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[str, ...]:
    """The first texts that name what is wrong, the worst ones where the query says how wrong each is."""
    graded = len(connection.execute(f"DESCRIBE ({sql})").fetchall()) > 1
    order = "2 DESC, 1" if graded else "1"
    found = connection.execute(f"SELECT * FROM ({sql}) ORDER BY {order} LIMIT {KEPT}").fetchall()
    return tuple(" ".join(str(row[0]).split()) for row in found)


def _validate(frame: pd.DataFrame, expectations: Sequence[Expectation]) -> list[bool]:
    return [bool(judged.success) for judged in _results(frame, expectations)]


def _results(frame: pd.DataFrame, expectations: Sequence[Expectation]) -> list[Any]:
    """What Great Expectations says of each expectation, with every row that fails it."""
    import great_expectations as gx

    suite = gx.ExpectationSuite(name="suite", expectations=list(expectations))
    batch = _batch_definition().get_batch({"dataframe": frame})
    return list(batch.validate(suite, result_format={"result_format": "COMPLETE"}).results)


@cache
def _batch_definition() -> BatchDefinition[Any]:
    """One ephemeral context for the whole process: it writes no file, counts no use, draws no bar."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    frames = context.data_sources.add_pandas("frames")
    return frames.add_dataframe_asset("profile").add_batch_definition_whole_dataframe("profile")
