"""Addresses to hand on: of the page as it stands, and of one chart alone, for another site to show.

What the address of a chart names is checked before it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode, urljoin

import pandas as pd
import streamlit as st

from dashboards.exhibit_model import Exhibit
from dashboards.reader import COUNTRY, DAY, LANGUAGE, Reader
from indicators.registry import indicators
from indicators.words import N_
from sources.codes import GEO

EMBED = "embed"
CHARTS = ("map", "ranking", "trend", "members")
CODE = r"[A-Za-z0-9_.\-]{1,60}"
"""What a breakdown or a member may be called in an address."""
MOST = 80
"""So many members may be named."""


@dataclass(frozen=True)
class Wanted:
    """The chart that an address names; ``members`` are empty for all of them."""

    chart: str
    indicator: str
    breakdown: str = ""
    members: tuple[str, ...] = ()
    whole: str = ""

    @property
    def query(self) -> dict[str, str]:
        """What the address says, without what is empty."""
        found = {
            "chart": self.chart,
            "indicator": self.indicator,
            "by": self.breakdown,
            "members": ",".join(self.members),
            "whole": self.whole,
        }
        return {name: text for name, text in found.items() if text}


def wanted(chart: str, figures: pd.DataFrame, members: tuple[str, ...] = (), whole: str = "") -> Wanted:
    """The chart that shows these figures, of one indicator and breakdown; its only member where there is one."""
    first = figures.iloc[0]
    named = members if chart == "members" else tuple(filter(None, [str(first["member"])]))
    return Wanted(chart, str(first["indicator"]), str(first["breakdown"]), named, whole)


def read(query: Mapping[str, str]) -> Wanted | None:
    """The chart that an address names; None for one that names none."""
    chart, indicator = query.get("chart", ""), query.get("indicator", "")
    by, whole = query.get("by", ""), query.get("whole", "")
    members = tuple(filter(None, query.get("members", "").split(",")))
    fits = (
        chart in CHARTS
        and indicator in indicators()
        and len(members) <= MOST
        and all(re.fullmatch(CODE, code) for code in (*members, *filter(None, [by])))
        and (not whole or bool(re.fullmatch(GEO, whole)))
        and (bool(by) or chart != "members")
    )
    return Wanted(chart, indicator, by, members, whole) if fits else None


def page() -> str:
    """The address of the page as the reader sees it; empty where the browser told none."""
    url, query = st.context.url or "", urlencode(st.query_params.to_dict())
    return f"{url}?{query}" if url and query else url


def alone(shown: Exhibit, reader: Reader) -> str:
    """The address of the chart alone; empty for one that cannot be had alone."""
    if shown.wanted is None or not st.context.url:
        return ""
    own = {LANGUAGE: reader.lang, COUNTRY: reader.country, DAY: str(reader.day or "")}
    query = {**shown.wanted.query, **{name: text for name, text in own.items() if text}}
    return urljoin(st.context.url, f"{EMBED}?{urlencode(query, safe=',')}")


def offer(shown: Exhibit, reader: Reader) -> None:
    """The addresses to copy: of the page, of the chart alone, and what another site has to hold to show it."""
    link, embed = page(), alone(shown, reader)
    if link:
        st.caption(reader.say(N_("Link to this page, as you see it")))
        st.code(link, language=None, wrap_lines=True)
    if embed:
        height = int(shown.figure.layout.height or 400) + 260
        st.caption(reader.say(N_("To show this chart on another site")))
        frame = f'<iframe src="{escape(embed)}" title="{escape(shown.title)}" width="100%" height="{height}"></iframe>'
        st.code(frame, language=None, wrap_lines=True)
