"""The rules that a tidy table must meet, made from the metadata of its dataset.

Judging by them belongs to expectations.py; how values stand to each other and to earlier ones, to plausible.py.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd

from sources.codes import CONFIDENTIALITY, FLAGS, GEO, MEMBER_STATES, PERIOD
from sources.formats.sql import literal
from sources.model import Dataset, Scope
from warehouse import plausible
from warehouse.expectations import Rule, failing, judge, judge_columns
from warehouse.freshness import Fresh
from warehouse.model import Check
from warehouse.vintages import State

NAMES = {
    "schema": "The columns and their types are those of the dataset.",
    "keys": "Each row is identified, and none stands twice.",
    "codes": "Places, periods and declared dimensions hold only known codes.",
    "known": "Columns of codes hold known codes, but for a few rows.",
    "flags": "Flags and confidentiality are in the standard code lists.",
    "bounds": "Values lie within the bounds of their units, years within reason.",
    **plausible.NAMES,
    "rows": "A whole table has not lost rows against the last accepted one.",
    "countries": "A whole table covers the Member States that it should.",
}
"""The checks of a tidy table, by name; the same names everywhere."""

FRESH = "fresh"
"""The check of a dataset that its newest period is the one to expect; not of one table, and so not in ``NAMES``."""

YEARS = (1950, 2100)
YEAR_COLUMNS = ("start_year", "end_year")


def check_tidy(
    dataset: Dataset, table: Path, previous: Path | None, scope: Scope, known: State | None = None
) -> list[Check]:
    """The checks of a tidy table, named as in ``NAMES``; of a partial one, none of what it should cover.

    ``previous`` is the table of the last accepted whole capture, ``known`` all that was known before. A table
    of other columns gets one check.
    """
    with tempfile.TemporaryDirectory() as spill, duckdb.connect() as connection:
        connection.execute("SET memory_limit = '350MB'")
        connection.execute("SET temp_directory = ?", [spill])
        _view(connection, "tidy", table)
        schema = _check_schema(dataset, connection)
        if not schema.passed:
            return [schema]
        rules = [*_row_rules(dataset), *plausible.within(dataset)]
        if known:
            connection.execute(f"CREATE VIEW known AS {known.sql()}")
            rules += plausible.against_known(dataset)
        if previous:
            _view(connection, "previous", previous)
        if scope == "full":
            before = _count(connection, dataset) if previous else 0
            rules += [*_table_rules(dataset, before), *plausible.coverage(dataset, bool(previous))]
        return [schema, *judge(dataset.id, connection, "tidy", rules)]


def check_fresh(found: Iterable[Fresh], today: date | None = None) -> list[Check]:
    """One warning for each dataset that is overdue, and one passed check for each other with a calendar."""
    day = today or datetime.now(UTC).date()
    expected = [(one, one.due) for one in found if one.due]
    late = pd.DataFrame({"days": [(day - due).days for _, due in expected]})
    overdue = failing(late, {"days": (None, 0)})["days"]
    return [
        Check(
            one.dataset,
            FRESH,
            number not in overdue,
            "warning",
            f"{one.held}; {one.expected} {'was' if number in overdue else 'is'} expected by {due}",
        )
        for number, (one, due) in enumerate(expected)
    ]


def _count(connection: duckdb.DuckDBPyConnection, dataset: Dataset) -> int:
    row = connection.execute(f"SELECT count(*) FROM previous {_still_due(dataset)}").fetchone()
    return int(row[0]) if row else 0


def _still_due(dataset: Dataset) -> str:
    """Leaves out the rows of earlier periods that are gone: a withdrawn wave is no loss, a missing newest one is."""
    if "period" not in dataset.tidy_columns:
        return ""
    return "WHERE period IN (SELECT DISTINCT period FROM tidy) OR period > (SELECT max(period) FROM tidy)"


def _check_schema(dataset: Dataset, connection: duckdb.DuckDBPyConnection) -> Check:
    described = connection.execute("DESCRIBE tidy").fetchall()
    typed = not dataset.record_key
    found = [f"{name} {kind}" if typed else str(name) for name, kind, *_ in described]
    wanted = [
        f"{name} {'DOUBLE' if name == 'value' else 'VARCHAR'}" if typed else name
        for name in dataset.tidy_columns
    ]
    return judge_columns(dataset.id, found, wanted)


def _row_rules(dataset: Dataset) -> Iterator[Rule]:
    key = ", ".join(f'"{column}"' for column in dataset.key)
    # checksums of keys are counted in a tenth of the memory that keys take; what shares one is then counted by its key
    shared = f"SELECT hash({key}) AS mark FROM tidy GROUP BY mark HAVING count(*) > 1"
    suspect = f"SELECT * FROM tidy WHERE hash({key}) IN ({shared})"
    twice = f"SELECT {key}, count(*) AS times FROM ({suspect}) GROUP BY ALL HAVING times > 1"
    empty = " OR ".join(f'"{column}" IS NULL' for column in dataset.key)
    yield Rule(
        name="keys",
        measure=f"(SELECT times FROM keys_counted) + count(*) FILTER ({empty})",
        low=None,
        high=0,
        passes="{total} rows, each key once",
        fails="repeated or incomplete keys: {found} in {total} rows",
        offending=f"SELECT {plausible.named(dataset.key)} || ' (' || times || ' times)' FROM ({twice}) UNION ALL "
        f"SELECT {plausible.named(dataset.key)} || ' (incomplete)' FROM tidy WHERE {empty}",
        counted=f"SELECT count(*) AS times FROM ({twice})",
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
        offending=f"SELECT {plausible.named(dataset.key, shown)} FROM tidy WHERE {condition}",
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
            # a question of its own: beside the others, its distinct values would make DuckDB lay all rows aside
            measure=f"(SELECT count(DISTINCT geo) FROM tidy WHERE geo IN ({states}))",
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


def _view(connection: duckdb.DuckDBPyConnection, name: str, table: Path) -> None:
    connection.execute(f"CREATE VIEW {name} AS FROM read_parquet({literal(str(table))})")
