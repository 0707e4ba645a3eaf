"""Actors and systems that the Apply AI strategy and its neighbours name: what each is, and what it can be followed by."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import data
from dashboards.address import follow, keep
from dashboards.charts.marks import Row, records
from dashboards.exhibit import Listing, listed, plain
from dashboards.heading import opening
from dashboards.reader import Reader, reader
from dashboards.text import csv_text
from indicators.labels import label
from indicators.phrase import number_text, period_text
from indicators.registry import indicators
from indicators.words import N_, alphabetical, geo_name, translate, worded
from sources.curated.actors import KINDS, NOT_IN_PSTW, places

KIND_WORDS = {
    "system": N_("System"),
    "body": N_("Body"),
    "network": N_("Network or programme"),
    "facility": N_("Facility"),
    "commitment": N_("Voluntary commitment"),
}
STATE_WORDS = {
    "announced": N_("◇ announced"),
    "at work": N_("● at work"),
    "": N_("□ status not stated"),
}
KIND, SEARCH = "kind", "words"
"""Names in the query string and in the session."""


def page(reader: Reader) -> None:
    """Draw the page."""
    lang, rows = reader.lang, records(data.actors(reader.release))
    title = translate("Which actors and systems does the Apply AI strategy build on?", lang)
    if not rows:
        opening(
            title,
            [
                translate(
                    "This release holds no register of actors and systems; a refresh loads it.",
                    lang,
                )
            ],
        )
        return
    opening(title, [_finding(rows, lang)])
    st.markdown(
        translate(
            "Numbers stand here only where a text that can be cited states them; all others are followed by their "
            "status alone. “Not in PSTW” means that the Public Sector Tech Watch records no case of that name, not "
            "that the system is not in use.",
            lang,
        )
    )
    shown = _chosen(rows, lang)
    st.caption(
        translate(
            "{shown} of {all} entries",
            lang,
            shown=len(shown),
            all=len(rows),
        )
    )
    if shown:
        st.table(pd.DataFrame([_line(row, lang) for row in shown]), border="horizontal", hide_index=True)
    _by_country(rows, reader)
    _download(reader)


def _finding(rows: list[Row], lang: str) -> str:
    systems = [row for row in rows if row["kind"] == "system"]
    return translate(
        "{all} actors and systems are named; {recorded} of the {systems} systems are cases of the Public Sector Tech "
        "Watch, and {counted} entries have a published number.",
        lang,
        all=len(rows),
        systems=len(systems),
        recorded=sum(str(row["pstw_id"]).startswith("PSTW-") for row in systems),
        counted=sum(row["measure"] == "count" for row in rows),
    )


def _chosen(rows: list[Row], lang: str) -> list[Row]:
    """The entries of the kind and with the words that the reader asks for; both stand in the address."""
    follow(KIND, lambda text: text in KINDS)
    follow(SEARCH, bool)
    one, other = st.columns(2)
    kind = one.selectbox(
        translate("Kind", lang),
        ["", *KINDS],
        format_func=lambda kind: translate(KIND_WORDS[kind] if kind else N_("All kinds"), lang),
        key=KIND,
    )
    words = other.text_input(translate("Words in the entry", lang), key=SEARCH, max_chars=100)
    keep(KIND, kind or "")
    keep(SEARCH, words or "")
    return [row for row in rows if kind in ("", None, row["kind"]) and _says(row, words or "", lang)]


def _says(row: Row, words: str, lang: str) -> bool:
    told = [str(row[name]) for name in ("name", "owner", "passage", "counted", "note")]
    place = geo_name(str(row["country"]), lang)
    text = " ".join([*told, *(translate(one, lang) for one in told if one), place, str(row["pstw_id"])])
    return all(word in text.casefold() for word in words.casefold().split())


def _line(row: Row, lang: str) -> dict[str, str]:
    """An entry as cells in Markdown, in which only our own links are links."""
    who = [translate(KIND_WORDS[str(row["kind"])], lang), *_owner(row, lang)]
    dated = plain(period_text(str(row["date"]), lang))
    source = f"[{plain(_said(row, 'source', lang))}](<{row['link']}>), {dated}"
    passage = translate("Named in: {passage}", lang, passage=translate(str(row["passage"]), lang))
    return {
        translate(
            "Actor or system", lang
        ): f"**{plain(_said(row, 'name', lang))}** · {plain(' · '.join(who))}",
        translate("Public Sector Tech Watch", lang): _case(row, lang),
        translate("Followed by", lang): " ".join([_measure(row, lang), plain(_said(row, "note", lang))]),
        translate("Passage and source", lang): f"{plain(passage)}. {source}",
    }


def _owner(row: Row, lang: str) -> list[str]:
    """Who answers for it, and in which country, where that is not the EU as a whole."""
    country = str(row["country"])
    return [text for text in (_said(row, "owner", lang), geo_name(country, lang)) if text]


def _said(row: Row, column: str, lang: str) -> str:
    return translate(str(row[column]), lang) if row[column] else ""


def _case(row: Row, lang: str) -> str:
    """The case with its status and country as the Tech Watch has them, linked to the page that the case names."""
    case = str(row["pstw_id"])
    if not case:
        return plain(translate("not a system: no case to look for", lang))
    if case == NOT_IN_PSTW:
        return plain(translate("□ not in PSTW", lang))
    pages = [text for text in str(row["case_website"]).split() if text.startswith("https://")]
    linked = f"[{plain(case)}](<{pages[0]}>)" if pages and not set("<>") & set(pages[0]) else plain(case)
    if not row["case_status"]:
        gone = translate("not among the cases of this release", lang)
        return f"□ {worded(linked, plain(gone), lang)}"
    told = f"{label('status', str(row['case_status']), lang)}, {geo_name(str(row['case_geo']), lang)}"
    return f"● {worded(linked, plain(told), lang)}"


def _measure(row: Row, lang: str) -> str:
    state = translate(STATE_WORDS[str(row["state"])], lang)
    if row["measure"] == "indicator":
        return plain(translate(indicators()[str(row["indicator"])].title, lang)) + "."
    if row["measure"] == "status only" and row["case_status"]:
        return plain(translate("status only: that of its case", lang)) + "."
    if row["measure"] == "status only":
        return plain(translate("status only: {state}", lang, state=state)) + "."
    number = number_text(float(str(row["count"])), lang, 0)
    words = N_("more than {number} {counted}") if row["relation"] == "more than" else N_("{number} {counted}")
    told = translate(words, lang, number=number, counted=_said(row, "counted", lang))
    return f"**{plain(told)}**."


def _by_country(rows: list[Row], reader: Reader) -> None:
    """The numbers by country, where a source gives them; who is not listed there has none."""
    lang = reader.lang
    counted = {str(row["name"]): places(str(row["by_country"])) for row in rows if row["by_country"]}
    if not counted:
        return
    st.header(translate("Numbers by country", lang), anchor=False)
    geos = alphabetical({geo for found in counted.values() for geo in found}, lang)
    cells = [
        {
            translate("Country or group", lang): geo_name(geo, lang),
            **{
                translate(name, lang): str(found.get(geo) or translate("none", lang))
                for name, found in counted.items()
            },
        }
        for geo in geos
    ]
    title = translate("Numbers by country", reader.lang)
    listed(pd.DataFrame(cells), Listing("actors-by-country", title, views=("curated.actors",)), reader)


def _download(reader: Reader) -> None:
    st.download_button(
        translate("Download the register as CSV", reader.lang),
        lambda: csv_text(data.actors(reader.release).assign(release=reader.release.id)),
        file_name="actors.csv",
        mime="text/csv",
        on_click="ignore",
    )


page(reader())
