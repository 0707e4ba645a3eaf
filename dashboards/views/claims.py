"""Claims: what official texts say, beside the figures as known on their day and now, with the verdict on each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import duckdb
import pandas as pd
import streamlit as st

from dashboards import data
from dashboards.address import follow, keep
from dashboards.exhibit import plain
from dashboards.heading import opening
from dashboards.reader import Reader, reader
from dashboards.text import csv_text
from indicators.claim_words import (
    COLUMNS,
    MEANINGS,
    ROUNDED,
    SHAPES,
    VERDICT_WORDS,
    asked_text,
    claimed_text,
    known_text,
    rows,
)
from indicators.claims import WORDS, Claim, Verdict, Word, agrees, tally, verdicts
from indicators.claims import Reading as Compared
from indicators.phrase import date_text, period_text
from indicators.words import apart, translate, worded
from warehouse.read import OpenRelease

UNJUDGED: tuple[Word, ...] = ("not loaded", "quoted")
VERDICT, SEARCH = "verdict", "words"
"""Names in the query string and in the session."""


def page(reader: Reader) -> None:
    """Draw the page."""
    found, lang = _judged(reader.release), reader.lang
    title = translate("Do the data bear out what official texts say about AI?", lang)
    if not found:
        opening(title, [translate("This release holds no register of claims; a refresh loads it.", lang)])
        return
    opening(title, [_finding(found, lang)])
    st.markdown(
        translate(
            "Each claim is held against the figure as it was known on the day of the text, and as it is known now. "
            "The verdicts are computed anew with every release.",
            lang,
        )
        + " "
        + translate(
            "Claims stand in English, shortened to what can be checked; the link leads to the text.", lang
        )
    )
    if reader.day:
        st.info(translate("This page compares with what is known now, whatever day is chosen.", lang))
    shown = _chosen(found, lang)
    st.caption(translate("{shown} of {all} claims", lang, shown=len(shown), all=len(found)))
    for _, group in groupby(shown, lambda verdict: verdict.claim.group):
        _group(list(group), lang)
    _meanings(lang)
    _download(found, reader)


@st.cache_resource(
    max_entries=3, show_spinner=False, hash_funcs={OpenRelease: lambda opened: str(opened.folder)}
)
def _judged(opened: OpenRelease) -> tuple[Verdict, ...]:
    """A published release never changes, so neither do its verdicts."""
    try:
        return verdicts(opened)
    except duckdb.IOException as error:
        raise data.SourcesGone(str(error)) from error


def _finding(found: Sequence[Verdict], lang: str) -> str:
    counts = tally(found)
    judged = {word: count for word, count in counts.items() if word not in UNJUDGED}
    said = translate(
        "Of {all} claims, {judged} can be judged by figures of this release",
        lang,
        all=len(found),
        judged=sum(judged.values()),
    )
    told = apart(
        (f"{translate(VERDICT_WORDS[word], lang)} ({count})" for word, count in judged.items()), lang
    )
    return f"{worded(said, told, lang)}." if told else f"{said}."


def _chosen(found: Sequence[Verdict], lang: str) -> list[Verdict]:
    """The claims with the verdict and the words that the reader asks for; both stand in the address."""
    counts = tally(found)
    follow(VERDICT, lambda text: text in WORDS)
    follow(SEARCH, bool)
    one, other = st.columns(2)
    word = one.selectbox(
        translate("Verdict", lang),
        ["", *WORDS],
        format_func=lambda word: (
            _named(word, counts.get(word, 0), lang) if word else translate("All verdicts", lang)
        ),
        key=VERDICT,
    )
    words = other.text_input(translate("Words in the claim or its source", lang), key=SEARCH)
    keep(VERDICT, word or "")
    keep(SEARCH, words or "")
    return [
        verdict for verdict in found if word in ("", None, verdict.word) and _says(verdict.claim, words or "")
    ]


def _named(word: Word, count: int, lang: str) -> str:
    return f"{SHAPES[word]} {translate(VERDICT_WORDS[word], lang)} ({count})"


def _says(claim: Claim, words: str) -> bool:
    text = f"{claim.text} {claim.source} {claim.note}".casefold()
    return all(word in text for word in words.casefold().split())


def _group(group: Sequence[Verdict], lang: str) -> None:
    """Claims of one passage, with its source said once."""
    claim = group[0].claim
    with st.container(border=True):
        for verdict in group:
            st.markdown(_told(verdict, lang))
        dated = plain(period_text(claim.dated, lang))
        st.caption(f"{translate('Source: {publisher}', lang, publisher=_link(claim))} · {dated}")


def _link(claim: Claim) -> str:
    return f"[{plain(claim.source)}](<{claim.link}>)"


def _told(verdict: Verdict, lang: str) -> str:
    """The claim, its verdict, and a line for every figure that it may mean; Markdown."""
    claim = verdict.claim
    word = f"**{SHAPES[verdict.word]} {plain(translate(VERDICT_WORDS[verdict.word], lang))}**"
    lines = [f"{word} · {plain(claim.text)}"]
    if verdict.readings:
        claimed = translate("Claimed: {value}", lang, value=claimed_text(claim, lang))
        lines.append(f"- {plain(claimed)}")
    lines += [f"- {plain(_compared(claim, reading, lang))}" for reading in verdict.readings]
    if verdict.rounded:
        lines.append(f"- {plain(translate(ROUNDED, lang))}")
    if claim.note:
        lines.append(f"- {worded(plain(translate('Note', lang)), plain(translate(claim.note, lang)), lang)}")
    return "\n".join([lines[0], "", *lines[1:]])


def _compared(claim: Claim, reading: Compared, lang: str) -> str:
    day = date_text(claim.as_of, lang) if claim.as_of else ""
    text = translate(
        "{whose} – known on {day}: {then}; known now: {now}",
        lang,
        whose=asked_text(reading.asked, lang),
        day=day,
        then=known_text(reading.then, lang),
        now=known_text(reading.now, lang),
    )
    decisive = reading.then or (None if claim.momentary else reading.now)
    if not reading.asked.title or decisive is None:
        return text
    borne_out = translate("read like this, the claim is borne out", lang)
    not_so = translate("read like this, it is not borne out either", lang)
    return f"{text} ({borne_out if agrees(claim, decisive) else not_so})"


def _meanings(lang: str) -> None:
    with st.expander(translate("What the verdicts mean", lang), key="meanings"):
        for word in WORDS:
            named = plain(translate(VERDICT_WORDS[word], lang))
            st.markdown(
                f"- {SHAPES[word]} {worded(f'**{named}**', plain(translate(MEANINGS[word], lang)), lang)}"
            )
        notes = (
            translate(
                "A value is equal where it reads the same at the decimals that the text states, rounded half up.",
                lang,
            ),
            translate(
                "A claim about a moment, such as “recorded in 2024”, is judged by what was known at that moment only.",
                lang,
            ),
        )
        for note in notes:
            st.markdown(plain(note))


def _download(found: Sequence[Verdict], reader: Reader) -> None:
    def flat() -> str:
        stated = [row for verdict in found for row in rows(verdict, reader.release.id)]
        return csv_text(pd.DataFrame(stated, columns=COLUMNS))

    st.download_button(
        translate("Download all claims as CSV", reader.lang),
        flat,
        file_name="claims.csv",
        mime="text/csv",
        on_click="ignore",
    )


page(reader())
