"""Public sector: AI cases on record, by definition, country, function, status and technology."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import summary
from dashboards.address import follow, keep
from dashboards.charts.ranking import ranking
from dashboards.exhibit import Exhibit, exhibit, plain, show
from dashboards.keeping import kept
from dashboards.links import link
from dashboards.reader import Reader, reader
from dashboards.selection import newest, newest_period, part
from dashboards.themes import theme_page
from dashboards.usual import show_members
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
        none = translate("This release holds no counts of cases.", reader.lang)
        theme_page("public_sector", title, [none], lambda: None, reader, [INDICATOR])
        return
    theme_page(
        "public_sector",
        title,
        [_finding(figures, reader)],
        lambda: _charts(figures, reader),
        reader,
        [INDICATOR],
    )


def _charts(figures: pd.DataFrame, reader: Reader) -> None:
    definition = _definition(reader)
    st.markdown(plain(_meaning(definition, reader.lang)))
    with st.container(horizontal=True):
        link("cases", translate("Search the cases themselves", reader.lang))
    _by_country(figures, definition, reader)
    _by_parts(figures, definition, reader)


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
    follow("definition", lambda text: text in DEFINITIONS, "eu")
    chosen = st.segmented_control(
        translate("What counts as a case", reader.lang),
        list(DEFINITIONS),
        required=True,
        format_func=lambda name: reader.say(DEFINITIONS[name]),
        key="definition",
    )
    keep("definition", "" if chosen == "eu" else str(chosen or ""))
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
    shown = _counted(figures, definition, reader)
    if shown is None:
        st.info(translate("This release holds no counts by country for this definition.", reader.lang))
    else:
        show(shown, reader)


@kept(chart=True)
def _counted(figures: pd.DataFrame, definition: str, reader: Reader) -> Exhibit | None:
    breakdown, member = ("definition", "implemented") if definition == "implemented" else ("", "")
    rows = newest(part(figures, breakdown, member))
    others = [geo for geo in rows["geo"].unique() if geo not in (ALL_RECORDED, EU)]
    wanted = others if definition == "all" else [geo for geo in others if geo in MEMBER_STATES]
    held = rows["geo"].isin(MEMBER_STATES) | (rows["value"] > 0)
    rows = rows[rows["geo"].isin(wanted) & held].sort_values("value", ascending=False, na_position="last")
    if rows.empty:
        return None
    title = translate("Cases on record by country", reader.lang)
    if EU_INSTITUTIONS in wanted:
        title = translate("Cases on record by country, and of EU institutions", reader.lang)
    text = summary.of_counts(rows, reader.lang, reader.country)
    chart = ranking(rows, reader.look, reader.lang, reader.country)
    return exhibit("cases-country", title, text, chart, rows, reader)


def _by_parts(figures: pd.DataFrame, definition: str, reader: Reader) -> None:
    geo = ALL_RECORDED if definition == "all" else EU
    lang, used = reader.lang, definition == "implemented"
    where = translate("all recorded", lang) if definition == "all" else translate("EU27", lang)
    functions = "cofog_implemented" if used else "cofog"
    titles = {
        functions: translate("By function of government", lang),
        **({} if used else {"status": translate("By status", lang)}),
        "technology": translate("All cases, AI or not, by primary technology", lang),
    }
    for breakdown, title in titles.items():
        show_members(figures, breakdown, f"{title} ({where})", reader, breakdown, whole=geo)


page(reader())
