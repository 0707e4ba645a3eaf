"""Public sector: AI cases on record, by definition, country, function, status, technology; and the cases themselves."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd
import streamlit as st

from dashboards import data, summary
from dashboards.charts.ranking import ranking
from dashboards.exhibit import exhibit, plain, show
from dashboards.offered import offer
from dashboards.reader import Reader, reader
from dashboards.selection import newest, newest_period, part
from dashboards.usual import opening, show_members, show_method
from indicators.labels import LABELS, label
from indicators.phrase import number_text, period_text, value_text
from indicators.registry import indicators
from indicators.words import N_, geo_name, translate
from sources.codes import ALL_RECORDED, EU, EU_INSTITUTIONS, MEMBER_STATES

INDICATOR = "public_sector_ai_cases"
DEFINITIONS = {
    "all": N_("All recorded"),
    "eu": N_("In the EU27"),
    "implemented": N_("In the EU27 and in use"),
}
"""What counts as a case -> its name; a count means nothing without it."""


def page(reader: Reader) -> None:
    """Draw the page."""
    figures = reader.figures(INDICATOR)
    title = translate(indicators()[INDICATOR].question, reader.lang)
    if figures.empty:
        opening(title, [translate("This release holds no counts of cases.", reader.lang)])
        return
    opening(title, [_finding(figures, reader)])
    offer(reader)
    definition = _definition(reader)
    st.markdown(plain(_meaning(definition, reader.lang)))
    _by_country(figures, definition, reader)
    _by_parts(figures, definition, reader)
    _list(reader)
    show_method([indicators()[INDICATOR]], reader)


def _count(figures: pd.DataFrame, geo: str, breakdown: str = "", member: str = "") -> float | None:
    rows = part(newest(figures, geo), breakdown, member)
    rows = rows[(rows["geo"] == geo) & rows["value"].notna()]
    return float(rows["value"].iloc[0]) if len(rows) else None


def _finding(figures: pd.DataFrame, reader: Reader) -> str:
    lang = reader.lang
    counts = {
        "all": _count(figures, ALL_RECORDED),
        "union": _count(figures, EU),
        "used": _count(figures, EU, "definition", "implemented"),
    }
    texts = {name: value_text(count, "CASES", lang) for name, count in counts.items()}
    used = texts["used"] if counts["used"] is None else number_text(counts["used"], lang, 0)
    day = period_text(newest_period(part(figures)), lang)
    text = translate(
        "{all} of AI in public administrations were on record on {day}: {union} in the EU27, {used} of them in use.",
        lang,
        day=day,
        **{**texts, "used": used},
    )
    if not reader.country:
        return text
    own = value_text(_count(figures, reader.country), "CASES", lang)
    named = translate("{name}: {list}.", lang, name=geo_name(reader.country, lang), list=own)
    return f"{text} {named}"


def _definition(reader: Reader) -> str:
    chosen = st.segmented_control(
        translate("What counts as a case", reader.lang),
        list(DEFINITIONS),
        default="eu",
        required=True,
        format_func=lambda name: reader.say(DEFINITIONS[name]),
        key="definition",
        persist_state="session",
    )
    return str(chosen or "eu")


def _meaning(definition: str, lang: str) -> str:
    meanings = {
        "all": translate(
            "All cases with AI as their primary technology, in any country and of any status.", lang
        ),
        "eu": translate(
            "Cases with AI as their primary technology in the 27 Member States, of any status.", lang
        ),
        "implemented": translate(
            "Cases with AI as their primary technology in the 27 Member States that are in use.", lang
        ),
    }
    return meanings[definition]


def _by_country(figures: pd.DataFrame, definition: str, reader: Reader) -> None:
    breakdown, member = ("definition", "implemented") if definition == "implemented" else ("", "")
    rows = newest(part(figures, breakdown, member))
    others = [geo for geo in rows["geo"].unique() if geo not in (ALL_RECORDED, EU)]
    wanted = others if definition == "all" else [geo for geo in others if geo in MEMBER_STATES]
    held = rows["geo"].isin(MEMBER_STATES) | (rows["value"] > 0)
    rows = rows[rows["geo"].isin(wanted) & held].sort_values("value", ascending=False, na_position="last")
    if rows.empty:
        st.info(translate("This release holds no counts by country for this definition.", reader.lang))
        return
    title = translate("Cases on record by country", reader.lang)
    if EU_INSTITUTIONS in wanted:
        title = translate("Cases on record by country, and of EU institutions", reader.lang)
    text = summary.of_counts(rows, reader.lang, reader.country)
    chart = ranking(rows, reader.look, reader.lang, reader.country)
    show(exhibit("cases-country", title, text, chart, rows, reader), reader)


def _by_parts(figures: pd.DataFrame, definition: str, reader: Reader) -> None:
    geo = ALL_RECORDED if definition == "all" else EU
    lang, used = reader.lang, definition == "implemented"
    where = translate("all recorded", lang) if definition == "all" else "EU27"
    functions = "cofog_implemented" if used else "cofog"
    titles = {
        functions: translate("By function of government", lang),
        **({} if used else {"status": translate("By status", lang)}),
        "technology": translate("All cases, AI or not, by primary technology", lang),
    }
    for breakdown, title in titles.items():
        show_members(figures, breakdown, f"{title} ({where})", reader, breakdown, whole=geo)


def _list(reader: Reader) -> None:
    lang = reader.lang
    st.subheader(translate("The cases", lang), anchor=False)
    if not data.has_cases(reader.release):
        text = translate(
            "This release holds counts only. A refresh, or an import of the published file, loads the cases.",
            lang,
        )
        st.info(text)
        return
    words, status = _search(lang)
    found = data.case_count(reader.release, words, reader.country, status)
    st.markdown(plain(value_text(found, "CASES", lang)))
    if found:
        pages = -(-found // data.PAGE)
        page = int(st.number_input(translate("Page", lang), 1, pages, key="cases-page")) if pages > 1 else 1
        _table(data.cases(reader.release, words, reader.country, status, page - 1), lang)


def _search(lang: str) -> tuple[str, str]:
    left, right = st.columns([2, 1])
    words = left.text_input(
        translate("Search in name, description and organisation", lang), key="cases-words", max_chars=100
    )
    status = right.selectbox(
        translate("Status", lang),
        ["", *LABELS["status"]],
        format_func=lambda code: label("status", code, lang) if code else translate("Any status", lang),
        key="cases-status",
    )
    return words.strip(), status


def _table(rows: pd.DataFrame, lang: str) -> None:
    """The cases as a grid, which shows every text as text; a chosen one is told in full below."""
    records = rows.to_dict("records")
    shown = pd.DataFrame(
        {
            translate("Case", lang): rows["name"],
            translate("Organisation", lang): rows["organisation"],
            translate("Country or group", lang): [geo_name(row["geo"], lang) for row in records],
            translate("Status", lang): [label("status", row["status"], lang) for row in records],
            translate("Function of government", lang): [
                label("cofog", row["cofog"], lang) for row in records
            ],
            translate("Since", lang): [
                "" if pd.isna(row["start_year"]) else str(int(row["start_year"])) for row in records
            ],
        }
    )
    st.caption(translate("Choose a row to read the case in full.", lang))
    wide = {shown.columns[0]: st.column_config.TextColumn(width="large")}
    narrow = {name: st.column_config.TextColumn(width="small") for name in shown.columns[2:]}
    chosen = st.dataframe(
        shown,
        hide_index=True,
        column_config={**wide, **narrow},
        on_select="rerun",
        selection_mode="single-row",
        key="cases-grid",
    )
    for index in chosen["selection"]["rows"]:
        if index < len(records):
            _case(records[index])


def _case(row: Mapping[Hashable, object]) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(str(row['name']))}**")
        st.markdown(plain(str(row["description"])))
        st.caption(plain(str(row["website"])))


page(reader())
