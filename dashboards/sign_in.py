"""Signing in by OpenID Connect, where the settings ask readers to; Streamlit speaks the protocol.

Who may have an account does not belong here: the identity provider decides.
"""

from __future__ import annotations

import streamlit as st

from indicators.words import translate
from sources.settings import settings


def admitted(lang: str) -> bool:
    """Whether this reader may see the pages; who may not gets a button to sign in, and nothing else."""
    if not settings().sign_in:
        return True
    if st.user.get("is_logged_in", False):
        st.sidebar.button(translate("Sign out", lang), on_click=st.logout)
        return True
    st.title("AI Observatory", anchor=False)
    st.markdown(translate("This observatory is open to readers who sign in.", lang))
    st.button(translate("Sign in", lang), on_click=st.login, type="primary")
    return False
