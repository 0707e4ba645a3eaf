"""Published figures that we state, for a first start without a network; each file names vintage and source.

A file is called after its dataset, ``<dataset id>.csv`` or ``<dataset id>.<part>.csv``. Copies of tables do
not belong here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sources.formats.stated import provenance
from sources.model import Dataset, Retrieval, Source, Unreadable

FOLDER = Path(__file__).parent


def baseline(sources: Iterable[Source], folder: Path = FOLDER) -> list[tuple[Dataset, Retrieval, datetime]]:
    """Each bundled file as a retrieval, with the vintage (UTC) from which its figures were known.

    Raises Unreadable for a file without provenance, or of a dataset that no source has.
    """
    datasets = {dataset.id: dataset for source in sources for dataset in source.datasets}
    return [_stated(file, datasets) for file in sorted(folder.glob("*.csv"))]


def _stated(file: Path, datasets: dict[str, Dataset]) -> tuple[Dataset, Retrieval, datetime]:
    name = file.name.partition(".")[0]
    if name not in datasets:
        raise Unreadable(name, file.name, "no source has a dataset of this name")
    vintage = provenance(name, file).vintage
    retrieval = Retrieval(file, f"bundled:baseline/{file.name}", datetime.now(UTC), "text/csv", vintage)
    return datasets[name], retrieval, vintage
