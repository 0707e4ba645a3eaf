"""Getting a whole table out of Eurostat: at once, after a wait in its queue, or in parts that fit its limit.

Whether a table changed belongs to ``sources.eurostat_updates``; reading its bytes to ``sources.formats``.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil
from pathlib import Path
from time import sleep
from xml.etree import ElementTree

from sources.eurostat_updates import cell
from sources.formats.answers import extraction_status
from sources.formats.content import open_plain
from sources.http import Client, Deadline, Download
from sources.model import Dataset, NotData, NotYet
from sources.refusals import LATER, NoResults, Queued, TooBig
from sources.settings import Settings

WAITING = ("SUBMITTED", "PROCESSING")
LONGEST_LIST = 1500
"""Characters of codes in one question: servers on the way cut longer addresses."""

BY_HAND = "download the parts of it that you need, and import them"
MEDIA_TYPE = "application/vnd.sdmx.data+csv"


@dataclass(frozen=True)
class Extract:
    """A whole table as a file; ``answers`` is the number of answers that it was put together from."""

    download: Download
    answers: int = 1


@dataclass(frozen=True)
class _Part:
    """Some codes of one dimension."""

    dimension: str
    codes: tuple[str, ...]

    def halves(self) -> list[_Part]:
        middle = len(self.codes) // 2
        return [replace(self, codes=codes) for codes in (self.codes[:middle], self.codes[middle:])]


class Extraction:
    """Asks Eurostat for whole tables, within one deadline a table."""

    def __init__(self, client: Client, settings: Settings) -> None:
        self._client = client
        self._base = settings.eurostat_url.rstrip("/")
        self._polls, self._poll_pause = settings.polls, settings.poll_pause

    def whole(self, dataset: Dataset, folder: Path, until: Deadline) -> Extract:
        """The table as TSV, or as SDMX-CSV where it is too big for one answer.

        Raises Unreachable (NotYet where only this table is not to be had now) or NotData.
        """
        url = f"{self._base}/sdmx/2.1/data/{dataset.code.upper()}?format=TSV&compressed=true"
        try:
            return self._got(dataset, url, folder / f"{dataset.id}.tsv.gz", until)
        except TooBig as refusal:
            return self._in_parts(dataset, folder, until, refusal)

    def _got(self, dataset: Dataset, url: str, target: Path, until: Deadline) -> Extract:
        """The answer to a question, waited for where it is queued."""
        try:
            return Extract(self._client.download(dataset.id, url, target, until))
        except Queued as queued:
            return self._awaited(dataset, url, target, until, queued)

    def _awaited(self, dataset: Dataset, url: str, target: Path, until: Deadline, queued: Queued) -> Extract:
        """The extraction once it is ready; the bytes count as the answer to ``url``."""
        for _ in range(self._polls):
            if until.left <= self._poll_pause:
                break
            sleep(self._poll_pause)
            ready = url if not queued.ticket else self._ready(dataset, url, until, queued.ticket)
            try:
                if ready:
                    download = self._client.download(dataset.id, ready, target, until)
                    return Extract(replace(download, url=url), answers=2)
            except Queued as again:
                queued = again if again.ticket else queued
        reason = "the extraction was queued and did not get ready in time"
        raise NotYet(dataset.id, url, reason, LATER)

    def _ready(self, dataset: Dataset, url: str, until: Deadline, ticket: str) -> str:
        """The address of a queued extraction's data; empty while it is prepared; raises NotYet if it is lost."""
        address = f"{self._base}/1.0/async/status/{ticket}"
        status = extraction_status(self._client.text(dataset.id, address, until, "markup", "queued"))
        if status == "AVAILABLE":
            return f"{self._base}/1.0/async/data/{ticket}"
        if status not in WAITING:
            reason = f"the queued extraction is lost: {status or 'no status'}"
            raise NotYet(dataset.id, url, reason, LATER)
        return ""

    def _in_parts(self, dataset: Dataset, folder: Path, until: Deadline, refusal: TooBig) -> Extract:
        """The table part by part, cut along its dimension of most codes, each row once."""
        codes = self.codes(dataset, until)
        dimension = max(codes, key=lambda name: len(codes[name]))
        url = (
            f"{self._base}/sdmx/3.0/data/dataflow/ESTAT/{dataset.code.upper()}/1.0"
            "?format=csvdata&formatVersion=2.0&labels=id&compress=true"
        )
        table = _Table(dataset, url, folder / f"{dataset.id}.csv.gz")
        parts = list(_parts(dimension, codes[dimension], _times_too_big(refusal)))
        for download, part in self._answers(dataset, url, folder, until, parts):
            table.add(download, part)
        self._check_whole(dataset, table, until)
        whole = replace(table.last, path=table.target, url=f"{url}#in {table.parts} parts by {dimension}")
        return Extract(replace(whole, media_type=whole.media_type or MEDIA_TYPE), answers=table.parts)

    def _answers(
        self, dataset: Dataset, url: str, folder: Path, until: Deadline, waiting: list[_Part]
    ) -> Iterator[tuple[Download, _Part]]:
        """The answer to each part, a part that is too big itself in halves; parts without data are left out."""
        while waiting:
            part = waiting.pop(0)
            try:
                filtered = f"{url}&c[{part.dimension}]={','.join(part.codes)}"
                yield self._got(dataset, filtered, folder / "part", until).download, part
            except NoResults:
                continue
            except TooBig as error:
                if len(part.codes) == 1:
                    reason = f"even cut by {part.dimension} it is too much: {error.reason}"
                    raise TooBig(dataset.id, url, reason, BY_HAND) from error
                waiting[:0] = part.halves()

    def codes(self, dataset: Dataset, until: Deadline) -> dict[str, list[str]]:
        """The codes in use in each dimension of the table, without time; raises Unreachable or NotData."""
        url = f"{self._base}/sdmx/2.1/contentconstraint/ESTAT/{dataset.code.upper()}"
        text = self._client.text(dataset.id, url, until, "markup")
        found = dict(_constraint(text))
        if not found:
            raise NotData(dataset.id, url, "the answer lists no codes by which to ask for parts", LATER)
        return found

    def _check_whole(self, dataset: Dataset, table: _Table, until: Deadline) -> None:
        """Raises NotYet where there are fewer rows than Eurostat says the table has."""
        if not table.parts:
            raise NotData(dataset.id, table.url, "none of the parts holds data", LATER)
        stated = _observations(cell(self._client, self._base, dataset, until))
        if stated is not None and table.rows < stated:
            reason = f"the parts hold {table.rows} of the {stated} observations that Eurostat states"
            raise NotYet(dataset.id, table.url, reason, LATER)


class _Table:
    """A table put together from parts in SDMX-CSV with codes alone, in which no code holds a comma."""

    def __init__(self, dataset: Dataset, url: str, target: Path) -> None:
        self.dataset, self.url, self.target = dataset, url, target
        self.header, self.rows, self.parts = b"", 0, 0
        self.last: Download

    def add(self, download: Download, part: _Part) -> None:
        """Append a part; raises NotData where it has other columns, or rows that were not asked for."""
        self.last = download
        with (
            open_plain(download.path, self.dataset.id) as lines,
            gzip.open(self.target, "ab" if self.parts else "wb", compresslevel=1) as whole,
        ):
            header = next(lines).rstrip(b"\r\n")
            if self.header not in (b"", header):
                raise NotData(
                    self.dataset.id, download.url, "the parts of the table differ in their columns", LATER
                )
            if not self.parts:
                whole.write(header + b"\n")
            self.header, self.parts = header, self.parts + 1
            for row in self._rows(lines, header, download, part):
                whole.write(row)

    def _rows(
        self, lines: Iterator[bytes], header: bytes, download: Download, part: _Part
    ) -> Iterator[bytes]:
        names = header.decode("utf-8-sig").split(",")
        at = names.index(part.dimension) if part.dimension in names else len(names)
        asked = {code.encode() for code in part.codes}
        for line in lines:
            cells = line.rstrip(b"\r\n").split(b",")
            if len(cells) != len(names) or at >= len(names) or cells[at] not in asked:
                reason = (
                    f"the answer holds a row that was not asked for: {line[:200].decode(errors='replace')!r}"
                )
                raise NotData(self.dataset.id, download.url, reason, LATER)
            self.rows += 1
            yield b",".join(cells) + b"\n"


def _parts(dimension: str, codes: Sequence[str], times: int) -> Iterator[_Part]:
    """The codes in so many lists of about one size, or in more where an address would grow too long."""
    most = max(1, len(codes) // times)
    waiting = iter(sorted(codes))
    while some := tuple(islice(waiting, most)):
        part = [_Part(dimension, some)]
        while any(len(",".join(one.codes)) > LONGEST_LIST and len(one.codes) > 1 for one in part):
            part = [half for one in part for half in one.halves()]
        yield from part


def _times_too_big(refusal: TooBig) -> int:
    """How many parts the refusal's own numbers ask for: estimated rows by rows at most."""
    numbers = re.search(r"estimated (\d+) rows, max authorised is (\d+)", refusal.reason)
    return ceil(int(numbers.group(1)) / max(1, int(numbers.group(2)))) if numbers else 2


def _constraint(text: str) -> Iterator[tuple[str, list[str]]]:
    """Dimension and codes in a content constraint, in SDMX-ML of any version."""
    try:
        tree = ElementTree.fromstring(text)  # noqa: S314 - expat bounds entities since 2.4.1
    except ElementTree.ParseError:
        return
    for element in tree.iter():
        name = element.get("id", "")
        if element.tag.endswith("}KeyValue") and name != "TIME_PERIOD":
            codes = [value.text.strip() for value in element if value.tag.endswith("}Value") and value.text]
            if codes:
                yield name, list(dict.fromkeys(codes))


def _observations(document: Mapping[str, object]) -> int | None:
    """The number of observations of the whole table, which stands beside every slice of it."""
    extension = document.get("extension")
    notes = extension.get("annotation", []) if isinstance(extension, dict) else []
    said = [n.get("title") for n in notes if isinstance(n, dict) and n.get("type") == "OBS_COUNT"]
    return next((int(number) for number in map(str, said) if number.isdecimal()), None)
