"""Taking in files that someone downloaded: which dataset each is, from when, and whether it can be read.

Judging what was taken in does not belong here, nor does anything that asks a server.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sources import registry
from sources.formats import describe
from sources.model import Capture, Dataset, Retrieval, SourceError, Unreadable
from sources.settings import Settings
from warehouse.archive import Archive, fingerprint
from warehouse.model import Unusable
from warehouse.vintages import newest_update, tidy

LISTING = "captures.csv"
LISTED = ("file", "dataset", "dated", "full")
TEXTS = {".md", ".txt"}
OUTSIDE = "it leads out of the folder: name the file itself to take it in"


@dataclass(frozen=True)
class Arrival:
    """One file to take in, and what is said of it beside its content; ``fault`` says why it must be refused."""

    file: Path
    name: str
    dataset: str = ""
    dated: date | None = None
    full: bool = False
    fault: str = ""


@dataclass(frozen=True)
class Received:
    """What became of the files: captures taken in, and one line for each file that was refused."""

    captures: tuple[Capture, ...]
    refused: tuple[str, ...]


def arrivals(
    paths: Sequence[Path], dataset: str = "", dated: date | None = None, full: bool = False
) -> list[Arrival]:
    """Every file of the paths; the ``captures.csv`` of any folder says more of the files that it lists."""
    found = [arrival for path in paths for arrival in (_folder(path) if path.is_dir() else [_file(path)])]
    return [
        replace(one, dataset=dataset or one.dataset, dated=dated or one.dated, full=full or one.full)
        for one in found
    ]


def receive(settings: Settings, arriving: Sequence[Arrival], progress: Callable[[str], None]) -> Received:
    """Read each file and put it in the archive; what cannot be read is refused by name, and the rest goes on.

    Raises Unusable for a home that cannot be worked in.
    """
    Archive(settings.home).check_clock()
    captures: list[Capture] = []
    refused: list[str] = []
    for arrival in arriving:
        progress(arrival.name)
        try:
            captures.append(_take_in(settings, arrival))
        except SourceError as error:
            refused.append(_line(arrival, error))
        except (MemoryError, Unusable):
            raise
        except OSError as error:
            if error.filename != str(arrival.file):
                raise  # this machine's fault, not the file's
            refused.append(f"{arrival.name}: it cannot be opened: {error.strerror}")
        except Exception as error:  # a fault of one reader must not keep the other files out
            refused.append(f"{arrival.name}: {type(error).__name__}: {error}".splitlines()[0])
    return Received(tuple(captures), tuple(refused))


def _take_in(settings: Settings, arrival: Arrival) -> Capture:
    if arrival.fault:
        raise Unreadable(arrival.name, LISTING, arrival.fault)
    if arrival.dated and arrival.dated > datetime.now(UTC).date():
        raise Unreadable(arrival.name, "date", f"{arrival.dated} is yet to come", "give the day it was known")
    dataset = _dataset(settings, arrival)
    source = registry.source_of(dataset.id, settings)
    mark = fingerprint(arrival.file)
    table = tidy(settings.home, source, dataset, mark.sha256, arrival.file, settings.memory)
    said = describe(arrival.file)
    updated = said.updated_at or newest_update(dataset, table)
    dated = datetime.combine(arrival.dated, datetime.min.time(), UTC) if arrival.dated else None
    retrieval = Retrieval(
        content=arrival.file,
        url=f"file:{arrival.name}",
        retrieved_at=datetime.now(UTC),
        media_type=said.format,
        source_updated_at=updated,
    )
    return Archive(settings.home).add(
        dataset,
        retrieval,
        scope="full" if arrival.full or dataset.record_key else "partial",
        origin="imported",
        known_from=dated or updated,
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


def _file(path: Path) -> Arrival:
    return Arrival(path, path.name)


def _folder(path: Path) -> list[Arrival]:
    """The files below a folder, each with what the nearest listing above it says; what is listed must be there."""
    found: dict[Path, Arrival] = {}
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if not hidden and file.is_file() and file.name != LISTING and file.suffix not in TEXTS:
            fault = OUTSIDE if _leads_out(file, path) else ""
            found[file] = Arrival(file, file.relative_to(path).as_posix(), fault=fault)
    for listing in sorted(path.rglob(LISTING), key=lambda one: len(one.parts)):
        for file, said in _listing(listing, path).items():
            found[file] = said
    return [found[file] for file in sorted(found)]


def _leads_out(file: Path, folder: Path) -> bool:
    """Whether a link or a listing points at something that was not handed in with the folder."""
    return not file.resolve().is_relative_to(folder.resolve())


def _listing(listing: Path, base: Path) -> dict[Path, Arrival]:
    """What a listing says of files; where it cannot be read, one fault that names it."""
    name = listing.relative_to(base).as_posix()
    try:
        rows = csv.DictReader(io.StringIO(listing.read_text("utf-8-sig")))
        missing = [column for column in LISTED if column not in (rows.fieldnames or ())]
        if missing:
            return {listing: Arrival(listing, name, fault=f"the column {', '.join(missing)} is missing")}
        entries = [(rows.line_num, row) for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        return {listing: Arrival(listing, name, fault=f"not a CSV file in UTF-8: {error}")}
    said = (_listed(listing, base, line, row) for line, row in entries)
    return {arrival.file: arrival for arrival in said}


def _listed(listing: Path, base: Path, line: int, row: dict[str, str | None]) -> Arrival:
    file = listing.parent / (row["file"] or "")
    arrival = Arrival(file, Path(os.path.relpath(file, base)).as_posix(), row["dataset"] or "")
    dated, full = (row["dated"] or "").strip(), (row["full"] or "").strip()
    if not file.is_file():
        return replace(arrival, fault=f"{LISTING}, line {line} lists it, and it is not there")
    if _leads_out(file, base):
        return replace(arrival, fault=f"{LISTING}, line {line}: {OUTSIDE}")
    if full not in ("yes", "no", ""):
        return replace(arrival, fault=f"{LISTING}, line {line}: full is {full!r}, neither yes nor no")
    try:
        day = date.fromisoformat(dated) if dated else None
    except ValueError:
        return replace(arrival, fault=f"{LISTING}, line {line}: {dated!r} is no date (YYYY-MM-DD)")
    return replace(arrival, dated=day, full=full == "yes")
