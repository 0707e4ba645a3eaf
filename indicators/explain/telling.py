"""The sentences of an explanation, in a reader's language, which the command line and the pages share.

Formulas and codes in words are in words.py; laying sentences out belongs to those who show them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from babel.dates import format_datetime

from indicators.explain.model import Case, Cell, Explanation, Node, counts_of
from indicators.explain.words import cell_names
from indicators.formula import breakdown_of
from indicators.labels import label
from indicators.phrase import Change, change_text, date_text, flags_text, period_text, value_text
from indicators.words import N_, apart, geo_name, locale_of, translate, worded
from sources.model import Capture, Dataset

KINDS = {
    "Slice": N_("cell"),
    "Count": N_("count"),
    "Sum": N_("sum"),
    "Difference": N_("difference"),
    "Ratio": N_("ratio"),
    "Share": N_("share"),
    "Change": N_("change"),
    "Gap": N_("gap"),
    "Rank": N_("rank"),
    "Spread": N_("spread"),
    "Prefer": N_("first of two that is loaded"),
    "Product": N_("product"),
    "Behind": N_("distance to the best"),
    "Regions": N_("region"),
    "Named": N_("under another code"),
    "Group": N_("group"),
    "Total": N_("total"),
    "Everywhere": N_("one value for all places"),
    "Latest": N_("newest value"),
}
ORIGINS = {"live": N_("fetched"), "imported": N_("imported"), "baseline": N_("baseline")}


def title(found: Explanation, lang: str) -> str:
    """What the figure is of: indicator, member, place and period."""
    figure = found.figure
    member = f", {label(figure.breakdown, figure.member, lang)}" if figure.member else ""
    place = f"{geo_name(figure.geo, lang)}, {period_text(figure.period, lang)}"
    return worded(f"{translate(found.indicator.title, lang)}{member}", place, lang)


def value(found: Explanation, lang: str) -> str:
    """The figure with two decimals and its flags in words, or why there is none."""
    figure = found.figure
    said = {"low": figure.low, "high": figure.high}
    text = value_text(figure.value, figure.unit, lang, 2, flags=figure.flags, status=figure.status, **said)
    return apart((text, *_silent(found, lang)), lang)


def _silent(found: Explanation, lang: str) -> list[str]:
    """For each edition that was to be counted and lacks a column, that it does."""
    counts = counts_of(found.tree) if found.tree else ()
    lacking = dict.fromkeys((one.dataset.id, column) for one in counts for column in one.silent)
    said = N_("this edition of {table} says nothing of {column}")
    return [
        translate(said, lang, table=table, column=label("breakdown", column, lang))
        for table, column in lacking
    ]


def change(found: Explanation, lang: str) -> str:
    """How the figure moved, with the note to it; empty where no period precedes it."""
    figure = found.figure
    if not figure.previous_period:
        return ""
    moved = Change(figure.change, figure.unit, figure.previous_period, figure.period, figure.change_status)
    note = f" ({translate(figure.change_note, lang)})" if figure.change_note else ""
    return change_text(moved, lang) + note


def known(found: Explanation, lang: str) -> str:
    """From when to when this was stated."""
    start, end = found.figure.known_from, found.figure.known_to
    if start is None:
        since = translate("known from captures without a date", lang)
    else:
        since = translate("known from {day}", lang, day=date_text(start.date(), lang))
    until = translate("until {day}", lang, day=date_text(end.date(), lang)) if end else ""
    return f"{since} {until}".strip()


def verdict(found: Explanation, lang: str) -> str:
    """Whether computing the figure anew gave what the release states."""
    if found.agrees is None:
        text = N_("Not computed anew: the tables behind it are not on this machine. A refresh loads them.")
    elif found.agrees:
        text = N_("Computed anew from these inputs, it equals the figure stated.")
    else:
        text = N_("Computed anew from these inputs, it does not equal the figure stated.")
    return translate(text, lang)


def node(one: Node, lang: str, role: str = "") -> str:
    """One node of the tree: its role, kind, member, place and value."""
    member = label(breakdown_of(one.formula), one.member, lang) if one.member else ""
    place = ", ".join(filter(None, (member, geo_name(one.geo, lang), period_text(one.period, lang))))
    kind = translate(KINDS[type(one.formula).__name__], lang)
    said = {"low": one.low, "high": one.high}
    text = value_text(one.value, one.unit, lang, 2, flags=one.flags, status=one.status, **said)
    return f"{f'{role} ' if role else ''}({kind}) {place}: {text}"


def cell_title(cell: Cell, lang: str) -> str:
    """The cell's table, place and period."""
    return worded(cell.dataset.id, f"{geo_name(cell.geo, lang)}, {period_text(cell.period, lang)}", lang)


def cell_value(cell: Cell) -> str:
    """The number as published, every digit of it, in the spelling of machines; empty without one."""
    if cell.low is not None and cell.high is not None:
        return f"{cell.low:.12g} – {cell.high:.12g}"
    return "" if cell.value is None else f"{cell.value:.12g}"


def cell_lines(cell: Cell, found: Explanation, lang: str) -> Iterator[str]:
    """What a cell says, a line each: codes, value or why there is none, flags and confidentiality in words."""
    yield cell_names(cell, found.labels, lang)
    names = cell.dataset.dimensions or (cell.dataset.record_key,)
    yield " ".join(f"{name}={cell.codes[name]}" for name in names if cell.codes.get(name))
    if number := cell_value(cell):
        yield translate("value as published: {number}", lang, number=number)
    elif cell.missing == "not measured":
        yield translate("not measured: the whole table was looked at, and has no such cell", lang)
    else:
        yield translate("not publishable: the table has the cell, without a value", lang)
    if cell.flags:
        yield translate("flag {flags}: {words}", lang, flags=cell.flags, words=flags_text(cell.flags, lang))
    if code := cell.confidentiality:
        words = label("confidentiality", code, lang)
        yield translate("confidentiality {code}: {words}", lang, code=code, words=words)


def dataset_line(dataset: Dataset, lang: str) -> str:
    """Publisher, kind of data and licence."""
    parts = (("publisher", dataset.publisher), ("kind", dataset.kind), ("licence", dataset.licence))
    return " · ".join(label(name, text, lang) for name, text in parts)


def capture_lines(capture: Capture, lang: str) -> Iterator[str]:
    """Where, when and how a table came, a line each."""
    yield translate(
        "capture {id} ({origin}, {scope})",
        lang,
        id=capture.id,
        origin=translate(ORIGINS[capture.origin], lang),
        scope=translate(N_("whole table") if capture.scope == "full" else N_("part of the table"), lang),
    )
    yield translate(
        "retrieved {moment} from {url}", lang, moment=moment(capture.retrieved_at, lang), url=capture.url
    )
    yield (
        translate("known from {day}", lang, day=date_text(capture.known_from.date(), lang))
        if capture.known_from
        else translate("undated", lang)
    )
    if capture.source_updated_at:
        yield translate(
            "last update of the source: {moment}", lang, moment=moment(capture.source_updated_at, lang)
        )
    else:
        yield translate("last update of the source: not stated", lang)
    yield f"SHA-256 {capture.sha256}"


def case_line(case: Case, lang: str) -> str:
    """One counted record: id, name, place, status."""
    place = geo_name(case.geo, lang) if case.geo else case.country
    status = label("status", case.status, lang) if case.status else ""
    return " · ".join(part for part in (case.id, case.name, place, status) if part)


def more_cases(count: int, lang: str) -> str:
    """That a list of cases is cut, and where all of them are."""
    return translate("and {count} more: the command below lists all with --format json", lang, count=count)


def moment(at: datetime, lang: str) -> str:
    """A moment in UTC, to the minute."""
    return f"{format_datetime(at, 'd MMM yyyy HH:mm', locale=locale_of(lang))} UTC"
