"""How a value becomes text: the one place that rounds, chooses signs and words, and says what is missing.

Messages are translated by words.py and names of codes by labels.py; neither is done here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from indicators.words import N_, locale_of, translate

SPACE = "\u202f"
"""The narrow space that keeps a number and its sign together."""
NO_BREAK = "\u00a0"
"""The space that keeps a sign and its word on one line."""
MINUS = "\u2212"
FORMULA_STARTS = ("=", "+", "-", "@")

FLAG_WORDS = {
    "b": N_("break in series"),
    "d": N_("definition differs"),
    "e": N_("estimated"),
    "f": N_("forecast"),
    "i": N_("imputed"),
    "m": N_("missing"),
    "n": N_("not significant"),
    "p": N_("provisional"),
    "u": N_("low reliability"),
}
STATUS_WORDS = {
    "measured": N_("measured"),
    "not publishable": N_("not publishable"),
    "not measured": N_("not measured"),
    "not comparable": N_("not comparable"),
    "not loaded": N_("not in this release"),
}
TARGET_WORDS = {
    "set": N_("set"),
    "announced": N_("announced"),
    "proposed": N_("proposed"),
    "political": N_("political"),
    "historic": N_("historic"),
}
KIND_WORDS = {
    "european statistics": N_("European statistics"),
    "experimental statistics": N_("experimental statistics"),
    "curated collection": N_("curated collection"),
    "private data": N_("private data"),
    "stated": N_("stated by its source"),
}
IN_THOUSANDS = "THS_PER"
PERCENT = f"{{number}}{SPACE}%"
MILLIONS = N_("{number} million")
SMALL = {"EUR_BN": N_("EUR {number} million"), "USD_BN": N_("USD {number} million")}
"""How billions are told that would read as zero."""
UNITS = {
    IN_THOUSANDS: N_("{number} thousand"),
    "PP": N_("{number} point|{number} points"),
    "CASES": N_("{number} case|{number} cases"),
    "CASES_MIO": N_("{number} cases per million inhabitants"),
    "EU_100": N_("{number} (EU = 100)"),
    "INDEX_2011": N_("{number} (2011 = 100)"),
    "EUR_HAB": N_("EUR {number} per inhabitant"),
    "EUR_MIO_GDP": N_("EUR {number} per million euro of GDP"),
    "ENT": N_("{number} enterprise|{number} enterprises"),
    "EUR_BN": N_("EUR {number} billion"),
    "USD_BN": N_("USD {number} billion"),
    "RANK": N_("rank {number}"),
    "TIMES": N_("{number} times as many"),
    "NODES": N_("{number} node|{number} nodes"),
}
"""A message may hold a singular and a plural, parted by ``|``; a translation parts as its language needs."""
WHOLE_UNITS = ("CASES", "ENT", "RANK", "NODES", IN_THOUSANDS)
"""Units without decimals; thousands of persons get them only where they are told in millions."""
PERCENTAGES = (
    *("PC", "PC_ENT", "PC_ENT_AI_TANY", "PC_ENT_AI_EC", "PC_ENT_AI_PDI"),
    *("PC_IND", "PC_IND_IUAI", "PC_IND_IUAIX", "PC_EMP", "PC_ACT"),
    *("PC_SPECIALISTS", "PC_ENT_ITSPRCR2", "PC_POSTS", "PC_ADS", "PC_ADULTS", "PC_WORLD"),
)
"""Each code says what it is a percentage of; labels name that base."""


@dataclass(frozen=True)
class Change:
    """How a value moved since the previous period of its series; ``amount`` None where it cannot be said."""

    amount: float | None
    unit: str
    previous: str
    period: str
    status: str
    note: str = ""


def number_text(value: float, lang: str, decimals: int = 1, signed: bool = False) -> str:
    """The number rounded once, half up, from its decimal text, in the locale's spelling."""
    return _spell(_decimal(value), lang, decimals, signed)


def value_text(
    value: float | None,
    unit: str,
    lang: str,
    decimals: int = 1,
    *,
    flags: str = "",
    status: str = "not measured",
    low: float | None = None,
    high: float | None = None,
) -> str:
    """A value with its unit, a range as ``low–high``, or in words why there is none; then its flags in words."""
    text = _bare_text(value, unit, lang, decimals, status, low, high)
    words = flags_text(flags, lang)
    return f"{text} ({words})" if words else text


def amount_text(change: float, unit: str, lang: str, decimals: int = 1) -> str:
    """A difference with its sign; between percentages in points, never in %."""
    return _in_unit((change,), _difference_unit(unit), lang, decimals, signed=True)


def change_text(change: Change, lang: str) -> str:
    """The change with the two periods it lies between, or in words why none is stated."""
    if not change.previous:
        return translate("no earlier figure", lang)
    periods = {
        "previous": period_text(change.previous, lang),
        "period": period_text(change.period, lang),
    }
    if change.status == "stopped" or not _given(change.amount):
        return translate("not comparable with {previous}", lang, **periods)
    amount = amount_text(change.amount or 0, change.unit, lang)
    return translate("{amount} from {previous} to {period}", lang, amount=amount, **periods)


def finding(sentence: str, change: Change, lang: str) -> str:
    """``sentence`` (already in the reader's language, without its full stop) with the change added."""
    if not change.previous or change.status == "stopped" or not _given(change.amount):
        return f"{sentence}."
    text = translate(
        _COMPARED[_sign(change)],
        lang,
        sentence=sentence,
        amount=_in_unit((abs(change.amount or 0),), _difference_unit(change.unit), lang, 1),
        previous=period_text(change.previous, lang),
    )
    noted = translate("not fully comparable: see the note", lang)
    return f"{text} ({noted})." if change.status == "noted" else f"{text}."


_COMPARED = {
    1: N_("{sentence}, {amount} more than in {previous}"),
    0: N_("{sentence}, as much as in {previous}"),
    -1: N_("{sentence}, {amount} less than in {previous}"),
}


def _sign(change: Change) -> int:
    rounded = _rounded(_decimal(change.amount or 0), _decimals(change.unit, 1))
    return (rounded > 0) - (rounded < 0)


def above_text(values: Iterable[float | None], reference: float, unit: str, lang: str) -> str:
    """How many Member States lie above the next round number over ``reference``; empty without values."""
    known = [value for value in values if value is not None and _given(value)]
    if not known:
        return ""
    step = 5 if reference >= 15 else 2 if reference >= 5 else 1
    threshold = step * math.ceil((reference + step / 2) / step)
    return translate(
        "In {count} of {all} Member States it is above {threshold}.",
        lang,
        count=sum(value > threshold for value in known),
        all=len(known),
        threshold=_in_unit((threshold,), unit, lang, 0),
    )


def target_text(value: float | None, unit: str, lang: str) -> str:
    """A target's value with no more decimals than it was set with, or that it is still to be proposed."""
    if not _given(value):
        return translate("to be proposed", lang)
    exact = _decimal(value or 0) / (1000 if unit == IN_THOUSANDS and (value or 0) >= 1000 else 1)
    return _in_unit((value or 0,), unit, lang, 0 if exact == exact.to_integral_value() else 1)


def bound_percent(text: str) -> str:
    """A text in which no per cent sign can be parted from its number at a line's end."""
    return re.sub(r"(?<=\d)[ \u00a0]%", f"{SPACE}%", text)


def one_bracket(text: str) -> str:
    """A text in which what follows in two pairs of brackets stands in one: ``5.0 % (estimated, 2024)``."""
    return text.replace(") (", ", ")


def flags_text(flags: str, lang: str) -> str:
    """Flags in words, in the order given; a letter that is not known stands as it is."""
    return ", ".join(translate(FLAG_WORDS.get(flag, flag), lang) for flag in flags)


def period_text(period: str, lang: str) -> str:
    """A period in words: ``2024``, ``December 2024``, ``Q3 2024``, ``4 March 2026``."""
    year, _, part = period.partition("-")
    if not part:
        return year
    if part.startswith("Q"):
        return translate("Q{quarter} {year}", lang, quarter=part[1:], year=year)
    if part.startswith("S"):
        return translate("half-year {half} of {year}", lang, half=part[1:], year=year)
    if part.startswith("W"):
        return translate("week {week} of {year}", lang, week=int(part[1:]), year=year)
    if len(part) == 2:
        return f"{get_month_names(locale=_locale(lang))[int(part)]} {year}"
    return date_text(date.fromisoformat(period), lang)


def date_text(day: date, lang: str, short: bool = False) -> str:
    """A day as ``4 March 2026``; short: ``4 Mar 2026``."""
    text = str(format_date(day, format="medium" if short else "long", locale=_locale(lang)))
    return f"1er{text[1:]}" if lang == "fr" and day.day == 1 else text


def _bare_text(
    value: float | None,
    unit: str,
    lang: str,
    decimals: int,
    status: str,
    low: float | None,
    high: float | None,
) -> str:
    if low is not None and high is not None and _given(low) and _given(high) and low != high:
        return _in_unit((low, high), unit, lang, decimals)
    if value is not None and _given(value):
        return _in_unit((value,), unit, lang, decimals)
    reason = "not measured" if status == "measured" else status
    return translate(STATUS_WORDS.get(reason, reason), lang)


@lru_cache(maxsize=65_536)  # pages tell the same figures for every country that is highlighted
def _in_unit(values: tuple[float, ...], unit: str, lang: str, decimals: int, *, signed: bool = False) -> str:
    numbers, places = [_decimal(value) for value in values], _decimals(unit, decimals)
    message = PERCENT if unit in PERCENTAGES else UNITS.get(unit, f"{{number}} {unit}")
    if unit == IN_THOUSANDS and max(_rounded(abs(number), 0) for number in numbers) >= 1000:
        message, numbers, places = MILLIONS, [number / 1000 for number in numbers], decimals
    if unit in SMALL and any(numbers) and not any(_rounded(number, places) for number in numbers):
        message, numbers = SMALL[unit], [number * 1000 for number in numbers]
    number = "–".join(_spell(n, lang, places, signed) for n in numbers)
    return _form(translate(message, lang), _rounded(numbers[-1], places), lang).format(number=number)


def _form(message: str, number: Decimal, lang: str) -> str:
    singular, _, plural = message.partition("|")
    return plural if plural and _locale(lang).plural_form(abs(number)) != "one" else singular


def _decimals(unit: str, decimals: int) -> int:
    return 0 if unit in WHOLE_UNITS else decimals


def _difference_unit(unit: str) -> str:
    return "PP" if unit in PERCENTAGES else unit


def _decimal(value: float) -> Decimal:
    return Decimal(repr(float(value)))


def _rounded(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def _spell(number: Decimal, lang: str, decimals: int, signed: bool) -> str:
    rounded = _rounded(number, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = str(format_decimal(abs(rounded), format=pattern, locale=_locale(lang)))
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + text


def _given(value: float | None) -> bool:
    return value is not None and not math.isnan(value)


@cache
def _locale(lang: str) -> Locale:
    return locale_of(lang)


def spreadsheet_cell(value: object) -> object:
    """A cell in which no text can start a formula of a spreadsheet; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.lstrip().startswith(FORMULA_STARTS) else value
