"""One chart by itself, for another site to show: with its source, and a link back to the pages; no navigation."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from dashboards import data
from dashboards.reader import COUNTRY, DAY, LANGUAGE, Reader, language, reader
from dashboards.takeaway.links import Wanted, read
from dashboards.usual import show_map, show_members, show_ranking, show_trend
from indicators.labels import label
from indicators.registry import indicators
from indicators.targets import targets_of
from indicators.words import N_, translate
from sources.codes import EU
from warehouse.read import NoRelease

KEY = "embedded"


def page(reader: Reader) -> None:
    """Draw the chart that the address names, or say why there is none."""
    found = read(st.query_params)
    if found is None:
        st.info(reader.say(N_("The address names no chart of the observatory.")))
    else:
        _chart(found, replace(reader, alone=True))
    own = {LANGUAGE: reader.lang, COUNTRY: reader.country, DAY: str(reader.day or "")}
    query = urlencode({name: text for name, text in own.items() if text})
    back = reader.say(N_("AI Observatory: where this comes from, and more"))
    st.markdown(f"[{back}](./?{query})")


def _chart(wanted: Wanted, reader: Reader) -> None:
    figures = reader.figures(wanted.indicator)
    indicator, by, member = indicators()[wanted.indicator], wanted.breakdown, "".join(wanted.members[:1])
    title = reader.say(indicator.title)
    if by:
        parts = [label("breakdown", by, reader.lang)]
        if wanted.chart != "members" and member:
            parts.append(label(by, member, reader.lang, data.names(reader.release, by, reader.lang)))
        title = f"{title} ({': '.join(parts)})"
    if figures.empty:
        st.info(reader.say(N_("{title}: not in this release."), title=title))
    elif wanted.chart == "map":
        of = {"breakdown": by, "member": member} if by else {}
        show_map(figures, title, reader, KEY, **of)
    elif wanted.chart == "ranking":
        show_ranking(figures, title, reader, KEY, by, member)
    elif wanted.chart == "trend":
        aims = () if by else targets_of(data.targets(reader.release), wanted.indicator)
        show_trend(figures, title, reader, KEY, aims, by, member)
    else:
        whole = wanted.whole or EU
        show_members(figures, by, title, reader, KEY, members=wanted.members, whole=whole)


try:
    page(reader())
except (NoRelease, data.SourcesGone):
    st.info(translate("There is nothing to show yet", language()))
