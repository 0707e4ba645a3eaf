"""The command that checks what was published: is it genuine, and do its figures recompute.

Replaying a release belongs to the pipelines.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from observatory.console import ALL_WELL, NOTHING_PUBLISHED, WRONG_USAGE, Failed, progress, say, warn
from sources.settings import Settings

if TYPE_CHECKING:
    from pipelines.replay import Replay
    from warehouse.model import Release


@click.command()
@click.argument("what", metavar="RELEASE|FILE")
@click.pass_obj
def verify(settings: Settings, what: str) -> int:
    """Check a release (its name, or its release.json) against the archive, and compute its figures anew.

    Exit code 0: the bytes are those that were sealed, and the figures come out the same. 1: something differs.
    """
    from pipelines.replay import replay

    sealed = _sealed(settings, what)
    with progress(f"Replaying {sealed.id}", None) as step:
        result = replay(settings, sealed, step)
    for line in _lines(result):
        warn(line)
    if not result.reproduced:
        return NOTHING_PUBLISHED
    used = sum(capture.used for capture in sealed.captures)
    say(
        f"{sealed.id}: genuine. {len(sealed.captures)} captures ({used} in use) have the bytes that were sealed, "
        f"and the figures come out the same: {result.digest}"
    )
    if result.code_version != sealed.code_version:
        say(f"It was published by code {sealed.code_version}, and replayed by {result.code_version}.")
    return ALL_WELL


def _sealed(settings: Settings, what: str) -> Release:
    from warehouse.read import NoRelease
    from warehouse.release import manifest, read_manifest

    try:
        return read_manifest(Path(what)) if Path(what).is_file() else manifest(settings.home, what)
    except NoRelease as error:
        raise Failed(str(error), WRONG_USAGE) from None


def _lines(result: Replay) -> list[str]:
    """What is not as it was sealed, one line each."""
    sealed, lines = result.sealed, list(result.damaged)
    if result.altered:
        lines.append(f"{sealed.id}: its database does not state the figures that were sealed")
    if not result.damaged and result.digest != sealed.figures_digest:
        why = (
            f" (published by code {sealed.code_version}, replayed by {result.code_version})"
            if result.code_version != sealed.code_version
            else ""
        )
        lines.append(
            f"{sealed.id}: the figures come out otherwise{why}: {result.digest}, sealed {sealed.figures_digest}"
        )
        lines += [f"differs: {line}" for line in result.differing]
    return lines
