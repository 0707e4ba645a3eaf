"""Commands that show what is kept: releases, captures, and what each dataset rests on.

Deciding what is kept does not belong here.
"""

from __future__ import annotations

import click

from observatory.console import Failed, form, show, warn
from sources.settings import Settings


@click.group()
def release() -> None:
    """Releases: what readers see, and what they saw."""


@release.command("list")
@form
@click.pass_obj
def release_list(settings: Settings, form: str) -> None:
    """Every release, the oldest first."""
    from warehouse.read import current
    from warehouse.release import releases

    now = current(settings.home)
    rows = [
        [r.id, f"{r.created_at:%Y-%m-%d %H:%M} UTC", len(r.captures), r.figures_digest[:12], r.id == now]
        for r in releases(settings.home)
    ]
    show(["release", "created", "captures", "figures digest", "current"], rows, form)


@release.command("show")
@click.argument("identifier", required=False)
@click.pass_obj
def release_show(settings: Settings, identifier: str | None) -> None:
    """The manifest of a release (default: the current one)."""
    from warehouse.read import NoRelease, open_release

    try:
        opened = open_release(settings.home, identifier)
    except NoRelease as error:
        raise Failed(str(error)) from None
    click.echo((opened.folder / "release.json").read_text())


@click.group()
def capture() -> None:
    """Captures: every retrieval of a dataset."""


@capture.command("list")
@form
@click.pass_obj
def capture_list(settings: Settings, form: str) -> None:
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
        ]
        for c in Archive(settings.home).captures()
    ]
    show(["capture", "dataset", "origin", "scope", "known from", "state", "why"], rows, form)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Each dataset: its newest accepted capture, and what is held back and why."""
    from sources.registry import datasets
    from warehouse.archive import Archive
    from warehouse.vintages import layers

    captures = Archive(settings.home).captures()
    rows, held_back = [], []
    for dataset in datasets(settings).values():
        own = [c for c in captures if c.dataset == dataset.id]
        newest = next(iter(layers(own)), None)
        known = f"{newest.known_from:%Y-%m-%d}" if newest and newest.known_from else ""
        held = [c for c in own if c.state == "held back"]
        held_back += held
        reasons = [f"{c.id}: {c.why}" for c in held] if as_json else len(held) or ""
        rows.append([dataset.id, newest.origin if newest else "nothing loaded", known, reasons])
    show(["dataset", "from", "known from", "held back"], rows, "json" if as_json else "table")
    for capture in held_back if not as_json else ():
        warn(f"held back: {capture.id}: {capture.why}")
