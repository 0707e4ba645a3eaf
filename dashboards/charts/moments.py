"""Milestones on the time axis of a trend: thin verticals behind the lines, each told by a mark at its top.

Which milestones there are is said in indicators/milestones.py.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from dashboards.charts.look import Look
from indicators.milestones import Milestone, between, moment
from indicators.phrase import period_text
from indicators.words import translate


def within(periods: Sequence[str]) -> tuple[Milestone, ...]:
    """The milestones from the year of the first period to the end of the year of the last."""
    years = [int(period[:4]) for period in periods]
    return between(min(years), max(years) + 0.999) if years else ()


def verticals(milestones: Sequence[Milestone], look: Look, monthly: bool) -> list[dict[str, Any]]:
    """One thin line a milestone, as shapes of a layout."""
    line = {"color": look.other, "width": 1, "dash": "dot"}
    across = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "layer": "below", "line": line}
    return [{**across, "x0": x, "x1": x} for x in (_place(one, monthly) for one in milestones)]


def marks(
    milestones: Sequence[Milestone], look: Look, lang: str, monthly: bool, top: float
) -> dict[str, Any]:
    """Marks at the height ``top``, whose tooltips name each milestone and its date."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_place(one, monthly) for one in milestones],
        "y": [top] * len(milestones),
        "customdata": [_told(one, lang) for one in milestones],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"symbol": "triangle-down", "size": 9, "color": look.muted},
        "cliponaxis": False,
    }


def _place(one: Milestone, monthly: bool) -> float | str:
    if not monthly:
        return moment(one.date)
    return one.date if len(one.date) == len("2025-01-01") else f"{one.date}-01"


def _told(one: Milestone, lang: str) -> str:
    return f"<b>{html.escape(translate(one.title, lang))}</b><br>{period_text(one.date, lang)}"
