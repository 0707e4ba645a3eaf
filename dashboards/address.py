"""What a page's filters hold, kept in step with the page's address: whoever opens the address sees the same.

Language, country and day, which every page has, belong to reader.py.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def follow(name: str, allowed: Callable[[str], bool], default: str = "") -> None:
    """Take over what the address names anew, where it is allowed; before the filter is drawn."""
    asked, seen = st.query_params.get(name, ""), f"address-{name}"
    if asked != st.session_state.get(seen, "") and allowed(asked):
        st.session_state[name] = asked
    st.session_state.setdefault(name, default)


def keep(name: str, value: str) -> None:
    """Let the address name what is chosen; after the filter was drawn."""
    st.session_state[f"address-{name}"] = value
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
