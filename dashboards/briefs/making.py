"""Briefs as files: one in the format asked for, or those of all places and languages of a release.

What a brief says belongs to content.py, how a format is written to the format's module.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from dashboards.briefs.content import brief
from dashboards.briefs.model import Brief
from dashboards.briefs.seal import stamped
from dashboards.briefs.shelf import GEOS as GEOS
from warehouse.files import write_whole
from warehouse.read import OpenRelease, open_release

FORMATS = {
    "pdf": "application/pdf",
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The formats, each written by the function of its name in the module of its name; and their media types."""

Report = Callable[[str, int, int], None]
"""Hears the name of what is written, how many are, and of how many."""


def written(said: Brief, form: str) -> bytes:
    """A brief in a format, its seal stamped."""
    write: Callable[[Brief], bytes] = getattr(import_module(f"dashboards.briefs.{form}"), form)
    return stamped(write(said), form)


def made(
    opened: OpenRelease, geo: str, lang: str, form: str, on: date | None = None, sector: str = ""
) -> tuple[str, bytes]:
    """The name and the bytes of a brief; raises NoBrief for a place, language or sector without one."""
    found = brief(opened, geo, lang, on, sector)
    return f"{found.name}.{form}", written(found, form)


@dataclass(frozen=True)
class Order:
    """Which briefs to write, of which release of a home, as known now or on a day, into which folder."""

    home: Path
    release: str
    folder: Path
    geos: Sequence[str]
    langs: Sequence[str]
    forms: Sequence[str] = ("pdf",)
    on: date | None = None


def write_all(
    order: Order, report: Report = lambda _name, _done, _of: None, workers: int | None = None
) -> list[Path]:
    """Write all briefs of an order, each file whole or not at all; gives them by name."""
    number = len(order.geos) * len(order.langs) * len(order.forms)
    paths: list[Path] = []
    for path in _each(order, workers or min(os.cpu_count() or 1, len(order.geos))):
        paths.append(path)
        report(path.name, len(paths), number)
    return sorted(paths)


def _each(order: Order, workers: int) -> Iterator[Path]:
    """The files, as they are done; places are shared among processes."""
    if workers == 1:
        for geo in order.geos:
            yield from _of_place(order, geo)
        return
    # a process that forks while threads of a database run may stop for ever
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_of_place, order, geo) for geo in order.geos]
        try:
            for done in as_completed(waiting):
                yield from done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _of_place(order: Order, geo: str) -> Iterable[Path]:
    opened = _opened(order.home, order.release)
    paths = []
    for lang in order.langs:
        found = brief(opened, geo, lang, order.on)
        for form in order.forms:
            paths.append(order.folder / f"{found.name}.{form}")
            write_whole(paths[-1], written(found, form))
    return paths


_held: dict[tuple[Path, str], OpenRelease] = {}


def _opened(home: Path, release: str) -> OpenRelease:
    """A process opens a release once."""
    key = (home, release)
    if key not in _held:
        _held[key] = open_release(home, release)
    return _held[key]
