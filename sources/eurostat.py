"""Eurostat as a source: which of its tables to fetch, each of them whole, and to which a file belongs.

How it is asked belongs to ``eurostat_updates`` and ``eurostat_extraction``, how it is read to ``formats``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb

from sources import formats
from sources.codelists import held
from sources.eurostat_extraction import Extract, Extraction
from sources.eurostat_tables import TABLES
from sources.eurostat_updates import Updates, listen
from sources.http import Client, Deadline
from sources.model import Capture, Dataset, NotYet, Retrieval, SourceError
from sources.refusals import LATER
from sources.settings import Settings

DATASETS = TABLES
MEDIA_TYPE = "text/tab-separated-values"


class Eurostat:
    """The Source for Eurostat's tables."""

    name = "eurostat"
    remote = True
    parser_version = "1"
    datasets = DATASETS

    def __init__(self, settings: Settings) -> None:
        self._base = settings.eurostat_url.rstrip("/")
        self._settings = settings
        self._client = Client(settings)
        self._extraction = Extraction(self._client, settings)
        self._updates: Updates | None = None
        self.silent = False

    def changed(self, known: Mapping[str, Capture]) -> list[Dataset]:
        """The datasets whose data may have changed since their newest live capture.

        One request for all, to the inventory, or to the feed of updates where the inventory fails; a request
        for each where both do. A new structure alone is no change of data. Raises Unreachable, and is
        ``silent`` then.
        """
        self.silent = True
        self._updates = Updates.ask(self._client, self._base)
        new = [one for one in DATASETS if self._updates.is_new(one, known.get(one.id))]
        self.silent = False
        return new

    def announced(self, known: Mapping[str, Capture]) -> dict[str, datetime]:
        """The ids of the datasets that the feed of updates calls newer than their newest live capture; one request.

        Raises SourceError.
        """
        return listen(self._client, self._base).newer(DATASETS, known)

    def structure(self, dataset: Dataset) -> datetime | None:
        """When the table's codes or dimensions last changed, as ``changed`` heard; None when nobody knows."""
        return self._updates.structure(dataset) if self._updates else None

    def fetch(self, dataset: Dataset, folder: Path) -> Retrieval:
        """The whole table as TSV, or as SDMX-CSV put together from parts; raises Unreachable or NotData.

        A table that changed while it was fetched is fetched once more, then refused as NotYet.
        """
        until = Deadline(self._settings.budget)
        stamp = self._stamp(dataset)
        for _ in range(2):
            start = until.left
            extract = self._extraction.whole(dataset, folder, until)
            if extract.answers == 1 and start - until.left < self._settings.steady:
                return _retrieval(extract, stamp)
            before, stamp = stamp, self._stamp_now(dataset)
            if stamp == before:
                return _retrieval(extract, stamp)
        raise NotYet(dataset.id, extract.download.url, "the table changed while it was fetched, twice", LATER)

    def _stamp(self, dataset: Dataset) -> datetime | None:
        """When the table last changed; None when nothing can tell, which costs a fetch later."""
        try:
            self._updates = self._updates or Updates.ask(self._client, self._base)
            return self._updates.stamp(dataset)
        except SourceError:
            return None

    def _stamp_now(self, dataset: Dataset) -> datetime | None:
        """The same, asked afresh; raises Unreachable: what may be mixed is kept only where somebody can tell."""
        self._updates = Updates.ask(self._client, self._base)
        return self._updates.stamp(dataset)

    def parse(
        self, dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
    ) -> duckdb.DuckDBPyRelation:
        """The tidy table of a TSV, SDMX-CSV, JSON-stat or stated file; raises Unreadable."""
        return formats.read(dataset, content, connection, held(self._settings.home))

    def recognise(self, file: Path) -> Dataset | None:
        """The dataset of a file: by the code inside it; where there is none, by its name or dimensions."""
        said = formats.describe(file)
        if said.code:
            return next((dataset for dataset in DATASETS if dataset.code == said.code), None)
        return _named(file) or (_only_with(said.dimensions) if said.dimensions else None)


def _retrieval(extract: Extract, stamp: datetime | None) -> Retrieval:
    got = extract.download
    return Retrieval(got.path, got.url, got.retrieved_at, got.media_type or MEDIA_TYPE, stamp)


def _named(file: Path) -> Dataset | None:
    """The dataset whose code stands in the file's name; the longest code, where several do."""
    stem = file.name.casefold()
    found = [one for one in DATASETS if re.search(rf"(?<![a-z0-9]){one.code}(?![a-z0-9])", stem)]
    return max(found, key=lambda one: len(one.code), default=None)


def _only_with(dimensions: tuple[str, ...]) -> Dataset | None:
    found = [dataset for dataset in DATASETS if dataset.dimensions == dimensions]
    return found[0] if len(found) == 1 else None
