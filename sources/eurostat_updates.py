"""When Eurostat's tables last changed: one question for all of them, and ways around it when it fails.

Getting a table belongs to ``sources.eurostat_extraction``.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from sources.codes import EU
from sources.http import Client, Deadline
from sources.model import Capture, Dataset, NotData, SourceError, Unreachable
from sources.refusals import CHECK_TABLE, LATER

INVENTORY = "files/inventory?type=data"
FEED = "catalogue/rss/en/statistics-update.rss"
BRUSSELS = ZoneInfo("Europe/Brussels")
DATA = re.compile(r"(?i)^(new|deleted) dataset|\bdata\b")
STRUCTURE = re.compile(r"(?i)structure")
"""What the feed says of an item, as in ``Dataset: updated structure and data``."""


@dataclass(frozen=True)
class Stamps:
    """When a table's data, and when its structure (codes and dimensions) last changed, in UTC."""

    data: datetime
    structure: datetime | None = None


@dataclass(frozen=True)
class Feed:
    """The newest updates in Eurostat's feed, by code in lower case; it tells nothing of before ``since``."""

    since: datetime
    data: Mapping[str, datetime] = field(default_factory=dict)
    structure: Mapping[str, datetime] = field(default_factory=dict)

    def newer(self, datasets: Iterable[Dataset], known: Mapping[str, Capture]) -> dict[str, datetime]:
        """The ids of the datasets whose data the feed calls newer than their capture, or that have none; and since when."""
        found = {one.id: self.data[one.code] for one in datasets if one.code in self.data}
        return {name: when for name, when in found.items() if _is_newer(when, known.get(name))}


def _is_newer(when: datetime, capture: Capture | None) -> bool:
    return capture is None or when > (capture.source_updated_at or capture.last_seen)


class Updates:
    """What Eurostat says of its tables' last changes, by the cheapest of its ways that answers."""

    def __init__(self, client: Client, base: str) -> None:
        self._client, self._base = client, base
        self._inventory: dict[str, Stamps] | None = None
        self._feed: Feed | None = None
        self._cells: dict[str, datetime | None] = {}

    @classmethod
    def ask(cls, client: Client, base: str) -> Updates:
        """Ask the inventory; where it fails, the feed; where that fails too, each table when it is its turn.

        Raises Unreachable where neither of the two gave an answer.
        """
        found = cls(client, base)
        try:
            text = client.text("eurostat", f"{base}/{INVENTORY}")
            found._inventory = read_inventory(text, f"{base}/{INVENTORY}")
        except SourceError as first:
            try:
                found._feed = listen(client, base)
            except Unreachable:
                raise first from None
            except NotData:
                pass
        return found

    def is_new(self, dataset: Dataset, capture: Capture | None) -> bool:
        """Whether the table's data may have changed since the capture; a new structure alone does not count."""
        if capture is None:
            return True
        if self._feed and capture.last_seen >= self._feed.since:
            known = capture.source_updated_at or capture.last_seen
            return self._feed.data.get(dataset.code, known) > known
        stamp = self.stamp(dataset)
        return stamp is None or capture.source_updated_at != stamp

    def stamp(self, dataset: Dataset) -> datetime | None:
        """When the table's data last changed; None when that cannot be told."""
        if self._inventory is not None:
            stamps = self._inventory.get(dataset.code)
            return stamps.data if stamps else None
        if self._feed and dataset.code in self._feed.data:
            return self._feed.data[dataset.code]
        if dataset.code not in self._cells:
            self._cells[dataset.code] = _by_cell(self._client, self._base, dataset)
        return self._cells[dataset.code]

    def structure(self, dataset: Dataset) -> datetime | None:
        """When the table's codes or dimensions last changed; None when that cannot be told."""
        if self._inventory is not None:
            stamps = self._inventory.get(dataset.code)
            return stamps.structure if stamps else None
        return self._feed.structure.get(dataset.code) if self._feed else None


def listen(client: Client, base: str) -> Feed:
    """The feed of updates as it is now; raises Unreachable or NotData."""
    text = client.text("eurostat", f"{base}/{FEED}", None, "markup")
    return read_feed(text, f"{base}/{FEED}")


def read_inventory(text: str, where: str = "inventory") -> dict[str, Stamps]:
    """The stamps of each code (in lower case); rows without a readable time of data are left out.

    Raises NotData where the columns are not those of an inventory.
    """
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    names = {name.strip().strip('"').casefold(): name for name in rows.fieldnames or ()}
    code = names.get("code")
    data = next((names[name] for name in names if "data" in name and "change" in name), None)
    structure = next((names[name] for name in names if "structur" in name and "change" in name), None)
    if code is None or data is None:
        raise NotData("eurostat", where, "the inventory has no columns for code and data change", LATER)
    found: dict[str, Stamps] = {}
    for row in rows:
        stamp = _time(row[data])
        if stamp and row[code]:
            changed = _time(row[structure]) if structure else None
            found[row[code].strip().strip('"').casefold()] = Stamps(stamp, changed)
    return found


def read_feed(text: str, where: str = "feed") -> Feed:
    """The updates in the RSS feed; raises NotData where it is none, or is empty."""
    items = list(_items(text))
    if not items:
        raise NotData("eurostat", where, "the feed of updates holds no update", LATER)
    return Feed(
        since=min(when for _, _, when in items),
        data=_newest((code, when) for code, what, when in items if DATA.search(what)),
        structure=_newest((code, when) for code, what, when in items if STRUCTURE.search(what)),
    )


def _items(text: str) -> Iterator[tuple[str, str, datetime]]:
    """Code, what happened to it, and when."""
    try:
        feed = ElementTree.fromstring(text)  # noqa: S314 - expat bounds entities since 2.4.1
    except ElementTree.ParseError:
        return
    for item in feed.iter("item"):
        title = re.match(r'\s*(\S+) - "?(.*?)"?\s*$', item.findtext("title") or "")
        when = _time(item.findtext("pubDate"))
        if title and when:
            yield title.group(1).casefold(), title.group(2), when


def _newest(pairs: Iterable[tuple[str, datetime]]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for code, when in pairs:
        found[code] = max(when, found.get(code, when))
    return found


def _by_cell(client: Client, base: str, dataset: Dataset) -> datetime | None:
    """What one cell of the table says; None where it cannot be asked for one; raises Unreachable."""
    try:
        return _time(str(cell(client, base, dataset).get("updated", "")))
    except NotData:
        return None


def cell(client: Client, base: str, dataset: Dataset, until: Deadline | None = None) -> dict[str, Any]:
    """The JSON-stat of the newest EU value, about 4 kB, which describes the whole table beside it."""
    frequency = dataset.expected.codes.get("freq", ())[:1]
    place = {} if dataset.place else {"geo": EU}
    asked = {**({"freq": frequency[0]} if frequency else {}), **place}
    return statistics(client, base, dataset, asked, until)


def statistics(
    client: Client, base: str, dataset: Dataset, asked: Mapping[str, str], until: Deadline | None = None
) -> dict[str, Any]:
    """The newest period of a slice as JSON-stat; ``asked`` gives a code for some of the dimensions.

    Raises NotData where the answer is another than asked for: codes unknown to the table are dropped from
    the question without a word.
    """
    filters = "".join(f"&{dimension}={code}" for dimension, code in asked.items())
    url = f"{base}/statistics/1.0/data/{dataset.code.upper()}?format=JSON&lang=EN&lastTimePeriod=1{filters}"
    text = client.text(dataset.id, url, until)
    try:
        document: dict[str, Any] = json.loads(text)
        given = {name: [*document["dimension"][name]["category"]["index"]] for name in asked}
    except (ValueError, KeyError, TypeError) as error:
        raise NotData(dataset.id, url, f"the answer is no JSON-stat: {error}", LATER) from error
    for name, code in asked.items():
        if given[name] != [code]:
            reason = f"{name}={code} was left out of the answer without a word: the table has no such code"
            raise NotData(dataset.id, url, reason, CHECK_TABLE)
    return document


def _time(text: str | None) -> datetime | None:
    """A moment in UTC; one without a zone is Brussels time in the feed's spelling."""
    said = (text or "").strip().strip('"')
    try:
        stamp = datetime.fromisoformat(said)
    except ValueError:
        try:
            stamp = parsedate_to_datetime(said)
        except ValueError:
            return None
    return (stamp if stamp.tzinfo else stamp.replace(tzinfo=BRUSSELS)).astimezone(UTC)
