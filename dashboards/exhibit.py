"""How a page shows a chart: its title, its summary, the chart, its source line, its table and its download.

What the chart looks like is decided in charts/, what it says in summary.py.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards import citation, panel
from dashboards.charts.look import CONFIG
from dashboards.charts.marks import TOLD, records, text_of
from dashboards.exhibit_model import Exhibit as Exhibit
from dashboards.exhibit_model import table_mark
from dashboards.first_chart import give_time
from dashboards.keeping import CHARTS
from dashboards.origins import origins
from dashboards.reader import Reader
from dashboards.takeaway import offer as takeaway
from dashboards.takeaway.links import Wanted
from dashboards.takeaway.listing import Listing as Listing
from dashboards.takeaway.listing import offer as take_listing
from dashboards.text import plain as plain
from indicators.labels import label
from indicators.phrase import flags_text, period_text
from indicators.words import alphabetical, geo_name, translate, worded
from sources.codes import EU

NAMED = ("indicator", "geo", "period", "breakdown", "member")
"""The columns that tell a figure from any other."""
LONG_TABLE = 14
ON_PAPER = 250
"""Up to so many rows a table is part of the page, and so of what is printed, even while it is folded."""


def exhibit(
    key: str,
    title: str,
    summary: str,
    figure: go.Figure,
    figures: pd.DataFrame,
    reader: Reader,
    wanted: Wanted | None = None,
) -> Exhibit:
    """An exhibit of ``figures``, the rows that the chart shows; there must be at least one.

    ``wanted`` is how the chart is had alone, where it can.
    """
    made = Exhibit(
        key,
        title,
        summary,
        figure.to_json(),
        source_lines(reader, figures),
        figures,
        partial(_in_words, figures, reader.lang),
        wanted,
    )
    return made.with_table() if len(figures) <= ON_PAPER else made


def _in_words(figures: pd.DataFrame, lang: str) -> pd.DataFrame:
    return disarmed(readable(figures, lang))


def show(shown: Exhibit, reader: Reader) -> None:
    """Draw an exhibit where the page stands."""
    give_time()
    _open(shown, reader.in_section)
    if reader.alone:
        return
    name = translate("Table and download", reader.lang)
    with st.expander(name, key=f"table-{shown.key}", on_change="rerun") as folded:
        if folded.open or len(shown.figures) <= ON_PAPER:
            _draw(shown.table)
        if folded.open:
            takeaway.offer(shown, reader)
            named = shown.once("choices", lambda: choices(shown.figures, reader.lang))
            panel.offer(shown.key, named, reader.lang)
            citation.offer(shown, reader)


# Streamlit keeps the messages that such a function sends, and sends them again without making them anew.
@st.cache_resource(max_entries=CHARTS, show_spinner=False, hash_funcs={Exhibit: lambda shown: shown.mark})
def _open(shown: Exhibit, in_section: bool) -> None:
    """What every reader sees of an exhibit."""
    heading = st.subheader if in_section else st.header
    heading(plain(shown.title), anchor=False)
    st.markdown(plain(shown.summary))
    st.plotly_chart(shown.sent, theme=None, config=dict(CONFIG), key=f"chart-{shown.key}", alt=shown.summary)
    for line in shown.sources:
        st.caption(line)


def choices(figures: pd.DataFrame, lang: str) -> panel.Choices:
    """The figures that may be explained, by place and member, then by period; of one period in one list."""
    found: dict[str, dict[str, str]] = {}
    single = figures["period"].nunique() == 1
    for row in records(by_name(figures, lang), (*TOLD, *NAMED, "label")):
        own = [geo_name(str(row["geo"]), lang), *([str(row["label"])] if row.get("label") else [])]
        series, value = ", ".join(own), text_of(row, lang, 2)
        name = worded(series if single else period_text(str(row["period"]), lang), value, lang)
        names = (row[part] for part in NAMED)
        found.setdefault("" if single else series, {})[name] = panel.address(*names)
    return {series: dict(reversed(own.items())) if not single else own for series, own in found.items()}


def by_name(figures: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Figures that follow the codes of their places follow their names, the EU first; any others stay as they are."""
    geos = figures["geo"].tolist()
    if geos != sorted(geos):
        return figures
    order = [EU, *(geo for geo in alphabetical(figures["geo"].unique(), lang) if geo != EU)]
    return figures.sort_values("geo", key=lambda held: held.map(order.index), kind="stable")


def source_lines(reader: Reader, figures: pd.DataFrame) -> tuple[str, ...]:
    """For every table or text behind the figures: publisher, table, kind of data, vintages, licence; Markdown."""
    return tuple(origin.markdown(reader.lang) for origin in origins(reader, figures))


def readable(figures: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The figures as a table in words: two decimals, flags and periods spelt out."""
    rows = records(by_name(figures, lang), (*TOLD, "breakdown", "label"))
    columns: dict[str, list[str]] = {}
    if figures["geo"].nunique() > 1 or "label" not in figures:
        columns[translate("Country or group", lang)] = [geo_name(str(row["geo"]), lang) for row in rows]
    if "label" in figures:
        name = label("breakdown", str(rows[0]["breakdown"]), lang) or translate("Indicator", lang)
        columns[name] = [str(row["label"]) for row in rows]
    columns[translate("Period", lang)] = [period_text(str(row["period"]), lang) for row in rows]
    columns[translate("Value", lang)] = [text_of(row, lang, 2, flags=False) for row in rows]
    flags = [flags_text(str(row["flags"]), lang) for row in rows]
    if any(flags):
        columns[translate("Flags", lang)] = flags
    return pd.DataFrame(columns)


def table(frame: pd.DataFrame) -> None:
    """A table of texts, shown as texts; a long one scrolls."""
    _draw_disarmed(frame)


def listed(frame: pd.DataFrame, listing: Listing, reader: Reader) -> None:
    """A table of texts as ``table`` shows it, and below it its files to take away."""
    table(frame)
    take_listing(listing, frame, reader)


def disarmed(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table with every text and every column's name as ``plain`` gives it."""
    shown = frame.map(lambda cell: plain(str(cell)))
    shown.columns = [plain(str(column)) for column in frame.columns]
    return shown


@st.cache_resource(max_entries=CHARTS, show_spinner=False, hash_funcs={pd.DataFrame: table_mark})
def _draw_disarmed(frame: pd.DataFrame) -> None:
    _lay_out(disarmed(frame))


@st.cache_resource(max_entries=CHARTS, show_spinner=False, hash_funcs={pd.DataFrame: table_mark})
def _draw(frame: pd.DataFrame) -> None:
    _lay_out(frame)


def _lay_out(frame: pd.DataFrame) -> None:
    st.table(
        frame, border="horizontal", hide_index=True, height=420 if len(frame) > LONG_TABLE else "content"
    )
