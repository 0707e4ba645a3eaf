"""Taking in files that someone downloaded: which dataset each is, from when, and whether it can be read.

Judging what was taken in does not belong here, nor does anything that asks a server.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sources import registry
from sources.formats import describe
from sources.model import Capture, Dataset, Retrieval, SourceError, Unreadable
from sources.settings import Settings
from warehouse.archive import Archive, fingerprint
from warehouse.vintages import tidy

LISTING = "captures.csv"
LISTED = ("file", "dataset", "dated", "full")
TEXTS = {".md", ".txt"}


@dataclass(frozen=True)
class Arrival:
    """One file to take in, and what is said of it beside its content."""

    file: Path
    name: str
    dataset: str = ""
    dated: date | None = None
    full: bool = False


@dataclass(frozen=True)
class Received:
    """What became of the files: captures taken in, and one line for each file that was refused."""

    captures: tuple[Capture, ...]
    refused: tuple[str, ...]


def arrivals(
    paths: Sequence[Path], dataset: str = "", dated: date | None = None, full: bool = False
) -> Iterator[Arrival]:
    """Every file of the paths; a folder's ``captures.csv`` says more of its files; raises Unreadable."""
    for path in paths:
        listing = _listing(path / LISTING) if (path / LISTING).is_file() else {}
        files = sorted(f for f in path.rglob("*") if f.is_file()) if path.is_dir() else [path]
        for file in files:
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            if name == LISTING or file.suffix in TEXTS or any(p.startswith(".") for p in file.parts[1:]):
                continue
            said = listing.get(name, Arrival(file, name))
            yield Arrival(file, name, dataset or said.dataset, dated or said.dated, full or said.full)


def receive(
    settings: Settings,
    arriving: Sequence[Arrival],
    progress: Callable[[str], None],
) -> Received:
    """Read each file and put it in the archive; what cannot be read is refused by name, and the rest goes on."""
    captures: list[Capture] = []
    refused: list[str] = []
    for arrival in arriving:
        progress(arrival.name)
        try:
            captures.append(_take_in(settings, arrival))
        except SourceError as error:
            refused.append(_line(arrival, error))
    return Received(tuple(captures), tuple(refused))


def _take_in(settings: Settings, arrival: Arrival) -> Capture:
    dataset = _dataset(settings, arrival)
    source = registry.source_of(dataset.id, settings)
    mark = fingerprint(arrival.file)
    tidy(settings.home, source, dataset, mark.sha256, arrival.file, settings.memory)
    said = describe(arrival.file)
    dated = datetime.combine(arrival.dated, datetime.min.time(), UTC) if arrival.dated else None
    retrieval = Retrieval(
        content=arrival.file,
        url=f"file:{arrival.name}",
        retrieved_at=datetime.now(UTC),
        media_type=said.format,
        source_updated_at=said.updated_at,
    )
    return Archive(settings.home).add(
        dataset,
        retrieval,
        scope="full" if arrival.full or dataset.record_key else "partial",
        origin="imported",
        known_from=dated or said.updated_at,
    )


def _line(arrival: Arrival, error: SourceError) -> str:
    """File, dataset where it is known, reason, advice."""
    dataset = f"{error.subject}: " if error.subject not in ("file", arrival.name) else ""
    advice = f" ({error.advice})" if error.advice else ""
    return f"{arrival.name}: {dataset}{error.reason}{advice}"


def _dataset(settings: Settings, arrival: Arrival) -> Dataset:
    if arrival.dataset:
        known = registry.datasets(settings).get(arrival.dataset)
        if known is None:
            raise Unreadable(
                arrival.dataset, arrival.name, "no such dataset is registered", "see `observatory status`"
            )
        return known
    found = registry.recognise(arrival.file, settings)
    if found is None:
        raise registry.refusal(arrival.file, arrival.name)
    return found


def _listing(path: Path) -> dict[str, Arrival]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames is None or set(LISTED) - set(rows.fieldnames):
            raise Unreadable(str(path), "header", f"must have the columns {', '.join(LISTED)}")
        return {row["file"]: _listed(path, rows.line_num, row) for row in rows}


def _listed(path: Path, line: int, row: dict[str, str]) -> Arrival:
    try:
        dated = date.fromisoformat(row["dated"]) if row["dated"] else None
    except ValueError:
        raise Unreadable(str(path), f"line {line}", f"{row['dated']!r} is no date (YYYY-MM-DD)") from None
    if row["full"] not in ("yes", "no", ""):
        raise Unreadable(str(path), f"line {line}", f"full is {row['full']!r}, neither yes nor no")
    return Arrival(path.parent / row["file"], row["file"], row["dataset"], dated, row["full"] == "yes")
