"""Who reads: the language, the country, the day and the colours that every page shows itself in, and the release.

The controls that set them stand in app.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pandas as pd
import streamlit as st

from dashboards import data
from dashboards.address import drop
from dashboards.charts.look import LIGHT, Look, look_of
from indicators.words import LANGUAGES, translate
from sources.codes import EU, MEMBER_STATES
from sources.settings import settings
from warehouse.read import OpenRelease

LANGUAGE, COUNTRY, DAY = "lang", "geo", "as_of"
"""Names in the query string and in the session."""


@dataclass(frozen=True)
class Reader:
    """``country`` is empty while the EU and all countries are shown alike; ``day`` is None for what is known now."""

    lang: str
    country: str
    look: Look
    release: OpenRelease
    day: date | None = None
    alone: bool = False
    """Whether one chart is shown by itself, on another site."""
    in_section: bool = False
    """Whether what is shown stands below a heading of the page's own, so that its headings are one level lower."""

    @property
    def geo(self) -> str:
        """The country chosen, or the EU."""
        return self.country or EU

    @property
    def identity(self) -> str:
        """What decides, beside the figures, how something is said and drawn for this reader."""
        return f"{self.lang} {self.country} {self.look.background}"

    def anybody(self) -> Reader:
        """A reader of the same figures, for what language, country and colours do not change."""
        return replace(self, lang="en", country="", look=LIGHT)

    def resting_on(self, names: Iterable[str]) -> str:
        """What tells the figures of these indicators, as this reader wants them known, from any others."""
        if self.day:
            return f"{self.release.folder} {self.day}"
        return data.state(self.release, names)

    def within(self) -> Reader:
        """The same reader in a section of a page that has a heading of its own."""
        return replace(self, in_section=True)

    def figures(self, indicator: str) -> pd.DataFrame:
        """All figures of an indicator as this reader wants them known: now, or on a day."""
        return data.figures(self.release, indicator, self.day)

    def say(self, text: str, **values: object) -> str:
        """A text that is marked for translation elsewhere, in the reader's language."""
        return translate(text, self.lang, **values)


def reader() -> Reader:
    """The reader of this rerun; raises NoRelease."""
    return Reader(language(), country(), look_of(st.context.theme.type), data.release(), day())


def remember() -> None:
    """Follow the address where it names a language or country anew, and keep it in step with the controls."""
    for name, read, default in (
        (LANGUAGE, lambda text: text if text in LANGUAGES else None, settings().lang),
        (COUNTRY, lambda text: text if text in ("", *MEMBER_STATES) else None, ""),
        (DAY, past_day, None),
    ):
        asked, seen = st.query_params.get(name), f"address-{name}"
        if asked != st.session_state.get(seen) and asked and read(asked) is not None:
            st.session_state[name] = read(asked)
        elif asked != st.session_state.get(seen) and asked:
            drop(name)
        # set at each rerun: the browser is told again, and does not answer a default after the next page change
        st.session_state[name] = st.session_state.get(name, default)
        now = str(st.session_state[name] or "")
        st.session_state[seen] = now
        if now != (asked or ""):
            _write(name, now)


def language() -> str:
    return str(st.session_state.get(LANGUAGE, "en"))


def country() -> str:
    return str(st.session_state.get(COUNTRY, ""))


def day() -> date | None:
    """The day as of which figures are shown; None for what is known now."""
    chosen = st.session_state.get(DAY)
    return chosen if isinstance(chosen, date) else None


def past_day(text: str) -> date | None:
    """A day of an address that is not yet to come, else None."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found <= datetime.now(UTC).date() else None


def _write(name: str, value: str) -> None:
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
