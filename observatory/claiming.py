"""Commands that hold official claims against the figures, and say how to cite a figure.

Judging and citing do not belong here; the indicators do both.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from indicators.words import LANGUAGES
from observatory.catalogue import indicator_of
from observatory.console import Failed, as_of, form, past_day, screen, show
from sources.settings import Settings

if TYPE_CHECKING:
    from indicators.cite import Form
    from indicators.claims import Verdict
    from warehouse.read import OpenRelease

language = click.option("--lang", type=click.Choice(list(LANGUAGES)), help="The language of the texts.")


@click.command()
@form
@language
@click.pass_obj
def claims(settings: Settings, form: str, lang: str | None) -> None:
    """Official claims against the figures as known on their day and now, with the verdict."""
    from indicators.claim_words import COLUMNS, rows
    from indicators.claims import verdicts

    release = _release(settings)
    found = verdicts(release)
    if not found:
        advice = "`observatory refresh --offline` publishes it"
        raise Failed(f"release {release.id} holds no register of claims: {advice}")
    if form == "table":
        screen.print(f"Official claims, release {release.id}", highlight=False)
        show(*_told(found, lang or settings.lang), form)
    else:
        flat = [[*row.values()] for verdict in found for row in rows(verdict, release.id)]
        show(COLUMNS, flat, form)


def _told(found: tuple[Verdict, ...], lang: str) -> tuple[list[str], list[list[object]]]:
    """Columns and rows for people: the figures asked for stand below each other."""
    from indicators.claim_words import HEADINGS, SHAPES, VERDICT_WORDS, asked_text, claimed_text, known_text
    from indicators.words import translate

    rows: list[list[object]] = [
        [
            f"{SHAPES[verdict.word]} {translate(VERDICT_WORDS[verdict.word], lang)}",
            f"{verdict.claim.text} ({verdict.claim.source})",
            claimed_text(verdict.claim, lang),
            "\n".join(f"{asked_text(r.asked, lang)}: {known_text(r.then, lang)}" for r in verdict.readings),
            "\n".join(f"{asked_text(r.asked, lang)}: {known_text(r.now, lang)}" for r in verdict.readings),
        ]
        for verdict in found
    ]
    return [translate(title, lang) for title in HEADINGS], rows


@click.command()
@click.argument("indicator")
@click.option("--geo", multiple=True, help="A country or group, e.g. DE or EU27_2020; may be given again.")
@click.option("--period", multiple=True, help="A period, e.g. 2025 or 2024-12; may be given again.")
@as_of
@click.option(
    "--form", type=click.Choice(["plain", "bibtex", "csl-json"]), default="plain", show_default=True
)
@language
@click.pass_obj
def cite(
    settings: Settings,
    indicator: str,
    geo: tuple[str, ...],
    period: tuple[str, ...],
    as_of: datetime | None,
    form: Form,
    lang: str | None,
) -> None:
    """How to cite figures: one entry for every dataset behind them."""
    from indicators.cite import cited, subject_text, told
    from warehouse.read import known

    asked, day, said = indicator_of(indicator), past_day(as_of), lang or settings.lang
    release = _release(settings)
    rows = release.query(
        f"SELECT indicator, geo, period, captures FROM figures WHERE {known(day)} AND indicator = ? "
        "AND (len(?) = 0 OR list_contains(?, geo)) AND (len(?) = 0 OR list_contains(?, period))",
        [asked.id, list(geo), list(geo), list(period), list(period)],
    )
    if rows.empty:
        asked_for = " ".join([*geo, *period]) or "anything"
        then = f", as of {day}" if day else ""
        raise Failed(f"{asked.id} has no figure for {asked_for} in release {release.id}{then}")
    subject = subject_text(asked.title, geo, period, said)
    click.echo(told(cited(release, subject, rows, datetime.now(UTC).date(), day), form, said))


def _release(settings: Settings) -> OpenRelease:
    from warehouse.read import NoRelease, open_release

    try:
        return open_release(settings.home)
    except NoRelease as error:
        raise Failed(str(error)) from None
