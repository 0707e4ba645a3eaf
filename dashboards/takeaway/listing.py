"""A table that stands without a chart, as CSV and as a workbook, with title, sources, release and licences inside.

The files say what the page says, in the reader's language; figures in full are had below the charts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards.origins import origins, origins_of
from dashboards.reader import Reader
from dashboards.takeaway import links
from dashboards.takeaway.matter import Matter, day_told
from dashboards.takeaway.tables import csv_listing, xlsx_listing
from indicators.words import N_


@dataclass(frozen=True)
class Listing:
    """What a table is called and rests on: the indicators, or the tables of the release, that it tells of.

    With neither it is a record of the observatory's own, such as its checks.
    """

    key: str
    title: str
    indicators: Sequence[str] = ()
    views: Sequence[str] = ()


FORMS: dict[str, tuple[Callable[[Matter], bytes], str]] = {
    "csv": (csv_listing, "text/csv"),
    "xlsx": (xlsx_listing, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def offer(listing: Listing, frame: pd.DataFrame, reader: Reader) -> None:
    """A button for each form; the file is made when one is pressed."""
    link = links.page()
    with st.container(horizontal=True, gap="small", key=f"take-list-{listing.key}"):
        for form, (_, media) in FORMS.items():
            st.download_button(
                reader.say(N_("Download as {form}"), form=form.upper()),
                partial(made, listing, frame, reader, form, link),
                file_name=f"{listing.key}.{form}",
                mime=media,
                key=f"{form}-list-{listing.key}",
                on_click="ignore",
                type="tertiary",
            )


def made(listing: Listing, frame: pd.DataFrame, reader: Reader, form: str, link: str = "") -> bytes:
    """The file of a table in one form."""
    return FORMS[form][0](_matter(listing, frame, reader, link))


def _matter(listing: Listing, frame: pd.DataFrame, reader: Reader, link: str) -> Matter:
    figures = [reader.figures(name) for name in listing.indicators]
    known = [found for found in figures if len(found)]
    asked = origins(reader, pd.concat(known)) if known else ()
    rows = tuple(csv.DictReader(io.StringIO(frame.to_csv(index=False))))
    return Matter(
        listing.key,
        listing.title,
        "",
        reader.lang,
        go.Figure(),
        rows,
        (*asked, *origins_of(reader, listing.views)),
        "",
        reader.release.id,
        day_told(reader),
        link,
    )
