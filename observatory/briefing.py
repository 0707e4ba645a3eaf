"""The command that writes briefs: one, or those of all places and languages of a release.

What a brief says does not belong here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from observatory.console import WRONG_USAGE, Failed, as_of, nearest, past_day, progress, say
from sources.settings import Settings

if TYPE_CHECKING:
    from warehouse.read import OpenRelease

Report = Callable[[str, int, int], None]


@click.command()
@click.option("--geo", metavar="GEO", default="", help="A Member State, e.g. FR, or EU27_2020.")
@click.option("--sector", metavar="SECTOR", default="", help="On a sector there (without --geo: in the EU).")
@click.option(
    "--lang", metavar="LANG", default="", help="Its language (default: OBSERVATORY_LANG; --all: every)."
)
@click.option(
    "--format", "form", metavar="FORMAT", default="", help="pdf, html or xlsx (default: as FILE ends)."
)
@click.option("--all", "everything", is_flag=True, help="Those of all places, into the folder DIR.")
@click.option("--release", metavar="RELEASE", default=None, help="Of this release (default: the current).")
@as_of
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE|DIR")
@click.pass_obj
def brief(
    settings: Settings,
    geo: str,
    sector: str,
    lang: str,
    form: str,
    everything: bool,
    release: str | None,
    as_of: datetime | None,
    output: Path,
) -> None:
    """A brief on AI in a country, the EU or a sector, as PDF, HTML or XLSX, with its figures and its seal inside.

    `observatory verify FILE` tells later whether a file is genuine.
    """
    from dashboards.briefs.making import FORMATS, GEOS
    from indicators.sectors import sectors
    from indicators.words import LANGUAGES
    from sources.codes import EU

    day = past_day(as_of)
    if everything == bool(geo or sector):
        raise Failed("which brief? give --geo GEO, --sector SECTOR, or --all", WRONG_USAGE)
    chosen = form or ("" if everything else output.suffix.removeprefix(".").lower()) or "pdf"
    for kind, word, known in (
        ("format", chosen, FORMATS),
        ("language", lang, LANGUAGES),
        ("brief for", geo, GEOS),
        ("sector", sector, sectors()),
    ):
        if word and word not in known:
            raise Failed(f"no {kind} {word}: {nearest(word, list(known))}", WRONG_USAGE)
    opened = _opened(settings, release)
    if everything:
        _all(settings.home, opened.id, output, tuple([lang] if lang else LANGUAGES), chosen, day)
    else:
        _one(opened, output, (geo or EU, lang or settings.lang, chosen, day, sector))


def _one(opened: OpenRelease, file: Path, asked: tuple[str, str, str, date | None, str]) -> None:
    from dashboards.briefs.making import made
    from warehouse.files import write_whole

    if file.is_dir():
        raise Failed(f"{file} is a folder: name a file, or give --all", WRONG_USAGE)
    _, content = made(opened, *asked)
    with _writing(file):
        write_whole(file, content)
    say(f"{file}: {len(content):,} bytes, of release {opened.id}.")


def _all(home: Path, release: str, folder: Path, langs: tuple[str, ...], form: str, day: date | None) -> None:
    from dashboards.briefs.making import GEOS, Order, write_all

    if folder.is_file():
        raise Failed(f"{folder} is a file: name a folder", WRONG_USAGE)
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with progress("Writing briefs", len(GEOS) * len(langs)) as step:
            paths = write_all(Order(home, release, folder, GEOS, langs, (form,), day), step)
    say(f"{folder}: {len(paths)} briefs of release {release}.")


def write_briefs(home: Path, release: str, forms: Sequence[str], report: Report) -> int:
    """Write all briefs of a release into ``briefs/<release>`` of the home; gives how many there are."""
    from dashboards.briefs.making import GEOS, Order, write_all
    from indicators.words import LANGUAGES
    from warehouse.retention import BRIEFS

    order = Order(home, release, home / BRIEFS / release, GEOS, tuple(LANGUAGES), tuple(forms))
    return len(write_all(order, report))


def _opened(settings: Settings, release: str | None) -> OpenRelease:
    from warehouse.read import NoRelease, open_release

    try:
        return open_release(settings.home, release)
    except NoRelease as error:
        raise Failed(str(error)) from None


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Failed(f"{path} cannot be written: {error.strerror}") from None
