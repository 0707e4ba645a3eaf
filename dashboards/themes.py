"""A theme's page: its finding, its main charts, a card for each of its indicators, what they go together with.

What is particular to one theme, which charts and in which words, stands in its view.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from dashboards import data, summary
from dashboards.cards import Card, cards, choices
from dashboards.charts.marks import has_value
from dashboards.exhibit import Listing, listed, plain
from dashboards.links import href
from dashboards.measure import ADOPTION, Measure, waiting
from dashboards.offered import offer as offer_brief
from dashboards.panel import Choices
from dashboards.panel import offer as offer_explanation
from dashboards.reader import Reader
from dashboards.selection import newest_period, part
from dashboards.together import Tie, coefficient, tie
from dashboards.usual import labelled, opening, show_map, show_method, show_ranking, show_trend
from indicators.labels import label
from indicators.model import Indicator, Target
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
    made, named = _made(theme, reader)
    st.html(made)
    offer_explanation("cards", named, reader.lang)
    show_method([indicators()[name] for name in method], reader)


@st.cache_resource(max_entries=100, show_spinner=False, hash_funcs={Reader: lambda reader: reader.identity})
def _made(theme: str, reader: Reader) -> tuple[str, Choices]:
    """The cards of a theme in HTML and the numbers on them, made once for all who read the same."""
    register = data.targets(reader.release)
    shown = [card(indicator, register, reader) for indicator in themes()[theme]]
    return cards(shown, reader), choices(shown, reader)


def card(indicator: Indicator, register: Sequence[Target], reader: Reader) -> Card:
    """The card of an indicator: its whole, else what its parts say, else what it waits for."""
    figures = reader.figures(indicator.id)
    whole = part(figures)
    if not has_value(figures).any():
        instead = reader.say(N_("not known on that day")) if reader.day else waiting(indicator, reader.lang)
    else:
        instead = "" if has_value(whole).any() else _parts(figures, reader)
    aims = targets_of(register, indicator.id, EU)
    return Card(indicator, whole, aims, instead, href("indicator", indicator=indicator.id))


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
    lang, headline = reader.lang, Measure(ADOPTION)
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
    found = [(one, tie(Measure(one.id), headline, reader)) for one in themes()[theme]]
    stated = [_together(one, known, lang) for one, known in found if known.period]
    if stated:
        listed(
            pd.DataFrame(stated),
            Listing(
                f"together-{theme}", heading, (ADOPTION, *(one.id for one, known in found if known.period))
            ),
            reader,
        )
    lacking = [_lacking(one, reader) for one, known in found if not known.period]
    if lacking:
        st.caption(plain(translate("Without both values: {list}.", lang, list=apart(lacking, lang))))
    target = href("compare", across=ADOPTION)
    st.markdown(f"[{plain(translate('Compare any two indicators', lang))}]({target})")


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
