"""Taking over from a shared store: the files that a home lacks, in an order in which nothing names what is not there.

Whether there is anything new belongs to sharing.py.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from warehouse import feed, pins, release, retention
from warehouse.changes import CHANGES
from warehouse.copied import Aim
from warehouse.files import flush, write_whole
from warehouse.handover import ARCHIVE, AT_ONCE, FIGURES, LOG, RELEASES
from warehouse.model import StoreFault
from warehouse.read import DATABASE, FORMAT, MANIFEST, format_of, latest, sealed_format

if TYPE_CHECKING:
    from warehouse.store import Store

SAFE = re.compile(r"(archive|vintages|figures|trajectories|pins)(/\w[\w.+=-]*)+")
"""The names under which files are taken over; whatever else lies in a store is none of ours."""

NAME = re.compile(r"\w[\w-]*")
"""What a release is called."""


def take_over(home: Path, store: Store, aim: Aim, whole: bool) -> None:
    """Bring what a run needs, or without ``whole`` what pages need, and point to the release; raises StoreFault.

    Whoever calls it holds the home's turn.
    """
    chain = _chain(home, store, aim.newest)
    if not chain and not whole:
        raise StoreFault(
            f"{store.address}: release {aim.newest} is of an earlier version of this code: refresh it there"
        )
    _refuse_strangers(home, store, chain)
    listed = store.names(pins.FOLDER) | (store.names(LOG) if whole else set())
    if whole:  # listed after the log: the bytes of each entry of it are there
        folders = sorted(store.folders(ARCHIVE) - {LOG})
        fetch(home, store, (name for folder in folders for name in store.names(folder)))
    for name, manifest in reversed(chain.items()):
        have_release(home, store, name, manifest, name in (aim.release, aim.newest))
    if whole and (made := store.read(f"{RELEASES}/{aim.newest}/{FIGURES}")):
        fetch(home, store, json.loads(made.content))
    fetch(home, store, listed)
    if not (home / feed.FEED).exists() and (told := store.read(feed.FEED)):
        write_whole(home / feed.FEED, told.content)  # for its name: what it tells is written anew
    if chain:
        release.point(home, aim.newest)


def have_release(home: Path, store: Store, name: str, manifest: bytes = b"", whole: bool = True) -> None:
    """Have a release's folder in the home, with its database and the tables that this names where it is ``whole``."""
    folder, there = home / RELEASES / name, f"{RELEASES}/{name}"
    if not sealed_format(folder):
        building = folder.with_name(f".building-{name}-{os.getpid()}")
        try:
            if whole:
                store.fetch(f"{there}/{DATABASE}", building / DATABASE)
            if changed := store.read(f"{there}/{CHANGES}"):
                write_whole(building / CHANGES, changed.content)
            write_whole(building / MANIFEST, manifest)
            building.rename(folder)
            flush(folder.parent)
        finally:
            rmtree(building, ignore_errors=True)
    elif whole and not format_of(folder):
        store.fetch(f"{there}/{DATABASE}", folder / DATABASE)
    if whole:
        fetch(home, store, retention.tables_of(folder / DATABASE))


def fetch(home: Path, store: Store, names: Iterable[str]) -> None:
    """Bring those of these files that the home lacks."""
    missing = sorted(name for name in names if SAFE.fullmatch(name) and not (home / name).exists())
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(lambda name: store.fetch(name, home / name), missing):
            pass


def _chain(home: Path, store: Store, newest: str) -> dict[str, bytes]:
    """The releases from the newest back, by name, with the manifests of those that the home lacks.

    A release in the store to which none of these goes back was never pointed to, and is left alone. Older than this
    version of the code there are none.
    """
    names = sorted(path.rpartition("/")[2] for path in store.folders(RELEASES))
    lacking = [name for name in names if NAME.fullmatch(name) and not sealed_format(home / RELEASES / name)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        read = pool.map(lambda name: store.read(f"{RELEASES}/{name}/{MANIFEST}"), lacking)
        there = {name: one.content for name, one in zip(lacking, read, strict=True) if one}
    chain: dict[str, bytes] = {}
    name: str | None = newest
    while name:
        here = home / RELEASES / name / MANIFEST
        content = there.get(name) or (here.read_bytes() if NAME.fullmatch(name) and here.exists() else b"{}")
        said = json.loads(content)
        if said.get("format", 0) > FORMAT:
            raise StoreFault(
                f"{store.address}: release {name} is of a later version of this code: bring it to this machine"
            )
        if said.get("format") != FORMAT:
            break
        chain[name], name = there.get(name, b""), said["previous"]
    return chain


def _refuse_strangers(home: Path, store: Store, chain: Iterable[str]) -> None:
    """Fail where the home has published what the store knows nothing of: two histories do not make one."""
    own = latest(home)
    if own and own not in chain:
        raise StoreFault(
            f"{home} has published {own}, of which {store.address} knows nothing: set OBSERVATORY_HOME to a new folder, "
            "or move its folder releases and its file current away, and the next refresh sends its captures"
        )
