"""The methodology: how every indicator is measured, from the catalogue, each under an anchor of its own."""

from __future__ import annotations

import streamlit as st

from dashboards.heading import opening
from dashboards.reader import Reader, reader
from dashboards.text import plain
from indicators.labels import label
from indicators.methodology import entry
from indicators.registry import indicators, themes
from indicators.words import N_


def page(reader: Reader) -> None:
    """Draw the page."""
    opening(
        reader.say(N_("How is each indicator measured?")),
        [
            reader.say(N_("{count} indicators."), count=len(indicators())),
            reader.say(
                N_(
                    "Each with its method, its formula, what to mind, where comparison stops, and the published value "
                    "that it must reproduce. All is written from the definitions that compute the figures."
                )
            ),
        ],
    )
    for theme, own in themes().items():
        st.markdown(f"**[{plain(label('theme', theme, reader.lang))}](#{theme})**")
        st.markdown("\n".join(f"- [{plain(reader.say(one.title))}](#{one.id})" for one in own))
    for theme, own in themes().items():
        st.header(label("theme", theme, reader.lang), anchor=theme)
        for indicator in own:
            st.subheader(plain(reader.say(indicator.title)), anchor=indicator.id)
            st.markdown(f"*{plain(reader.say(indicator.question))}*")
            st.markdown("\n".join(entry(indicator, reader.lang)))


page(reader())
