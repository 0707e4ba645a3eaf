"""Targets: what was set, announced or said, by whom, how far away it is; and investment against its targets."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import data
from dashboards.aims import line, pace
from dashboards.cards import SHAPES
from dashboards.exhibit import Listing, listed, plain
from dashboards.heading import opening
from dashboards.investment import show_investment
from dashboards.reader import Reader, reader
from dashboards.usual import show_method
from indicators.model import Target
from indicators.phrase import NO_BREAK, period_text
from indicators.registry import indicators
from indicators.targets import targets_of
from indicators.words import N_, translate, worded

MEANINGS = {
    "set": N_("set: a legal act sets it"),
    "announced": N_("announced: said to come, nothing binding yet"),
    "proposed": N_("proposed: asked for by a body that cannot set it"),
    "political": N_("political: a stated goal without a legal act"),
    "historic": N_("historic: its time is over"),
}


def page(reader: Reader) -> None:
    """Draw the page."""
    register = data.targets(reader.release)
    opening(
        translate("What does the EU aim for, and how far away is it?", reader.lang),
        [
            translate("The Digital Decade sets targets for 2030; they are under review.", reader.lang),
            translate(
                "There is no target for AI investment yet: one is to be proposed. No legal text sets a target for "
                "enterprises using AI alone.",
                reader.lang,
            ),
        ],
    )
    if not register:
        st.info(translate("This release holds no register of targets.", reader.lang))
        return
    _register(register, reader)
    show_investment(reader, targets_of(register, "ai_investment"))
    show_method([indicators()["ai_investment"]], reader)


def _register(register: tuple[Target, ...], reader: Reader) -> None:
    st.header(translate("Register of targets", reader.lang), anchor=False)
    st.markdown(
        " · ".join(
            f"{SHAPES[status]}{NO_BREAK}{plain(reader.say(text))}" for status, text in MEANINGS.items()
        )
    )
    _listed([line(aim, reader) for aim in register], "targets", N_("Register of targets"), reader)
    paced = [aim for aim in register if aim.indicator and aim.value is not None and aim.status != "historic"]
    if paced:
        st.header(translate("Pace required and achieved", reader.lang), anchor=False)
        _listed([pace(aim, reader) for aim in paced], "pace", N_("Pace required and achieved"), reader)
    st.header(translate("Source and note of each target", reader.lang), anchor=False)
    for aim in register:
        st.markdown(_source(aim, reader))


def _listed(rows: list[dict[str, str]], key: str, title: str, reader: Reader) -> None:
    named = {aim.indicator for aim in data.targets(reader.release)} & indicators().keys()
    listing = Listing(key, reader.say(title), sorted(named), ("curated.targets",))
    listed(pd.DataFrame(rows), listing, reader)


def _source(aim: Target, reader: Reader) -> str:
    lang = reader.lang
    note = plain(translate(aim.note, lang)) if aim.note else ""
    dated = plain(period_text(aim.dated, lang)) if aim.dated else ""
    clause = plain(translate(aim.clause, lang))
    link = f"[{clause}](<{aim.link}>)" if aim.link.startswith("http") else clause
    named = f"**{plain(translate(aim.title, lang))}**"
    return f"- {worded(named, f'{link}, {dated}. {note}', lang)}"


page(reader())
