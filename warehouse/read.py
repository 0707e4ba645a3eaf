"""How readers reach a release: resolve the pointer, open that release read-only, ask.

Nothing here writes, and nothing here computes a figure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from sources.model import Capture, Dataset
from warehouse.pins import pinned
from warehouse.vintages import Layer, State, end_of, layers

DATABASE = "observatory.duckdb"
MANIFEST = "release.json"

FORMAT = 2
"""How a release lies on disk; one of another format is for another version of this code to read."""

FORMAT_START = b'\n "format": '
FORMAT_LINE = re.compile(FORMAT_START + rb"([0-9]+),?\n")
"""How a manifest says its own format: no other line of it is indented so little and starts so."""


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

    @cached_property
    def captures(self) -> tuple[Capture, ...]:
        """Every capture that the release knows, in the order of retrieval, with the verdict of its day."""
        frame = self.query("SELECT * FROM captures ORDER BY retrieved_at, id")
        frame = frame[[name for name in Capture.__dataclass_fields__ if name in frame]]
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        return tuple(Capture(**{str(name): _plain(value) for name, value in row.items()}) for row in rows)

    @cached_property
    def tables(self) -> dict[str, Path]:
        """The tidy tables of the captures that states of today and of before rest on, by capture."""
        rows = self.query("SELECT id, tidy FROM captures WHERE tidy <> ''").itertuples(index=False)
        home = self.folder.parents[1]
        return {str(row.id): home / str(row.tidy) for row in rows}

    @cached_property
    def _laid(self) -> dict[str, list[Capture]]:
        """The captures whose tidy tables are known, by dataset."""
        found: dict[str, list[Capture]] = {}
        for capture in self.captures:
            if capture.id in self.tables:
                found.setdefault(capture.dataset, []).append(capture)
        return found

    def state(self, dataset: Dataset, on: date | None = None) -> State | None:
        """What was known of a dataset on a day, or now; None while nothing was known of it."""
        found = layers(self._laid.get(dataset.id, ()), end_of(on) if on else None)
        return State(dataset, tuple(Layer(c, self.tables[c.id]) for c in found)) if found else None

    @cached_property
    def views(self) -> frozenset[str]:
        """The tables and views that the release holds, by their names ``source.code``."""
        found = self.query("SELECT table_schema || '.' || table_name AS name FROM information_schema.tables")
        return frozenset(found["name"])

    def has(self, view: str) -> bool:
        """Whether the release holds a source table, by its name ``source.code``."""
        return view in self.views


def known(on: date | None = None) -> str:
    """The SQL condition on ``figures`` for what was known on a day, or is known now."""
    if on is None:
        return "known_to IS NULL"
    moment = f"TIMESTAMPTZ '{end_of(on).isoformat()}'"
    return f"(known_from IS NULL OR known_from <= {moment}) AND (known_to IS NULL OR known_to > {moment})"


def _plain(value: Any) -> Any:
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def current(home: Path) -> str | None:
    """The id of the release that readers see; None before the first, or where the pointer names none that fits."""
    pointer = home / "current"
    name = pointer.read_text().strip() if pointer.exists() else ""
    return name if name and format_of(home / "releases" / Path(name).name) == FORMAT else None


def latest(home: Path) -> str | None:
    """The newest release, which readers see unless they are held at an earlier one."""
    if not pinned(home):
        return current(home)
    return max((f.name for f in home.glob("releases/[0-9]*/") if format_of(f) == FORMAT), default=None)


def format_of(folder: Path) -> int:
    """The format of the release in a folder; 0 where there is none that can be opened."""
    return sealed_format(folder) if (folder / DATABASE).exists() else 0


def sealed_format(folder: Path) -> int:
    """The format of the manifest in a folder, whether its release can still be opened or not; 0 without one."""
    return _format(folder / MANIFEST) if (folder / MANIFEST).exists() else 0


@lru_cache(maxsize=1000)
def _format(manifest: Path) -> int:
    """A manifest never changes, so a process reads it once, and of ours no more than the line that tells."""
    content = manifest.read_bytes()
    said = FORMAT_LINE.search(content, max(0, content.rfind(FORMAT_START)))
    return int(said[1]) if said else int(json.loads(content).get("format", 1))


def open_release(home: Path, release: str | None = None) -> OpenRelease:
    """The current release, or the one named; raises NoRelease."""
    identifier = release or current(home)
    if identifier is None:
        raise NoRelease(f"no release in {home}: run `observatory refresh` or `observatory import PATH`")
    folder = home / "releases" / identifier
    if Path(identifier).name == identifier and not format_of(folder) and sealed_format(folder):
        reason = f"of release {identifier} only the manifest is kept"
        raise NoRelease(f"{reason}: `observatory verify {identifier}` computes it again from the archive")
    if Path(identifier).name != identifier or not format_of(folder):
        raise NoRelease(f"no release {identifier} in {home}: see `observatory release list`")
    if format_of(folder) != FORMAT:
        reason = f"release {identifier} was written by another version of this code"
        raise NoRelease(f"{reason}: `observatory refresh --offline` publishes anew what is archived")
    connection = duckdb.connect(str(folder / DATABASE), read_only=True)
    connection.execute("SET GLOBAL file_search_path = ?", [str(home.resolve())])
    return OpenRelease(identifier, folder, connection)
