"""Sectors of the Apply AI strategy: what official statistics measure in each, what cases add, what nobody measures."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards.address import follow, keep
from dashboards.charts.marks import Row, has_value, text_of
from dashboards.exhibit import Listing, listed, plain
from dashboards.heading import opening
from dashboards.keeping import kept
from dashboards.offered import offer
from dashboards.reader import Reader, reader
from dashboards.sectors_told import Find, finding, near, own, shaped
from dashboards.selection import member_states, part, stated
from dashboards.usual import show_members, show_method, show_ranking, show_trend
from indicators.labels import label
from indicators.phrase import one_bracket, period_text, value_text
from indicators.registry import indicators
from indicators.sectors import BY_ACTIVITY, CASES, KINDS, Reading, Sector, Table, sectors
from indicators.sectors_coverage import KIND_WORDS, MEANINGS, Word, coverage
from indicators.words import apart, translate, worded
from sources.codes import EU
from sources.eurostat_tables import TABLES

SECTOR, ACTIVITY = "sector", "activity"
"""Names in the query string and in the session."""
MOST_FUNCTIONS = 2
"""Up to so many functions the coverage tells one by one."""
USED = {"cofog": "cofog_implemented"}
"""Breakdown of all cases -> the same of cases in use."""


def page(reader: Reader) -> None:
    """Draw the page."""
    lang, places = reader.lang, st.container()
    sector, find = _chosen(lang), _find(reader)
    with places:
        opening(
            translate("How far has AI come in the sectors of the Apply AI strategy?", lang),
            [finding(sector, find, lang), own(sector, find, reader.country, lang)],
        )
    st.header(plain(translate(sector.title, lang)), anchor=False)
    offer(reader, sector)
    if sector.future:
        st.markdown(translate("The strategy names this sector as one that may follow.", lang))
    _statistics(sector, reader.within())
    _cases(sector, reader.within())
    _unmeasured(sector, lang)
    _matrix(reader)
    named = dict.fromkeys(one.indicator for one in sector.readings)
    show_method([indicators()[name] for name in named or (BY_ACTIVITY,)], reader)


def _chosen(lang: str) -> Sector:
    """The sector that the address or the reader names."""
    follow(SECTOR, lambda text: text in sectors(), default=next(iter(sectors())))
    name = st.selectbox(
        translate("Sector", lang),
        list(sectors()),
        format_func=lambda name: _title(sectors()[name], lang),
        key=SECTOR,
    )
    keep(SECTOR, str(name))
    return sectors()[str(name)]


def _title(sector: Sector, lang: str) -> str:
    title = translate(sector.title, lang)
    return translate("{sector} (may follow)", lang, sector=title) if sector.future else title


def _find(reader: Reader) -> Find:
    def find(reading: Reading, geo: str = EU, period: str = "") -> Row | None:
        return _found(reading, geo, period, reader.anybody())

    return find


@kept()
def _found(reading: Reading, geo: str, period: str, reader: Reader) -> Row | None:
    rows = part(reader.figures(reading.indicator), reading.breakdown, reading.member)
    return stated(rows[rows["period"] == period] if period else rows, geo)


def _statistics(sector: Sector, reader: Reader) -> None:
    lang = reader.lang
    st.header(translate("What official statistics measure", lang), anchor=False)
    st.markdown(f"{_said(sector.fit, lang)}. {plain(translate(sector.scope, lang))}")
    if sector.activities:
        _activities(sector, reader)
    for one in sector.related:
        told = _near(one, reader) if isinstance(one, Reading) else _table(one, lang)
        st.markdown(f"- {told} {plain(translate(one.note, lang))}")


def _activities(sector: Sector, reader: Reader) -> None:
    lang, figures = reader.lang, reader.figures(BY_ACTIVITY)
    members = tuple(sector.activities)
    title = translate("Use of AI by enterprises of the sector", lang)
    show_members(figures, "nace_r2", title, reader, f"sector-{sector.id}", members=members)
    code = members[0]
    if len(members) > 1:
        code = str(
            st.selectbox(
                translate("Activity by country and over time", lang),
                members,
                format_func=lambda code: label("nace_r2", code, lang),
                key=f"{ACTIVITY}-{sector.id}",
                persist_state="session",
            )
        )
    own, key = part(figures, "nace_r2", code), f"sector-{sector.id}-{code}"
    name = label("nace_r2", code, lang)
    if not has_value(member_states(own)).any():
        st.info(translate("This release holds no values by country for it; a refresh loads them.", lang))
        return
    by_country = translate("{title} by country", lang, title=name)
    show_ranking(figures, by_country, reader, f"{key}-ranking", "nace_r2", code)
    if own[has_value(own)]["period"].nunique() > 1:
        over_time = translate("{title} over time", lang, title=name)
        show_trend(figures, over_time, reader, f"{key}-trend", (), "nace_r2", code)
    else:
        st.caption(translate("This release holds one year only: there is no trend to show.", lang))


def _near(reading: Reading, reader: Reader) -> str:
    """The EU's value of something near the sector, by its name; Markdown."""
    word, name, told = near(reading, _find(reader), reader.lang)
    value = f", EU: {plain(told)}" if told else ""
    return f"{_said(word, reader.lang)}: **{plain(name)}**{value}."


def _table(near: Table, lang: str) -> str:
    """A table that no indicator reads yet, with its link; Markdown."""
    dataset = next(one for one in TABLES if one.id == near.dataset)
    link = f"[{plain(dataset.code)}](<{dataset.landing_page}>)"
    return f"{_said('not loaded', lang)}: {plain(label('publisher', dataset.publisher, lang))}, {link}."


def _said(word: Word, lang: str) -> str:
    return plain(shaped(word, lang))


def _cases(sector: Sector, reader: Reader) -> None:
    lang = reader.lang
    st.header(translate("What the Public Sector Tech Watch adds", lang), anchor=False)
    if not sector.functions:
        text = translate(
            "No function of government stands for this sector, so its cases are not counted.", lang
        )
        st.markdown(f"{_said('not measured', lang)}. {plain(text)}")
        return
    st.markdown(plain(translate(sector.cases_scope, lang)))
    figures = reader.figures(CASES)
    for breakdown in dict.fromkeys(name for name, _ in sector.functions):
        members = tuple(member for name, member in sector.functions if name == breakdown)
        for which, definition in _definitions(breakdown, lang).items():
            title = worded(label("breakdown", breakdown, lang), definition, lang)
            show_members(figures, which, title, reader, f"sector-{sector.id}-{which}", members=members)
    st.markdown(
        plain(
            translate(
                "A case counts with AI as its primary technology, in the edition of the day. The collection is no "
                "census: a function without a case has none on record, which does not mean that nobody uses AI there.",
                lang,
            )
        )
    )


def _definitions(breakdown: str, lang: str) -> dict[str, str]:
    """The breakdowns to show -> which cases each counts."""
    found = {breakdown: translate("AI cases of any status", lang)}
    if breakdown in USED:
        found[USED[breakdown]] = translate("AI cases in use", lang)
    return found


def _unmeasured(sector: Sector, lang: str) -> None:
    st.header(translate("What nobody measures", lang), anchor=False)
    lines = [
        f"- {worded(_said('not measured', lang), plain(translate(one, lang)), lang)}"
        for one in sector.unmeasured
    ]
    st.markdown("\n".join(lines))


def _matrix(reader: Reader) -> None:
    """Every sector against every kind of data, and below it what the words mean."""
    lang = reader.lang
    title = translate("Which data speak of which sector", lang)
    st.header(title, anchor=False)
    listed(_rows(reader), Listing("sectors", title, _all_asked()), reader)
    with st.expander(translate("What the words mean", lang), key="coverage-words"):
        st.markdown(
            "\n".join(
                f"- {worded(_said(word, lang), plain(translate(text, lang)), lang)}"
                for word, text in MEANINGS.items()
            )
        )


@kept(lambda *_: _all_asked())
def _rows(reader: Reader) -> pd.DataFrame:
    return pd.DataFrame([_coverage(sector, reader) for sector in sectors().values()])


def _all_asked() -> list[str]:
    return sorted({name for sector in sectors().values() for name in _asked(sector)})


def _coverage(sector: Sector, reader: Reader) -> dict[str, str]:
    lang = reader.lang
    held = {name for name in _asked(sector) if has_value(reader.figures(name)).any()}
    cells = {translate("Sector", lang): _title(sector, lang)}
    for kind in KINDS:
        word = coverage(sector, kind, held)
        said, more = shaped(word, lang), _detail(sector, kind, word, reader)
        cells[translate(KIND_WORDS[kind], lang)] = worded(said, more, lang) if more else said
    return cells


def _asked(sector: Sector) -> set[str]:
    return {BY_ACTIVITY, CASES, *(one.indicator for one in sector.related if isinstance(one, Reading))}


def _detail(sector: Sector, kind: str, word: Word, reader: Reader) -> str:
    """The EU's value of the widest activity, or the number of cases of the first breakdown."""
    lang = reader.lang
    if kind == "activities" and word in ("measured", "in part", "stand-in"):
        row = _find(reader)(sector.readings[0])
        return one_bracket(f"{text_of(row, lang)} ({period_text(str(row['period']), lang)})") if row else ""
    return _counted(sector, reader) if kind == "cases" and word == "counted" else ""


def _counted(sector: Sector, reader: Reader) -> str:
    """The number of cases in each function of the first breakdown; of all together where there are many."""
    lang, first = reader.lang, sector.functions[0][0]
    asked = [one for one in sector.functions if one[0] == first]
    chosen = asked if len(asked) <= MOST_FUNCTIONS else [("", "")]
    told = []
    for breakdown, member in chosen:
        row = _find(reader)(Reading(CASES, breakdown, member))
        count = value_text(float(str(row["value"])) if row else None, "CASES", lang)
        told.append(worded(label(breakdown, member, lang), count, lang) if len(chosen) > 1 else count)
    return apart(told, lang)


page(reader())
