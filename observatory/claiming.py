"""Commands that hold official claims against the figures, and say how to cite a figure.

Judging and citing do not belong here; the indicators do both.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from indicators.words import LANGUAGES
from observatory.console import Failed, form, screen, show
from sources.settings import Settings

if TYPE_CHECKING:
    from indicators.claims import Known, Reading, Verdict
    from warehouse.read import OpenRelease

CLAIM_COLUMNS = (
    "claim group verdict text source link date as_of relation value decimals unit reading indicator geo period "
    "breakdown member then then_period then_flags then_vintage now now_period now_flags now_vintage note release"
).split()
"""The columns for machines: one row for every figure that a claim asks for, the one as worded first."""

language = click.option("--lang", type=click.Choice(list(LANGUAGES)), help="The language of the texts.")


@click.command()
@form
@language
@click.pass_obj
def claims(settings: Settings, form: str, lang: str | None) -> None:
    """Official claims against the figures as known on their day and now, with the verdict."""
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
        rows = [row for verdict in found for row in _rows(verdict, release.id)]
        show(CLAIM_COLUMNS, rows, form)


def _told(found: tuple[Verdict, ...], lang: str) -> tuple[list[str], list[list[object]]]:
    """Columns and rows for people: the figures asked for stand below each other."""
    from indicators.claims import HEADINGS, VERDICT_WORDS, asked_text, claimed_text, known_text
    from indicators.words import translate

    rows: list[list[object]] = [
        [
            translate(VERDICT_WORDS[verdict.word], lang),
            f"{verdict.claim.text} ({verdict.claim.source})",
            claimed_text(verdict.claim, lang),
            "\n".join(f"{asked_text(r.asked, lang)}: {known_text(r.then, lang)}" for r in verdict.readings),
            "\n".join(f"{asked_text(r.asked, lang)}: {known_text(r.now, lang)}" for r in verdict.readings),
        ]
        for verdict in found
    ]
    return [translate(title, lang) for title in HEADINGS], rows


def _rows(verdict: Verdict, release: str) -> list[list[object]]:
    claim = verdict.claim
    told = [claim.id, claim.group, verdict.word, claim.text, claim.source, claim.link, claim.dated]
    stated = [*told, claim.as_of, claim.relation, claim.value, claim.decimals, claim.unit]
    return [[*stated, *_reading(reading), claim.note, release] for reading in verdict.readings or (None,)]


def _reading(reading: Reading | None) -> list[object]:
    if reading is None:
        return [None] * len(CLAIM_COLUMNS[CLAIM_COLUMNS.index("reading") : CLAIM_COLUMNS.index("note")])
    asked = reading.asked
    figure = [asked.title, asked.indicator, "+".join(asked.geos), asked.period, asked.breakdown, asked.member]
    return [*figure, *_known(reading.then), *_known(reading.now)]


def _known(figure: Known | None) -> tuple[float | None, str | None, str | None, date | None]:
    return (figure.value, figure.period, figure.flags, figure.vintage) if figure else (None, None, None, None)


def _release(settings: Settings) -> OpenRelease:
    from warehouse.read import NoRelease, open_release

    try:
        return open_release(settings.home)
    except NoRelease as error:
        raise Failed(str(error)) from None
