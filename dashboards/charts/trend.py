"""Values over time: the EU and the chosen country in colour, all others in grey behind them.

A line ends where values stop being comparable; periods without a survey stay empty on the axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.look import Look, axis, faint, framed
from dashboards.charts.marks import BREAKS, JOINED, Row, described, lines, number, records, wrapped
from dashboards.charts.moments import marks, verticals
from dashboards.charts.values import value_axis
from indicators.milestones import Milestone, moment
from indicators.model import Target
from indicators.phrase import TARGET_WORDS, flags_text, period_text, target_text
from indicators.words import translate
from sources.codes import EU

HEIGHT = 400
LABEL, LETTER = 38.0, 7.6
"""How many pixels a name and its value take at the end of a line, and how many a letter of them."""
WIDE = 18
"""A longer value takes two lines."""
FEW = 24
"""Up to so many points a line are marked one by one."""


def trend(
    figures: pd.DataFrame,
    look: Look,
    lang: str,
    chosen: str = "",
    targets: Sequence[Target] = (),
    milestones: Sequence[Milestone] = (),
    peers: Sequence[str] = (),
) -> go.Figure:
    """Lines of one indicator's figures over all periods; targets with a value and a year as dashed lines.

    ``peers`` are named and drawn like the chosen country, thinner and in a colour of their own.
    """
    rows = described(figures, lang).sort_values(["geo", "period"])
    rows = rows.assign(x=[_moment(period) for period in rows["period"]], line=lines(records(rows, JOINED)))
    aims = [aim for aim in targets if aim.value is not None and aim.year]
    high = max([*rows["value"].dropna(), *(aim.value for aim in aims if aim.value is not None)], default=1.0)
    low = min([*rows["value"].dropna(), 0.0])
    coloured = _coloured(look, chosen, peers)
    unit = str(rows["unit"].iloc[0])
    others = rows[~rows["geo"].isin([geo for geo, *_ in coloured])]
    traces = [_line(others, look.other, 1, 0.45, 4)] if len(others) else []
    traces += [_line(rows[rows["geo"] == geo], colour, width, 1, 8) for geo, colour, width in coloured]
    monthly = rows["period"].str.len().max() > 4
    yaxis = value_axis(high, unit, look, lang, low=low)
    ends = _ends(rows, coloured, yaxis["range"])
    if milestones:
        ends = [{**end, "bgcolor": look.background} for end in ends]
        traces.append(marks(milestones, look, lang, monthly, yaxis["range"][1]))
    return framed(
        traces,
        look,
        height=HEIGHT,
        xaxis=axis(look, showgrid=False, ticklabelstandoff=6, **_time_axis(rows, aims, milestones, monthly)),
        yaxis=yaxis,
        shapes=[*verticals(milestones, look, monthly), *(_aim_line(aim, rows, look) for aim in aims)],
        annotations=[
            *ends,
            *_break_notes(rows, look, lang, chosen, yaxis["range"]),
            *(_aim_label(a, look, lang) for a in aims),
        ],
        margin={"l": 8, "r": 8 if aims else _beside(rows, coloured), "t": 16, "b": 8},
    )


def _coloured(look: Look, chosen: str, peers: Sequence[str]) -> list[tuple[str, str, float]]:
    """Geography, colour and width of the lines that are named, those on top last."""
    own = [(chosen, look.chosen, 3.0)] if chosen not in ("", EU) else []
    return [*((geo, look.peer, 2.0) for geo in peers if geo not in (chosen, EU)), *own, (EU, look.union, 3.0)]


def _moment(period: str) -> int | str:
    """A year as a number, so that years without a survey keep their place; anything shorter as a day."""
    if len(period) == 4:
        return int(period)
    return f"{period[:4]}-{int(period[-1]) * 3 - 2:02}-01" if "Q" in period else f"{period[:7]}-01"


def _line(rows: pd.DataFrame, colour: str, width: float, opacity: float, size: int) -> dict[str, Any]:
    """One trace; between one unbroken line and the next stands a gap."""
    points: list[tuple[Any, float | None, str, str]] = []
    before: object = None
    drawn = rows[["line", "x", "value", "tooltip", "hollow"]].sort_values("line", kind="stable")
    for line, x, value, tooltip, hollow in drawn.itertuples(index=False, name=None):
        if before not in (None, line):
            points.append((x, None, "", "circle"))
        points.append((x, number(value), tooltip, "circle-open" if hollow else "circle"))
        before = line
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(points) < FEW * max(rows["geo"].nunique(), 1) else "lines",
        "x": [point[0] for point in points],
        "y": [point[1] for point in points],
        "customdata": [point[2] for point in points],
        "hovertemplate": "%{customdata}<extra></extra>",
        "line": {"color": colour, "width": width},
        "marker": {"symbol": [point[3] for point in points], "size": size, "color": colour},
        "opacity": opacity,
        "connectgaps": False,
    }


def _years(rows: pd.DataFrame) -> int:
    return int(rows["period"].max()[:4]) - int(rows["period"].min()[:4])


def _time_axis(
    rows: pd.DataFrame, aims: Sequence[Target], milestones: Sequence[Milestone], monthly: bool
) -> dict[str, Any]:
    if monthly:
        apart = (
            {"nticks": 4, "tickformat": "%m/%Y"} if _years(rows) < 4 else {"nticks": 6, "tickformat": "%Y"}
        )
        months = [pd.Timestamp(str(moment)) for moment in (rows["x"].min(), rows["x"].max())]
        margin = (months[1] - months[0]) * 0.02
        span = [f"{day:%Y-%m-%d}" for day in (months[0] - margin, months[1] + margin)]
        return {"type": "date", "hoverformat": "", "range": span, **apart}
    years = [*rows["x"], *(int(aim.year) for aim in aims)]
    first, last = min(years), max(years)
    step = 1 if last - first < 12 else 4
    end = max([last, *(moment(one.date) for one in milestones)])
    return {
        "tickmode": "linear",
        "tick0": first,
        "dtick": step,
        "range": [first - 0.3, end + 0.3],
        "tickformat": "d",
    }


def _ends(
    rows: pd.DataFrame, coloured: Sequence[tuple[str, str, float]], span: Sequence[float]
) -> list[dict[str, Any]]:
    """Names at the ends of the coloured lines, moved apart where they would lie on each other."""
    ends = []
    for geo, colour, _ in coloured:
        known = rows[(rows["geo"] == geo) & rows["value"].notna()]
        if len(known):
            ends.append((known.iloc[-1], colour))
    ends.sort(key=lambda end: float(end[0]["value"]))
    pixels = (HEIGHT - 60) / (span[1] - span[0])
    heights = [float(row["value"]) * pixels for row, _ in ends]
    shifts = [to - at for to, at in zip(apart(heights), heights, strict=True)]
    return [_end(row, colour, shift) for (row, colour), shift in zip(ends, shifts, strict=True)]


def _beside(rows: pd.DataFrame, coloured: Sequence[tuple[str, str, float]]) -> float:
    """Pixels for the longest name or value at the end of a line."""
    last = (
        rows[rows["value"].notna() & rows["geo"].isin([geo for geo, *_ in coloured])].groupby("geo").tail(1)
    )
    texts = [*last["name"], *(line for text in last["short"] for line in wrapped(text, WIDE).split("<br>"))]
    return 16 + LETTER * max(map(len, texts), default=0)


def apart(heights: Sequence[float], label: float = LABEL) -> list[float]:
    """Rising heights, moved so that each is a label's height from the next, each group about its own middle."""
    groups: list[list[float]] = []
    for height in heights:
        groups.append([height])
        while len(groups) > 1 and _bottom(groups[-1], label) < _bottom(groups[-2], label) + label * len(
            groups[-2]
        ):
            groups[-2:] = [[*groups[-2], *groups[-1]]]
    return [_bottom(group, label) + label * place for group in groups for place in range(len(group))]


def _bottom(group: Sequence[float], label: float) -> float:
    return sum(group) / len(group) - label * (len(group) - 1) / 2


def _end(row: pd.Series[Any], colour: str, shift: float) -> dict[str, Any]:
    return {
        "x": row["x"],
        "y": row["value"],
        "text": f"<b>{row['name']}</b><br>{wrapped(row['short'], WIDE)}",
        "align": "left",
        "showarrow": False,
        "xanchor": "left",
        "xshift": 9,
        "yshift": shift,
        "font": {"color": colour, "size": 14},
    }


def _break_notes(
    rows: pd.DataFrame, look: Look, lang: str, chosen: str, span: Sequence[float]
) -> list[dict[str, Any]]:
    """At breaks of the coloured lines, in words why they end; and where a note belongs to changes, that there is one from here on.

    A note stands below its point, or above it where the axis would cut it.
    """
    lowest = span[0] + 0.15 * (span[1] - span[0])
    coloured = rows[rows["geo"].isin([EU, chosen]) & rows["value"].notna()]
    begun = coloured[~coloured["line"].duplicated()]
    is_noted = coloured.get("change_status", pd.Series("", coloured.index)) == "noted"
    noted = coloured[is_noted & ~is_noted.groupby(coloured["geo"]).shift(fill_value=False)]
    told = [
        begun.assign(note=[_break_note(row, lang) for row in records(begun)]),
        noted.assign(note=translate("Note", lang)),
    ]
    shown = pd.concat(told)
    shown = shown[shown["note"] != ""].drop_duplicates(["x", "note"])
    return [
        {
            "x": row["x"],
            "y": row["value"],
            "text": row["note"],
            "showarrow": True,
            "arrowhead": 0,
            "arrowcolor": look.muted,
            "ax": 0,
            "ay": 30 if row["value"] > lowest else -30,
            "xanchor": "right" if row["x"] == rows["x"].max() else "center",
            "bgcolor": faint(look.background, 0.7),
            "borderpad": 1,
            "font": {"color": look.muted, "size": 12},
        }
        for row in shown.to_dict("records")
    ]


def _break_note(row: Row, lang: str) -> str:
    flags = "".join(flag for flag in str(row["flags"]) if flag in BREAKS)
    if flags or row.get("change_status") != "stopped":
        return flags_text(flags, lang)
    previous = period_text(str(row["previous_period"]), lang)
    return translate("not comparable with {previous}", lang, previous=previous)


def _aim_line(aim: Target, rows: pd.DataFrame, look: Look) -> dict[str, Any]:
    line = {"color": look.text, "width": 1.5, "dash": "dash"}
    return {
        "type": "line",
        "x0": min(rows["x"]),
        "x1": int(aim.year),
        "y0": aim.value,
        "y1": aim.value,
        "line": line,
    }


def _aim_label(aim: Target, look: Look, lang: str) -> dict[str, Any]:
    text = translate(
        "Target {year}: {value} ({status})",
        lang,
        year=aim.year,
        value=target_text(aim.value, aim.unit, lang),
        status=translate(TARGET_WORDS[aim.status], lang),
    )
    font = {"color": look.text, "size": 13}
    return {
        "x": int(aim.year),
        "y": aim.value,
        "text": text,
        "showarrow": False,
        "xanchor": "right",
        "yshift": 11,
        "font": font,
    }
