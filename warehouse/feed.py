"""The Atom feed of a home: its releases with their changes, written anew with each release.

What changed does not belong here: changes.py tells that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5
from xml.etree import ElementTree

from warehouse.changes import Changes, FigureChange, TableChange, seen
from warehouse.files import write_whole

FEED = "feed.xml"
MOST = 50
ATOM = "http://www.w3.org/2005/Atom"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(home: Path) -> None:
    """Replace the home's feed by one of its newest releases; it keeps the name that it was once given."""
    told = seen(home, MOST)
    if told:
        write_whole(home / FEED, atom(told, _identity(home / FEED)))


def mend(home: Path, release: str) -> None:
    """Write the feed where it does not tell of the release that readers see: a run was killed before it could."""
    path = home / FEED
    if not path.exists() or release.encode() not in path.read_bytes():
        write(home)


def atom(told: list[Changes], identity: str) -> bytes:
    """A feed of releases, the newest first; there must be at least one."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": "en"})
    _add(feed, "id", identity)
    _add(feed, "title", "AI Observatory: releases and what they changed")
    _add(feed, "updated", _moment(told[0].created_at))
    _add(_add(feed, "author"), "name", "AI Observatory")
    _add(feed, "link", rel="self", type="application/atom+xml", href=FEED)
    _add(feed, "link", rel="alternate", type="text/html", href="revisions")
    for one in told:
        entry = _add(feed, "entry")
        _add(entry, "id", uuid5(_namespace(identity), one.release).urn)
        _add(entry, "title", f"Release {one.release}: {headline(one)}")
        _add(entry, "updated", _moment(one.created_at))
        _add(entry, "link", rel="alternate", type="text/html", href="revisions")
        _add(entry, "content", "\n".join(lines(one)), type="text")
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))


def headline(one: Changes) -> str:
    """In a few words what a release changed."""
    if not one.previous:
        return "the first release"
    if one.fault:
        return "not compared"
    moved, appeared, vanished = (one.count(kind) for kind in ("moved", "appeared", "vanished"))
    if not moved + appeared + vanished:
        return "no figure moved"
    return f"figures moved: {moved}, appeared: {appeared}, vanished: {vanished}"


def lines(one: Changes) -> list[str]:
    """What a release changed, one line for each table and indicator, and for the largest moves."""
    if not one.previous:
        return ["There is nothing to compare it with."]
    if one.fault:
        return [f"Release {one.previous} could not be read: {one.fault}"]
    told = [f"Compared with release {one.previous}."]
    if one.code_version != one.previous_code_version:
        told.append(f"Code version {one.code_version}, before {one.previous_code_version}.")
    told += [_table_line(table) for table in one.datasets]
    return told + [line for figures in one.figures for line in _figure_lines(figures)]


def _table_line(table: TableChange) -> str:
    if table.fault:
        return f"Table {table.dataset}: not compared: {table.fault}"
    told = _counts(table.kinds) or "other captures, the same content"
    return f"Table {table.dataset}: {told}."


def _figure_lines(figures: FigureChange) -> list[str]:
    return [
        f"Indicator {figures.indicator}: {_counts(figures.kinds)}.",
        *(_move_line(row) for row in figures.largest if row["kind"] == "moved"),
    ]


def _move_line(row: Mapping[str, Any]) -> str:
    member = f", {row['breakdown']} {row['member']}" if row["breakdown"] else ""
    if row["old_value"] is None or row["new_value"] is None:
        old, new = (f"{row[f'{side}_low']} to {row[f'{side}_high']}" for side in ("old", "new"))
    else:
        old, new = f"{row['old_value']:.12g}", f"{row['new_value']:.12g}"
    return f"  {row['geo']}, {row['new_period']}{member}: {old} → {new} {row['unit']}"


def _counts(kinds: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count)


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = NOT_XML.sub("\ufffd", text) or None
    return element


def _identity(path: Path) -> str:
    """The feed's own id, which a reader knows it by: as it was, or a new one for a new feed."""
    if not path.exists():
        return uuid4().urn
    try:
        known = ElementTree.parse(path).findtext(f"{{{ATOM}}}id") or ""  # noqa: S314 - a file that we wrote
        return UUID(known).urn
    except (ElementTree.ParseError, ValueError):  # somebody spoilt it: a feed of its own from here on
        return uuid4().urn


def _namespace(identity: str) -> UUID:
    return uuid5(NAMESPACE_URL, identity)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
