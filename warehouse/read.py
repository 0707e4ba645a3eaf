"""How readers reach a release: resolve the pointer, open that release read-only, ask.

Nothing here writes, and nothing here computes a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

DATABASE = "observatory.duckdb"


class NoRelease(Exception):
    """There is no release to read; the message says what to run."""


@dataclass(frozen=True)
class OpenRelease:
    """A release's database, open for reading; queries may come from any thread."""

    id: str
    folder: Path
    connection: duckdb.DuckDBPyConnection

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
        """The rows of a query; each call has a cursor of its own."""
        with self.connection.cursor() as cursor:
            return cursor.execute(sql, list(parameters)).df()

    def has(self, view: str) -> bool:
        """Whether the release holds a source table, by its name ``source.code``."""
        schema, name = view.split(".")
        found = self.query(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
            [schema, name],
        )
        return not found.empty


def current(home: Path) -> str | None:
    """The id of the release that readers see; None before the first, or where the pointer names none."""
    pointer = home / "current"
    name = pointer.read_text().strip() if pointer.exists() else ""
    return name if name and (home / "releases" / Path(name).name / DATABASE).exists() else None


def open_release(home: Path, release: str | None = None) -> OpenRelease:
    """The current release, or the one named; raises NoRelease."""
    identifier = release or current(home)
    if identifier is None:
        raise NoRelease(f"no release in {home}: run `observatory refresh` or `observatory import PATH`")
    folder = home / "releases" / identifier
    if Path(identifier).name != identifier or not (folder / DATABASE).exists():
        raise NoRelease(f"no release {identifier} in {home}: see `observatory release list`")
    connection = duckdb.connect(str(folder / DATABASE), read_only=True)
    connection.execute("SET GLOBAL file_search_path = ?", [str(home.resolve())])
    return OpenRelease(identifier, folder, connection)
