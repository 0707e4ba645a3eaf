"""What a check is called and what it found, in the reader's language; checks are kept as English sentences.

Checking, and the sentences themselves, belong to the warehouse and to indicators.checks; a sentence that is
not among these here is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache

from indicators.phrase import date_text, number_text, period_text, value_text
from indicators.registry import indicators
from indicators.words import N_, alphabetical, apart, geo_name, translate

CHECKS = {
    "schema": N_("columns"),
    "readable": N_("readable"),
    "keys": N_("keys"),
    "codes": N_("codes"),
    "known": N_("known codes"),
    "flags": N_("flags"),
    "bounds": N_("bounds"),
    "eu": N_("EU among its countries"),
    "totals": N_("totals"),
    "revisions": N_("revisions"),
    "suppressed": N_("cells without a value"),
    "coverage": N_("coverage"),
    "rows": N_("rows"),
    "countries": N_("countries"),
    "dated": N_("dated"),
    "structure": N_("structure"),
    "fresh": N_("freshness"),
    "fetched": N_("fetched"),
    "spellings": N_("spellings"),
    "repeated": N_("repeated records"),
    "once": N_("stated once"),
    "stated": N_("values and status"),
    "states": N_("Member States"),
    "between": N_("EU among its countries"),
    "witness": N_("published value"),
}
"""What readers call a check, by its name."""

FINDINGS = (
    N_("{capture} held back: {finding}"),
    N_("{count} bytes read"),
    N_("{count} columns"),
    N_("{count} rows"),
    N_("{count} rows after {total}"),
    N_("{count} rows after {total}: less than {share} of the last accepted table"),
    N_("the table is empty"),
    N_("{count} rows, each key once"),
    N_("repeated or incomplete keys: {count} in {total} rows: {those}"),
    N_("{count} rows, none with unknown codes"),
    N_("{count} of {total} rows with unknown codes: {those}"),
    N_("{count} rows, none with unknown flags"),
    N_("{count} of {total} rows with unknown flags: {those}"),
    N_("{count} rows, none out of bounds"),
    N_("{count} of {total} rows out of bounds: {those}"),
    N_("columns of codes are known"),
    N_("columns with too many unknown codes: {count}: {those}"),
    N_("{count} rows, every EU value among those of its countries"),
    N_("{count} EU values lie outside those of their countries: {those}"),
    N_("{count} rows, every total as its parts"),
    N_("{count} totals disagree with their parts: {those}"),
    N_("no value differs by more than {low} points or {share} from what was known"),
    N_("{count} values differ by more than {low} points or {share} from what was known: {those}"),
    N_("the share of newest cells without a value is {share}"),
    N_("the share of newest cells without a value is {share}: {those}"),
    N_("the share of newest cells without a value rose by no more than {share}"),
    N_("the share of newest cells without a value rose by {share} of all cells: {those}"),
    N_("every Member State has the values that it had"),
    N_("Member States that lost all values of the newest period both have: {count}: {states}"),
    N_("{count} Member States"),
    N_("Member States: {count} of at least {total}; missing: {states}"),
    N_("{period}: {count} Member States"),
    N_("{period}: {count} Member States of {total} expected; missing: {states}"),
    N_("{period} is the newest; {next} is expected by {day}"),
    N_("{period} is the newest; {next} was expected by {day}"),
    N_("known from {known}; a new edition is expected by {day}"),
    N_("known from {known}; a new edition was expected by {day}"),
    N_("undated, and no other undated capture disagrees"),
    N_("{day}: as in {capture}"),
    N_("{day}: {changes}"),
    N_("every published spelling has a code"),
    N_("no name and no description stands under two ids"),
    N_("{count} names stand under several ids: {names}. {finding}"),
    N_("{count} names stand under several ids: {those}"),
    N_("{count} descriptions stand under several ids: {those}"),
    N_("1 name stands under several ids: {names}. {finding}"),
    N_("1 name stands under several ids: {those}"),
    N_("1 description stands under several ids: {those}"),
    N_("1 unknown spelling: {those}"),
    N_("{count} unknown spellings: {those}"),
    N_("all values within {low} to {high}"),
    N_("all values at least {low}"),
    N_("all values at most {high}"),
    N_("outside {low} to {high}: {those}"),
    N_("below {low}: {those}"),
    N_("above {high}: {those}"),
    N_("each figure once"),
    N_("stated more than once: {those}"),
    N_("values and their status agree"),
    N_("value and status disagree: {those}"),
    N_("the EU is among its countries"),
    N_("EU not among its countries: {those}"),
    N_("{geo} {period}: {low} to {high} published ({source}, vintage {day}), {count} here (vintage {days})"),
    N_("{geo} {period}: {high} published ({source}, vintage {day}), {count} here (vintage {days})"),
    N_("{geo} {period}: {high} published ({source}, vintage {day}), not publishable here (vintage {days})"),
)
"""The sentences of the checks; what stands in braces is as in ``PARTS``."""

CHANGES = (
    N_("{column}: new codes {codes}"),
    N_("{column}: codes gone {codes}"),
    N_("{column}: periods gone {codes}"),
    N_("dimensions moved: {order} instead of {before}"),
)
"""What changed in the structure of a table."""

PLACES = ("countries", "coverage", "states")
"""Checks whose offending rows are places."""

MORE = re.compile(r"and ([\d,]+) more")


def check_name(name: str, lang: str) -> str:
    """What readers call a check; its own name where there is no word for it."""
    return translate(CHECKS[name], lang) if name in CHECKS else name


def subject_name(subject: str, lang: str) -> str:
    """What was checked: an indicator by its title, a table by its id."""
    one = indicators().get(subject)
    return translate(one.title, lang) if one else subject


def row_names(check: str, rows: Sequence[str], lang: str) -> list[str]:
    """The offending rows of a check: places by their names and in their order, others as they were kept."""
    return [geo_name(row, lang) for row in alphabetical(rows, lang)] if check in PLACES else list(rows)


def finding(detail: str, lang: str) -> str:
    """What a check found, in the reader's language; as it was kept where no sentence of ``FINDINGS`` fits."""
    return _said(detail, FINDINGS, lang)


def change_text(text: str, lang: str) -> str:
    """What changed in the structure of a table, in the reader's language."""
    return apart((_said(one, CHANGES, lang) for one in text.split("; ")), lang)


def _said(text: str, messages: Iterable[str], lang: str) -> str:
    for message in messages:
        found = _pattern(message).fullmatch(text)
        if found:
            parts = {name: PARTS[name][1](part, lang) for name, part in found.groupdict().items()}
            return translate(message, lang, **parts)
    return text


@cache
def _pattern(message: str) -> re.Pattern[str]:
    """What recognises a sentence."""
    pieces = re.split(r"\{(\w+)\}", message)
    texts = [
        f"(?P<{piece}>{PARTS[piece][0]})" if number % 2 else re.escape(piece)
        for number, piece in enumerate(pieces)
    ]
    return re.compile("".join(texts), re.DOTALL)


def _number(text: str, lang: str) -> str:
    plain = text.replace(",", "")
    return number_text(float(plain), lang, len(plain.partition(".")[2]))


def _share(text: str, lang: str) -> str:
    return value_text(float(text.rstrip("%")), "PC", lang, 0, status="measured")


def _day(text: str, lang: str) -> str:
    return date_text(date.fromisoformat(text), lang, short=True)


def _days(text: str, lang: str) -> str:
    return ", ".join(_day(one, lang) for one in text.split(", "))


def _places(text: str, lang: str) -> str:
    return _several(text, lang, geo_name)


def _those(text: str, lang: str) -> str:
    return _several(text, lang, _as_it_is)


def _as_it_is(text: str, _: str) -> str:
    return text


def _several(text: str, lang: str, named: Callable[[str, str], str]) -> str:
    return apart((_one(one, lang, named) for one in text.split("; ")), lang)


def _one(text: str, lang: str, named: Callable[[str, str], str]) -> str:
    more = MORE.fullmatch(text)
    return translate("and {count} more", lang, count=_number(more[1], lang)) if more else named(text, lang)


NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
DAY = r"\d{4}-\d\d-\d\d"
PLACE = r"[A-Z][A-Z0-9_]+"
PARTS: dict[str, tuple[str, Callable[[str, str], str]]] = {
    **dict.fromkeys(("count", "total", "low", "high"), (NUMBER, _number)),
    "share": (r"\d+%", _share),
    **dict.fromkeys(("period", "next"), (r"\d{4}(?:-\w+){0,2}", period_text)),
    **dict.fromkeys(("day", "known"), (DAY, _day)),
    "days": (rf"{DAY}(?:, {DAY})*", _days),
    "geo": (PLACE, geo_name),
    "states": (rf"{PLACE}(?:; {PLACE})*(?:; (?:…|and \d+ more))?", _places),
    "source": (r".+", translate),
    "those": (r".+", _those),
    "names": (r"[^.]+", _those),
    "changes": (r".+", change_text),
    **dict.fromkeys(("capture", "column", "order", "before"), (r"\S+", _as_it_is)),
    "codes": (r".+", _as_it_is),
    "finding": (r".+", finding),
}
"""The parts of a sentence: what each looks like as it is kept, and how it is said to readers."""
