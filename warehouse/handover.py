"""Handing over to a shared store: the files that it lacks, in an order in which nothing names what is not there.

Moving the store's pointer comes after, and belongs to sharing.py.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import pins, release
from warehouse.changes import CHANGES
from warehouse.model import Release
from warehouse.read import DATABASE, MANIFEST

if TYPE_CHECKING:
    from warehouse.store import Store

ARCHIVE, LOG, RELEASES = "archive", "archive/log", "releases"
FIGURES = "figures.json"
"""Of a release in the store: the files of figures and trajectories of the home that published it."""

MADE = ("figures/*/history-*.parquet", "trajectories/*/*.parquet")
"""What is computed, and not kept in a release. The figures of single moments are not sent: histories hold them."""

STEPS = (
    ("archive/*/*/*.gz", ARCHIVE),
    ("archive/log/[0-9]*.json", ARCHIVE),
    (f"{pins.FOLDER}/[0-9]*.json", pins.FOLDER),
    ("vintages/*/*.parquet", "vintages"),
    (MADE[0], "figures"),
    (MADE[1], "trajectories"),
)
"""What is sent, in this order, and the folder of the store that tells what of it is there."""

AT_ONCE = 8
"""How many files travel side by side."""


def hand_over(
    home: Path, store: Store, newest: str | None, built: tuple[Path, Release] | None = None
) -> bool:
    """Send all that the store lacks, and a release that has no name in the home yet; tells whether that was anything.

    Raises Moved where somebody else gave the release's name to another one. Whoever calls it holds the home's turn.
    """
    there = {folder: store.names(folder) for _, folder in STEPS}
    sent = [_send(home, store, _names(home, pattern), there[folder]) for pattern, folder in STEPS]
    held = store.names(RELEASES)
    own = [one.id for one in release.sealed(home) if f"{RELEASES}/{one.id}/{MANIFEST}" not in held]
    for name in own:
        _send_release(store, home / RELEASES / name, name, (DATABASE, CHANGES, MANIFEST))
    if built:
        store.claim(f"{RELEASES}/{built[1].id}/{MANIFEST}", (built[0] / MANIFEST).read_bytes())
        _send_release(store, built[0], built[1].id, (DATABASE, CHANGES))
    if newest and (built or newest in own):
        made = [name for pattern in MADE for name in _names(home, pattern)]
        store.write(f"{RELEASES}/{newest}/{FIGURES}", json.dumps(made, indent=0).encode())
    return bool(built or own or any(sent))


def _names(home: Path, pattern: str) -> list[str]:
    return sorted(path.relative_to(home).as_posix() for path in home.glob(pattern))


def _send(home: Path, store: Store, names: Sequence[str], there: Collection[str]) -> int:
    """Send those of these files that are not there; tells how many."""
    missing = [name for name in names if name not in there]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(lambda name: store.send(name, home / name), missing):
            pass
    return len(missing)


def _send_release(store: Store, folder: Path, name: str, files: Sequence[str]) -> None:
    """Send files of a release's folder, in this order; of an old one the database may be gone."""
    for file in files:
        if (folder / file).exists():
            store.send(f"{RELEASES}/{name}/{file}", folder / file)
