"""What lies ahead: the course so far, the projection with its interval as a band, scenarios and the target.

Which model is chosen belongs to the release; the course so far by itself is drawn by trend.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.look import Look, axis, faint, framed
from dashboards.charts.marks import described, wrapped
from dashboards.charts.trend import apart
from dashboards.charts.values import value_axis
from indicators.model import Target
from indicators.phrase import TARGET_WORDS, target_text, value_text
from indicators.scenario import Scenario
from indicators.trajectory import HORIZON
from indicators.words import translate, worded
from sources.codes import EU

HEIGHT, LABEL = 420, 31.0
"""Pixels of the chart, and of a name at the end of a line."""
CLOSE = 6
"""Up to so many years each is named on the axis."""
DASHES = {
    "same pace": "dot",
    "double pace": "dash",
    "pace of the best five": "dashdot",
    "own pace": "longdash",
}


def ahead(
    course: pd.DataFrame,
    projected: pd.DataFrame,
    scenarios: Sequence[Scenario],
    aims: Sequence[Target],
    names: dict[str, str],
    look: Look,
    lang: str,
) -> go.Figure:
    """One place's yearly figures, and what may follow until 2030; ``names`` are the scenarios' names."""
    rows = described(course, lang).sort_values("period")
    unit, colour = str(rows["unit"].iloc[0]), look.union if rows["geo"].iloc[0] == EU else look.chosen
    known = [int(period) for period in rows["period"]]
    aims = [aim for aim in aims if aim.value is not None and aim.year]
    tops = [
        *rows["value"],
        *projected["high"],
        *(one.end for one in scenarios),
        *(aim.value or 0 for aim in aims),
    ]
    traces = [
        *_band(projected, known[-1], float(rows["value"].iloc[-1]), unit, colour, lang),
        *(_scenario(one, names[one.supposition], unit, look, lang) for one in scenarios),
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": known,
            "y": list(rows["value"]),
            "customdata": list(rows["tooltip"]),
            "hovertemplate": "%{customdata}<extra></extra>",
            "line": {"color": colour, "width": 3},
            "marker": {"size": 8, "color": colour},
        },
    ]
    yaxis = value_axis(max(tops), unit, look, lang)
    pixels = (HEIGHT - 60) / (yaxis["range"][1] - yaxis["range"][0])
    return framed(
        traces,
        look,
        height=HEIGHT,
        xaxis=axis(
            look,
            showgrid=False,
            ticklabelstandoff=6,
            tickmode="linear",
            tick0=HORIZON,
            dtick=1 if HORIZON - known[0] <= CLOSE else 3,
            range=[known[0] - 0.3, HORIZON + 0.3],
            tickformat="d",
        ),
        yaxis=yaxis,
        shapes=[_aim(aim, known[0], look) for aim in aims],
        annotations=[
            *(_aim_name(aim, look, lang) for aim in aims),
            *_ends(projected, scenarios, names, unit, look, lang, pixels),
        ],
        margin={"l": 8, "r": 150 if scenarios or len(projected) else 16, "t": 16, "b": 8},
    )


def _band(
    projected: pd.DataFrame, year: int, value: float, unit: str, colour: str, lang: str
) -> list[dict[str, Any]]:
    if projected.empty:
        return []
    years = [year, *(int(period) for period in projected["period"])]
    low, high, middle = ([value, *projected[name]] for name in ("low", "high", "value"))
    tips = [value_text(float(one), unit, lang) for one in middle]
    edge = {"type": "scatter", "mode": "lines", "x": years, "hoverinfo": "skip", "line": {"width": 0}}
    return [
        {**edge, "y": high},
        {**edge, "y": low, "fill": "tonexty", "fillcolor": faint(colour, 0.16)},
        {
            "type": "scatter",
            "mode": "lines",
            "x": years,
            "y": middle,
            "customdata": tips,
            "hovertemplate": "%{x}: %{customdata}<extra></extra>",
            "line": {"color": colour, "width": 2, "dash": "5px,4px"},
        },
    ]


def _scenario(one: Scenario, name: str, unit: str, look: Look, lang: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [one.start_year, HORIZON],
        "y": [one.start, one.end],
        "line": {"color": look.muted, "width": 1.5, "dash": DASHES[one.supposition]},
        "hovertemplate": f"{name}: {value_text(one.end, unit, lang)}<extra></extra>",
    }


def _ends(
    projected: pd.DataFrame,
    scenarios: Sequence[Scenario],
    names: dict[str, str],
    unit: str,
    look: Look,
    lang: str,
    pixels: float,
) -> list[dict[str, Any]]:
    """What each line is called, at its end; moved apart where names would lie on each other, by pixels a unit."""
    ends = [(one.end, names[one.supposition], look.muted) for one in scenarios]
    if len(projected):
        ends.append((float(projected["value"].iloc[-1]), translate("projection", lang), look.text))
    ends.sort(key=lambda end: end[0])
    heights = [value * pixels for value, *_ in ends]
    shifts = [to - at for to, at in zip(apart(heights, LABEL), heights, strict=True)]
    return [
        {
            "x": HORIZON,
            "y": value,
            "text": wrapped(worded(name, value_text(value, unit, lang), lang), 22),
            "align": "left",
            "yshift": shift,
            "showarrow": False,
            "xanchor": "left",
            "xshift": 6,
            "font": {"color": colour, "size": 12},
        }
        for (value, name, colour), shift in zip(ends, shifts, strict=True)
    ]


def _aim(aim: Target, first: int, look: Look) -> dict[str, Any]:
    line = {"color": look.text, "width": 1.5, "dash": "dash"}
    return {"type": "line", "x0": first, "x1": HORIZON, "y0": aim.value, "y1": aim.value, "line": line}


def _aim_name(aim: Target, look: Look, lang: str) -> dict[str, Any]:
    text = translate(
        "Target {year}: {value} ({status})",
        lang,
        year=aim.year,
        value=target_text(aim.value, aim.unit, lang),
        status=translate(TARGET_WORDS[aim.status], lang),
    )
    place = {"x": 0, "xref": "paper", "y": aim.value, "xanchor": "left", "yshift": 11}
    return {**place, "text": text, "showarrow": False, "font": {"color": look.text, "size": 13}}
