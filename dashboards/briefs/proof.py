"""Whether the file of a brief is genuine: rendered again and compared, or, by another code version, its figures.

Reading what a file carries belongs to carried.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dashboards.briefs.carried import Carried, carried
from dashboards.briefs.content import brief
from dashboards.briefs.making import written
from dashboards.briefs.model import ROW, Brief
from dashboards.briefs.seal import cells, code_version, digest_of
from dashboards.charts.marks import records
from warehouse.read import OpenRelease, known, open_release

KEY = ("indicator", "geo", "period", "breakdown", "member")
STATED = ("value", "low", "high", "unit", "flags", "status")
"""What a row of another code version must share with the release."""

Row = Mapping[str, object]
Verdict = Literal["genuine", "same figures", "altered"]


@dataclass(frozen=True)
class Proof:
    """What came of a file: ``same figures`` is said of one by another code version that agrees with its release.

    ``differing`` has one line for each figure that differs, ``readable`` is false where the file's rows are gone.
    """

    file: Carried
    verdict: Verdict
    differing: tuple[str, ...]
    code_version: str

    @property
    def readable(self) -> bool:
        return self.file.rows is not None


def proof(home: Path, path: Path) -> Proof:
    """Verify a file against the release that it names; raises NotABrief, NoBrief, and NoRelease for one that is gone."""
    file = carried(path)
    seal, own_code = file.seal, code_version()
    opened = open_release(home, seal.release)
    try:
        own = brief(opened, seal.geo, seal.lang, seal.as_of, seal.sector)
        if written(own, file.form) == file.content:
            return Proof(file, "genuine", (), own_code)
        same_code = seal.code == own_code
        differing = tuple(_differing(opened, file, own, exactly=same_code))
        agrees = not differing and file.rows is not None and digest_of(file.rows) == seal.digest
        trusted = agrees and not same_code and file.untouched
        return Proof(file, "same figures" if trusted else "altered", differing, own_code)
    finally:
        opened.connection.close()


def _differing(opened: OpenRelease, file: Carried, own: Brief, *, exactly: bool) -> Iterable[str]:
    """One line for each row of the file that the release states otherwise, and, by the same code, for each left out."""
    ours = {_key(fact.row): _stated(fact.row) for fact in own.facts}
    theirs = {_key(row): _stated(row) for row in file.rows or ()}
    if not exactly:
        ours |= _released(opened, file, [key for key in theirs if key not in ours])
    for key, said in theirs.items():
        if ours.get(key) != said:
            yield f"{_name(key)}: the file says {_words(said)}, release {opened.id} {_words(ours.get(key))}"
    if exactly and file.rows is not None:
        for key in ours.keys() - theirs.keys():
            yield f"{_name(key)}: left out of the file, release {opened.id} {_words(ours[key])}"


def _released(
    opened: OpenRelease, file: Carried, keys: Iterable[tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What the release states of figures that the brief of this code does not tell."""
    wanted = set(keys)
    if not wanted:
        return {}
    rows = opened.query(
        f"SELECT {', '.join((*KEY, *STATED))} FROM figures WHERE {known(file.seal.as_of)} "
        "AND list_contains(?, indicator) AND list_contains(?, geo)",
        [sorted({key[0] for key in wanted}), sorted({key[1] for key in wanted})],
    )
    found = {_key(row): _stated(row) for row in records(rows)}
    return {key: found[key] for key in wanted if key in found}


def _texts(row: Row, names: Iterable[str]) -> tuple[str, ...]:
    told = dict(zip(ROW, cells(row), strict=True))
    return tuple(told[name] for name in names)


def _key(row: Row) -> tuple[str, ...]:
    return _texts(row, KEY)


def _stated(row: Row) -> tuple[str, ...]:
    return _texts(row, STATED)


def _name(key: tuple[str, ...]) -> str:
    return " ".join(part for part in key if part)


def _words(said: tuple[str, ...] | None) -> str:
    """What a row says, in short."""
    if said is None:
        return "states no such figure"
    value, low, high, unit, flags, status = said
    number = f"{low} to {high}" if low and high else value or status
    return " ".join(
        part for part in (number, unit if value or low else "", f"({flags})" if flags else "") if part
    )
