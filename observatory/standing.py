"""The command that tells how a home stands.

What there is to tell is found in warehouse/standing.py.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from observatory.console import say, show, warn
from sources.settings import Settings

if TYPE_CHECKING:
    from warehouse.copied import Copied
    from warehouse.standing import Row, Standing


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """What readers see, how fresh each dataset is, which checks failed, and what is held back, since when and why."""
    from sources.registry import datasets
    from warehouse.copied import copied
    from warehouse.standing import standing

    found, today = standing(settings.home, datasets(settings).values()), datetime.now(UTC).date()
    shared = copied(settings.home, settings.store) if settings.store else None
    if as_json:
        document = {**_document(found, today), "store": asdict(shared) if shared else None}
        click.echo(json.dumps(document, default=str, indent=1))
    else:
        _tell(found, today)
        if shared:
            _tell_shared(shared)


def _tell(found: Standing, today: date) -> None:
    from warehouse.standing import since

    show(
        ["dataset", "from", "known from", "newest", "next expected", "held back"],
        [_row(row, today) for row in found.rows],
        "table",
    )
    say(f"Readers see release {found.current}." if found.current else "Nothing is published yet.")
    if found.pin:
        newest = f", the newest is {found.newest.id}" if found.newest else ""
        warn(f"pinned: {_moment(found.pin.at)} by {found.pin.by}: {found.pin.why}{newest}")
    if found.looked:
        how = "sources asked" if found.looked.asked else "offline"
        say(f"Last look for new data: {_moment(found.looked.at)}, {how}.")
        for problem in found.looked.problems:
            warn(f"problem: {problem}")
    soonest = found.next_expected(today)
    if soonest:
        say(f"Next expected: {soonest.expected} of {soonest.dataset} by {soonest.due}.")
    for check in found.failed:
        warn(f"check {check.severity}: {check.subject} {check.name}: {check.detail}")
    for capture in found.held:
        warn(f"held back: {capture.id}, since {_moment(since(capture))}: {capture.why}")


def _tell_shared(shared: Copied) -> None:
    """Which of the store's releases this home has, or why it can have nothing newer."""
    has = f"this home has its release {shared.aim.release}" if shared.mark else "nothing of it is here yet"
    if shared.fault and shared.since:
        warn(f"Store {shared.store}: {has}; not to be used since {_moment(shared.since)}: {shared.fault}")
    else:
        say(f"Store {shared.store}: {has}" + (f", since {_moment(shared.since)}." if shared.since else "."))


def _row(row: Row, today: date) -> list[Any]:
    known = row.capture.known_from if row.capture else None
    due = f"{row.fresh.expected} by {row.fresh.due}" if row.fresh and row.fresh.due else ""
    return [
        row.dataset.id,
        row.capture.origin if row.capture else "nothing loaded",
        f"{known:%Y-%m-%d}" if known else "",
        row.fresh.newest if row.fresh else "",
        f"{due}, overdue" if row.overdue(today) else due,
        len(row.held) or "",
    ]


def _document(found: Standing, today: date) -> dict[str, Any]:
    """All of it for machines."""
    from warehouse.standing import since

    soonest, checks = found.next_expected(today), found.newest.checks if found.newest else ()
    return {
        "release": found.current,
        "newest": found.newest.id if found.newest else None,
        "published_at": found.newest.created_at if found.newest else None,
        "pinned": vars(found.pin) if found.pin else None,
        "last_look": vars(found.looked) if found.looked else None,
        "next_expected": vars(soonest) if soonest else None,
        "checks": {
            "passed": sum(check.passed for check in checks),
            "failed": [vars(check) for check in found.failed],
        },
        "held_back": [
            {
                "capture": one.id,
                "dataset": one.dataset,
                "since": since(one),
                "why": one.why,
                "decided_by": one.decided_by,
            }
            for one in found.held
        ],
        "datasets": [_dataset(row, today) for row in found.rows],
    }


def _dataset(row: Row, today: date) -> dict[str, Any]:
    fresh, capture = row.fresh, row.capture
    return {
        "dataset": row.dataset.id,
        "from": capture.origin if capture else None,
        "known_from": capture.known_from if capture else None,
        "last_seen": capture.last_seen if capture else None,
        "newest": fresh.newest if fresh else None,
        "expected": fresh.expected if fresh else None,
        "due": fresh.due if fresh else None,
        "overdue": row.overdue(today),
        "held_back": len(row.held),
    }


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
