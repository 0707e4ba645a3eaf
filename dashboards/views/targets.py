"""Targets: what was set, announced or said, by whom, how far away it is; and investment against its targets."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboards import data
from dashboards.cards import SHAPES
from dashboards.charts.bars import ranges
from dashboards.charts.marks import number, records, text_of
from dashboards.exhibit import exhibit, plain, show, table
from dashboards.reader import Reader, reader
from dashboards.selection import part, points, stated
from dashboards.usual import opening, show_method
from indicators.model import Target
from indicators.pace import progress_text, standing
from indicators.phrase import TARGET_WORDS, amount_text, period_text, target_text
from indicators.registry import indicators
from indicators.targets import distance, targets_of
from indicators.words import N_, geo_name, translate
from sources.codes import EU

NO_BREAK = "\u00a0"
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
    _investment(targets_of(register, "ai_investment"), reader)
    show_method([indicators()["ai_investment"]], reader)


def _register(register: tuple[Target, ...], reader: Reader) -> None:
    st.subheader(translate("Register of targets", reader.lang), anchor=False)
    st.markdown(
        " · ".join(f"{SHAPES[status]} {plain(reader.say(text))}" for status, text in MEANINGS.items())
    )
    table(pd.DataFrame([_line(aim, reader) for aim in register]))
    paced = [aim for aim in register if aim.indicator and aim.value is not None and aim.status != "historic"]
    if paced:
        st.subheader(translate("Pace required and achieved", reader.lang), anchor=False)
        table(pd.DataFrame([_pace(aim, reader) for aim in paced]))
    st.subheader(translate("Source and note of each target", reader.lang), anchor=False)
    for aim in register:
        st.markdown(_source(aim, reader))


def _line(aim: Target, reader: Reader) -> dict[str, str]:
    """Few columns, so that all of them fit a phone: for whom and by when stand with the title."""
    lang, row = reader.lang, _latest(aim, reader)
    whose = f"{geo_name(aim.geo, lang)}, {aim.year or translate('no year', lang)}"
    status = f"{SHAPES[aim.status]}{NO_BREAK}{translate(TARGET_WORDS[aim.status], lang)}"
    return {
        translate("Target", lang): f"{translate(aim.title, lang)} ({whose})",
        translate("Value", lang): f"{target_text(aim.value, aim.unit, lang)} · {status}",
        translate("Now", lang): _now(aim, row, lang),
        translate("Still missing", lang): _distance(aim, row, lang),
    }


def _latest(aim: Target, reader: Reader) -> dict[str, object] | None:
    if not aim.indicator:
        return None
    return stated(part(reader.figures(aim.indicator)), aim.geo)


def _now(aim: Target, row: dict[str, object] | None, lang: str) -> str:
    if aim.status == "historic":
        return translate("its time is over", lang)
    if row is None:
        return translate("not measured here yet", lang)
    return f"{text_of(row, lang)} ({period_text(str(row['period']), lang)})"


def _distance(aim: Target, row: dict[str, object] | None, lang: str) -> str:
    """The distance where it means something: not from a range, nor to a target that is past or without a value."""
    missing = distance(number(row["value"]), aim) if row else None
    if missing is None or row is None or aim.status == "historic" or number(row["low"]) is not None:
        return translate("not stated", lang)
    if missing <= 0:
        return translate("reached", lang)
    return amount_text(missing, aim.unit, lang).lstrip("+")


def _pace(aim: Target, reader: Reader) -> dict[str, str]:
    """Whether the pace suffices, in a shape and words, and both paces where they are known."""
    lang, indicator = reader.lang, indicators()[aim.indicator]
    now = standing(aim, points(part(reader.figures(indicator.id)), aim.geo), indicator.better)

    def yearly(amount: float | None) -> str:
        return translate("not known", lang) if amount is None else amount_text(amount, aim.unit, lang)

    stretch = f"{period_text(now.since, lang)}–{period_text(now.period, lang)}" if now.since else ""
    if now.noted:
        stretch += f"; {translate('not fully comparable', lang)}"
    since = f" ({stretch})" if stretch else ""
    return {
        translate("Target", lang): f"{translate(aim.title, lang)} ({geo_name(aim.geo, lang)}, {aim.year})",
        translate("Required a year", lang): yearly(now.required),
        translate("Achieved a year", lang): f"{yearly(now.achieved)}{since}",
        translate("Status", lang): progress_text(now.progress, lang),
    }


def _source(aim: Target, reader: Reader) -> str:
    lang = reader.lang
    note = plain(translate(aim.note, lang)) if aim.note else ""
    dated = plain(period_text(aim.dated, lang)) if aim.dated else ""
    clause = plain(translate(aim.clause, lang))
    link = f"[{clause}](<{aim.link}>)" if aim.link.startswith("http") else clause
    return f"- **{plain(translate(aim.title, lang))}**: {link}, {dated}. {note}"


def _investment(aims: Sequence[Target], reader: Reader) -> None:
    figures = part(reader.figures("ai_investment"))
    rows = figures[(figures["geo"] == EU)].sort_values("period")
    if rows.empty:
        st.info(translate("This release holds no figures for AI investment.", reader.lang))
        return
    rows = rows.assign(label=[period_text(str(period), reader.lang) for period in rows["period"]])
    yearly = [aim for aim in aims if aim.status == "political"]
    text = " ".join(
        translate(
            "{value} in {period}, by estimates that no later edition continued.",
            reader.lang,
            value=text_of(row, reader.lang),
            period=period_text(str(row["period"]), reader.lang),
        )
        for row in records(rows)[-1:]
    )
    yet = translate(
        "The dashed line is a political goal for a year; the target announced in 2025 is to be proposed.",
        reader.lang,
    )
    title = translate("Public and private AI investment in the EU in a year", reader.lang)
    chart = ranges(rows, reader.look, reader.lang, yearly)
    show(exhibit("investment", title, f"{text} {yet}", chart, rows.drop(columns="label"), reader), reader)


page(reader())
