"""How a page shows a chart: its title, its summary, the chart, its source line, its table and its download.

What the chart looks like is decided in charts/, what it says in summary.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import citation, data, panel
from dashboards.charts.look import CONFIG
from dashboards.charts.marks import Row, records, text_of
from dashboards.reader import Reader
from dashboards.text import plain as plain
from indicators.labels import label
from indicators.phrase import date_text, flags_text, period_text, spreadsheet_cell
from indicators.words import geo_name, translate

CSV_COLUMNS = (
    "indicator geo period breakdown member value low high unit flags status previous_period change change_status "
    "change_note release"
).split()
LONG_TABLE = 14
MOST_VINTAGES = 3


@dataclass(frozen=True)
class Exhibit:
    """A chart and what stands around it: its figures as a table in words and as CSV, and what they are of."""

    key: str
    title: str
    summary: str
    figure: go.Figure
    table: pd.DataFrame
    csv: str
    sources: tuple[str, ...]
    figures: pd.DataFrame


def exhibit(
    key: str, title: str, summary: str, figure: go.Figure, figures: pd.DataFrame, reader: Reader
) -> Exhibit:
    """An exhibit of ``figures``, the rows that the chart shows; there must be at least one."""
    rows = figures.assign(release=reader.release.id).reindex(columns=CSV_COLUMNS)
    texts = disarmed(readable(figures, reader.lang))
    return Exhibit(key, title, summary, figure, texts, csv_text(rows), source_lines(reader, figures), figures)


def show(shown: Exhibit, reader: Reader) -> None:
    """Draw an exhibit where the page stands."""
    st.subheader(plain(shown.title), anchor=False)
    st.markdown(plain(shown.summary))
    st.plotly_chart(
        shown.figure, theme=None, config=dict(CONFIG), key=f"chart-{shown.key}", alt=shown.summary
    )
    for line in shown.sources:
        st.caption(line)
    with st.expander(translate("Table and download", reader.lang), key=f"table-{shown.key}"):
        _draw(shown.table)
        st.download_button(
            translate("Download as CSV", reader.lang),
            shown.csv,
            file_name=f"{shown.key}.csv",
            mime="text/csv",
            key=f"csv-{shown.key}",
            on_click="ignore",
        )
        panel.offer(shown.key, choices(shown.figures, reader.lang), reader.lang)
        citation.offer(shown.key, shown.title, shown.figures, reader)


def choices(figures: pd.DataFrame, lang: str) -> panel.Choices:
    """The figures that may be explained, by place and member, then by period; of one period in one list."""
    found: dict[str, dict[str, str]] = {}
    single = figures["period"].nunique() == 1
    for row in records(figures):
        own = [geo_name(str(row["geo"]), lang), *([str(row["label"])] if row.get("label") else [])]
        series, value = ", ".join(own), text_of(row, lang, 2)
        name = f"{series}: {value}" if single else f"{period_text(str(row['period']), lang)}: {value}"
        names = (row[part] for part in ("indicator", "geo", "period", "breakdown", "member"))
        found.setdefault("" if single else series, {})[name] = panel.address(*names)
    return {series: dict(reversed(own.items())) if not single else own for series, own in found.items()}


def source_lines(reader: Reader, figures: pd.DataFrame) -> tuple[str, ...]:
    """For every table behind the figures: publisher, table, kind of data, vintages, licence; Markdown.

    For figures that we collected by hand the texts that state them stand in the table's place.
    """
    captures = data.sources(reader.release, figures)
    stated = records(data.stated_by(reader.release, figures))
    tables = [records(table) for _, table in captures.groupby("view")]
    return tuple(
        line
        for rows in tables
        for line in (
            [_stated_line(text, rows[0], reader.lang) for text in stated] or [_source_line(rows, reader.lang)]
        )
    )


def _source_line(rows: Sequence[Row], lang: str) -> str:
    """The line of one table; ``rows`` are its captures, the newest first."""
    table = rows[0]
    publisher = label("publisher", str(table["publisher"]), lang)
    name, page = plain(str(table["view"]).partition(".")[2]), table["landing_page"]
    parts = [
        translate("Source: {publisher}", lang, publisher=plain(publisher)),
        f"[{name}](<{page}>)" if page else name,
        *_kind_and(vintages(rows, lang), table, lang),
    ]
    return " · ".join(parts)


def _stated_line(text: Row, table: Row, lang: str) -> str:
    link = f"[{plain(str(text['source']))}](<{text['link']}>)"
    dated = translate("dated: {day}", lang, day=period_text(str(text["source_date"]), lang))
    parts = [translate("Source: {publisher}", lang, publisher=link), *_kind_and(plain(dated), table, lang)]
    return " · ".join(parts)


def _kind_and(dated: str, table: Row, lang: str) -> list[str]:
    licence = label("licence", str(table["licence"]), lang)
    return [
        plain(label("kind", str(table["kind"]), lang)),
        dated,
        plain(translate("licence: {licence}", lang, licence=licence)),
    ]


def vintages(rows: Sequence[Row], lang: str) -> str:
    """The days, and the baselines, that captures tell of, the newest first; a long list is cut."""
    told = list(dict.fromkeys(_vintage(row, lang) for row in rows))
    more = [translate("and {count} earlier", lang, count=len(told) - MOST_VINTAGES)]
    return "; ".join([*told[:MOST_VINTAGES], *(more if len(told) > MOST_VINTAGES else [])])


def _vintage(row: Row, lang: str) -> str:
    if pd.isna(row["known_from"]):  # type: ignore[call-overload]
        return translate("undated", lang)
    day = date_text(pd.Timestamp(row["known_from"]).date(), lang)  # type: ignore[arg-type]
    if row["origin"] == "baseline":
        return "**" + translate("baseline of {day}", lang, day=day) + "**"
    return translate("as of {day}", lang, day=day)


def readable(figures: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The figures as a table in words: two decimals, flags and periods spelt out."""
    rows = records(figures)
    columns: dict[str, list[str]] = {}
    if figures["geo"].nunique() > 1 or "label" not in figures:
        columns[translate("Country or group", lang)] = [geo_name(str(row["geo"]), lang) for row in rows]
    if "label" in figures:
        columns[label("breakdown", str(rows[0]["breakdown"]), lang)] = [str(row["label"]) for row in rows]
    columns[translate("Period", lang)] = [period_text(str(row["period"]), lang) for row in rows]
    columns[translate("Value", lang)] = [text_of(row, lang, 2, flags=False) for row in rows]
    flags = [flags_text(str(row["flags"]), lang) for row in rows]
    if any(flags):
        columns[translate("Flags", lang)] = flags
    return pd.DataFrame(columns)


def table(frame: pd.DataFrame) -> None:
    """A table of texts, shown as texts; a long one scrolls."""
    _draw(disarmed(frame))


def disarmed(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table with every text and every column's name as ``plain`` gives it."""
    shown = frame.map(lambda cell: plain(str(cell)))
    shown.columns = [plain(str(column)) for column in frame.columns]
    return shown


def _draw(frame: pd.DataFrame) -> None:
    st.table(
        frame, border="horizontal", hide_index=True, height=420 if len(frame) > LONG_TABLE else "content"
    )


def csv_text(frame: pd.DataFrame) -> str:
    """CSV in which no text can start a formula of a spreadsheet; numbers stay numbers."""
    texts = frame.select_dtypes(include=["object", "string"]).columns
    safe = frame.assign(**{name: frame[name].map(spreadsheet_cell) for name in texts})
    return safe.to_csv(index=False, lineterminator="\n")
