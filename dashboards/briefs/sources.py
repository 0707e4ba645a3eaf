"""Where a brief's figures come from: one entry for each table or text behind them, and the line below a chart.

How an entry reads as a citation belongs to indicators/cite.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboards.briefs.model import Source
from dashboards.briefs.shelf import Desk
from dashboards.charts.marks import Row
from dashboards.courses import published
from indicators.cite import STATED, Citation, citations, vintage_text
from indicators.labels import label


def entries(desk: Desk, rows: Iterable[Row]) -> list[tuple[Citation, str]]:
    """The tables and texts behind some figures, each once with its kind of data, in the order of tables."""
    by_indicator: dict[str, list[Row]] = {}
    for row in rows:
        by_indicator.setdefault(str(row["indicator"]), []).append(row)
    found: dict[tuple[str, str], tuple[list[Row], list[Row]]] = {}
    for indicator, own in by_indicator.items():
        for view, captures in _views(desk, own).items():
            stated = [] if captures[0]["kind"] != STATED else _texts(desk, indicator, own)
            key = (view, indicator if stated else "")
            held, texts = found.setdefault(key, ([], []))
            held += [one for one in captures if one not in held]
            texts += [one for one in stated if one not in texts]
    told, day = [], published(desk.shelf.opened).date()
    for _, (captures, texts) in sorted(found.items(), key=lambda item: item[0]):
        cited = citations("", captures, texts, desk.shelf.opened.id, day)
        told += [(entry, str(captures[0]["kind"])) for entry in cited]
    return list(dict.fromkeys(told))


def sources(desk: Desk, rows: Iterable[Row]) -> tuple[Source, ...]:
    """The entries as a brief lists them, in the reader's language."""
    return tuple(
        Source(
            title=entry.title,
            publisher=label("publisher", entry.publisher, desk.lang),
            code=entry.code,
            kind=label("kind", kind, desk.lang),
            vintage=vintage_text(entry, desk.lang),
            licence=label("licence", entry.licence, desk.lang),
            link=entry.link,
        )
        for entry, kind in entries(desk, rows)
    )


def source_line(desk: Desk, rows: Iterable[Row]) -> str:
    """The tables behind a chart: publisher, code, kind and vintage."""
    told = [
        ", ".join(part for part in (one.publisher, one.code or one.title, one.kind, one.vintage) if part)
        for one in sources(desk, rows)
    ]
    return desk.say("Source: {publisher}", publisher="; ".join(told))


def _views(desk: Desk, rows: list[Row]) -> dict[str, list[Row]]:
    names = dict.fromkeys(name for row in rows for name in str(row["captures"]).split())
    held = [desk.shelf.captures[name] for name in names if name in desk.shelf.captures]
    views: dict[str, list[Row]] = {}
    for row in held:
        views.setdefault(str(row["view"]), []).append(row)
    return views


def _texts(desk: Desk, indicator: str, rows: list[Row]) -> list[Row]:
    captures = {name for row in rows for name in str(row["captures"]).split()}
    periods = {str(row["period"]) for row in rows}
    return [
        text
        for text in desk.shelf.texts
        if text["capture"] in captures and text["series"] == indicator and text["period"] in periods
    ]
