"""Who reads: the language, the country and the colours that every page shows itself in, and the release it shows.

The controls that set them stand in app.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboards import data
from dashboards.charts.look import Look, look_of
from indicators.words import LANGUAGES, translate
from sources.codes import EU, MEMBER_STATES
from sources.settings import Settings
from warehouse.read import OpenRelease

LANGUAGE, COUNTRY = "lang", "geo"
"""Names in the query string and in the session."""


@dataclass(frozen=True)
class Reader:
    """``country`` is empty while the EU and all countries are shown alike."""

    lang: str
    country: str
    look: Look
    release: OpenRelease

    @property
    def geo(self) -> str:
        """The country chosen, or the EU."""
        return self.country or EU

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What decides how a chart looks for this reader; charts are kept by it."""
        return str(self.release.folder), self.lang, self.country, self.look.background

    def say(self, text: str, **values: object) -> str:
        """A text that is marked for translation elsewhere, in the reader's language."""
        return translate(text, self.lang, **values)


def reader() -> Reader:
    """The reader of this rerun; raises NoRelease."""
    return Reader(language(), country(), look_of(st.context.theme.type), data.release())


def remember() -> None:
    """Follow the address where it names a language or country anew, and keep it in step with the controls."""
    for name, allowed, default in (
        (LANGUAGE, tuple(LANGUAGES), Settings().lang),
        (COUNTRY, ("", *MEMBER_STATES), ""),
    ):
        asked, seen = st.query_params.get(name), f"address-{name}"
        if asked != st.session_state.get(seen) and asked in allowed:
            st.session_state[name] = asked
        st.session_state.setdefault(name, default)
        st.session_state[seen] = st.session_state[name]
        if st.session_state[name] != (asked or ""):
            _write(name, st.session_state[name])


def language() -> str:
    return str(st.session_state.get(LANGUAGE, "en"))


def country() -> str:
    return str(st.session_state.get(COUNTRY, ""))


def _write(name: str, value: str) -> None:
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
