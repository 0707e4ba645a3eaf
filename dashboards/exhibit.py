"""How a page shows a chart: its title, its summary, the chart, its source line, its table and its download.

What the chart looks like is decided in charts/, what it says in summary.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import data
from dashboards.charts.look import CONFIG
from dashboards.charts.marks import Row, records, text_of
from dashboards.reader import Reader
from indicators.labels import label
from indicators.phrase import KIND_WORDS, SPACE, date_text, flags_text, period_text, spreadsheet_cell
from indicators.words import geo_name, translate

CSV_COLUMNS = "indicator geo period breakdown member value low high unit flags status release".split()
LONG_TABLE = 14


@dataclass(frozen=True)
class Exhibit:
    """A chart and what stands around it: its figures as a table in words and as CSV, and what they are of."""

    key: str
    title: str
    summary: str
    figure: go.Figure
    table: pd.DataFrame
    csv: str
    indicator: str
    breakdown: str


def exhibit(
    key: str, title: str, summary: str, figure: go.Figure, figures: pd.DataFrame, reader: Reader
) -> Exhibit:
    """An exhibit of ``figures``, the rows that the chart shows; there must be at least one."""
    first = figures.iloc[0]
    rows = figures.assign(release=reader.release.id).reindex(columns=CSV_COLUMNS)
    texts = disarmed(readable(figures, reader.lang))
    return Exhibit(
        key, title, summary, figure, texts, csv_text(rows), str(first["indicator"]), str(first["breakdown"])
    )


def show(shown: Exhibit, reader: Reader) -> None:
    """Draw an exhibit where the page stands."""
    st.subheader(plain(shown.title), anchor=False)
    st.markdown(plain(shown.summary))
    st.plotly_chart(
        shown.figure, theme=None, config=dict(CONFIG), key=f"chart-{shown.key}", alt=shown.summary
    )
    for line in source_lines(reader, shown.indicator, shown.breakdown):
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


def source_lines(reader: Reader, indicator: str, breakdown: str) -> list[str]:
    """For every table behind the figures: publisher, table, kind of data, vintage, licence; Markdown."""
    rows = records(data.sources(reader.release, indicator, breakdown))
    return [_source_line(row, reader.lang) for row in rows]


def _source_line(row: Row, lang: str) -> str:
    kind = translate(KIND_WORDS.get(str(row["kind"]), str(row["kind"])), lang)
    parts = [
        translate("Source: {publisher}", lang, publisher=plain(str(row["publisher"]))),
        f"[{plain(str(row['view']).partition('.')[2])}](<{row['landing_page']}>)",
        plain(kind),
        _vintage(row, lang),
        plain(translate("licence: {licence}", lang, licence=row["licence"])),
    ]
    return " · ".join(parts)


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


SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~$:&@]|^[-+=]|(?<=\d)[.)](?=\s|$)|(?<=www)\.")
"""What Markdown, its lists, links, formulas and directives are written with."""


def plain(text: str) -> str:
    """A text on one line, with every sign of Markdown and HTML disarmed, so that it is shown as it stands."""
    line = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    return SIGNS.sub(r"\\\g<0>", re.sub(r"(?<=\d) %", f"{SPACE}%", line))
