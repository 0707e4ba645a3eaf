"""The buttons that hand out an exhibit as a file, made only when one is pressed, and its addresses to copy.

What a file says belongs to matter.py, how it looks to the module of its form.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboards.exhibit_model import Exhibit
from dashboards.reader import Reader
from dashboards.takeaway import links
from dashboards.takeaway.matter import Matter, matter
from dashboards.takeaway.picture import png, svg
from dashboards.takeaway.tables import csv_file, xlsx_file
from indicators.words import N_

FORMS: dict[str, tuple[Callable[[Matter], bytes], str]] = {
    "csv": (csv_file, "text/csv"),
    "xlsx": (xlsx_file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "svg": (svg, "image/svg+xml"),
    "png": (png, "image/png"),
}
"""The forms, as the files' names end, each with what makes it and its media type."""


def offer(shown: Exhibit, reader: Reader) -> None:
    """A button for each form, and below them the addresses of the page and of the chart alone."""
    link = links.page()
    with st.container(key=f"take-{shown.key}"):
        with st.container(horizontal=True, gap="small"):
            for form, (_, media) in FORMS.items():
                st.download_button(
                    reader.say(N_("Download as {form}"), form=form.upper()),
                    partial(made, shown, reader, form, link),
                    file_name=f"{shown.key}.{form}",
                    mime=media,
                    key=f"{form}-{shown.key}",
                    on_click="ignore",
                )
        links.offer(shown, reader)


def made(shown: Exhibit, reader: Reader, form: str, link: str = "") -> bytes:
    """The file of an exhibit in one form."""
    return FORMS[form][0](matter(shown, reader, link))
