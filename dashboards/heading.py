"""How a page begins: its question, what the figures say of it, and a note to their newest change.

What is drawn below belongs to usual.py and to the page's view.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboards.charts.marks import Row, number, text_of
from dashboards.keeping import kept
from dashboards.reader import Reader
from dashboards.selection import change_of, member_states, newest, part, stated
from dashboards.text import plain
from indicators.phrase import PERCENTAGES, above_text, finding, one_bracket, period_text
from indicators.words import N_, geo_name, translate, worded
from sources.codes import EU


def opening(title: str, sentences: Sequence[str]) -> None:
    """A page's question and, below it, the finding."""
    st.title(plain(title), anchor=False)
    st.markdown(plain(" ".join(sentence for sentence in sentences if sentence)))


@kept()
def findings(
    figures: pd.DataFrame, sentence: str, reader: Reader, breakdown: str = "", member: str = ""
) -> list[str]:
    """The EU's value in ``sentence``, how many Member States lie above it, and the chosen country's value.

    Of the total, or of one member of a breakdown.
    """
    figures = part(figures, breakdown, member)
    union, own = stated(figures, EU), stated(figures, reader.country) if reader.country else None
    if union is None:
        words = N_("No EU value for it was known on that day.")
        said = [reader.say(words if reader.day else N_("This release holds no EU value for it."))]
    else:
        said = [_filled(sentence, union, reader.lang)]
        value, now = number(union["value"]), member_states(newest(figures))
        if value is not None and number(union["low"]) is None and union["unit"] in PERCENTAGES:
            said.append(above_text(now["value"], value, str(union["unit"]), reader.lang))
    if reader.country:
        words = in_or_on(figures, reader.lang)
        said.append(_filled(words, own, reader.lang) if own else _without(reader))
    return said


def in_or_on(figures: pd.DataFrame, lang: str) -> str:
    """The sentence that names a place, its value and its period, which may be a day."""
    if figures["period"].str.len().max() == len("2026-03-04"):
        return translate("{name}: {value} on {period}", lang)
    return translate("{name}: {value} in {period}", lang)


def _filled(sentence: str, row: Row, lang: str) -> str:
    period, name = period_text(str(row["period"]), lang), geo_name(str(row["geo"]), lang)
    said = one_bracket(sentence.format(value=text_of(row, lang), period=period, name=name))
    return finding(said, change_of(row), lang)


def _without(reader: Reader) -> str:
    return translate(
        "{name}: no value in this release.", reader.lang, name=geo_name(reader.country, reader.lang)
    )


def note(figures: pd.DataFrame, reader: Reader, breakdown: str = "", member: str = "") -> None:
    """The note to the newest change of the EU or the chosen country, where it has one."""
    text = _noted(figures, reader, breakdown, member)
    if text:
        st.markdown(worded(f"**{translate('Note', reader.lang)}**", text, reader.lang))


@kept()
def _noted(figures: pd.DataFrame, reader: Reader, breakdown: str, member: str) -> str:
    row = stated(part(figures, breakdown, member), reader.geo)
    if row is None or row["change_status"] != "noted" or not row["change_note"]:
        return ""
    return plain(translate(str(row["change_note"]), reader.lang))
