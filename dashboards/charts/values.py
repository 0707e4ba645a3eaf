"""The axis of values: its round ticks, their texts, and the unit that they are in.

Where the marks stand on it does not belong here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.charts.look import Look, axis
from dashboards.charts.scale import breaks, ticks
from indicators.phrase import IN_THOUSANDS, PERCENTAGES, number_text, value_text
from indicators.words import N_, translate

MOST_DECIMALS = 4
UNITS = {
    "PP": N_("points"),
    "CASES": N_("cases"),
    IN_THOUSANDS: N_("thousand people"),
    "EUR_BN": N_("EUR billion"),
    "USD_BN": N_("USD billion"),
    "ENT": N_("enterprises"),
    "CASES_MIO": N_("cases per million inhabitants"),
    "EUR_HAB": N_("EUR per inhabitant"),
    "EUR_MIO_GDP": N_("EUR per million euro of GDP"),
    "EU_100": "EU = 100",
    "INDEX_2011": "2011 = 100",
}
MILLIONS = N_("million people")


def value_axis(
    top: float,
    unit: str,
    look: Look,
    lang: str,
    *,
    end: float | None = None,
    wanted: int = 5,
    low: float = 0.0,
    **more: Any,
) -> dict[str, Any]:
    """An axis from zero, or a negative ``low``, to ``end``, or to just above ``top``; in the unit that fits its ticks."""
    places = ticks(top, wanted, low)
    margin = 0.04 * (places[-1] - places[0])
    return axis(
        look,
        range=[places[0] - (margin if places[0] < 0 else 0), places[-1] + margin if end is None else end],
        tickvals=places,
        ticktext=tick_texts(places, unit, lang),
        title={"text": _title(places, unit, lang), "font": {"size": 13, "color": look.muted}, "standoff": 6},
        **more,
    )


def span_axis(values: Sequence[float], unit: str, title: str, look: Look, lang: str) -> dict[str, Any]:
    """An axis over the span of the values alone, not from zero, with a title; for marks, never for bars."""
    places = breaks(values)
    margin = 0.06 * (places[-1] - places[0])
    return axis(
        look,
        range=[min(places[0], min(values)) - margin, places[-1] + margin],
        tickvals=places,
        ticktext=tick_texts(places, unit, lang),
        title={"text": title, "font": {"size": 13, "color": look.muted}, "standoff": 8},
    )


def tick_texts(places: Sequence[float], unit: str, lang: str) -> list[str]:
    """Values on an axis: short, all with the decimals that the finest needs, percentages with their sign."""
    shown = [place / 1000 for place in places] if _in_millions(places, unit) else list(places)
    decimals = max((_decimals(value) for value in shown), default=0)
    if unit in PERCENTAGES:
        return [value_text(value, unit, lang, decimals) for value in shown]
    return [number_text(value, lang, decimals) for value in shown]


def _decimals(value: float) -> int:
    return next((n for n in range(MOST_DECIMALS) if round(value, n) == round(value, 9)), MOST_DECIMALS)


def _in_millions(places: Sequence[float], unit: str) -> bool:
    return unit == IN_THOUSANDS and max(places, default=0) >= 1000


def _title(places: Sequence[float], unit: str, lang: str) -> str:
    """The unit, where the ticks do not show it themselves."""
    name = MILLIONS if _in_millions(places, unit) else UNITS.get(unit, "")
    return "" if unit in PERCENTAGES or not name else translate(name, lang)
