"""Commands that ask what is measured: the catalogue and its figures.

What a page shows does not belong here, nor does computing anything.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from observatory.console import WRONG_USAGE, Failed, as_of, form, nearest, past_day, screen, show
from sources.settings import Settings

if TYPE_CHECKING:
    from indicators.model import Indicator

FIGURE_COLUMNS = "indicator geo period breakdown member value unit flags status release".split()


@click.command()
@click.option("--theme", help="Only this theme.")
@form
@click.pass_obj
def indicators(settings: Settings, theme: str | None, form: str) -> None:
    """The catalogue: id, theme, title, unit, whether it is measured, and the tables it waits for if not."""
    from indicators import registry
    from warehouse.read import current, open_release

    if theme and theme not in registry.themes():
        raise Failed(f"no theme {theme}: there are {', '.join(registry.themes())}", WRONG_USAGE)
    measured: set[str] = set()
    held: set[str] = set()
    if current(settings.home):
        release = open_release(settings.home)
        found = release.query(
            "SELECT DISTINCT indicator FROM figures WHERE known_to IS NULL AND (value IS NOT NULL OR low IS NOT NULL)"
        )
        measured = set(found["indicator"])
        held = {capture.dataset for capture in release.captures if capture.id in release.tables}
    rows = [
        [i.id, i.theme, i.title, i.unit, *(("measured", "") if i.id in measured else _waiting(i, held))]
        for i in registry.indicators().values()
        if theme in (None, i.theme)
    ]
    show(["id", "theme", "title", "unit", "state", "waits_for"], rows, form)


def _waiting(indicator: Indicator, held: set[str]) -> tuple[str, str]:
    """That an indicator is not measured yet, and the tables that lack, or the one that lacks its values."""
    from indicators import registry

    missing = sorted(registry.datasets(indicator) - held)
    return "not measured yet", " ".join(missing) or indicator.waits_for


@click.command()
@click.argument("indicator")
@click.option("--geo", multiple=True, help="A country or group, e.g. DE or EU27_2020; may be given again.")
@click.option("--period", multiple=True, help="A period, e.g. 2025 or 2024-12; may be given again.")
@click.option("--by", metavar="DIM", help="By this breakdown, e.g. size_emp.")
@as_of
@form
@click.pass_obj
def figures(
    settings: Settings,
    indicator: str,
    geo: tuple[str, ...],
    period: tuple[str, ...],
    by: str | None,
    as_of: datetime | None,
    form: str,
) -> None:
    """Figures of one indicator in the current release, with their flags, as known now or on a day."""
    from indicators.formula import breakdown_of
    from indicators.registry import formulas
    from warehouse.read import NoRelease, known, open_release

    asked, day = indicator_of(indicator), past_day(as_of)
    breakdowns = [breakdown_of(formula) for formula in formulas(asked)]
    if by and by not in breakdowns:
        there = ", ".join(sorted({b for b in breakdowns if b})) or "none"
        raise Failed(f"{asked.id} has no breakdown {by}: there is {there}", WRONG_USAGE)
    try:
        release = open_release(settings.home)
    except NoRelease as error:
        raise Failed(str(error)) from None
    rows = release.query(
        f"SELECT *, ? AS release FROM figures WHERE {known(day)} AND indicator = ? AND breakdown = ? "
        "AND (len(?) = 0 OR list_contains(?, geo)) AND (len(?) = 0 OR list_contains(?, period)) "
        "ORDER BY member, geo, period",
        [release.id, asked.id, by or breakdowns[0], list(geo), list(geo), list(period), list(period)],
    )
    if rows.empty:
        asked_for = " ".join([*geo, *period]) or "anything"
        then = f", as of {day}" if day else ""
        raise Failed(f"{asked.id} has no figure for {asked_for} in release {release.id}{then}")
    shown = rows.astype(object).where(rows.notna(), None)
    ranges = [] if rows["low"].isna().all() else ["low", "high"]
    notes = ["change_note"] if (rows["change_note"].fillna("") != "").any() else []
    columns = ["geo", "period", "member", "value", *ranges, "unit", "flags", "status"]
    if form == "table":
        then = f", as of {day}" if day else ""
        screen.print(f"{asked.title}, release {release.id}{then}", highlight=False)
    else:
        columns = [*FIGURE_COLUMNS, *ranges, *(notes if form == "json" else [])]
    show(columns, shown[columns].values.tolist(), form)


def indicator_of(identifier: str) -> Indicator:
    """The indicator with an id; fails with the nearest id there is."""
    from indicators.registry import indicators as catalogue

    known = catalogue()
    if identifier not in known:
        raise Failed(f"no indicator {identifier}: {nearest(identifier, list(known))}", WRONG_USAGE)
    return known[identifier]
