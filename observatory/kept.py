"""Commands on what is kept: releases and captures, and what a person decides on them.

Computing what follows from a decision does not belong here (running.py).
"""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import click

from observatory.console import WRONG_USAGE, Failed, form, only, say, show
from observatory.running import publish, say_that_we_wait, take_over
from sources.settings import Settings

if TYPE_CHECKING:
    from sources.model import Capture, State
    from warehouse.archive import Archive

why_option = click.option("--why", required=True, metavar="TEXT", help="The reason, which stays on record.")
by_option = click.option("--by", metavar="NAME", default="", help="Who decides (default: your login name).")


@click.group()
def release() -> None:
    """Releases: what readers see, and what they saw."""


@release.command("list")
@form
@click.pass_obj
def release_list(settings: Settings, form: str) -> None:
    """Every release, the oldest first; of old ones only the manifest is kept."""
    from warehouse.pins import pinned
    from warehouse.read import current, format_of
    from warehouse.release import sealed

    now, pin = current(settings.home), pinned(settings.home)
    rows = [
        [
            r.id,
            f"{r.created_at:%Y-%m-%d %H:%M} UTC",
            len(r.captures),
            r.figures_digest[:12],
            "whole" if format_of(settings.home / "releases" / r.id) else "manifest",
            ("pinned" if pin else "current") if r.id == now else "",
        ]
        for r in sealed(settings.home)
    ]
    show(["release", "created", "captures", "figures digest", "kept", "readers"], rows, form)


@release.command("show")
@click.argument("identifier", metavar="[ID]", required=False)
@click.pass_obj
def release_show(settings: Settings, identifier: str | None) -> None:
    """The manifest of a release (default: the current one)."""
    from warehouse.read import MANIFEST, NoRelease, current
    from warehouse.release import manifest, sealed

    name = only("release", identifier, [one.id for one in sealed(settings.home)]) if identifier else None
    try:
        found = manifest(settings.home, name or current(settings.home) or "")
    except NoRelease as error:
        raise Failed(str(error)) from None
    click.echo((settings.home / "releases" / found.id / MANIFEST).read_text())


@release.command("rollback")
@click.argument("identifier", metavar="[ID]", required=False)
@why_option
@by_option
@click.pass_obj
def release_rollback(settings: Settings, identifier: str | None, why: str, by: str) -> None:
    """Send readers back to a release (default: the one before the current) and keep them there.

    Refreshes go on and publish; readers stay until `observatory release resume`.
    """
    from warehouse.pins import pinned
    from warehouse.read import NoRelease
    from warehouse.release import rollback
    from warehouse.turn import turn

    reason = _reason(why)
    with turn(settings.home, say_that_we_wait):
        shared = take_over(settings)
        name = _release(settings, identifier, shared is not None)
        pin = pinned(settings.home)
        if pin and pin.release == name:
            raise Failed(f"readers are at {name} already, since {pin.at:%Y-%m-%d %H:%M} UTC: {pin.why}")
        if shared:
            shared.fetch(name)
        try:
            rollback(settings.home, name, reason, by or _login())
        except NoRelease as error:
            raise Failed(str(error)) from None
        if shared:
            shared.settle()
    say(f"Readers are at release {name} and stay there until `observatory release resume`.")


@release.command("resume")
@click.option("--why", default="", metavar="TEXT", help="The reason, which stays on record.")
@by_option
@click.pass_obj
def release_resume(settings: Settings, why: str, by: str) -> None:
    """Let readers go on to the newest release after a rollback."""
    from warehouse.pins import pinned
    from warehouse.release import resume
    from warehouse.turn import turn

    with turn(settings.home, say_that_we_wait):
        shared = take_over(settings)
        if not pinned(settings.home):
            raise Failed("nothing to resume: readers are not held at a release")
        newest = resume(settings.home, why.strip(), by or _login())
        if shared:
            shared.settle()
    say(f"Readers are at the newest release again: {newest}.")


@click.group()
def capture() -> None:
    """Captures: every retrieval of a dataset."""


@capture.command("list")
@click.option("--dataset", metavar="CODE", default="", help="Only of this dataset.")
@click.option(
    "--state",
    type=click.Choice(["received", "accepted", "held back", "withdrawn"]),
    default=None,
    help="Only those with this verdict.",
)
@form
@click.pass_obj
def capture_list(settings: Settings, dataset: str, state: str | None, form: str) -> None:
    """Every capture, in the order of retrieval, with the verdict on it."""
    from warehouse.archive import Archive

    rows = [
        [
            c.id,
            c.dataset,
            c.origin,
            c.scope,
            f"{c.known_from:%Y-%m-%d}" if c.known_from else "undated",
            c.state,
            c.why,
            f"{c.judged_at:%Y-%m-%d %H:%M}" if c.judged_at else "",
            c.decided_by,
        ]
        for c in Archive(settings.home).captures()
        if dataset in ("", c.dataset) and state in (None, c.state)
    ]
    columns = ["capture", "dataset", "origin", "scope", "known from", "state", "why", "since", "decided by"]
    show(columns, rows, form)


@capture.command("accept")
@click.argument("identifier", metavar="ID")
@why_option
@by_option
@click.pass_context
def capture_accept(context: click.Context, identifier: str, why: str, by: str) -> int:
    """Let a capture count that was held back or withdrawn, and publish what follows from it."""
    return _decide(context, identifier, "accepted", why, by)


@capture.command("withdraw")
@click.argument("identifier", metavar="ID")
@why_option
@by_option
@click.pass_context
def capture_withdraw(context: click.Context, identifier: str, why: str, by: str) -> int:
    """Let a capture no longer count, and publish what follows; its bytes stay, and `capture accept` undoes it."""
    return _decide(context, identifier, "withdrawn", why, by)


def _decide(context: click.Context, start: str, state: State, why: str, by: str) -> int:
    from warehouse.archive import Archive
    from warehouse.turn import turn

    settings: Settings = context.obj
    archive, reason = Archive(settings.home), _reason(why)
    with turn(settings.home, say_that_we_wait):
        take_over(settings)
        known = {one.id: one for one in archive.captures()}
        found = known[only("capture", start, list(known))]
        _refuse(archive, found, state)
        archive.decide(found, state, reason, by or _login())
    say(f"{found.id}: {state}, before {found.state}.")
    return publish(
        settings.model_copy(update={"offline": True}), debug=bool(context.find_root().params["debug"])
    )


def _refuse(archive: Archive, found: Capture, state: State) -> None:
    """Fail where a decision would change nothing, or could not be followed."""
    if found.state == state:
        raise Failed(f"{found.id} is {state} already" + (f": {found.why}" if found.why else ""))
    if state == "withdrawn":
        return
    if found.state == "received":
        raise Failed(f"{found.id} was not judged yet: run `observatory refresh --offline` first")
    checks = archive.checks([found]).get(found.id, ())
    unread = [check.detail for check in checks if check.name == "readable" and not check.passed]
    if unread:
        raise Failed(f"{found.id} cannot be read, so that nothing could follow from it: {unread[0]}")


def _release(settings: Settings, identifier: str | None, shared: bool) -> str:
    """The release that is meant: the one that an id starts, or the one before that which readers see.

    A shared store has the databases of all, also where the home keeps the manifest alone.
    """
    from warehouse.read import current
    from warehouse.release import releases, sealed

    known = [one.id for one in (sealed if shared else releases)(settings.home)]
    if identifier:
        return only("release", identifier, known)
    now = current(settings.home)
    older = [name for name in known if now and name < now]
    if not older:
        raise Failed("there is no earlier release that can be opened: see `observatory release list`")
    return older[-1]


def _reason(why: str) -> str:
    """The reason in one line; fails without one."""
    reason = " ".join(why.split())
    if not reason:
        raise Failed("--why is empty: say in a few words why; it stays on record", WRONG_USAGE)
    return reason


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in some containers
        return "unknown"
