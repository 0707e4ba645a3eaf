"""What changed between two states of a table, in SQL over their Parquet files: cell by cell, or record by record.

Which figures moved with it does not belong here: moves.py tells that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb
import pandas as pd

from sources.formats.sql import literal
from sources.model import Dataset
from warehouse.alike import marks, part_of, unlike
from warehouse.scratch import scratch
from warehouse.vintages import State

CELL_KINDS = ("revised", "flags changed", "withdrawn", "added", "rounding")
"""``rounding``: stated with other decimals, and else the same. ``added`` and ``withdrawn`` are values, or rows
that say by a flag why there is none."""
RECORD_KINDS = ("edited", "removed", "added")
EXACT = "DECIMAL(38, 12)"
"""In which numbers are compared, so that no difference comes from how a float is stored."""


@dataclass(frozen=True)
class Revisions:
    """The differences of two states of a dataset: how many of each kind, and the rows, the largest change first.

    ``compared`` counts the cells stated, or the records kept, in both. ``columns`` counts, for records, the
    edits of each column. ``rows`` has ``kind`` and the key; for cells old, new, change, and flags and
    confidentiality of both; for records ``edits``, a list of column, old and new.
    """

    dataset: Dataset
    compared: int
    kinds: Mapping[str, int]
    rows: pd.DataFrame
    columns: Mapping[str, int] = field(default_factory=dict)

    @property
    def differs(self) -> bool:
        return any(self.kinds.values())


def revisions(
    old: State | None,
    new: State | None,
    *,
    limit: int | None = None,
    withdrawals: bool = True,
    memory: str = "700MB",
) -> Revisions:
    """Compare two states of one dataset, at least one of them known; ``limit`` bounds the rows, not the counts.

    ``withdrawals`` is False where the newer one is a part of a table on its own: what it lacks is not withdrawn.
    """
    known = next(state for state in (new, old) if state)
    dataset = known.dataset
    by_record = bool(dataset.record_key)
    read, lay = (_marked, _records) if by_record else (_with_decimals, _cells)
    none = f"FROM ({read(known)}) LIMIT 0"
    with scratch(memory) as connection:
        alike = _alike(connection, dataset, old, new) if old and new else 0
        concerned = (
            f"SELECT * FROM ({{}}) WHERE {part_of(dataset.key)} IN (FROM parts)" if old and new else "{}"
        )
        before, now = (concerned.format(read(state) if state else none) for state in (old, new))
        compared = alike + lay(connection, dataset, before, now)
        if not withdrawals:
            connection.execute("DELETE FROM differing WHERE NOT now")
        kinds = RECORD_KINDS if by_record else CELL_KINDS
        found = dict(connection.execute("SELECT kind, count(*) FROM differing GROUP BY kind").fetchall())
        return Revisions(
            dataset,
            compared,
            {kind: found.get(kind, 0) for kind in kinds},
            _rows(connection, dataset, kinds, limit),
            _columns(connection) if by_record else {},
        )


def beyond_rounding(old: str, new: str, old_decimals: str, new_decimals: str) -> str:
    """The SQL condition that two numbers differ by more than half a unit of the coarser one's last decimal."""
    unit = f"0.5 * power(10, -least({old_decimals}, {new_decimals}))"
    return f"coalesce(abs({exact(new)} - {exact(old)}) > ({unit})::{EXACT}, {new} <> {old})"


def decimals(value: str) -> str:
    """The SQL expression for how many decimals a number is stated with; a column's largest is what it is stated in."""
    return f"length(rtrim(split_part(({exact(value)})::VARCHAR, '.', 2), '0'))"


def exact(value: str) -> str:
    """The SQL expression for a number as a decimal; NULL for one too large for any table of ours."""
    return f"TRY_CAST({value} AS {EXACT})"


def _alike(connection: duckdb.DuckDBPyConnection, dataset: Dataset, old: State, new: State) -> int:
    """Lay the parts in which two states differ in ``parts``; gives how many cells, or records, the others state."""
    key, columns, counted = dataset.key, dataset.columns, "*"
    if not dataset.record_key:
        columns, counted = (*key, "value", "flags", "confidentiality"), "value"
    for table, state in (("before", old), ("after", new)):
        found = marks(state.sql(), part_of(key), columns, counted)
        connection.execute(f"CREATE TEMP TABLE {table} AS {found}")
    connection.execute(f"CREATE TEMP TABLE parts AS {unlike('before', 'after')}")
    rest = "SELECT coalesce(sum(counted), 0) FROM after WHERE part NOT IN (FROM parts)"
    ((count,),) = connection.execute(rest).fetchall()
    return int(count)


def _cells(connection: duckdb.DuckDBPyConnection, dataset: Dataset, old: str, new: str) -> int:
    """Lay the cells that differ between two queries in ``differing``; gives how many are stated in both."""
    key = ", ".join(f'"{column}"' for column in dataset.key)
    columns = "value, flags, confidentiality, decimals"
    both = ", ".join(f"o.{c} AS old_{c}, n.{c} AS new_{c}" for c in columns.split(", "))
    marks = "coalesce({0}_flags, '') || '/' || coalesce({0}_confidentiality, '')"
    old_marks, new_marks = marks.format("old"), marks.format("new")
    more = beyond_rounding("old_value", "new_value", "old_decimals", "new_decimals")
    connection.execute(f"""
        CREATE TEMP TABLE joined AS SELECT {key}, {both},
            o.stated IS NOT NULL AS was, n.stated IS NOT NULL AS now,
            {old_marks} AS old_marks, {new_marks} AS new_marks
        FROM ({old}) o FULL JOIN ({new}) n USING ({key})
    """)
    connection.execute(f"""
        CREATE TEMP TABLE differing AS SELECT {key}, now, CASE
            WHEN old_value IS NULL AND new_value IS NOT NULL OR NOT was AND new_marks <> '/' THEN 'added'
            WHEN old_value IS NOT NULL AND new_value IS NULL OR NOT now AND old_marks <> '/' THEN 'withdrawn'
            WHEN {more} THEN 'revised'
            WHEN old_marks <> new_marks THEN 'flags changed'
            WHEN old_value <> new_value THEN 'rounding' END AS kind,
            old_value AS old, new_value AS new, ({exact("new_value")} - {exact("old_value")})::DOUBLE AS change,
            coalesce(old_flags, '') AS old_flags, coalesce(new_flags, '') AS new_flags,
            coalesce(old_confidentiality, '') AS old_confidentiality,
            coalesce(new_confidentiality, '') AS new_confidentiality
        FROM joined WHERE kind IS NOT NULL
    """)
    stated = "SELECT count(*) FROM joined WHERE old_value IS NOT NULL AND new_value IS NOT NULL"
    ((compared,),) = connection.execute(stated).fetchall()
    return int(compared)


def _with_decimals(state: State) -> str:
    """A state's rows, with the decimals that the table of each row's capture states its unit in."""
    unit = "unit" if "unit" in state.dataset.dimensions else "''"
    tables = " UNION ALL ".join(
        f"SELECT {literal(layer.capture.id)} AS capture, of_unit, max({decimals('value')}) AS decimals FROM "
        f"(SELECT DISTINCT {unit} AS of_unit, value FROM read_parquet({literal(str(layer.table))})) GROUP BY ALL"
        for layer in state.layers
    )
    return (
        f"SELECT r.*, TRUE AS stated, d.decimals FROM ({state.sql()}) r "
        f"LEFT JOIN ({tables}) d ON r.capture = d.capture AND {'r.unit' if unit == 'unit' else unit} = d.of_unit"
    )


def _marked(state: State) -> str:
    return f"SELECT *, TRUE AS stated FROM ({state.sql()})"


def _records(connection: duckdb.DuckDBPyConnection, dataset: Dataset, old: str, new: str) -> int:
    """Lay the records that differ between two queries in ``differing``; gives how many both have."""
    key = f'"{dataset.record_key}"'
    pairs = ", ".join(
        f"{{'column': {literal(name)}, 'old': o.\"{name}\"::VARCHAR, 'new': n.\"{name}\"::VARCHAR}}"
        for name in dataset.columns
        if name != dataset.record_key
    )
    connection.execute(f"""
        CREATE TEMP TABLE joined AS SELECT {key}, o.stated IS NOT NULL AS was, n.stated IS NOT NULL AS now,
            CASE WHEN was AND now THEN list_filter([{pairs}], lambda x: x.old IS DISTINCT FROM x.new)
                 ELSE [] END AS edits
        FROM ({old}) o FULL JOIN ({new}) n USING ({key})
    """)
    connection.execute(f"""
        CREATE TEMP TABLE differing AS SELECT {key}, now,
            CASE WHEN NOT was THEN 'added' WHEN NOT now THEN 'removed' ELSE 'edited' END AS kind, edits
        FROM joined WHERE NOT was OR NOT now OR len(edits) > 0
    """)
    ((compared,),) = connection.execute("SELECT count(*) FROM joined WHERE was AND now").fetchall()
    return int(compared)


def _rows(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, kinds: tuple[str, ...], limit: int | None
) -> pd.DataFrame:
    key = ", ".join(f'"{column}"' for column in dataset.key)
    size = "len(edits) DESC" if dataset.record_key else "abs(change) DESC NULLS LAST"
    names = ", ".join(literal(kind) for kind in kinds)
    order = f"list_position([{names}], kind), {size}, {key}"
    cut = "" if limit is None else f"LIMIT {int(limit)}"
    query = f"SELECT kind, {key}, * EXCLUDE (kind, now, {key}) FROM differing ORDER BY {order} {cut}"
    return connection.execute(query).df()


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many records were edited in each column, the most edited first."""
    query = """
        SELECT edit.column, count(*) AS n FROM (SELECT unnest(edits) AS edit FROM differing)
        GROUP BY 1 ORDER BY n DESC, 1
    """
    return dict(connection.execute(query).fetchall())
