"""The command that checks what was published: is it genuine, and do its figures recompute.

Replaying a release belongs to the pipelines, proving a brief to the briefs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from observatory.console import ALL_WELL, NOTHING_PUBLISHED, WRONG_USAGE, Failed, progress, say, warn
from sources.settings import Settings

if TYPE_CHECKING:
    from dashboards.briefs.proof import Proof
    from pipelines.replay import Replay
    from warehouse.model import Release


@click.command()
@click.argument("what", metavar="RELEASE|FILE")
@click.pass_obj
def verify(settings: Settings, what: str) -> int:
    """Check a release (its name, or its release.json) against the archive, and compute its figures anew; or a brief
    (PDF, HTML, XLSX) against its release.

    Exit code 0: the bytes are those that were sealed, and the figures come out the same. 1: something differs, or the
    release of a brief is gone. 64: it is neither a release nor a brief.
    """
    if _may_be_brief(Path(what)):
        return _verify_brief(settings, Path(what))
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


def _may_be_brief(path: Path) -> bool:
    """Whether it is a file, and not a manifest, which is JSON."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return not file.read(1024).lstrip().startswith(b"{")


def _verify_brief(settings: Settings, path: Path) -> int:
    from dashboards.briefs.carried import NotABrief
    from dashboards.briefs.content import NoBrief
    from dashboards.briefs.proof import proof
    from warehouse.read import NoRelease

    try:
        found = proof(settings.home, path)
    except NotABrief as error:
        raise Failed(str(error), WRONG_USAGE) from None
    except NoBrief as error:
        raise Failed(f"{path}: altered: its seal names no brief that we make: {error}") from None
    except NoRelease as error:
        raise Failed(f"{path} cannot be verified in this home: {error}") from None
    for line in found.differing:
        warn(f"differs: {line}")
    said = f"{path}: {_verdict(found)}"
    if found.verdict == "altered":
        warn(said)
        return NOTHING_PUBLISHED
    say(said)
    return ALL_WELL


def _verdict(found: Proof) -> str:
    """What came of a brief's file, in one line."""
    seal = found.file.seal
    day = f", as of {seal.as_of}" if seal.as_of else ""
    sector = f"{seal.sector}, " if seal.sector else ""
    what = f"{sector}{seal.geo} in {seal.lang}, release {seal.release}{day}"
    same_code = seal.code == found.code_version
    by = f"it was made by code {seal.code}, this is {found.code_version}"
    match found.verdict, bool(found.differing), found.file.rows is None:
        case "genuine", _, _:
            return f"genuine. {what}: rendered again, it has the same bytes; figures sha256 {seal.digest}"
        case "same figures", _, _:
            return (
                f"its figures are those of the release. {what}: {by}, so that its {len(found.file.rows or ())} figures "
                "were compared, and its text and layout could not be"
            )
        case _, True, _:
            code = "" if same_code else f" ({by})"
            return (
                f"altered. {what}: {len(found.differing)} of its figures are not those of the release{code}"
            )
        case _, _, True:
            return f"altered. {what}: its bytes differ, and the rows of its figures cannot be read any more"
    how = (
        "its bytes are not those of the brief rendered again"
        if same_code
        else f"its seal does not fit its bytes; {by}"
    )
    return f"altered. {what}: the rows of its figures are those of the release, but {how}"


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
