"""The first page of a session in two parts: down to its first chart, and all of it as soon as the browser has drawn that.

A browser draws charts that come together in one go, and shows the first only with the last.
"""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

OPENED = "opened"
"""In the session's state once its first chart was sent."""
SOON = timedelta(seconds=0.8)
"""About as long as a browser takes to start the program of charts; it draws before it asks again."""


ROOM = '<div class="to-come"></div>'
"""Keeps the place of what follows, so that the page can be scrolled at once."""


def first_alone() -> None:
    """End a session's first run here; its browser asks for the whole page soon after. Does nothing later on.

    Where no browser asks, as where a page is only computed, the first run goes on.
    """
    if OPENED in st.session_state or not st.context.headers:
        return
    st.html(ROOM)
    _whole()
    st.session_state[OPENED] = True
    st.stop()


@st.fragment(run_every=SOON)
def _whole() -> None:
    if OPENED in st.session_state:
        st.rerun()
