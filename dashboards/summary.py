"""One line of text for every chart, made from its data: what a reader who cannot see it should know.

Findings that lead a page stand in the page; numbers are spelt by phrase.py.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboards.charts.marks import Row, records, text_of
from indicators.labels.enterprises import ANY_PURPOSE
from indicators.phrase import STATUS_WORDS, one_bracket, period_text
from indicators.words import alphabetical, apart, geo_name, translate, worded
from sources.codes import EU


def of_ranking(figures: pd.DataFrame, lang: str, chosen: str = "") -> str:
    """The three highest, the lowest, the EU and the chosen country, and how many have no value and why."""
    countries = figures[figures["geo"] != EU]
    known = records(countries[countries["value"].notna()].sort_values("value", ascending=False))
    if not known:
        return translate("No country has a value.", lang)
    low = known[3:][-1:]
    named = {str(row["geo"]) for row in (*known[:3], *low)}
    parts = [
        translate("Highest: {list}.", lang, list=_places(known[:3], lang)),
        *(translate("Lowest: {list}.", lang, list=_places([row], lang)) for row in low),
        *(f"{_place(row, lang)}." for row in _rows(figures, [EU, chosen]) if row["geo"] not in named),
        *_missing(countries, lang),
    ]
    return " ".join(parts)


def of_counts(figures: pd.DataFrame, lang: str, chosen: str = "") -> str:
    """Where most is on record, without a ranking: a collection says how much was collected."""
    held = records(
        figures[(figures["value"] > 0) & (figures["geo"] != EU)].sort_values("value", ascending=False)
    )
    if not held:
        return translate("No country has a value.", lang)
    own = [row for row in _rows(figures, [chosen]) if row not in held[:3]]
    parts = [
        translate("Most on record: {list}.", lang, list=_places(held[:3], lang)),
        *(f"{_place(row, lang)}." for row in own),
        translate(
            "Counts reflect how much was collected in a country; they are not a ranking of countries.", lang
        ),
    ]
    return " ".join(parts)


def of_trend(figures: pd.DataFrame, lang: str, chosen: str = "", peers: Sequence[str] = ()) -> str:
    """The first and the last value of the EU, of the chosen country and of its peers."""
    parts = []
    for geo in dict.fromkeys((EU, chosen, *peers)):
        known = figures[(figures["geo"] == geo) & figures["value"].notna()].sort_values("period")
        if len(known):
            ends = records(known.iloc[[0, -1]])
            first, last = _at(ends[0], lang), _at(ends[-1], lang)
            name = geo_name(geo, lang)
            both = translate("{name}: {first}, {last}.", lang, name=name, first=first, last=last)
            alone = translate("{name}: {list}.", lang, name=name, list=last)
            parts.append(both if len(known) > 1 else alone)
    return " ".join(parts)


def of_bars(figures: pd.DataFrame, geo: str, lang: str) -> str:
    """The highest and the lowest member of one geography, of counts the largest; with a column ``label``."""
    own = figures[(figures["geo"] == geo) & figures["value"].notna() & (figures["member"] != ANY_PURPOSE)]
    known = own.sort_values("value", ascending=False)
    counted = figures["unit"].isin(["CASES"]).any()
    rows = records(known[known["value"] > 0] if counted and known["value"].any() else known)
    if not rows:
        return translate("{name}: no value in this release.", lang, name=geo_name(geo, lang))
    if counted and rows:
        most = ", ".join(_member(row, lang) for row in rows[:2])
        return translate("{name}. Most on record: {list}.", lang, name=geo_name(geo, lang), list=most)
    if len(rows) < 4:
        members = apart((_member(row, lang) for row in rows), lang)
        return translate("{name}: {list}.", lang, name=geo_name(geo, lang), list=members)
    return translate(
        "{name}. Highest: {high}. Lowest: {low}.",
        lang,
        name=geo_name(geo, lang),
        high=", ".join(_member(row, lang) for row in rows[:2]),
        low=_member(rows[-1], lang),
    )


def _rows(figures: pd.DataFrame, geos: list[str]) -> list[Row]:
    rows = {str(row["geo"]): row for row in records(figures)}
    return [rows[geo] for geo in dict.fromkeys(geos) if geo in rows]


def _places(rows: list[Row], lang: str) -> str:
    return ", ".join(_place(row, lang) for row in rows)


def _place(row: Row, lang: str) -> str:
    return f"{geo_name(str(row['geo']), lang)} {text_of(row, lang)}"


def _at(row: Row, lang: str) -> str:
    period = period_text(str(row["period"]), lang)
    return one_bracket(translate("{value} in {period}", lang, value=text_of(row, lang), period=period))


def _member(row: Row, lang: str) -> str:
    name, text = str(row["label"]), text_of(row, lang)
    return worded(name, text, lang) if name[-1:].isdigit() else f"{name} {text}"


def _missing(figures: pd.DataFrame, lang: str) -> list[str]:
    reasons = figures[figures["value"].isna()].groupby("status")["geo"].apply(list).to_dict()
    texts = []
    for reason, geos in reasons.items():
        names = ", ".join(geo_name(geo, lang) for geo in alphabetical(geos, lang))
        word = translate(STATUS_WORDS.get(str(reason), str(reason)), lang)
        texts.append(translate("{name}: {list}.", lang, name=word[:1].upper() + word[1:], list=names))
    return texts
