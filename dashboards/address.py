"""What a page's filters hold, kept in step with the page's address: whoever opens the address sees the same.

Language, country and day, which every page has, belong to reader.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

RENAMED = {"overview": ""}
"""Addresses of pages that once were, or that one may guess -> where the page stands now; serve.py leads on."""
DROPPED = "address-dropped"
LIST = "."
"""Parts the codes of a list in an address: ``with=DE.FR``."""
NONE = "none"
"""A list in an address from which everything was taken."""


def drop(name: str) -> None:
    """Note that the address named something under ``name`` that is not known, so that the page can say so."""
    st.session_state.setdefault(DROPPED, []).append(name)


def dropped() -> list[str]:
    """The names that were noted since this was last asked."""
    found: list[str] = st.session_state.pop(DROPPED, [])
    return list(dict.fromkeys(found))


def asked(name: str, key: str = "") -> str | None:
    """What the address names anew for a filter; None where it names what the filter has held already."""
    value, key = st.query_params.get(name, ""), key or name
    fresh = value != st.session_state.get(f"address-{key}", "") or (value and key not in st.session_state)
    return value if fresh else None


def follow(name: str, allowed: Callable[[str], bool], default: str = "", key: str = "") -> None:
    """Take over what the address names anew, where it is allowed; before the filter is drawn."""
    value, key = asked(name, key), key or name
    if value is not None and allowed(value):
        st.session_state[key] = value
    elif value:
        drop(name)
    st.session_state.setdefault(key, default)


def keep(name: str, value: str, key: str = "") -> None:
    """Let the address name what is chosen; after the filter was drawn."""
    st.session_state[f"address-{key or name}"] = value
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def choice(
    title: str,
    name: str,
    options: Sequence[str],
    default: str,
    show_as: Callable[[str], str],
    *,
    key: str = "",
    where: DeltaGenerator | None = None,
) -> str:
    """One of ``options``, which the address names where it is not the default."""
    key = key or name
    follow(name, lambda value: value in options, default, key)
    if st.session_state[key] not in options:
        st.session_state[key] = default
    select = where.selectbox if where else st.selectbox
    chosen = str(select(title, options, format_func=show_as, key=key))
    keep(name, "" if chosen == default else chosen, key)
    return chosen


def several(
    title: str,
    name: str,
    options: Sequence[str],
    default: Iterable[str],
    show_as: Callable[[str], str],
    *,
    most: int,
    empty: str = "",
    key: str = "",
) -> list[str]:
    """At most so many of ``options``, which the address names as a list where they are not the default.

    ``empty`` stands in the field while nothing is chosen.
    """
    usual, value, key = list(default), asked(name, key), key or name
    if value:
        named = [] if value == NONE else list(dict.fromkeys(value.split(LIST)))
        if set(named) - set(options):
            drop(name)
        st.session_state[key] = named[:most]
    held = st.session_state.setdefault(key, usual)
    st.session_state[key] = [one for one in held if one in options]
    chosen = list(
        st.multiselect(
            title, options, format_func=show_as, key=key, max_selections=most, placeholder=empty or None
        )
    )
    keep(name, "" if chosen == usual else LIST.join(chosen) or NONE, key)
    return chosen
