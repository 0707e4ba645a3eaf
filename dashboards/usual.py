"""The exhibits that most pages have: a map, a ranking, a trend, the members of a breakdown; and how they are measured.

What is particular to one page stands in its view.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboards import data, summary
from dashboards.charts.bars import bars
from dashboards.charts.map import europe, shapes
from dashboards.charts.marks import complete
from dashboards.charts.moments import within
from dashboards.charts.ranking import ranking
from dashboards.charts.trend import trend
from dashboards.exhibit import Exhibit, exhibit, plain, show, source_lines
from dashboards.keeping import kept
from dashboards.reader import Reader
from dashboards.selection import newest, newest_period, part
from dashboards.takeaway.links import wanted
from indicators.labels import LABELS, label
from indicators.milestones import Milestone
from indicators.model import Indicator, Target
from indicators.phrase import period_text
from indicators.words import translate, worded
from sources.codes import EU, MEMBER_STATES

TOTALS = ("CASES", "ENT", "THS_PER", "EUR_BN", "USD_BN", "NODES")
"""Units of amounts, of which the EU has the sum of its Member States."""


def show_map(
    figures: pd.DataFrame, title: str, reader: Reader, key: str, breakdown: str = "", member: str = ""
) -> None:
    """The map of the newest period, or a sentence that says why there is none.

    Of the total, or of one member of a breakdown; ``key`` must tell members apart.
    """
    shown = _map(figures, title, reader, key, breakdown, member)
    if shown is None:
        st.info(
            translate("This release holds no values by country for it; a refresh loads them.", reader.lang)
        )
        return
    show(shown, reader)
    st.caption(_attribution(reader.lang))


@kept(chart=True)
def _map(
    figures: pd.DataFrame, title: str, reader: Reader, key: str, breakdown: str, member: str
) -> Exhibit | None:
    figures = part(figures, breakdown, member)
    now = _countries(figures, reader, tuple(shapes()["countries"]))
    if now is None:
        return None
    period = period_text(newest_period(figures), reader.lang)
    chart = europe(now, reader.look, reader.lang, reader.country)
    text = _summary(now[now["geo"].isin([EU, *MEMBER_STATES])], reader)
    return exhibit(key, f"{title}, {period}", text, chart, now, reader, wanted("map", now))


def _summary(rows: pd.DataFrame, reader: Reader) -> str:
    """What a map or a ranking says in words: counts of a collection rank nobody."""
    counted = (rows["unit"] == "CASES").any()
    return (summary.of_counts if counted else summary.of_ranking)(rows, reader.lang, reader.country)


def _attribution(lang: str) -> str:
    return translate(
        "Shapes: Natural Earth, projection ETRS89-LAEA. Cyprus is drawn as one island; figures concern the areas "
        "under the effective control of its Government. Kosovo: this designation is without prejudice to "
        "positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo "
        "declaration of independence. Borders imply no opinion.",
        lang,
    )


def show_ranking(
    figures: pd.DataFrame, title: str, reader: Reader, key: str, breakdown: str = "", member: str = ""
) -> None:
    """The ranking of the Member States in the newest period, with the EU; nothing without countries.

    Of the total, or of one member of a breakdown; ``key`` must tell members apart.
    """
    shown = _ranking(figures, title, reader, key, breakdown, member)
    if shown is not None:
        show(shown, reader)


@kept(chart=True)
def _ranking(
    figures: pd.DataFrame, title: str, reader: Reader, key: str, breakdown: str, member: str
) -> Exhibit | None:
    figures = part(figures, breakdown, member)
    now = _countries(figures, reader, MEMBER_STATES)
    if now is None:
        return None
    rows = now[now["geo"].isin([EU, *MEMBER_STATES])].sort_values(
        "value", ascending=False, na_position="last"
    )
    text = _summary(rows, reader)
    if rows["unit"].isin(TOTALS).any():  # beside the sum of all, no country could be told from another
        rows = rows[rows["geo"] != EU]
    chart = ranking(rows, reader.look, reader.lang, reader.country)
    period = period_text(newest_period(figures), reader.lang)
    return exhibit(key, f"{title}, {period}", text, chart, rows, reader, wanted("ranking", rows))


def _countries(figures: pd.DataFrame, reader: Reader, geos: Sequence[str]) -> pd.DataFrame | None:
    """The newest period of one total or member with a row for every Member State; None without any of them."""
    now = newest(figures)
    if not now["geo"].isin(MEMBER_STATES).any():
        return None
    whole = "full" in set(data.sources(reader.release, now)["scope"])
    known = now[now["geo"].isin([EU, *geos])]
    return complete(known, MEMBER_STATES, "not measured" if whole else "not loaded")


def show_trend(
    figures: pd.DataFrame,
    title: str,
    reader: Reader,
    key: str,
    targets: Sequence[Target] = (),
    breakdown: str = "",
    member: str = "",
    peers: tuple[str, ...] = (),
) -> None:
    """All periods of the EU, the Member States, the chosen country and its peers; nothing without a value.

    Of the total, or of one member of a breakdown; ``key`` must tell members apart.
    """
    marked = bool(st.session_state.get(f"milestones-{key}"))
    shown = _trend(figures, title, reader, key, tuple(targets), breakdown, member, marked, peers)
    if shown is not None:
        show(shown, reader)
        _offer_milestones(within(list(shown.figures["period"])), marked, reader, key)


def _offer_milestones(found: Sequence[Milestone], marked: bool, reader: Reader, key: str) -> None:
    """The switch of the verticals below a trend, and what they stand for while they are shown."""
    if not found:
        return
    st.toggle(translate("Show milestones of AI policy", reader.lang), key=f"milestones-{key}")
    if marked:
        told = (
            worded(period_text(one.date, reader.lang), reader.say(one.title), reader.lang) for one in found
        )
        st.caption(plain(" · ".join(told)))


@kept(chart=True)
def _trend(
    figures: pd.DataFrame,
    title: str,
    reader: Reader,
    key: str,
    targets: tuple[Target, ...],
    breakdown: str,
    member: str,
    marked: bool,
    peers: tuple[str, ...],
) -> Exhibit | None:
    rows = part(figures, breakdown, member)
    rows = rows[rows["geo"].isin([EU, *MEMBER_STATES])]
    if not rows["value"].notna().any():
        return None
    aims = [aim for aim in targets if aim.geo in set(rows["geo"]) and aim.status != "historic"]
    found = within(list(rows["period"])) if marked else ()
    chart = trend(rows, reader.look, reader.lang, reader.country, aims, found, peers)
    text = summary.of_trend(rows, reader.lang, reader.country, peers)
    return exhibit(key, title, text, chart, rows, reader, wanted("trend", rows))


def show_members(
    figures: pd.DataFrame,
    breakdown: str,
    title: str,
    reader: Reader,
    key: str,
    *,
    ranked: bool = True,
    members: tuple[str, ...] = (),
    whole: str = EU,
) -> None:
    """The newest period of a breakdown's members, for the whole and the chosen country; all, unless some are named."""
    shown = _members(figures, breakdown, title, reader, key, ranked, members, whole)
    if shown is None:
        st.info(translate("{title}: not in this release.", reader.lang, title=title))
    else:
        show(shown, reader)


@kept(chart=True)
def _members(
    figures: pd.DataFrame,
    breakdown: str,
    title: str,
    reader: Reader,
    key: str,
    ranked: bool,
    members: tuple[str, ...],
    whole: str,
) -> Exhibit | None:
    geos = list(dict.fromkeys((whole, reader.country or whole)))
    rows = part(figures, breakdown)
    rows = rows[rows["geo"].isin(geos) & (rows["member"].isin(members) | (not members))]
    rows = rows if _dated_apart(rows) else rows[rows["period"] == newest_period(rows, whole)]
    if rows.empty or rows["value"].isna().all():
        return None
    rows = labelled(rows, breakdown, reader)
    colours = dict(zip(geos, (reader.look.union, reader.look.chosen), strict=False))
    chart = bars(rows, colours, reader.look, reader.lang, ranked=ranked)
    ends = dict.fromkeys((rows["period"].min(), rows["period"].max()))
    period = " – ".join(period_text(str(end), reader.lang) for end in ends)
    text = summary.of_bars(rows, geos[-1] if geos[-1] in set(rows["geo"]) else whole, reader.lang)
    ordered = rows.sort_values(["geo", "value"], ascending=False) if ranked else rows
    alone = wanted("members", rows, members, whole)
    return exhibit(key, f"{title}, {period}", text, chart, ordered, reader, alone)


def _dated_apart(rows: pd.DataFrame) -> bool:
    """Whether each member has a day or month of its own, as announcements have, so that none is the newest."""
    days = rows[rows["period"].str.len() > len("2025")]
    return 0 < len(rows) == len(days) and bool(
        (rows.groupby(["geo", "member"])["period"].nunique() == 1).all()
    )


def labelled(rows: pd.DataFrame, breakdown: str, reader: Reader) -> pd.DataFrame:
    """The rows of a breakdown with their members' names, in the order in which the vocabulary holds the members."""
    order = list(LABELS.get(breakdown, {}))
    places = [order.index(member) if member in order else len(order) for member in rows["member"]]
    official = data.names(reader.release, breakdown, reader.lang)
    labels = [label(breakdown, member, reader.lang, official) for member in rows["member"]]
    named = rows.assign(label=labels, place=places)
    return named.sort_values("place", kind="stable").drop(columns="place")


def show_method(indicators: Sequence[Indicator], reader: Reader) -> None:
    """How each indicator is measured and what to mind, closed until asked for."""
    with st.expander(translate("How this is measured, and what to mind", reader.lang), key="method"):
        for indicator in indicators:
            method, caveats, sources = _method(indicator, reader)
            st.markdown(method)
            st.markdown(caveats)
            for line in sources:
                st.caption(line)


@kept()
def _method(indicator: Indicator, reader: Reader) -> tuple[str, str, tuple[str, ...]]:
    """The method and the caveats of an indicator and the sources of its figures, in Markdown."""
    title, method = (plain(translate(text, reader.lang)) for text in (indicator.title, indicator.method))
    caveats = "\n".join(f"- {plain(translate(caveat, reader.lang))}" for caveat in indicator.caveats)
    return f"**{title}.** {method}", caveats, source_lines(reader, part(reader.figures(indicator.id)))
