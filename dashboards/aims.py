"""A target as a row of a table: its value and status, what is measured and missing now, and how fast it comes nearer.

Which targets there are is data; how one is drawn on a chart belongs to charts/.
"""

from __future__ import annotations

from dashboards.cards import SHAPES
from dashboards.charts.marks import number, text_of
from dashboards.keeping import kept
from dashboards.reader import Reader
from dashboards.selection import part, points, stated
from indicators.model import Target
from indicators.pace import progress_text, standing
from indicators.phrase import NO_BREAK, TARGET_WORDS, amount_text, one_bracket, period_text, target_text
from indicators.registry import indicators
from indicators.targets import distance
from indicators.words import geo_name, translate


@kept()
def line(aim: Target, reader: Reader) -> dict[str, str]:
    """Few columns, so that all of them fit a phone: for whom and by when stand with the title."""
    lang, row = reader.lang, _latest(aim, reader)
    whose = f"{geo_name(aim.geo, lang)}, {aim.year or translate('no year', lang)}"
    status = f"{SHAPES[aim.status]}{NO_BREAK}{translate(TARGET_WORDS[aim.status], lang)}"
    return {
        translate("Target", lang): f"{translate(aim.title, lang)} ({whose})",
        translate("Value", lang): f"{target_text(aim.value, aim.unit, lang)} · {status}",
        translate("Now", lang): _now(aim, row, lang),
        translate("Still missing", lang): _distance(aim, row, lang),
    }


@kept()
def pace(aim: Target, reader: Reader) -> dict[str, str]:
    """Whether the pace suffices, in a shape and words, and both paces where they are known."""
    lang, indicator = reader.lang, indicators()[aim.indicator]
    now = standing(aim, points(part(reader.figures(indicator.id)), aim.geo), indicator.better)

    def yearly(amount: float | None) -> str:
        return translate("not known", lang) if amount is None else amount_text(amount, aim.unit, lang)

    stretch = f"{period_text(now.since, lang)}–{period_text(now.period, lang)}" if now.since else ""
    if now.noted:
        stretch += f"; {translate('not fully comparable', lang)}"
    since = f" ({stretch})" if stretch else ""
    return {
        translate("Target", lang): f"{translate(aim.title, lang)} ({geo_name(aim.geo, lang)}, {aim.year})",
        translate("Required a year", lang): yearly(now.required),
        translate("Achieved a year", lang): f"{yearly(now.achieved)}{since}",
        translate("Status", lang): progress_text(now.progress, lang),
    }


def _latest(aim: Target, reader: Reader) -> dict[str, object] | None:
    if not aim.indicator:
        return None
    return stated(part(reader.figures(aim.indicator)), aim.geo)


def _now(aim: Target, row: dict[str, object] | None, lang: str) -> str:
    if aim.status == "historic":
        return translate("its time is over", lang)
    if row is None:
        return translate("not measured here yet", lang)
    return one_bracket(f"{text_of(row, lang)} ({period_text(str(row['period']), lang)})")


def _distance(aim: Target, row: dict[str, object] | None, lang: str) -> str:
    """The distance where it means something: not from a range, nor to a target that is past or without a value."""
    missing = distance(number(row["value"]), aim) if row else None
    if missing is None or row is None or aim.status == "historic" or number(row["low"]) is not None:
        return translate("not stated", lang)
    if missing <= 0:
        return translate("reached", lang)
    return amount_text(missing, aim.unit, lang).lstrip("+")
