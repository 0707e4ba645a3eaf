"""What there is to say of an edition once it is read: spellings without a code, cases that stand twice.

Whether a table can be trusted at all is judged elsewhere; nothing here holds an edition back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from sources.model import Remark
from sources.remarks import Unmapped, number, shown, spellings


@dataclass(frozen=True)
class Repeated:
    """A name or a description that several cases share, and their ids; ``column`` says which of the two."""

    column: str
    text: str
    cases: tuple[str, ...]


def unmapped(table: Path) -> list[Unmapped]:
    """The spellings of a tidy table of cases without a code, the most frequent first."""
    query = """
        SELECT split_part(line, ': ', 1), substr(line, position(': ' IN line) + 2), count(*)
        FROM (SELECT unnest(string_split(uncoded, chr(10))) AS line FROM read_parquet(?) WHERE uncoded <> '')
        GROUP BY ALL ORDER BY 3 DESC, 1, 2
    """
    with duckdb.connect() as connection:
        return [Unmapped(*row) for row in connection.execute(query, [str(table)]).fetchall()]


def repeated(table: Path) -> list[Repeated]:
    """Names and descriptions that stand under several ids, but for case and blanks; names first."""
    query = """
        WITH texts AS (
            UNPIVOT (SELECT case_id, name, description FROM read_parquet(?)) ON name, description
            INTO NAME field VALUE text
        )
        SELECT field, min(trim(text)), list(DISTINCT case_id ORDER BY length(case_id), case_id)
        FROM texts WHERE trim(text) <> ''
        GROUP BY field, lower(regexp_replace(trim(text), '\\s+', ' ', 'g'))
        HAVING count(DISTINCT case_id) > 1 ORDER BY field DESC, 2
    """
    with duckdb.connect() as connection:
        rows = connection.execute(query, [str(table)]).fetchall()
    return [Repeated(str(column), str(text), tuple(cases)) for column, text, cases in rows]


def remarks(table: Path) -> list[Remark]:
    """Both findings in one line each, as checks that warn."""
    return [spellings(unmapped(table)), _repeated(repeated(table))]


def _repeated(found: list[Repeated]) -> Remark:
    if not found:
        return Remark("repeated", True, "no name and no description stands under two ids")
    parts = []
    for column in ("name", "description"):
        groups = [", ".join(one.cases) for one in found if one.column == column]
        if groups:
            verb = "stands" if len(groups) == 1 else "stand"
            parts.append(f"{number(len(groups), column)} {verb} under several ids: {shown(groups)}")
    return Remark("repeated", False, ". ".join(parts))
