"""What is said of a sector in sentences, by its page and by its brief alike; each function takes how a figure is found.

Which sectors there are is said in indicators/sectors.py; charts and layout do not belong here.
"""

from __future__ import annotations

from typing import Protocol

from dashboards.charts.marks import Row, text_of
from indicators.labels import label
from indicators.phrase import NO_BREAK, number_text, one_bracket, period_text
from indicators.registry import indicators
from indicators.sectors import Reading, Sector
from indicators.sectors_coverage import WORDS, Word
from indicators.words import geo_name, translate
from sources.codes import EU

ALL_ENTERPRISES = Reading("enterprises_using_ai", "", "")


class Find(Protocol):
    """Finds the last figure of a reading that states something, or that of a period; None without one."""

    def __call__(self, reading: Reading, geo: str = EU, period: str = "") -> Row | None: ...


def finding(sector: Sector, find: Find, lang: str) -> str:
    """The EU's value of the sector's widest activity against all enterprises, or that there is none."""
    row = find(sector.readings[0]) if sector.activities else None
    if row is None:
        name = translate(sector.title, lang)
        if not sector.activities:
            return translate("{sector}: official statistics do not measure the use of AI.", lang, sector=name)
        return translate("{sector}: this release holds no EU value for it.", lang, sector=name)
    said = translate(
        "{activity}: {value} of EU enterprises used AI in {period}",
        lang,
        activity=label("nace_r2", sector.activities[0], lang),
        value=text_of(row, lang),
        period=period_text(str(row["period"]), lang),
    )
    same = find(ALL_ENTERPRISES, period=str(row["period"]))
    if same is None:
        return f"{said}."
    return translate(
        "{said}, against {value} of all enterprises.", lang, said=said, value=text_of(same, lang)
    )


def own(sector: Sector, find: Find, country: str, lang: str) -> str:
    """The value of a country, where one is chosen and the sector is measured."""
    if not (country and sector.activities):
        return ""
    row, name = find(sector.readings[0], country), geo_name(country, lang)
    if row is None:
        return translate("{name}: no value in this release.", lang, name=name)
    told = {"value": text_of(row, lang), "period": period_text(str(row["period"]), lang)}
    return one_bracket(translate("{name}: {value} in {period}", lang, name=name, **told)) + "."


def near(reading: Reading, find: Find, lang: str) -> tuple[Word, str, str]:
    """Something near the sector: how it speaks of it, its name, and the EU's value; empty without one."""
    row = find(reading)
    title = translate(indicators()[reading.indicator].title, lang)
    member = label(reading.breakdown, reading.member, lang) if reading.member else ""
    name = " – ".join(text for text in (title, member) if text)
    if row is None:
        return "not loaded", name, ""
    unit = label("unit", str(row["unit"]), lang)
    told = f"{number_text(float(str(row['value'])), lang)} {unit} ({period_text(str(row['period']), lang)})"
    return "near it", name, told


def shaped(word: Word, lang: str) -> str:
    """How data speak of a sector: a shape and a word."""
    shape, name = WORDS[word]
    return f"{shape}{NO_BREAK}{translate(name, lang)}"
