"""Any two indicators: country by country, over time, and what goes together with the first one most."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from dashboards.charts.marks import has_value
from dashboards.exhibit import Listing, listed, plain
from dashboards.heading import opening
from dashboards.measure import ADOPTION, Measure, by_country, choose, measured, title
from dashboards.peers import beside, place_text, rank
from dashboards.reader import Reader, reader
from dashboards.text import csv_text
from dashboards.together import Tie, coefficient, show_scatter, tie, ties, told
from dashboards.usual import show_trend
from indicators.phrase import period_text, value_text
from indicators.registry import indicators
from indicators.words import geo_name, translate

ACROSS, UP = "across", "up"
"""Names in the address."""
SECOND = "ict_specialists"
COLUMNS = (
    "indicator period countries pearson spearman shared_tables country country_value country_place release"
)


def page(reader: Reader) -> None:
    """Draw the page."""
    lang, place = reader.lang, st.container()
    ids = [name for name in indicators() if has_value(reader.figures(name)).any()]
    if not ids:
        opening(_question(lang), [translate("This release holds no figures.", lang)])
        return
    left, right = st.columns(2)
    with left:
        across = choose(ACROSS, translate("Horizontal axis", lang), ids, _first(ids, ADOPTION), reader)
    with right:
        up = choose(UP, translate("Vertical axis", lang), ids, _first(ids, SECOND), reader)
    found = tie(up, across, reader)
    with place:
        opening(_question(lang), told(found, lang) if across != up else [_same(lang)])
    peers = beside(reader)
    if across != up:
        show_scatter(across, up, reader, f"{across.key}-{up.key}", peers)
    _courses((across, up), peers, reader)
    _strongest(across, reader)


def _question(lang: str) -> str:
    return translate("Which indicators go together across countries?", lang)


def _same(lang: str) -> str:
    return translate("Both are the same indicator: choose another one.", lang)


def _first(ids: Sequence[str], wanted: str) -> Measure:
    return Measure(wanted if wanted in ids else ids[0])


def _courses(measures: Sequence[Measure], peers: tuple[str, ...], reader: Reader) -> None:
    """Both over time, with the chosen country and its peers."""
    for measure, column in zip(dict.fromkeys(measures), st.columns(2, gap="large"), strict=False):
        with column:
            figures = reader.figures(measure.indicator)
            if measured(measure, reader)["period"].nunique() < 2:
                name = title(measure, reader)
                text = translate("{title}: this release holds one period only.", reader.lang, title=name)
                st.markdown(plain(text))
                continue
            heading = translate("{title} over time", reader.lang, title=title(measure, reader))
            of = (measure.breakdown, measure.member)
            show_trend(figures, heading, reader, f"{measure.key}-course", (), *of, peers=peers)


def _strongest(measure: Measure, reader: Reader) -> None:
    """All measured indicators by how strongly they go together with one, and where the chosen country stands."""
    lang, name = reader.lang, title(measure, reader)
    heading = translate("What goes together with “{title}”?", lang, title=name)
    st.header(plain(heading), anchor=False)
    found = ties(measure, reader)
    apart = [one for one in found if not one.shared]
    st.markdown(
        translate(
            "By strength of the rank correlation (Spearman) over the Member States that have both values. The more "
            "indicators one looks at, the more go together by chance; none of this says what comes from what.",
            lang,
        )
    )
    if not apart:
        st.markdown(translate("No other indicator of this release has values by country.", lang))
    else:
        own = (measure.indicator, *(one.indicator for one in apart))
        listed(pd.DataFrame([_row(one, reader) for one in apart]), Listing("together", heading, own), reader)
    shared = [one for one in found if one.shared]
    if shared:
        with st.expander(
            translate("Made from the same tables, so that they go together in part by computation", lang),
            key="shared",
        ):
            own = (measure.indicator, *(one.indicator for one in shared))
            listed(
                pd.DataFrame([_row(one, reader) for one in shared]),
                Listing("together-shared", heading, own),
                reader,
            )
    if found:
        _download(found, measure, reader)


def _row(one: Tie, reader: Reader) -> dict[str, str]:
    lang, indicator = reader.lang, indicators()[one.indicator]
    found = one.found
    cells = {
        translate("Indicator", lang): f"{translate(indicator.title, lang)} ({period_text(one.period, lang)})",
        "Spearman": coefficient(found.spearman, lang),
        "Pearson": coefficient(found.pearson, lang),
        translate("Member States", lang): str(found.number),
    }
    if reader.country:
        cells[geo_name(reader.country, lang)] = _standing(one, reader)
    return cells


def _standing(one: Tie, reader: Reader) -> str:
    """The chosen country's value and place in an indicator."""
    _, values = by_country(measured(Measure(one.indicator), reader))
    value, unit = values.get(reader.country), indicators()[one.indicator].unit
    told_value = value_text(value, unit, reader.lang)
    place = rank(values, reader.country, indicators()[one.indicator].better)
    if not place:
        return told_value
    standing = place_text(place, len(values), reader.lang)
    return translate("{value}, place {place}", reader.lang, value=told_value, place=standing)


def _download(found: Sequence[Tie], measure: Measure, reader: Reader) -> None:
    rows = []
    for one in found:
        _, values = by_country(measured(Measure(one.indicator), reader))
        own = values.get(reader.country)
        place = rank(values, reader.country, indicators()[one.indicator].better)
        stated = (one.indicator, one.period, one.found.number, one.found.pearson, one.found.spearman)
        shared = " ".join(one.shared)
        rows.append((*stated, shared, reader.country, own, place, reader.release.id))
    st.download_button(
        translate("Download this list as CSV", reader.lang),
        partial(csv_text, pd.DataFrame(rows, columns=COLUMNS.split())),
        file_name=f"together-{measure.key}.csv",
        mime="text/csv",
        key="csv-together",
        on_click="ignore",
    )


page(reader())
