"""How to cite what an exhibit shows, to copy or to download in each form.

What an entry holds is decided by the indicators.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from dashboards import data
from dashboards.charts.marks import records
from dashboards.exhibit_model import Exhibit
from dashboards.reader import Reader
from indicators.cite import Form, citations, told
from indicators.words import N_, translate

FORMS: dict[Form, tuple[str, str, str]] = {
    "plain": (N_("Text"), "txt", "text/plain"),
    "bibtex": ("BibTeX", "bib", "application/x-bibtex"),
    "csl-json": ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json"),
}
"""Each form with its name, the ending of its file and its media type."""


def offer(shown: Exhibit, reader: Reader) -> None:
    """One entry for every dataset behind an exhibit's figures, in three forms."""
    today = datetime.now(UTC).date()
    texts = shown.once(f"cited-{today}", lambda: _texts(shown, reader, today))
    with st.container(key=f"citation-{shown.key}"):
        st.markdown(f"**{translate('How to cite this', reader.lang)}**")
        names = [reader.say(name) for name, _, _ in FORMS.values()]
        for tab, (form, (_, ending, media)) in zip(st.tabs(names), FORMS.items(), strict=True):
            with tab:
                st.code(texts[form], language=None, wrap_lines=True)
                st.download_button(
                    translate("Download the citation", reader.lang),
                    texts[form],
                    file_name=f"{shown.key}.{ending}",
                    mime=media,
                    key=f"cite-{form}-{shown.key}",
                    on_click="ignore",
                )


def _texts(shown: Exhibit, reader: Reader, today: date) -> dict[Form, str]:
    """The entries in each form."""
    captures, texts = (
        data.sources(reader.release, shown.figures),
        data.stated_by(reader.release, shown.figures),
    )
    entries = citations(shown.title, records(captures), records(texts), reader.release.id, today)
    return {form: told(entries, form, reader.lang) for form in FORMS}
