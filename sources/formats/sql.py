"""SQL that the text formats share: reading a CSV as text, and what one published cell says.

Which columns a file has belongs to the format modules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import duckdb

from sources.codes import OLD_FLAGS
from sources.formats.content import is_gzip
from sources.model import Dataset, Unreadable

NUMBER = r"-?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?"
CODE = r"[A-Za-z0-9_.+\-]+"
NOT_NULL = "\x01"
"""Stands for a null in no file: an empty field stays an empty text, and the code NA stays NA."""


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _exact(path: Path) -> str:
    """A path as DuckDB takes it, without its wildcards."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))


def csv_text(path: Path, columns: Sequence[str], delimiter: str, quote: str) -> str:
    """A SELECT of all rows below the header, every column as text."""
    types = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in columns)
    return (
        f"SELECT * FROM read_csv({literal(_exact(path))}, delim={literal(delimiter)}, "
        f"quote={literal(quote)}, escape={literal(quote)}, header=false, skip=1, auto_detect=false, "
        f"strict_mode=true, nullstr={literal(NOT_NULL)}, columns={{{types}}}, "
        f"compression={literal('gzip' if is_gzip(path) else 'none')}, encoding='utf-8')"
    )


def tidy_cell(value: str, flags: str, code: str) -> str:
    """The columns value, flags and confidentiality, from the texts of a value, its flags and its code.

    Flags come in today's spelling, letters in order; the flag ``c`` of old is the confidentiality C.
    """
    old, new = "".join(OLD_FLAGS), "".join(OLD_FLAGS.values())
    letters = f"string_split(translate({flags}, '{old}c', '{new}'), '')"
    return (
        f"TRY_CAST(nullif({value}, ':') AS DOUBLE) AS value, "
        f"CASE WHEN {flags} = '' THEN '' "
        f"ELSE array_to_string(list_sort(list_distinct({letters})), '') END AS flags, "
        f"CASE WHEN {code} <> '' THEN {code} WHEN contains({flags}, 'c') THEN 'C' ELSE '' END "
        "AS confidentiality"
    )


def one_row(
    dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection, query: str
) -> tuple[object, ...] | None:
    """The first row of a query over a file; raises Unreadable where the file breaks its own layout."""
    return next(iter(all_rows(dataset, content, connection, query)), None)


def all_rows(
    dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection, query: str
) -> list[tuple[object, ...]]:
    """The rows of a query over a file; raises Unreadable where the file breaks its own layout."""
    try:
        return [tuple(row) for row in connection.execute(query).fetchall()]
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        raise Unreadable(dataset.id, content.name, _where_and_what(error), "download it again") from error


def _where_and_what(error: duckdb.Error) -> str:
    first, *others = str(error).splitlines()
    if "state machine" in first:
        return "its line ends are mixed, or a row is broken"
    what = [line.strip() for line in others if re.match(r"Expected|Invalid|Value|Maximum", line)]
    return ": ".join([first.removeprefix("Invalid Input Error: ")[:200], *what[:1]])
