"""How to cite what an exhibit shows, to copy or to download in each form.

What an entry holds is decided by the indicators.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from dashboards import data
from dashboards.charts.marks import records
from dashboards.reader import Reader
from indicators.cite import Form, citations, told
from indicators.words import N_, translate

FORMS: dict[Form, tuple[str, str, str]] = {
    "plain": (N_("Text"), "txt", "text/plain"),
    "bibtex": ("BibTeX", "bib", "application/x-bibtex"),
    "csl-json": ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json"),
}
"""Each form with its name, the ending of its file and its media type."""


def offer(key: str, subject: str, figures: pd.DataFrame, reader: Reader) -> None:
    """One entry for every dataset behind the figures, in three forms."""
    captures, texts = data.sources(reader.release, figures), data.stated_by(reader.release, figures)
    today = datetime.now(UTC).date()
    entries = citations(subject, records(captures), records(texts), reader.release.id, today)
    with st.container(key=f"citation-{key}"):
        st.markdown(f"**{translate('How to cite this', reader.lang)}**")
        names = [reader.say(name) for name, _, _ in FORMS.values()]
        for tab, (form, (_, ending, media)) in zip(st.tabs(names), FORMS.items(), strict=True):
            with tab:
                text = told(entries, form, reader.lang)
                st.code(text, language=None, wrap_lines=True)
                st.download_button(
                    translate("Download the citation", reader.lang),
                    text,
                    file_name=f"{key}.{ending}",
                    mime=media,
                    key=f"cite-{form}-{key}",
                    on_click="ignore",
                )
