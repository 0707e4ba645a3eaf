"""Whether a tidy table is what its metadata say: DuckDB profiles it, Great Expectations judges the profile.

The one module that knows great_expectations, and only inside functions, because importing it takes seconds.
What follows from a failed check does not belong here.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from sources.codes import CONFIDENTIALITY, FLAGS, GEO, MEMBER_STATES, PERIOD
from sources.formats.sql import literal
from sources.model import Dataset, Scope
from warehouse.model import Check, Severity

if TYPE_CHECKING:
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.expectations.expectation import Expectation

NAMES = {
    "schema": "The columns and their types are those of the dataset.",
    "keys": "Each row is identified, and none stands twice.",
    "codes": "Places, periods and declared dimensions hold only known codes.",
    "known": "Columns of codes hold known codes, but for a few rows.",
    "flags": "Flags and confidentiality are in the standard code lists.",
    "bounds": "Values lie within the bounds of their units, years within reason.",
    "rows": "A whole table has not lost rows against the last accepted one.",
    "countries": "A whole table covers the Member States that it should.",
}
"""The checks of a tidy table, by name; the same names everywhere."""

SHOWN = 3
YEARS = (1950, 2100)
YEAR_COLUMNS = ("start_year", "end_year")


@dataclass(frozen=True)
class Rule:
    """One measure of a table that must lie between ``low`` and ``high``, and how to speak of it.

    ``offending`` is a query for texts that name what is wrong.
    """

    name: str
    measure: str
    low: float | None
    high: float | None
    passes: str
    fails: str
    offending: str = ""
    severity: Severity = "error"


def check_tidy(dataset: Dataset, table: Path, previous: Path | None, scope: Scope) -> list[Check]:
    """The checks of a tidy table, named as in ``NAMES``; of a partial one, no rows or countries.

    ``previous`` is the table of the last accepted whole capture. A table of other columns gets one check.
    """
    with tempfile.TemporaryDirectory() as spill, duckdb.connect() as connection:
        connection.execute("SET memory_limit = '500MB'")
        connection.execute("SET temp_directory = ?", [spill])
        _view(connection, "tidy", table)
        schema = _check_schema(dataset, connection)
        if not schema.passed:
            return [schema]
        before = 0
        if previous:
            _view(connection, "previous", previous)
            before = int(_one(connection, f"SELECT count(*) FROM previous {_still_due(dataset)}"))
        rules = [*_row_rules(dataset)]
        if scope == "full":
            rules += _table_rules(dataset, before)
        return [schema, *_judge(dataset, connection, rules)]


def _still_due(dataset: Dataset) -> str:
    """Leaves out the rows of earlier periods that are gone: a withdrawn wave is no loss, a missing newest one is."""
    if "period" not in dataset.tidy_columns:
        return ""
    return "WHERE period IN (SELECT period FROM tidy) OR period > (SELECT max(period) FROM tidy)"


def _check_schema(dataset: Dataset, connection: duckdb.DuckDBPyConnection) -> Check:
    from great_expectations.expectations.core.expect_table_columns_to_match_ordered_list import (
        ExpectTableColumnsToMatchOrderedList,
    )

    described = connection.execute("DESCRIBE tidy").fetchall()
    found = [f"{name} {kind}" if _typed(dataset) else str(name) for name, kind, *_ in described]
    wanted = [
        f"{name} {'DOUBLE' if name == 'value' else 'VARCHAR'}" if _typed(dataset) else name
        for name in dataset.tidy_columns
    ]
    expectation = ExpectTableColumnsToMatchOrderedList(column_list=list(wanted))
    passed = _validate(pd.DataFrame(columns=found), [expectation])[0]
    detail = f"{len(found)} columns" if passed else f"columns are {found}, not {wanted}"
    return Check(dataset.id, "schema", passed, "error", detail)


def _judge(dataset: Dataset, connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> list[Check]:
    from great_expectations.expectations.core.expect_column_values_to_be_between import (
        ExpectColumnValuesToBeBetween,
    )

    measures = ", ".join(f"{rule.measure} AS {rule.name}" for rule in rules)
    profile = connection.execute(f"SELECT count(*) AS total, {measures} FROM tidy").df()
    verdicts = _validate(
        profile,
        [
            ExpectColumnValuesToBeBetween(column=rule.name, min_value=rule.low, max_value=rule.high)
            for rule in rules
        ],
    )
    checks = []
    for rule, passed in zip(rules, verdicts, strict=True):
        numbers = {"found": f"{profile[rule.name][0]:,.0f}", "total": f"{profile['total'][0]:,.0f}"}
        detail = (rule.passes if passed else rule.fails).format(**numbers)
        if not passed and rule.offending:
            detail += f": {_offenders(connection, rule.offending)}"
        checks.append(Check(dataset.id, rule.name, passed, rule.severity, detail))
    return checks


def _row_rules(dataset: Dataset) -> Iterator[Rule]:
    key = ", ".join(f'"{column}"' for column in dataset.key)
    twice = f"SELECT {key}, count(*) AS times FROM tidy GROUP BY ALL HAVING times > 1"
    empty = " OR ".join(f'"{column}" IS NULL' for column in dataset.key)
    yield Rule(
        name="keys",
        measure=f"(SELECT count(*) FROM ({twice})) + count(*) FILTER ({empty})",
        low=None,
        high=0,
        passes="{total} rows, each key once",
        fails="repeated or incomplete keys: {found} in {total} rows",
        offending=f"SELECT {_named(dataset.key)} || ' (' || times || ' times)' FROM ({twice}) UNION ALL "
        f"SELECT {_named(dataset.key)} || ' (incomplete)' FROM tidy WHERE {empty}",
    )
    faulty = _fault_columns(dataset)
    yield _row_rule(dataset, "codes", _unknown_codes(dataset), "with unknown codes", faulty)
    if dataset.expected.unknown_at_most:
        yield _known_rule(dataset.expected.unknown_at_most)
    if not dataset.record_key:
        flags = "".join(FLAGS)
        hidden = "".join(CONFIDENTIALITY)
        unknown = (
            f"NOT coalesce(regexp_full_match(flags, '[{flags}]*'), false) "
            f"OR NOT coalesce(regexp_full_match(confidentiality, '[{hidden}]?'), false)"
        )
        yield _row_rule(dataset, "flags", [unknown], "with unknown flags", ("flags", "confidentiality"))
    yield _row_rule(dataset, "bounds", _outside(dataset), "out of bounds", faulty)


def _known_rule(at_most: Mapping[str, float]) -> Rule:
    """Few rows may hold a spelling that nobody knows: a column renamed or recoded must not count as nothing."""
    shares = {column: f"avg((\"{column}\" = 'unknown')::INTEGER)" for column in at_most}
    return Rule(
        name="known",
        measure=" + ".join(f"({shares[column]} > {share})::INTEGER" for column, share in at_most.items()),
        low=None,
        high=0,
        passes="columns of codes are known",
        fails="columns with too many unknown codes: {found}",
        offending=" UNION ALL ".join(
            f"SELECT '{column} unknown in ' || round(100 * {shares[column]}) || ' % of rows' FROM tidy "
            f"HAVING {shares[column]} > {share}"
            for column, share in at_most.items()
        ),
    )


def _row_rule(
    dataset: Dataset, name: str, conditions: Iterable[str], fault: str, shown: Sequence[str]
) -> Rule:
    condition = " OR ".join(f"({condition})" for condition in conditions) or "false"
    return Rule(
        name=name,
        measure=f"count(*) FILTER ({condition})",
        low=None,
        high=0,
        passes=f"{{total}} rows, none {fault}",
        fails=f"{{found}} of {{total}} rows {fault}",
        offending=f"SELECT {_named(dataset.key, shown)} FROM tidy WHERE {condition}",
    )


def _table_rules(dataset: Dataset, before: int) -> Iterator[Rule]:
    kept = dataset.expected.rows_kept
    yield Rule(
        name="rows",
        measure="count(*)",
        low=max(1, kept * before),
        high=None,
        passes=f"{{found}} rows after {before:,}" if before else "{found} rows",
        fails=f"{{found}} rows after {before:,}: less than {kept:.0%} of the last accepted table"
        if before
        else "the table is empty",
    )
    if dataset.expected.member_states:
        states = ", ".join(literal(geo) for geo in MEMBER_STATES)
        yield Rule(
            name="countries",
            measure=f"count(DISTINCT geo) FILTER (geo IN ({states}))",
            low=dataset.expected.member_states,
            high=None,
            passes="{found} Member States",
            fails=f"Member States: {{found}} of at least {dataset.expected.member_states}; missing",
            offending=f"SELECT unnest([{states}]) EXCEPT SELECT geo FROM tidy",
        )


def _unknown_codes(dataset: Dataset) -> Iterator[str]:
    if not dataset.record_key:
        yield f"NOT regexp_full_match(geo, {literal(GEO.pattern)})"
        yield f"NOT regexp_full_match(period, {literal(PERIOD.pattern)})"
    for column, codes in dataset.expected.codes.items():
        if column not in dataset.tidy_columns:
            continue
        yield f"coalesce(\"{column}\"::VARCHAR, '') NOT IN ({', '.join(literal(code) for code in codes)})"


def _outside(dataset: Dataset) -> Iterator[str]:
    if "value" in dataset.tidy_columns:
        yield "NOT isfinite(value)"
    for unit, (low, high) in dataset.expected.units.items():
        sides = [f"value < {low}"] * (low is not None) + [f"value > {high}"] * (high is not None)
        if sides and "unit" in dataset.tidy_columns:
            yield f"unit = {literal(unit)} AND ({' OR '.join(sides)})"
    for column in YEAR_COLUMNS:
        if column in dataset.tidy_columns:
            yield f"{column} NOT BETWEEN {YEARS[0]} AND {YEARS[1]}"


def _fault_columns(dataset: Dataset) -> list[str]:
    """The columns beside the key that a row's values are judged by."""
    judged = ("value", "unit", *YEAR_COLUMNS, *dataset.expected.codes)
    return [c for c in dict.fromkeys(judged) if c in dataset.tidy_columns and c not in dataset.key]


def _named(key: Iterable[str], others: Iterable[str] = ()) -> str:
    """An SQL text that names a row by its key, and by other columns where they hold anything."""
    parts = [f"'{column} ' || coalesce(\"{column}\"::VARCHAR, '(none)')" for column in key]
    parts += [f"'{column} ' || nullif(\"{column}\"::VARCHAR, '')" for column in others]
    return f"concat_ws(' ', {', '.join(parts)})"


def _typed(dataset: Dataset) -> bool:
    return not dataset.record_key


def _view(connection: duckdb.DuckDBPyConnection, name: str, table: Path) -> None:
    connection.execute(f"CREATE VIEW {name} AS FROM read_parquet({literal(str(table))})")


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> Any:
    row = connection.execute(sql).fetchone()
    return row[0] if row else None


def _offenders(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    found = connection.execute(f"SELECT * FROM ({sql}) ORDER BY 1 LIMIT {SHOWN + 1}").fetchall()
    names = [str(row[0]) for row in found[:SHOWN]]
    return "; ".join(names) + ("; …" if len(found) > SHOWN else "")


def _validate(frame: pd.DataFrame, expectations: Sequence[Expectation]) -> list[bool]:
    import great_expectations as gx

    suite = gx.ExpectationSuite(name="tidy", expectations=list(expectations))
    result = _batch_definition().get_batch({"dataframe": frame}).validate(suite)
    return [bool(judged.success) for judged in result.results]


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
