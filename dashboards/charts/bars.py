"""Members of a breakdown as horizontal bars, for the EU and a chosen country; ranges as bars from low to high."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.look import Look, axis, framed
from dashboards.charts.marks import described, parted, room, wrapped
from dashboards.charts.values import value_axis
from indicators.model import Target
from indicators.phrase import TARGET_WORDS, target_text
from indicators.words import translate

BAR, NAMED, TALL = 30, 38, 44
"""Pixels of a member, of one whose name takes two lines, and of one whose value does."""
CROWDED = 110
"""Where texts beside the bars take more pixels, a phone has room for few marks on the axis."""
LEGEND = {
    "orientation": "h",
    "y": 1.0,
    "yanchor": "bottom",
    "x": 0,
    "traceorder": "reversed",
    "itemclick": False,
    "itemdoubleclick": False,
}


def bars(
    figures: pd.DataFrame, colours: dict[str, str], look: Look, lang: str, *, ranked: bool = True
) -> go.Figure:
    """Bars for figures with a column ``label``; one bar a geography of ``colours`` within each label."""
    rows = parted(described(figures, lang))
    order = _order(rows, next(iter(colours)), ranked)
    geos = [geo for geo in colours if geo in set(rows["geo"])]
    top = float(rows["value"].max()) if rows["value"].notna().any() else 1.0
    low = min(float(rows["value"].min()), 0.0) if rows["value"].notna().any() else 0.0
    unit = str(rows["unit"].iloc[0])
    xaxis = value_axis(top, unit, look, lang, low=low * 1.3, wanted=4)
    beside = room(rows, *xaxis["range"])
    if beside > CROWDED:
        xaxis = value_axis(top, unit, look, lang, low=low * 1.3, wanted=2)
    bar = _height(rows)
    return framed(
        [_bars(rows[rows["geo"] == geo], colours[geo], look) for geo in reversed(geos)],
        look,
        height=(bar + (bar - 14) * (len(geos) - 1)) * len(order)
        + (84 if xaxis["title"]["text"] else 64)
        + (24 if len(geos) > 1 else 0),
        barmode="group",
        bargap=0.3,
        xaxis=xaxis,
        margin={"l": 8, "r": beside, "t": 8, "b": 8},
        yaxis=_names(order, look),
        showlegend=len(geos) > 1,
        legend=LEGEND,
    )


def ranges(figures: pd.DataFrame, look: Look, lang: str, targets: Sequence[Target] = ()) -> go.Figure:
    """One bar a figure from its low to its high value, with a column ``label``; targets as dashed lines."""
    rows = described(figures, lang)
    low = rows["low"].fillna(rows["value"])
    high = rows["high"].fillna(rows["value"])
    aims = [aim for aim in targets if aim.value is not None]
    top = max([*high.dropna(), *(aim.value for aim in aims if aim.value is not None)], default=1.0)
    unit = str(rows["unit"].iloc[0])
    trace = _bars(rows, look.union, look) | {"base": low.tolist(), "x": (high - low).tolist()}
    return framed(
        [trace],
        look,
        height=BAR * len(rows) + 90 + 24 * len(aims),
        xaxis=value_axis(top, unit, look, lang, end=top * 1.18, wanted=4),
        yaxis=axis(
            look, showgrid=False, type="category", ticksuffix=" ", tickfont={"color": look.text, "size": 13}
        ),
        margin={"l": 8, "r": 8, "t": 12 + 24 * len(aims), "b": 8},
        shapes=[_aim_line(aim, look) for aim in aims],
        annotations=[_aim_label(aim, place, look, lang) for place, aim in enumerate(aims)],
    )


def _height(rows: pd.DataFrame) -> int:
    """Pixels of a member, so that neither names nor values on two lines touch their neighbours."""
    if rows["text"].str.contains("<br>").any():
        return TALL
    return NAMED if any("<br>" in shortened(str(name)) for name in rows["label"]) else BAR


def _bars(rows: pd.DataFrame, colour: str, look: Look) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": str(rows["name"].iloc[0]),
        "y": rows["label"].tolist(),
        "x": rows["value"].fillna(0).tolist(),
        "text": rows["text"].where(rows["value"].notna(), rows["short"]).tolist(),
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "textfont": {"size": 13, "color": look.text},
        "customdata": [
            f"<b>{_safe(label)}</b><br>{tip}"
            for label, tip in zip(rows["label"], rows["tooltip"], strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "color": ["rgba(0,0,0,0)" if hollow else colour for hollow in rows["hollow"]],
            "line": {"color": colour, "width": [1.5 if hollow else 0 for hollow in rows["hollow"]]},
        },
    }


def _names(order: list[str], look: Look) -> dict[str, Any]:
    return axis(
        look,
        showgrid=False,
        categoryorder="array",
        categoryarray=order,
        tickvals=order,
        ticktext=[f"{shortened(name)} " for name in order],
        tickfont={"color": look.text, "size": 13},
    )


def _order(rows: pd.DataFrame, geo: str, ranked: bool) -> list[str]:
    """Labels from the bottom to the top: by the first geography's value, or as they stand."""
    labels = list(dict.fromkeys(rows["label"]))
    if not ranked:
        return labels[::-1]
    values = rows[rows["geo"] == geo].set_index("label")["value"].to_dict()
    return sorted(labels, key=lambda label: -1.0 if pd.isna(values.get(label)) else values[label])


def _safe(name: str) -> str:
    """A name in a chart's text, where Plotly would read tags: names may come from a source."""
    return html.escape(name, quote=False)


def shortened(name: str) -> str:
    """A name beside an axis: disarmed, and on two lines where it is long."""
    return wrapped(_safe(name), 26)


def _aim_line(aim: Target, look: Look) -> dict[str, Any]:
    line = {"color": look.text, "width": 1.5, "dash": "dash"}
    return {"type": "line", "x0": aim.value, "x1": aim.value, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _aim_label(aim: Target, place: int, look: Look, lang: str) -> dict[str, Any]:
    words = [translate(TARGET_WORDS[aim.status], lang), aim.year]
    text = f"{target_text(aim.value, aim.unit, lang)} ({', '.join(word for word in words if word)})"
    font = {"color": look.text, "size": 13}
    return {
        "x": aim.value,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 24 * place,
        "xanchor": "right",
        "text": text,
        "showarrow": False,
        "font": font,
    }
