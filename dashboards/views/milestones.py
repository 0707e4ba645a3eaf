"""Milestones: what happened in AI policy, in the order of time, each with its source; and what is expected."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboards.exhibit import plain
from dashboards.heading import opening
from dashboards.reader import Reader, reader
from dashboards.text import csv_text
from indicators.milestones import MILESTONES, PENDING, Milestone
from indicators.phrase import period_text
from indicators.words import apart, translate, worded

COLUMNS = "date end title note source link expected".split()


def page(reader: Reader) -> None:
    """Draw the page."""
    lang = reader.lang
    opening(
        translate("What has happened in European AI policy, and when?", lang),
        [_finding(date.today().isoformat(), lang)],  # noqa: DTZ011 - a day, not a moment
    )
    st.markdown(
        translate(
            "The same dates stand as thin verticals on the charts over time, where a reader switches them on. That "
            "something changed after a milestone does not say that it changed because of it.",
            lang,
        )
    )
    for year in dict.fromkeys(one.date[:4] for one in MILESTONES):
        st.header(year, anchor=False)
        st.markdown("\n".join(_line(one, lang) for one in MILESTONES if one.date[:4] == year))
    st.caption(plain(translate(PENDING, lang)))
    _download(lang)


def _finding(today: str, lang: str) -> str:
    past = [one for one in MILESTONES if one.date <= today and not one.expected]
    coming = [one for one in MILESTONES if one.expected]
    return translate(
        "{count} milestones from {first} to {last}. Expected next: {coming}.",
        lang,
        count=len(past),
        first=period_text(past[0].date[:7], lang),
        last=period_text(past[-1].date[:7], lang),
        coming=apart(
            (f"{translate(one.title, lang)} ({period_text(one.date, lang)})" for one in coming), lang
        ),
    )


def _line(one: Milestone, lang: str) -> str:
    span = " – ".join(period_text(day, lang) for day in (one.date, one.end) if day)
    shape = "◇ " + translate("expected", lang) + " · " if one.expected else "◆ "
    note = f" {plain(translate(one.note, lang))}" if one.note else ""
    title = f"**{plain(translate(one.title, lang))}**"
    source = plain(translate(one.source, lang))
    return f"- {shape}{worded(plain(span), title, lang)}.{note} [{source}](<{one.link}>)"


def _download(lang: str) -> None:
    st.download_button(
        translate("Download all milestones as CSV", lang),
        lambda: csv_text(pd.DataFrame(list(MILESTONES), columns=COLUMNS)),
        file_name="milestones.csv",
        mime="text/csv",
        on_click="ignore",
    )


page(reader())
