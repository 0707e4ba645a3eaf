"""A small dataset and its source, for tests of what lies behind the sources: tables as CSV text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import duckdb

from sources.model import Capture, Dataset, Expected, Origin, Retrieval, Scope, Unreadable
from warehouse.vintages import Layer, State

TOY = Dataset(
    id="toy",
    source="toys",
    code="toy",
    title="A toy table",
    publisher="Nobody",
    landing_page="https://example.invalid/toy",
    licence="none",
    cadence="annual",
    kind="european statistics",
    dimensions=("size",),
    expected=Expected(units={}, codes={"size": ("S", "L", "ALL")}),
)
CASES = Dataset(
    id="toy_cases",
    source="toys",
    code="cases",
    title="Toy cases",
    publisher="Nobody",
    landing_page="https://example.invalid/cases",
    licence="none",
    cadence="irregular",
    kind="curated collection",
    columns=("case", "geo", "kind", "status"),
    record_key="case",
)
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


class ToySource:
    """Reads CSV with the dataset's tidy columns; knows nothing of any server."""

    name = "toys"
    remote = False
    parser_version = "1"
    datasets = (TOY, CASES)

    def changed(self, known: Mapping[str, Capture]) -> list[Dataset]:
        return [dataset for dataset in self.datasets if dataset.id not in known]

    def fetch(self, dataset: Dataset, folder: Path) -> Retrieval:
        raise NotImplementedError("toys are imported")

    def parse(
        self, dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
    ) -> duckdb.DuckDBPyRelation:
        kinds = dict.fromkeys(dataset.tidy_columns, "VARCHAR")
        if "value" in kinds:
            kinds["value"] = "DOUBLE"
        try:
            rows = connection.read_csv(str(content), columns=kinds, header=True, compression="auto")
            text = ", ".join(
                f'coalesce("{n}", \'\') AS "{n}"' if k == "VARCHAR" else n for n, k in kinds.items()
            )
            table = rows.project(text)
            table.limit(1).fetchall()
        except duckdb.Error as error:
            raise Unreadable(dataset.id, content.name, str(error).splitlines()[0]) from error
        return table

    def recognise(self, file: Path) -> Dataset | None:
        return None


def write(path: Path, rows: Sequence[str], dataset: Dataset = TOY) -> Path:
    """A CSV file of the dataset with these rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([",".join(dataset.tidy_columns), *rows]) + "\n")
    return path


def retrieval(content: Path, at: datetime = NOON) -> Retrieval:
    """A retrieval of a file."""
    return Retrieval(content, "https://example.invalid/toy", at, "text/csv")


def state(
    folder: Path,
    rows: Sequence[str],
    dataset: Dataset = TOY,
    scope: Scope = "full",
    origin: Origin = "imported",
    name: str = "c1",
    known_from: datetime = NOON,
) -> State:
    """The state that one accepted capture with these rows makes."""
    content = write(folder / f"{name}.csv", rows, dataset)
    table = folder / f"{name}.parquet"
    with duckdb.connect() as connection:
        ToySource().parse(dataset, content, connection).write_parquet(str(table))
    mark = sha256(content.read_bytes()).hexdigest()
    capture = Capture(
        name, dataset.id, "toy", NOON, known_from, None, mark, 1, "text/csv", scope, origin, "accepted"
    )
    return State(dataset, (Layer(capture, table),))
