"""Writes the methodology, one Markdown file a language, from the catalogue: ``make docs``.

What an indicator is and how it is worded belongs to its own file; nothing is said here that the catalogue does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indicators.explain.words import in_words
from indicators.formula import Formula, Group, breakdown_of, members_of
from indicators.labels import label
from indicators.model import Coverage, Event, Indicator, Witness
from indicators.phrase import bound_percent, date_text, number_text, period_text, value_text
from indicators.registry import datasets, formulas, indicators, themes
from indicators.words import LANGUAGES, apart, geo_name, translate
from sources import registry
from sources.model import Dataset
from sources.settings import Settings

FOLDER = Path(__file__).parents[1] / "docs" / "methodology"
NEWEST = "2025"
"""The year for which a formula is worded where no witness names a period."""


def main() -> None:
    """Write the files of all languages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for lang in LANGUAGES:
        (FOLDER / f"{lang}.md").write_text(document(lang), encoding="utf-8")


def document(lang: str) -> str:
    """The methodology of the whole catalogue in one language, as Markdown."""
    return "\n".join([*_opening(lang), *(line for theme in themes() for line in _theme(theme, lang))]) + "\n"


def gaps(indicator: Indicator, lang: str) -> list[str]:
    """What an indicator lacks to be told in a language: a translation, a caveat, a witness, a citation."""
    events = [event.text for event in indicator.events]
    spoken = (indicator.title, indicator.question, indicator.method, *indicator.caveats, *events)
    found = [
        f"no translation of: {text}" for text in spoken if lang != "en" and translate(text, lang) == text
    ]
    if not indicator.caveats:
        found.append("no caveat")
    if indicator.witness is None and indicator.waits_for not in datasets(indicator):
        found.append("no witness, and no table of its own that would bring one")
    if indicator.witness is not None and not indicator.witness.source:
        found.append("no citation of its witness")
    return found


def _opening(lang: str) -> Iterator[str]:
    yield f"# {translate('Methodology', lang)}"
    yield ""
    yield translate(
        "Written by `make docs` from the catalogue of indicators; do not edit it by hand. {count} indicators.",
        lang,
        count=len(indicators()),
    )
    for theme, own in themes().items():
        yield ""
        yield f"**{label('theme', theme, lang)}**"
        yield ""
        yield from (f"- [{translate(one.title, lang)}](#{one.id})" for one in own)


def _theme(theme: str, lang: str) -> Iterator[str]:
    yield ""
    yield f"## {label('theme', theme, lang)}"
    for indicator in themes()[theme]:
        yield from _indicator(indicator, lang)


def _indicator(indicator: Indicator, lang: str) -> Iterator[str]:
    """One indicator: question, method, formula, then lists of what to mind and what it rests on."""
    yield ""
    yield f'<a id="{indicator.id}"></a>'
    yield ""
    yield f"### {translate(indicator.title, lang)}"
    yield ""
    yield f"*{translate(indicator.question, lang)}*"
    yield from entry(indicator, lang)


def entry(indicator: Indicator, lang: str) -> Iterator[str]:
    """One indicator's method, formula in words, what to mind, comparability, particulars and tables: Markdown lines."""
    yield from (bound_percent(line) for line in _told(indicator, lang))


def _told(indicator: Indicator, lang: str) -> Iterator[str]:
    yield ""
    yield translate(indicator.method, lang)
    worded = translate("Formula, worded for {period}", lang, period=period_text(_period(indicator), lang))
    yield from _section(worded, _formulas(indicator, lang))
    yield from _section(
        translate("What to mind", lang), (translate(caveat, lang) for caveat in indicator.caveats)
    )
    yield from _section(translate("Comparability", lang), (_event(event, lang) for event in indicator.events))
    yield from _section(translate("Particulars", lang), _particulars(indicator, lang))
    yield from _section(translate("Tables", lang), _tables(indicator, lang))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    """A list under its title; nothing for an empty one."""
    told = list(lines)
    if told:
        yield ""
        yield f"**{title}**"
        yield ""
        yield from (f"- {line}" for line in told)


def _formulas(indicator: Indicator, lang: str) -> Iterator[str]:
    """Each formula in words; where members are added up, each group with its own."""
    for formula in formulas(indicator):
        name = _breakdown(formula, lang)
        if isinstance(formula, Group) and formula.name:
            for member in members_of(formula):
                words = in_words(formula, {}, lang, _period(indicator), member)
                yield _named(label(formula.name, member, lang), words, lang)
        else:
            words = in_words(formula, {}, lang, _period(indicator))
            yield _named(name, words, lang) if name else words


def _named(name: str, words: str, lang: str) -> str:
    return translate("{name}: {words}", lang, name=name, words=words)


def _period(indicator: Indicator) -> str:
    """For which period the formulas are worded: codes may vary by year."""
    return indicator.witness.period if indicator.witness else NEWEST


def _breakdown(formula: Formula, lang: str) -> str:
    """The breakdown's name and its members in brackets; empty for a total."""
    breakdown = breakdown_of(formula)
    if not breakdown:
        return ""
    members = apart((label(breakdown, member, lang) for member in members_of(formula)), lang)
    return f"{label('breakdown', breakdown, lang)} ({members})"


def _event(event: Event, lang: str) -> str:
    told = {"period": period_text(event.period, lang), "note": translate(event.text, lang)}
    words = (
        translate("Comparison stops at {period}: {note}", lang, **told)
        if event.effect == "stops"
        else translate("Noted from {period} on: {note}", lang, **told)
    )
    return _named(geo_name(event.geo, lang), words, lang) if event.geo else words


def _particulars(indicator: Indicator, lang: str) -> Iterator[str]:
    yield translate("Identifier: {id}", lang, id=f"`{indicator.id}`")
    yield translate("Unit: {unit}", lang, unit=label("unit", indicator.unit, lang))
    yield _bounds(indicator.bounds, lang)
    yield _coverage(indicator.coverage, lang)
    if indicator.witness:
        yield _witness(indicator, indicator.witness, lang)
    else:
        yield translate(
            "Witness: none yet, since no published value was at hand to check; the first capture of the table {table} "
            "brings one",
            lang,
            table=f"`{indicator.waits_for}`",
        )


def _coverage(coverage: Coverage, lang: str) -> str:
    """How many Member States should have values; nothing is expected of what is told of the EU alone, or collected."""
    period = period_text(coverage.since, lang)
    if not coverage.member_states:
        return translate(
            "Coverage: since {period}; no number of Member States is expected", lang, period=period
        )
    count = coverage.member_states
    return translate("Coverage: {count} Member States, since {period}", lang, count=count, period=period)


def _bounds(bounds: tuple[float | None, float | None], lang: str) -> str:
    """Between what values have to lie for a release to be published."""
    low, high = ("" if value is None else number_text(value, lang, _decimals(value)) for value in bounds)
    if low and high:
        return translate("Bounds: {low} to {high}", lang, low=low, high=high)
    if low:
        return translate("Bounds: {low} or more", lang, low=low)
    return translate("Bounds: {high} or less", lang, high=high) if high else translate("Bounds: none", lang)


def _decimals(value: float) -> int:
    return 0 if value == int(value) else 2


def _witness(indicator: Indicator, witness: Witness, lang: str) -> str:
    member = label(breakdown_of(indicator.formula), witness.member, lang) if witness.member else ""
    told = [geo_name(witness.geo, lang), *([member] if member else []), period_text(witness.period, lang)]
    low, high = (None, None) if witness.low is None else (witness.low, witness.value)
    value = value_text(witness.value, indicator.unit, lang, witness.decimals, low=low, high=high)
    return translate(
        "Witness: {what}: {value} ({source}; vintage of {day})",
        lang,
        what=", ".join(told),
        value=value,
        source=translate(witness.source, lang),
        day=date_text(witness.vintage, lang),
    )


def _tables(indicator: Indicator, lang: str) -> Iterator[str]:
    held = registry.datasets(Settings())
    yield from (_table(held[name], lang) for name in sorted(datasets(indicator)))


def _table(table: Dataset, lang: str) -> str:
    """A table by its title, with publisher, kind of data and licence."""
    name = f"[{table.code}](<{table.landing_page}>)" if table.landing_page else table.code
    parts = (
        _named(name, translate(table.title, lang), lang),
        label("publisher", table.publisher, lang),
        label("kind", table.kind, lang),
        translate("licence: {licence}", lang, licence=label("licence", table.licence, lang)),
    )
    return " · ".join(parts)


if __name__ == "__main__":
    main()
