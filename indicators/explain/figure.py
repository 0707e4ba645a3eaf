"""Which figure is asked for: its formula in the catalogue and its row in the release, or what there is instead.

Where the figure comes from does not belong here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from indicators.explain.model import Stated
from indicators.formula import Formula, breakdown_of, members_of
from indicators.model import Indicator
from indicators.registry import formulas
from warehouse.read import OpenRelease, known


class NoFigure(Exception):
    """There is no such figure: ``what`` is wanting, ``asked`` was asked for, ``there`` is what there is.

    ``before`` says when the release stated it, where it once did.
    """

    def __init__(self, message: str, asked: str = "", there: Sequence[str] = (), before: str = "") -> None:
        self.asked, self.there, self.before = asked, tuple(there), before
        super().__init__(message)


def formula_of(indicator: Indicator, breakdown: str, member: str) -> Formula:
    """The indicator's formula, or that of the breakdown that has the member; raises NoFigure."""
    if not breakdown and not member:
        return indicator.formula
    own = [formula for formula in formulas(indicator) if breakdown_of(formula) == breakdown]
    if not own or not breakdown:
        names = list(dict.fromkeys(name for f in formulas(indicator) if (name := breakdown_of(f))))
        raise NoFigure(f"{indicator.id} has no breakdown {breakdown or '(none named)'}", breakdown, names)
    fitting = [formula for formula in own if member in members_of(formula)]
    if not fitting:
        there = [code for formula in own for code in members_of(formula)]
        raise NoFigure(
            f"{breakdown} of {indicator.id} has no member {member or '(none named)'}", member, there
        )
    return fitting[0]


def stated(
    opened: OpenRelease,
    indicator: Indicator,
    formula: Formula,
    geo: str,
    period: str,
    member: str,
    on: date | None,
) -> Stated:
    """The figure's row as known on a day or now; without a period the newest that has a value; raises NoFigure."""
    key = [indicator.id, breakdown_of(formula), member, geo]
    rows = opened.query(
        f"SELECT * FROM figures WHERE {known(on)} AND indicator = ? AND breakdown = ? AND member = ? AND geo = ? "
        "AND (? = '' OR period = ?) ORDER BY value IS NULL AND low IS NULL, period DESC LIMIT 1",
        [*key, period, period],
    )
    if rows.empty:
        raise _none(opened, key, period, on)
    return _row(rows.astype(object).where(rows.notna(), None).to_dict("records")[0])


def _row(row: dict[Any, Any]) -> Stated:
    moments = {
        name: row[name].to_pydatetime() if row[name] is not None else None
        for name in ("known_from", "known_to", "vintage")
    }
    texts = {
        name: row[name] or ""
        for name in ("previous_period", "change_status", "change_note", "flags", "series")
    }
    fields = {name: row[name] for name in Stated.__dataclass_fields__}
    return Stated(**{**fields, **texts, **moments, "captures": tuple(row["captures"])})


def _none(opened: OpenRelease, key: Sequence[str], period: str, on: date | None) -> NoFigure:
    """What the release has in the place of a figure that it has not."""
    indicator, breakdown, member, geo = key
    when = f" as of {on}" if on else ""
    own = "indicator = ? AND breakdown = ? AND member = ?"
    found = opened.query(
        f"SELECT geo, list(DISTINCT period ORDER BY period) AS periods FROM figures WHERE {known(on)} AND {own} "
        "GROUP BY geo ORDER BY geo",
        [indicator, breakdown, member],
    )
    periods = {str(geo): list(map(str, own)) for geo, own in zip(found["geo"], found["periods"], strict=True)}
    said = f"{indicator} has no figure for"
    before = _before(opened, key, period)
    if not periods:
        return NoFigure(f"release {opened.id} has no figure of {indicator}{when}", before=before)
    if geo not in periods:
        return NoFigure(f"{said} {geo}{when}", geo, list(periods), before)
    return NoFigure(f"{said} {geo} in {period}{when}", period, periods[geo], before)


def _before(opened: OpenRelease, key: Sequence[str], period: str) -> str:
    """When the figure was stated, where it was once; empty otherwise."""
    rows = opened.query(
        "SELECT strftime(max(known_from), '%Y-%m-%d') AS day FROM figures "
        "WHERE indicator = ? AND breakdown = ? AND member = ? AND geo = ? AND period = ?",
        [*key, period],
    )
    return str(rows["day"][0]) if rows["day"].notna().all() else ""
