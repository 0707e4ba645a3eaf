"""A country's profile: every indicator of every theme, against the EU and against peers, and its brief."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from dashboards import data
from dashboards.aims import line
from dashboards.charts.marks import Row, number, records, text_of
from dashboards.charts.standing import Strip, standing
from dashboards.exhibit import Exhibit, Listing, exhibit, listed, plain, show
from dashboards.heading import note, opening
from dashboards.keeping import kept, of_theme
from dashboards.links import href
from dashboards.measure import ADOPTION, Measure, by_country, is_collected, measured, waiting
from dashboards.offered import offer
from dashboards.peers import beside, place_text, rank
from dashboards.reader import Reader, reader
from dashboards.selection import change_of, stated
from dashboards.usual import show_trend
from indicators.labels import label
from indicators.model import Indicator
from indicators.phrase import finding, one_bracket, period_text, value_text
from indicators.registry import indicators, themes
from indicators.words import alphabetical, geo_name, translate, worded
from sources.codes import EU, MEMBER_STATES


def page(reader: Reader) -> None:
    """Draw the page."""
    lang = reader.lang
    name = geo_name(reader.geo, lang)
    if not reader.country:
        opening(translate("How far has AI come in a country?", lang), [translate("Choose a country:", lang)])
        _countries(lang)
        return
    opening(translate("How far has AI come in {name}?", lang, name=name), _sentences(reader))
    headline = reader.figures(ADOPTION)
    note(headline, reader)
    offer(reader)
    peers = beside(reader)
    st.caption(
        plain(
            translate(
                "Unless you choose others, these are the two Member States that stand next to it in the use of AI.",
                lang,
            )
        )
    )
    title = translate(indicators()[ADOPTION].title, lang)
    show_trend(
        headline, translate("{title} over time", lang, title=title), reader, "country-course", peers=peers
    )
    for theme in themes():
        _theme(theme, peers, reader.within())
    _targets(reader)


def _countries(lang: str) -> None:
    """A link for every Member State."""
    geos = alphabetical(MEMBER_STATES, lang)
    st.markdown(" · ".join(f"[{plain(geo_name(geo, lang))}]({href('country', geo=geo)})" for geo in geos))


def _sentences(reader: Reader) -> list[str]:
    """The headline of the country, its place, and the EU's."""
    lang, figures = reader.lang, measured(Measure(ADOPTION), reader)
    own, union = stated(figures, reader.country), stated(figures, EU)
    name = geo_name(reader.country, lang)
    if own is None:
        return [translate("{name}: no value in this release.", lang, name=name)]
    period = period_text(str(own["period"]), lang)
    said = translate(
        "{value} of enterprises in {name} used AI in {period}",
        lang,
        value=text_of(own, lang),
        name=name,
        period=period,
    )
    sentences = [finding(said, change_of(own), lang)]
    _, values = by_country(figures)
    place = rank(values, reader.country, "up")
    if place:
        text = translate(
            "That is place {place} among the Member States.", lang, place=place_text(place, len(values), lang)
        )
        sentences.append(text)
    if union is not None:
        told = {"value": text_of(union, lang), "period": period_text(str(union["period"]), lang)}
        sentences.append(
            one_bracket(translate("{name}: {value} in {period}", lang, name=geo_name(EU, lang), **told)) + "."
        )
    return sentences


def _theme(theme: str, peers: Sequence[str], reader: Reader) -> None:
    """One theme: where the country stands in each indicator, and all values beside it as a table."""
    lang = reader.lang
    st.header(label("theme", theme, lang), anchor=False)
    held = list(zip(themes()[theme], _values(theme, reader.anybody()), strict=True))
    shown = _standing(theme, tuple(peers), reader)
    if shown is not None:
        show(shown, reader)
    if any(rows for _, rows in held):
        _told(theme, _lines(theme, tuple(peers), reader), reader)
    _lacking([one for one, rows in held if not rows], reader)


@kept(of_theme)
def _values(theme: str, reader: Reader) -> list[dict[str, Row]]:
    """The newest rows of each indicator of a theme."""
    return [_newest(one, reader) for one in themes()[theme]]


def _newest(indicator: Indicator, reader: Reader) -> dict[str, Row]:
    """The rows of the newest period with enough countries, by place, with the EU's and those without a value."""
    figures = measured(Measure(indicator.id), reader)
    period, values = by_country(figures)
    if not values:
        return {}
    now = figures[(figures["period"] == period) & figures["geo"].isin([EU, *MEMBER_STATES])]
    return {str(row["geo"]): row for row in records(now)}


def _known(rows: dict[str, Row]) -> dict[str, float]:
    values = {geo: number(row["value"]) for geo, row in rows.items()}
    return {geo: value for geo, value in values.items() if value is not None}


def _spread(indicator: Indicator, rows: dict[str, Row]) -> bool:
    return not is_collected(indicator) and len([geo for geo in _known(rows) if geo != EU]) > 2


def _strip(indicator: Indicator, rows: dict[str, Row], lang: str) -> Strip:
    """Counts and sums of the EU as a whole would dwarf every country: only rates show it."""
    known = _known(rows)
    if EU in known and known[EU] > max(value for geo, value in known.items() if geo != EU):
        del known[EU]
    tips = {}
    for geo in known:
        lines = [f"<b>{escape(geo_name(geo, lang))}</b>", escape(text_of(rows[geo], lang), quote=False)]
        tips[geo] = "<br>".join([*lines, period_text(str(rows[geo]["period"]), lang)])
    return Strip(translate(indicator.title, lang), known, tips)


@kept(of_theme)
def _lines(theme: str, peers: tuple[str, ...], reader: Reader) -> pd.DataFrame:
    """The values of a theme in words, a row for each indicator that has any by country."""
    held = zip(themes()[theme], _values(theme, reader.anybody()), strict=True)
    return pd.DataFrame([_line(one, rows, peers, reader) for one, rows in held if rows])


@kept(of_theme, chart=True)
def _standing(theme: str, peers: tuple[str, ...], reader: Reader) -> Exhibit | None:
    """Where the country stands in each indicator of a theme; None where too few countries have values."""
    held = _values(theme, reader.anybody())
    strips = [
        _strip(one, rows, reader.lang)
        for one, rows in zip(themes()[theme], held, strict=True)
        if _spread(one, rows)
    ]
    if not strips:
        return None
    lang, name = reader.lang, geo_name(reader.country, reader.lang)
    chart = standing(strips, reader.look, lang, reader.country, peers)
    rows = pd.DataFrame(
        [
            {**row, "label": translate(indicators()[str(row["indicator"])].title, lang)}
            for rows in held
            for geo, row in rows.items()
            if geo in (EU, reader.country, *peers)
        ]
    )
    theme_name = label("theme", theme, lang)
    heading = translate(
        "{theme}: where {name} stands among the Member States", lang, theme=theme_name, name=name
    )
    text = translate(
        "Each line runs from the lowest to the highest Member State; {name} is the large mark, the EU the upright line.",
        lang,
        name=name,
    )
    return exhibit(f"profile-{theme}", heading, text, chart, rows, reader)


def _told(theme: str, told: pd.DataFrame, reader: Reader) -> None:
    """All values of a theme as a table."""
    title = worded(label("theme", theme, reader.lang), geo_name(reader.country, reader.lang), reader.lang)
    own = tuple(one.id for one in themes()[theme])
    listed(told, Listing(f"profile-{theme}-{reader.country}", title, own), reader)


def _line(indicator: Indicator, rows: dict[str, Row], peers: Sequence[str], reader: Reader) -> dict[str, str]:
    lang = reader.lang
    period = period_text(str(next(iter(rows.values()))["period"]), lang)
    values: dict[str, float | None] = {geo: value for geo, value in _known(rows).items() if geo != EU}
    place = None if is_collected(indicator) else rank(values, reader.country, indicator.better)
    cells = {
        translate("Indicator", lang): f"{translate(indicator.title, lang)} ({period})",
        geo_name(reader.country, lang): _cell(rows, reader.country, indicator, lang),
        translate("Place", lang): place_text(place, len(values), lang)
        if place
        else translate("no ranking", lang),
        geo_name(EU, lang): _cell(rows, EU, indicator, lang),
    }
    return {**cells, **{geo_name(geo, lang): _cell(rows, geo, indicator, lang) for geo in peers}}


def _cell(rows: dict[str, Row], geo: str, indicator: Indicator, lang: str) -> str:
    if geo in rows:
        return text_of(rows[geo], lang)
    return translate("no EU figure", lang) if geo == EU else value_text(None, indicator.unit, lang)


def _lacking(lacking: Sequence[Indicator], reader: Reader) -> None:
    """What has no value by country: told by parts only, or not measured yet."""
    if not lacking:
        return
    lang = reader.lang
    lines = []
    for one in lacking:
        held = len(reader.figures(one.id)) > 0
        words = translate("no value by country for the whole", lang) if held else waiting(one, lang)
        linked = f"[{plain(translate(one.title, lang))}]({href('indicator', indicator=one.id)})"
        lines.append(f"- {worded(linked, plain(words), lang)}")
    with st.expander(
        translate("Without a value here ({count})", lang, count=len(lacking)),
        key=f"lacking-{lacking[0].theme}",
    ):
        st.markdown("\n".join(lines))


def _targets(reader: Reader) -> None:
    """The targets that are the country's own."""
    own = [aim for aim in data.targets(reader.release) if aim.geo == reader.country]
    if own:
        title = translate("Targets of its own", reader.lang)
        st.header(title, anchor=False)
        listing = Listing(f"targets-{reader.country}", title, views=("curated.targets",))
        listed(pd.DataFrame([line(aim, reader) for aim in own]), listing, reader)


page(reader())
