"""The charts of a session's first page: its browser gets time to draw one before the others come.

A browser draws charts that come together in one go, and shows the first only with the last.
"""

from __future__ import annotations

from time import monotonic, sleep

import streamlit as st

SENT = "first-chart-sent"
"""In the session's state: when its first chart was sent; zero once its first page is whole."""
ALONE, STEP = 2.5, 0.05
"""Seconds in which a browser starts the program of charts and draws one, and between two looks at what the reader does."""


def give_time() -> None:
    """Before the second chart of a session's first page, wait until its browser had time for the first.

    A click ends the wait, as it ends whatever a page is doing. Where no browser asks, nobody waits.
    """
    if SENT not in st.session_state:
        st.session_state[SENT] = monotonic() if st.context.headers else 0.0
        return
    while (sent := st.session_state[SENT]) and monotonic() < sent + ALONE:
        sleep(
            STEP
        )  # asking for the state, as the next turn does, is where Streamlit lets a click end this run
    st.session_state[SENT] = 0.0


def whole() -> None:
    """The session's first page is whole: from now on nothing waits, for its browser is ready."""
    st.session_state[SENT] = 0.0
