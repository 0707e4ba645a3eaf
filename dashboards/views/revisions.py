"""Revisions: what one figure was known to be over time, and what each release changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import courses, data
from dashboards.address import choice
from dashboards.charts.marks import Row, number, records, text_of
from dashboards.charts.vintages import DECIMALS, day_text, vintages
from dashboards.courses import Part
from dashboards.exhibit import Exhibit, Listing, disarmed, listed, plain, show, source_lines, table
from dashboards.heading import opening
from dashboards.reader import Reader, reader
from indicators.labels import label
from indicators.phrase import amount_text, date_text, flags_text, number_text, period_text, value_text
from indicators.registry import indicators as catalogue
from indicators.words import N_, geo_name, translate, worded
from sources.codes import EU
from warehouse.changes import Changes, seen
from warehouse.feed import FEED
from warehouse.vintages import end_of

MOST_RELEASES = 10
CSV_COLUMNS = tuple(
    "indicator geo period breakdown member value low high unit flags status known_from known_to captures".split()
)
FIGURE, PLACE, PERIOD, PART = "figure", "where", "when", "part"
"""Names in the query string."""
KINDS = {
    "moved": N_("moved"),
    "appeared": N_("appeared"),
    "vanished": N_("vanished"),
    "status changed": N_("status changed"),
    "flags changed": N_("flags changed"),
    "rounding": N_("other decimals only"),
    "revised": N_("revised"),
    "withdrawn": N_("withdrawn"),
    "added": N_("added"),
    "edited": N_("edited"),
    "removed": N_("removed"),
}


def page(reader: Reader) -> None:
    """Draw the page."""
    lang = reader.lang
    opening(
        translate("What was revised, and when?", lang),
        [
            translate(
                "Publishers revise their tables, and few keep earlier versions. We keep each one, so that every figure "
                "can be shown as it was known on any day.",
                lang,
            )
        ],
    )
    _figure(reader)
    _releases(reader)


def _figure(reader: Reader) -> None:
    """The choice of a figure, its course as a chart and as a table."""
    lang, release = reader.lang, reader.release
    known = [name for name in courses.indicators(release, ask=data.ask) if name in catalogue()]
    if not known:
        st.info(translate("This release holds no figures.", lang))
        return
    left, right = st.columns(2)
    with left:
        name = choice(
            translate("Indicator", lang),
            FIGURE,
            known,
            known[0],
            lambda one: translate(catalogue()[one].title, lang),
            key=f"revisions-{FIGURE}",
        )
    with right:
        geo = _place(reader, name)
    with left:
        part = _part(reader, name, geo)
    with right:
        period = _period(reader, part)
    rows = courses.course(release, part, period, reader.day, ask=data.ask)
    if rows.empty:
        st.info(translate("Nothing was known of this figure then.", lang))
        return
    shown = _exhibit(reader, part, period, rows)
    show(shown, reader) if rows["value"].notna().any() else table(shown.table)


def _place(reader: Reader, indicator: str) -> str:
    places = courses.geos(reader.release, indicator, ask=data.ask)
    default = next((geo for geo in (reader.geo, EU) if geo in places), places[0])
    title = translate("Country or group", reader.lang)
    return choice(
        title, PLACE, places, default, lambda one: geo_name(one, reader.lang), key=f"revisions-{PLACE}"
    )


def _part(reader: Reader, indicator: str, geo: str) -> Part:
    """The member of a breakdown; there is nothing to choose where only the whole is measured."""
    found = {
        ":".join(pair).strip(":"): pair
        for pair in courses.members(reader.release, indicator, geo, ask=data.ask)
    }
    options = list(found)
    if len(options) == 1:
        st.query_params.pop(PART, None)
        return Part(indicator, geo, *found[options[0]])
    title = translate("Part", reader.lang)
    chosen = choice(
        title, PART, options, options[0], lambda one: _part_name(reader, *found[one]), key=f"revisions-{PART}"
    )
    return Part(indicator, geo, *found[chosen])


def _period(reader: Reader, part: Part) -> str:
    """The period; empty for a count of cases, where every edition is shown."""
    periods = courses.periods(reader.release, part, ask=data.ask)
    if not periods:
        st.query_params.pop(PERIOD, None)
        return ""
    title = translate("Period", reader.lang)
    return choice(
        title,
        PERIOD,
        periods,
        periods[0],
        lambda one: period_text(one, reader.lang),
        key=f"revisions-{PERIOD}",
    )


def _part_name(reader: Reader, breakdown: str, member: str) -> str:
    if not breakdown:
        return translate("the whole", reader.lang)
    official = data.names(reader.release, breakdown, reader.lang)
    name = label(breakdown, member, reader.lang, official)
    return worded(label("breakdown", breakdown, reader.lang), name, reader.lang)


def _exhibit(reader: Reader, part: Part, period: str, rows: pd.DataFrame) -> Exhibit:
    lang = reader.lang
    end = end_of(reader.day) if reader.day else courses.published(reader.release)
    figure = vintages(rows, min(end, courses.published(reader.release)), reader.look, lang)
    words = [translate(catalogue()[part.indicator].title, lang), geo_name(part.geo, lang)]
    words += [_part_name(reader, part.breakdown, part.member)] if part.breakdown else []
    words += [period_text(period, lang)] if period else []
    return Exhibit(
        "revisions",
        ", ".join(words),
        _summary(records(rows), lang),
        figure.to_json(),
        source_lines(reader, rows),
        rows,
        lambda: disarmed(_table(records(rows), lang, editions=not period)),
        columns=CSV_COLUMNS,
    )


def _summary(rows: Sequence[Row], lang: str) -> str:
    """In words what the figure was first known to be, what it is, and how often its value changed."""
    valued = [row for row in rows if number(row["value"]) is not None]
    if not valued:
        return translate("No value was ever published.", lang)
    first, last = valued[0], valued[-1]
    values = [number(row["value"]) for row in valued]
    changed = sum(before != after for before, after in pairwise(values))
    said = [_known_line(first, lang)]
    if changed:
        said.append(_known_line(last, lang))
        said.append(translate("Changes of its value: {count}.", lang, count=changed))
    else:
        said.append(translate("Its value has not changed since.", lang))
    if pd.notna(rows[-1]["known_to"]):  # type: ignore[call-overload]
        day = day_text(rows[-1]["known_to"], lang)
        said.append(translate("It was withdrawn on {day}.", lang, day=day))
    return " ".join(said)


def _known_line(row: Row, lang: str) -> str:
    value, day = text_of(row, lang, DECIMALS), day_text(row["known_from"], lang)
    if not day:
        return translate("{value} from captures without a date.", lang, value=value)
    return translate("{value} as known on {day}.", lang, value=value, day=day)


def _table(rows: Sequence[Row], lang: str, *, editions: bool) -> pd.DataFrame:
    before = [None, *(number(row["value"]) for row in rows[:-1])]
    columns = {
        translate("Known from", lang): [
            day_text(row["known_from"], lang) or translate("undated", lang) for row in rows
        ],
        translate("Known to", lang): [
            day_text(row["known_to"], lang) or translate("now", lang) for row in rows
        ],
    }
    if editions:
        columns[translate("Edition", lang)] = [period_text(str(row["period"]), lang) for row in rows]
    columns[translate("Value", lang)] = [text_of(row, lang, DECIMALS, flags=False) for row in rows]
    columns[translate("Revision", lang)] = [
        _revision(earlier, row, lang) for earlier, row in zip(before, rows, strict=True)
    ]
    columns[translate("Flags", lang)] = [flags_text(str(row["flags"]), lang) for row in rows]
    return pd.DataFrame(columns)


def _revision(before: float | None, row: Row, lang: str) -> str:
    now = number(row["value"])
    if before is None or now is None:
        return ""
    return amount_text(now - before, str(row["unit"]), lang, DECIMALS)


def _releases(reader: Reader) -> None:
    """What each of the newest releases changed, and where the feed is."""
    lang = reader.lang
    st.header(translate("Releases and what they changed", lang), anchor=False)
    st.markdown(
        translate("A feed reader tells you of each new release:", lang)
        + f" [{translate('Atom feed', lang)}]({FEED})"
    )
    told = seen(reader.release.folder.parents[1], MOST_RELEASES)
    if not told:
        st.markdown(translate("No release has recorded its changes yet.", lang))
    for one in told:
        with st.expander(plain(_headline(one, lang)), key=f"release-{one.release}"):
            _release(one, reader)


def _headline(one: Changes, lang: str) -> str:
    day = date_text(one.created_at.date(), lang)
    if not one.previous:
        return worded(f"{day}, {one.release}", translate("the first release", lang), lang)
    if one.fault:
        return worded(f"{day}, {one.release}", translate("not compared", lang), lang)
    counts = {kind: one.count(kind) for kind in ("moved", "appeared", "vanished")}
    said = _counts(counts, lang) or translate("no figure moved", lang)
    return worded(f"{day}, {one.release}", said, lang)


def _counts(kinds: Mapping[str, int], lang: str) -> str:
    return ", ".join(
        worded(translate(KINDS[kind], lang), number_text(count, lang, 0), lang)
        for kind, count in kinds.items()
        if count
    )


def _release(one: Changes, reader: Reader) -> None:
    lang = reader.lang
    if not one.previous:
        st.markdown(translate("There is nothing to compare it with.", lang))
        return
    if one.fault:
        words = translate(
            "Release {release} could not be read: {reason}", lang, release=one.previous, reason=one.fault
        )
        st.markdown(plain(words))
        return
    st.markdown(plain(translate("Compared with release {release}.", lang, release=one.previous)))
    if one.datasets:
        listed(
            pd.DataFrame(
                {
                    translate("Table", lang): [found.dataset for found in one.datasets],
                    translate("What changed", lang): [
                        found.fault or _counts(found.kinds, lang) or translate("nothing that is stated", lang)
                        for found in one.datasets
                    ],
                }
            ),
            Listing(f"changes-{one.release}", translate("Releases and what they changed", lang)),
            reader,
        )
    moved = [dict(row) for found in one.figures for row in found.largest if row["indicator"] in catalogue()]
    if moved:
        st.markdown(translate("The largest moves of each indicator:", lang))
        named = sorted({str(row["indicator"]) for row in moved})
        title = translate("The largest moves of each indicator:", lang).rstrip(" :\u00a0\u202f")
        listed(_moves(moved, lang), Listing(f"moves-{one.release}", title, named), reader)


def _moves(rows: Sequence[Mapping[str, Any]], lang: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            translate("Indicator", lang): [
                translate(catalogue()[row["indicator"]].title, lang) for row in rows
            ],
            translate("Figure", lang): [_named(row, lang) for row in rows],
            translate("Before", lang): [_side(row, "old", lang) for row in rows],
            translate("Now", lang): [_side(row, "new", lang) for row in rows],
        }
    )


def _named(row: Mapping[str, Any], lang: str) -> str:
    """Where, when and of which part a figure is."""
    words = [geo_name(row["geo"], lang), period_text(row["new_period"] or row["old_period"], lang)]
    if row["breakdown"]:
        words.append(label(row["breakdown"], row["member"], lang))
    return ", ".join(words)


def _side(row: Mapping[str, Any], side: str, lang: str) -> str:
    value, low, high = (row[f"{side}_{name}"] for name in ("value", "low", "high"))
    status = row[f"{side}_status"] or "not measured"
    return value_text(value, row["unit"], lang, DECIMALS, status=status, low=low, high=high)


page(reader())
