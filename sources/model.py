"""The values that every source speaks: datasets, retrievals, captures, and the errors a source may raise.

Only plain declarations belong here; reading a format or asking a server does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

import duckdb

Kind = Literal[
    "european statistics", "experimental statistics", "curated collection", "private data", "stated"
]
Scope = Literal["full", "partial"]
Origin = Literal["live", "imported", "baseline"]
State = Literal["received", "accepted", "held back", "withdrawn"]
Bounds = tuple[float | None, float | None]

OBSERVATION_COLUMNS = ("geo", "period", "value", "flags", "confidentiality")


@dataclass(frozen=True)
class Expected:
    """What the metadata lets us expect of a dataset's tidy table; the checks are made from it.

    ``units`` gives bounds for ``value`` by code of the dimension ``unit``; ``codes`` the only codes that a
    column may hold; ``member_states`` how many of the EU27 a full table covers at least; ``rows_kept`` the
    share of the last accepted full table's rows below which a new one is held back; ``unknown_at_most`` the
    share of rows that may hold the code ``unknown`` in a column. ``totals`` gives, by column and code, the codes
    that make up a total. A revision by more than ``revised_points`` of a percentage, or ``revised_share`` of
    another value, is worth a look, and so are newest cells of which more than ``suppressed_at_most`` have no
    value. ``lag`` is by how many months after its end a period has been published, or, for a table without
    periods, how many months an edition may be late; None where nobody can say.
    """

    units: Mapping[str, Bounds] = field(default_factory=dict)
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    member_states: int = 0
    rows_kept: float = 0.9
    unknown_at_most: Mapping[str, float] = field(default_factory=dict)
    totals: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    revised_points: float = 5
    revised_share: float = 0.25
    suppressed_at_most: float = 0.5
    lag: int | None = None


@dataclass(frozen=True)
class Dataset:
    """One table of one publisher. ``id`` is unique; ``view`` is its name in a release, ``source.code``.

    A table of observations has ``dimensions`` (without geo and period) and the columns of
    ``OBSERVATION_COLUMNS``; a table of records has ``columns`` and is identified by ``record_key``.
    ``place`` is the geo of every row of a table that is published without that dimension.
    """

    id: str
    source: str
    code: str
    title: str
    publisher: str
    landing_page: str
    licence: str
    cadence: str
    kind: Kind
    dimensions: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    record_key: str = ""
    update_column: str = ""
    place: str = ""
    expected: Expected = field(default_factory=Expected)

    @property
    def view(self) -> str:
        return f"{self.source}.{self.code}"

    @property
    def key(self) -> tuple[str, ...]:
        """The columns whose values identify one row."""
        return (self.record_key,) if self.record_key else (*self.dimensions, "geo", "period")

    @property
    def published_dimensions(self) -> tuple[str, ...]:
        """The dimensions that the publisher's files have, without the period."""
        return self.dimensions if self.place else (*self.dimensions, "geo")

    @property
    def tidy_columns(self) -> tuple[str, ...]:
        """All columns of the tidy table, in order."""
        return self.columns if self.record_key else (*self.dimensions, *OBSERVATION_COLUMNS)


@dataclass(frozen=True)
class Retrieval:
    """Bytes that lie in ``content`` (plain or gzip), and where, when and how they came."""

    content: Path
    url: str
    retrieved_at: datetime
    media_type: str
    source_updated_at: datetime | None = None


@dataclass(frozen=True)
class Capture:
    """One retrieval of one dataset as the archive keeps it.

    ``known_from`` is the time from which its content was known; None for an undated import, which ranks
    below every dated capture. ``state`` and ``why`` are the newest verdict on it, given at ``judged_at``, and by
    a person where ``decided_by`` names one; ``confirmed_at`` is the last time that the source gave the same
    content again.
    """

    id: str
    dataset: str
    url: str
    retrieved_at: datetime
    known_from: datetime | None
    source_updated_at: datetime | None
    sha256: str
    size: int
    media_type: str
    scope: Scope
    origin: Origin
    state: State = "received"
    why: str = ""
    confirmed_at: datetime | None = None
    judged_at: datetime | None = None
    decided_by: str = ""

    @property
    def last_seen(self) -> datetime:
        """When the source was last seen to state this content."""
        return self.confirmed_at or self.retrieved_at


class Source(Protocol):
    """A publisher: which datasets it has, which changed, how to get one and how to read it."""

    name: str
    remote: bool
    parser_version: str

    @property
    def datasets(self) -> tuple[Dataset, ...]: ...

    def changed(self, known: Mapping[str, Capture]) -> list[Dataset]:
        """The datasets to fetch, given each dataset's newest live capture; raises Unreachable."""

    def fetch(self, dataset: Dataset, folder: Path) -> Retrieval:
        """One whole table, written into ``folder``; raises Unreachable or NotData."""

    def parse(
        self, dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
    ) -> duckdb.DuckDBPyRelation:
        """The tidy table with exactly ``dataset.tidy_columns``; raises Unreadable."""

    def recognise(self, file: Path) -> Dataset | None:
        """The dataset that a downloaded file holds, told by its content; None when it is none of ours."""


@dataclass(frozen=True)
class Remark:
    """Something to say of a tidy table that holds nothing back; it becomes a check of severity warning."""

    name: str
    passed: bool
    detail: str


@runtime_checkable
class Remarking(Protocol):
    """A Source that has remarks on its own tables, beside the checks that every table undergoes."""

    def remarks(self, dataset: Dataset, table: Path) -> list[Remark]:
        """What there is to say of a tidy table (Parquet); never raises for what the table holds."""


@runtime_checkable
class Announcing(Protocol):
    """A Source that announces what changed, so that it may be asked often and at little cost."""

    def announced(self, known: Mapping[str, Capture]) -> Mapping[str, datetime]:
        """The ids of datasets announced to be newer than their newest live capture, and since when.

        What it does not announce may have changed all the same. Raises SourceError.
        """


class SourceError(Exception):
    """Something a source could not give, in one line: what, where, why, what to do."""

    retriable = False

    def __init__(self, subject: str, where: str, reason: str, advice: str = "") -> None:
        self.subject, self.where, self.reason, self.advice = subject, where, reason, advice
        super().__init__(f"{subject}: {where}: {reason}" + (f" ({advice})" if advice else ""))


class Unreachable(SourceError):
    """The source gave no answer, or one that says to come back later."""

    retriable = True


class NotYet(Unreachable):
    """The source is there, and cannot give this one dataset now; its others may still be asked for."""


class NotData(SourceError):
    """The source answered, but not with the data that were asked for."""


class Unreadable(SourceError):
    """The bytes cannot be read as the dataset that they should be."""
