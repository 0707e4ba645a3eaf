"""Links from one page to another, which keep the language, the country and the day of the reader.

What a page's own parameters mean is the page's.
"""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboards.reader import COUNTRY, DAY, LANGUAGE, country, day, language
from dashboards.text import plain


def link(page: str, text: str, **query: str) -> None:
    """A link that goes to a page of views/ without loading the app anew."""
    st.page_link(f"views/{page}.py", label=plain(text), query_params=_whole(query))


def href(page: str, **query: str) -> str:
    """The address of a page, relative to any other page, for HTML and Markdown of ours."""
    return f"./{page}?{urlencode(_whole(query))}"


def _whole(query: dict[str, str]) -> dict[str, str]:
    """The query with what every page has, as far as it is chosen."""
    chosen = day()
    own = {LANGUAGE: language(), COUNTRY: country(), DAY: chosen.isoformat() if chosen else ""}
    return {name: value for name, value in {**query, **own, **query}.items() if value}
