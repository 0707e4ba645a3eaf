"""The cases of the Public Sector Tech Watch one by one: search, filters, one case in full, and all found as CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboards import cases, data
from dashboards.address import choice, drop, follow, keep
from dashboards.cases import Search
from dashboards.exhibit import plain, table
from dashboards.heading import opening
from dashboards.links import link
from dashboards.reader import Reader, reader
from dashboards.text import csv_text
from indicators.labels import LABELS, label
from indicators.phrase import date_text, value_text
from indicators.words import N_, alphabetical, geo_name, translate

WORDS, PAGE, CASE = "words", "page", "case"
"""Names in the address, beside those of the filters."""
ALL = "all"
ALL_OF = {
    "where": N_("All countries and groups"),
    "year": N_("All years"),
    "status": N_("Any status"),
    "cofog": N_("All functions"),
    "technology": N_("All technologies"),
}
"""What each filter offers first."""
WIDTHS = (222, 148, 92, 132, 132, 60)
"""Pixels of the columns of the list, so that all stand on a screen of usual width."""
DETAILS = {
    "organisation": N_("Organisation"),
    "level": N_("Level of government"),
    "cofog": N_("Function of government"),
    "status": N_("Status of the case"),
    "technology": N_("Primary technology"),
    "subdomain": N_("AI subdomain"),
    "interaction": N_("Who is served"),
}
"""Columns of a case whose codes have names, in the order in which its page tells them."""


def page(reader: Reader) -> None:
    """Draw the page."""
    lang = reader.lang
    title = translate("Where do public administrations use AI, case by case?", lang)
    if not data.has_cases(reader.release):
        text = translate(
            "This release holds counts only. A refresh, or an import of the published file, loads the cases.",
            lang,
        )
        opening(title, [text])
        return
    place = st.container()
    search = _search(reader)
    found = cases.count(reader.release, search)
    with place:
        opening(title, [_finding(found, lang)])
    shown = _one_asked(reader)
    if found:
        _list(search, found, reader)
        _download(search, reader)
    if shown is None and not found:
        st.markdown(translate("No case meets all of this. Take away a word or a filter.", lang))
    with st.container(horizontal=True):
        link("public_sector", translate("Counts of cases by country, function and status", lang))


def _finding(found: int, lang: str) -> str:
    count = value_text(found, "CASES", lang)
    text = translate("Found: {count} of the Public Sector Tech Watch.", lang, count=count)
    note = translate("The collection is no census: what is not on record may still be in use.", lang)
    return f"{text} {note}"


def _search(reader: Reader) -> Search:
    """The words and filters, all of which stand in the address."""
    lang, release = reader.lang, reader.release
    follow(WORDS, lambda text: 0 < len(text) <= 100, key="cases-words")
    words = st.text_input(
        translate("Search in name, description and organisation", lang), key="cases-words", max_chars=100
    )
    keep(WORDS, words.strip(), "cases-words")
    geos = alphabetical(cases.held(release, "geo"), lang)
    first, second, third = st.columns(3)
    with first:
        where = _filter("where", N_("Country or group"), geos, _highlighted(reader, geos), reader)
        year = _filter(
            "year", N_("Year of start"), [*reversed(cases.held(release, "start_year")), "none"], "", reader
        )
    with second:
        status = _filter("status", N_("Status"), _codes(reader, "status"), "", reader)
        cofog = _filter("cofog", N_("Function of government"), _codes(reader, "cofog"), "", reader)
    with third:
        technology = _filter("technology", N_("Technology"), _codes(reader, "technology"), cases.AI, reader)
    return Search(words.strip(), where, status, cofog, technology, year)


def _highlighted(reader: Reader, geos: list[str]) -> str:
    return reader.country if reader.country in geos else ""


def _codes(reader: Reader, column: str) -> list[str]:
    """The codes that cases have, in the order of the vocabulary."""
    order = list(LABELS[column])
    held = cases.held(reader.release, column)
    return sorted(held, key=lambda code: (order.index(code) if code in order else len(order), code))


def _filter(name: str, title: str, options: list[str], default: str, reader: Reader) -> str:
    """One filter; ``all`` in the address asks for all where something else is the default."""
    lang = reader.lang

    def show_as(code: str) -> str:
        if code == ALL:
            return translate(ALL_OF[name], lang)
        if name == "where":
            return geo_name(code, lang)
        if name == "year":
            return code if code != "none" else translate("not stated", lang)
        return label(name, code, lang)

    chosen = choice(
        translate(title, lang),
        name,
        [ALL, *options],
        default or ALL,
        show_as,
        key=f"cases-{name}-{default}",
    )
    return "" if chosen == ALL else chosen


def _list(search: Search, found: int, reader: Reader) -> None:
    """One page of the cases as a grid, which shows every text as text; a chosen one is told in full below."""
    lang, pages = reader.lang, -(-found // cases.PAGE)
    number = _page(pages, search, lang) if pages > 1 else 1
    rows = cases.page(reader.release, search, number - 1)
    records = rows.to_dict("records")
    shown = pd.DataFrame(
        {
            translate("Case", lang): rows["name"],
            translate("Organisation", lang): rows["organisation"],
            translate("Country", lang): [geo_name(row["geo"], lang) for row in records],
            translate("Status", lang): [label("status", row["status"], lang) for row in records],
            translate("Function", lang): [label("cofog", row["cofog"], lang) for row in records],
            translate("Since", lang): [_year(row["start_year"]) for row in records],
        }
    )
    st.caption(translate("Choose a row to read the case in full.", lang))
    sizes = {
        str(name): st.column_config.TextColumn(width=size) for name, size in zip(shown, WIDTHS, strict=True)
    }
    chosen = st.dataframe(
        shown,
        hide_index=True,
        column_config=sizes,
        on_select="rerun",
        selection_mode="single-row",
        key=f"cases-grid-{number}-{hash(search)}",
    )
    for index in chosen["selection"]["rows"]:
        if index < len(records):
            keep(CASE, str(records[index]["case_id"]))
            _case({str(name): value for name, value in records[index].items()}, lang)


def _page(pages: int, search: Search, lang: str) -> int:
    """The page of the list, in the address unless it is the first; a new search starts at the first."""
    key = f"cases-{PAGE}"
    if st.session_state.get(f"{key}-of", search) != search:
        st.session_state[key] = "1"
    st.session_state[f"{key}-of"] = search
    options = [str(number) for number in range(1, pages + 1)]
    title = translate("Page", lang)
    return int(choice(title, PAGE, options, "1", lambda one: _page_name(one, pages, lang), key=key))


def _page_name(page: str, pages: int, lang: str) -> str:
    return translate("{page} of {pages}", lang, page=page, pages=pages)


def _one_asked(reader: Reader) -> str | None:
    """The case that the address names, told before the list; None without one."""
    named = st.query_params.get(CASE, "")
    if not named:
        return None
    if named == st.session_state.get(f"address-{CASE}"):  # chosen in the list below
        st.query_params.pop(CASE)
        st.session_state.pop(f"address-{CASE}")
        return None
    row = cases.one(reader.release, named)
    if row is None:
        drop(CASE)
        st.query_params.pop(CASE)
        return None
    _case(row, reader.lang)
    return named


def _case(row: Mapping[str, object], lang: str) -> None:
    """One case with all that is on record of it; every text of the source stays text."""
    with st.container(border=True):
        st.header(plain(str(row["name"])), anchor=False)
        st.markdown(plain(str(row["description"])))
        told = {translate("Country or group", lang): geo_name(str(row["geo"]), lang)}
        for column, title in DETAILS.items():
            code = str(row.get(column) or "")
            if code:
                told[translate(title, lang)] = label(column, code, lang)
        told[translate("Year of start", lang)] = _year(row["start_year"]) or translate("not stated", lang)
        if row.get("source"):
            told[translate("Recorded from", lang)] = str(row["source"])
        updated = row.get("updated")
        if isinstance(updated, pd.Timestamp) and not pd.isna(updated):
            told[translate("Record updated", lang)] = date_text(updated.date(), lang)
        told[translate("Identifier", lang)] = str(row["case_id"])
        table(
            pd.DataFrame(
                {translate("Particulars", lang): told.keys(), translate("Value", lang): told.values()}
            )
        )
        st.markdown(_websites(str(row["website"] or "")))


def _websites(text: str) -> str:
    """The addresses that a case names, as links where they are addresses of the web."""
    return " · ".join(
        f"[{plain(one)}](<{one}>)" if re.fullmatch(r"https?://[^\s<>]+", one) else plain(one)
        for one in text.split()
    )


def _year(value: object) -> str:
    return "" if pd.isna(value) else str(int(float(str(value))))  # type: ignore[call-overload]


def _download(search: Search, reader: Reader) -> None:
    st.download_button(
        translate("Download the cases found as CSV", reader.lang),
        lambda: csv_text(cases.all_found(reader.release, search).assign(release=reader.release.id)),
        file_name="cases.csv",
        mime="text/csv",
        key="csv-cases",
        on_click="ignore",
    )
    st.caption(
        translate("Source: Public Sector Tech Watch (European Commission), licence CC BY 4.0.", reader.lang)
    )


page(reader())
