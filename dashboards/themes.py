"""A theme's page: its finding, its main charts, a card for each of its indicators, what they go together with.

What is particular to one theme, which charts and in which words, stands in its view.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from dashboards import data, summary
from dashboards.cards import Card, card, cards, choices
from dashboards.charts.marks import has_value
from dashboards.exhibit import Listing, listed, plain
from dashboards.heading import opening
from dashboards.keeping import kept, of_theme
from dashboards.links import href
from dashboards.measure import ADOPTION, Measure, waiting
from dashboards.offered import offer as offer_brief
from dashboards.panel import Choices
from dashboards.panel import offer as offer_explanation
from dashboards.reader import Reader
from dashboards.selection import newest_period, part
from dashboards.together import Tie, coefficient, tie
from dashboards.usual import labelled, show_map, show_method, show_ranking, show_trend
from indicators.labels import label
from indicators.model import Indicator
from indicators.phrase import period_text
from indicators.registry import indicators, themes
from indicators.targets import targets_of
from indicators.words import N_, apart, translate
from sources.codes import ALL_RECORDED, EU


def theme_page(
    theme: str,
    question: str,
    sentences: Sequence[str],
    charts: Callable[[], None],
    reader: Reader,
    method: Sequence[str] = (),
) -> None:
    """Draw the page of a theme; ``question`` and ``sentences`` are in the reader's language already.

    ``charts`` draws what is particular to it; ``method`` names the indicators whose method stands at its end.
    """
    opening(question, sentences)
    offer_brief(reader)
    charts()
    st.header(translate("All indicators of this theme", reader.lang), anchor=False)
    made, named = _grid(theme, reader)
    st.html(made)
    offer_explanation("cards", named, reader.lang)
    show_method([indicators()[name] for name in method], reader)


def grid(shown: Sequence[Indicator], reader: Reader, level: int = 3) -> tuple[str, Choices]:
    """The cards of indicators in HTML, their titles headings of a level, and the numbers on them."""
    made = [_card(indicator, reader, level) for indicator in shown]
    numbers = {name: number for _, named in made for name, number in named.get("", {}).items()}
    return cards([drawn for drawn, _ in made]), {"": numbers} if numbers else {}


@kept()
def _card(indicator: Indicator, reader: Reader, level: int) -> tuple[str, Choices]:
    """The card of an indicator: its whole, else what its parts say, else what it waits for."""
    register = data.targets(reader.release)
    figures = reader.figures(indicator.id)
    whole = part(figures)
    if not has_value(figures).any():
        instead = reader.say(N_("not known on that day")) if reader.day else waiting(indicator, reader.lang)
    else:
        instead = "" if has_value(whole).any() else _parts(figures, reader)
    aims = targets_of(register, indicator.id, EU)
    found = Card(indicator, whole, aims, instead, href("indicator", indicator=indicator.id))
    return card(found, reader, level), choices([found], reader)


@kept(of_theme)
def _grid(theme: str, reader: Reader) -> tuple[str, Choices]:
    """The cards of a theme; those that wait for their data come last."""
    own = sorted(themes()[theme], key=lambda one: not has_value(reader.figures(one.id)).any())
    return grid(own, reader)


def _parts(figures: pd.DataFrame, reader: Reader) -> str:
    """The highest and the lowest member of the first breakdown, for the reader's country or else the EU."""
    breakdown = str(figures["breakdown"].iloc[0])
    known = part(figures[has_value(figures)], breakdown)
    geo = next((geo for geo in (reader.geo, EU, ALL_RECORDED) if geo in set(known["geo"])), None)
    if geo is None:
        return translate("by country only", reader.lang)
    now = known[(known["geo"] == geo) & (known["period"] == newest_period(known, geo))]
    text = summary.of_bars(labelled(now, breakdown, reader), geo, reader.lang)
    period = period_text(str(now["period"].iloc[0]), reader.lang)
    return f"{label('breakdown', breakdown, reader.lang)}, {period}. {text}"


def usual_charts(indicator: str, reader: Reader, key: str) -> None:
    """Map, course and ranking of a theme's lead, where the release holds values; else nothing."""
    figures, lang = reader.figures(indicator), reader.lang
    if not has_value(part(figures)).any():
        return
    title = translate(indicators()[indicator].title, lang)
    aims = targets_of(data.targets(reader.release), indicator)
    show_map(figures, title, reader, f"{key}-map")
    show_trend(figures, translate("{title} over time", lang, title=title), reader, f"{key}-trend", aims)
    show_ranking(figures, translate("{title} by country", lang, title=title), reader, f"{key}-ranking")


def show_together(theme: str, reader: Reader) -> None:
    """How each indicator of a theme goes together with AI adoption, and over how many countries."""
    lang = reader.lang
    title = translate(indicators()[ADOPTION].title, lang)
    heading = translate("What goes together with “{title}”?", lang, title=title)
    st.header(plain(heading), anchor=False)
    st.markdown(
        translate(
            "Correlations over the Member States that have both values, each in its newest year. They say what goes "
            "together, not what comes from what, nor that AI changes any of it.",
            lang,
        )
    )
    named, stated, lacking = _ties(theme, reader)
    if named:
        listed(stated, Listing(f"together-{theme}", heading, (ADOPTION, *named)), reader)
    if lacking:
        st.caption(plain(translate("Without both values: {list}.", lang, list=apart(lacking, lang))))
    target = href("compare", across=ADOPTION)
    st.markdown(f"[{plain(translate('Compare any two indicators', lang))}]({target})")


@kept(lambda theme, *_: [ADOPTION, *of_theme(theme)])
def _ties(theme: str, reader: Reader) -> tuple[tuple[str, ...], pd.DataFrame, tuple[str, ...]]:
    """The indicators that have both values, a row of words for each, and what is said of the others."""
    found = [(one, tie(Measure(one.id), Measure(ADOPTION), reader)) for one in themes()[theme]]
    stated = [(one, known) for one, known in found if known.period]
    rows = pd.DataFrame([_together(one, known, reader.lang) for one, known in stated])
    lacking = tuple(_lacking(one, reader) for one, known in found if not known.period)
    return tuple(one.id for one, _ in stated), rows, lacking


def _lacking(indicator: Indicator, reader: Reader) -> str:
    """The indicator, and what it lacks where that is not what its card below says."""
    title = translate(indicator.title, reader.lang)
    if not has_value(reader.figures(indicator.id)).any():
        return title
    return f"{title} ({translate('no value by country for the whole', reader.lang)})"


def _together(indicator: Indicator, known: Tie, lang: str) -> dict[str, str]:
    title = translate(indicator.title, lang)
    return {
        translate("Indicator", lang): f"{title} ({period_text(known.period, lang)})",
        "Spearman": coefficient(known.found.spearman, lang),
        "Pearson": coefficient(known.found.pearson, lang),
        translate("Member States", lang): str(known.found.number),
    }
