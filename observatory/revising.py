"""The command that tells what was revised, and which figures moved, between captures, releases or days.

How they are compared does not belong here: warehouse/revisions.py and warehouse/moves.py know that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from observatory.console import WRONG_USAGE, Failed, form, nearest, only, say
from observatory.differences import ON_SCREEN, Compared, tell
from sources.settings import Settings

if TYPE_CHECKING:
    from sources.model import Capture, Dataset
    from warehouse.moves import Moves
    from warehouse.read import OpenRelease
    from warehouse.revisions import Revisions
    from warehouse.vintages import State


day = click.DateTime(["%Y-%m-%d"])


@dataclass(frozen=True)
class Asked:
    """What to tell: of which datasets and indicators (all, where none is named), and how many rows."""

    datasets: Sequence[Dataset]
    indicator: str
    tables: bool
    figures: bool
    limit: int | None


@click.command()
@click.argument("between", metavar="[OLD NEW]", nargs=-1)
@click.option(
    "--since", type=day, metavar="DATE", help="Compare what was known at the end of this day (UTC)."
)
@click.option("--until", type=day, metavar="DATE", help="With what was known on this day (default: now).")
@click.option("--dataset", metavar="CODE", default="", help="Only this table, with its rows.")
@click.option("--indicator", metavar="ID", default="", help="Only this indicator's figures.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    help=f"At most so many rows of each table (default: {ON_SCREEN} on a screen, else all).",
)
@form
@click.pass_obj
def diff(
    settings: Settings,
    between: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    dataset: str,
    indicator: str,
    limit: int | None,
    form: str,
) -> None:
    """What was revised, and which figures moved, between two releases, two captures or two days.

    OLD and NEW are ids of releases or captures, or starts of them that fit only one. Without any, the
    current release is compared with the one before it.
    """
    if len(between) not in (0, 2):
        raise Failed("diff compares two: give OLD and NEW, --since, or nothing", WRONG_USAGE)
    if between and (since or until):
        raise Failed("give either OLD and NEW or days, not both", WRONG_USAGE)
    first, last = _days(since, until)
    most = limit or (ON_SCREEN if form == "table" else None)
    asked = _asked(settings, dataset, indicator, most)
    if first:
        compared = _between_days(settings, first, last, asked)
    elif any(_is_capture(settings, one) for one in between):
        compared = _between_captures(settings, between, asked)
    else:
        compared = _between_releases(settings, between, asked)
    tell(compared, form, rows=bool(dataset) or compared.moves is None)


def _days(since: datetime | None, until: datetime | None) -> tuple[date | None, date | None]:
    if until and not since:
        raise Failed("--until goes with --since: from which day on?", WRONG_USAGE)
    days = [moment.date() for moment in (since, until) if moment]
    if any(one > datetime.now(UTC).date() for one in days):
        raise Failed(f"{max(days)} is yet to come: nobody knows what will be known then", WRONG_USAGE)
    if days != sorted(days):
        raise Failed(f"--since {days[0]} comes after --until {days[1]}: exchange them", WRONG_USAGE)
    return (days[0] if days else None), (days[1] if len(days) > 1 else None)


def _asked(settings: Settings, dataset: str, indicator: str, limit: int | None) -> Asked:
    from indicators.registry import indicators
    from sources.registry import datasets

    known = datasets(settings)
    if dataset and dataset not in known:
        raise Failed(f"no dataset {dataset}: {nearest(dataset, list(known))}", WRONG_USAGE)
    if indicator and indicator not in indicators():
        raise Failed(f"no indicator {indicator}: {nearest(indicator, list(indicators()))}", WRONG_USAGE)
    chosen = [known[dataset]] if dataset else list(known.values())
    both = bool(dataset) == bool(indicator)
    return Asked(chosen, indicator, both or bool(dataset), both or bool(indicator), limit)


def _is_capture(settings: Settings, start: str) -> bool:
    from warehouse.archive import Archive

    return any(capture.id.startswith(start) for capture in Archive(settings.home).captures())


def _between_days(settings: Settings, first: date, last: date | None, asked: Asked) -> Compared:
    from warehouse.moves import Statement
    from warehouse.read import DATABASE

    release = _open(settings, None)
    database = release.folder / DATABASE
    pairs = ((release.state(one, first), release.state(one, last)) for one in asked.datasets)
    return Compared(
        f"what was known on {first}",
        f"what was known on {last}" if last else f"what is known now (release {release.id})",
        _revised(pairs, asked),
        _moved(Statement(database, first), Statement(database, last), asked),
    )


def _between_releases(settings: Settings, between: Sequence[str], asked: Asked) -> Compared:
    from warehouse.moves import Statement
    from warehouse.read import DATABASE
    from warehouse.release import manifest, releases

    if between:
        known = [release.id for release in releases(settings.home)]
        names = [only("release or capture", start, known) for start in between]
    else:
        now = manifest(settings.home, _open(settings, None).id)
        if now.previous is None:
            raise Failed(f"{now.id} is the only release so far: compare days with --since DATE")
        names = [now.previous, now.id]
    old, new = (_open(settings, name) for name in names)
    pairs = ((old.state(one), new.state(one)) for one in asked.datasets)
    return Compared(
        f"release {old.id}",
        f"release {new.id}",
        _revised(pairs, asked),
        _moved(Statement(old.folder / DATABASE), Statement(new.folder / DATABASE), asked),
    )


def _between_captures(settings: Settings, between: Sequence[str], asked: Asked) -> Compared:
    from warehouse.archive import Archive
    from warehouse.revisions import revisions

    known = {capture.id: capture for capture in Archive(settings.home).captures()}
    old, new = (known[only("capture", start, list(known))] for start in between)
    if old.dataset != new.dataset:
        raise Failed(f"{old.id} and {new.id} are captures of two tables: compare two of one", WRONG_USAGE)
    if asked.indicator:
        raise Failed(
            "two captures are compared cell by cell: compare releases or days for figures", WRONG_USAGE
        )
    whole = new.scope == "full"
    if not whole:
        say(f"{new.id} is a part of the table: what it lacks does not count as withdrawn.")
    if old.scope != "full":
        say(f"{old.id} is a part of the table: what it lacks may have been published before.")
    states = (_alone(settings, capture) for capture in (old, new))
    found = revisions(*states, limit=asked.limit, withdrawals=whole)
    return Compared(f"capture {old.id}", f"capture {new.id}", [found], None)


def _alone(settings: Settings, capture: Capture) -> State:
    """The state that a capture makes by itself."""
    from sources.model import SourceError
    from sources.registry import source_of
    from warehouse.archive import Archive
    from warehouse.vintages import Layer, State, tidy

    try:
        source = source_of(capture.dataset, settings)
        dataset = next(one for one in source.datasets if one.id == capture.dataset)
        content = Archive(settings.home).content(dataset, capture)
        table = tidy(settings.home, source, dataset, capture.sha256, content, settings.memory)
    except KeyError:
        raise Failed(f"{capture.id}: no source of this version has a table {capture.dataset}") from None
    except SourceError as error:
        raise Failed(f"{capture.id} cannot be read: {error}") from None
    return State(dataset, (Layer(capture, table),))


def _open(settings: Settings, name: str | None) -> OpenRelease:
    from warehouse.read import NoRelease, open_release

    try:
        return open_release(settings.home, name)
    except NoRelease as error:
        raise Failed(str(error)) from None


def _revised(pairs: Iterable[tuple[State | None, State | None]], asked: Asked) -> list[Revisions] | None:
    """The tables whose states differ; of one that only one side has, all is added or withdrawn."""
    from warehouse.revisions import revisions

    if not asked.tables:
        return None
    found = []
    for old, new in pairs:
        if (old.digest if old else "") != (new.digest if new else ""):
            found.append(revisions(old, new, limit=asked.limit))
    return [one for one in found if one.differs]


def _moved(old: Any, new: Any, asked: Asked) -> Moves | None:
    from warehouse.moves import moves

    chosen = [asked.indicator] if asked.indicator else []
    return moves(old, new, indicators=chosen, limit=asked.limit) if asked.figures else None
