"""How to cite a figure, table or chart: one entry for every dataset behind it, as text, BibTeX and CSL-JSON.

Which captures there are is the release's to say, and nothing is shown here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import quote

import pandas as pd

from indicators.labels import label
from indicators.phrase import date_text, period_text
from indicators.words import N_, geo_name, translate
from sources.model import Capture
from warehouse.read import OpenRelease
from warehouse.vintages import end_of, layers

Form = Literal["plain", "bibtex", "csl-json"]
PRODUCT = "AI Observatory"
STATED = "stated"
"""The kind of data that we collected by hand: the texts that state them are cited, not our table."""

Row = Mapping[str, object]


@dataclass(frozen=True)
class Citation:
    """One dataset, or one text that states figures, as ``subject`` rests on it.

    ``first`` and ``newest`` are the days of the oldest and the newest capture used, None where all are undated; a
    text has the day (or month, or year) that it bears in ``dated`` instead, and no code.
    """

    subject: str
    publisher: str
    title: str
    code: str
    link: str
    licence: str
    release: str
    accessed: date
    first: date | None = None
    newest: date | None = None
    dated: str = ""

    @property
    def key(self) -> str:
        """A name for the entry, of small letters, digits and underscores, the same for the same vintage."""
        said = [self.code or self.title, self.dated or (str(self.newest) if self.newest else "undated")]
        return re.sub(r"[^a-z0-9]+", "_", " ".join(said).lower()).strip("_")

    @property
    def issued(self) -> str:
        """The day of what is cited, or as much of it as is known; empty where nothing is."""
        return self.dated or (str(self.newest) if self.newest else "")


def rests_on(release: OpenRelease, captures: Collection[str], on: date | None = None) -> tuple[Capture, ...]:
    """What figures rest on now, or rested on on a day; ``captures`` are the ids that their rows name.

    A row keeps the newest captures that state it: for an earlier day those known then count, or where they all came
    later, what was known then of their datasets.
    """
    named = [one for one in release.captures if one.id in captures]
    if on is None:
        return tuple(named)
    until = end_of(on)
    then = [one for one in named if one.known_from and one.known_from <= until]
    owners = {one.dataset for one in named} - {one.dataset for one in then}
    for owner in sorted(owners):
        then += layers((one for one in release.captures if one.dataset == owner), until)
    return tuple(then)


def cited(
    release: OpenRelease, subject: str, figures: pd.DataFrame, accessed: date, on: date | None = None
) -> tuple[Citation, ...]:
    """The entries for rows of the release's table ``figures`` of one indicator."""
    named = {name for names in figures["captures"] for name in names}
    ids = [capture.id for capture in rests_on(release, named, on)]
    captures = release.query(
        "SELECT view, title, publisher, kind, licence, landing_page, known_from FROM captures "
        "WHERE list_contains(?, id) ORDER BY view, known_from DESC NULLS LAST",
        [ids],
    )
    texts = pd.DataFrame()
    if release.has("curated.figures"):
        texts = release.query(
            "SELECT DISTINCT source, link, source_date FROM curated.figures "
            "WHERE list_contains(?, capture) AND list_contains(?, series) AND list_contains(?, period) "
            "ORDER BY source_date DESC, source",
            [ids, sorted(set(figures["indicator"])), sorted(set(figures["period"]))],
        )
    return citations(subject, _rows(captures), _rows(texts), release.id, accessed)


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def citations(
    subject: str, captures: Iterable[Row], texts: Iterable[Row], release: str, accessed: date
) -> tuple[Citation, ...]:
    """The entries for a subject, in the order of its tables.

    ``captures`` are rows with view, title, publisher, kind, licence, landing_page and known_from; ``texts`` rows with
    source, link and source_date, which stand in for the tables that we collected by hand.
    """
    tables: dict[str, list[Row]] = {}
    for row in captures:
        tables.setdefault(str(row["view"]), []).append(row)
    stated = list(texts)
    return tuple(
        entry
        for rows in tables.values()
        for entry in (
            [_text_entry(subject, text, rows[0], release, accessed) for text in stated]
            if stated and rows[0]["kind"] == STATED
            else [_table_entry(subject, rows, release, accessed)]
        )
    )


def subject_text(title: str, geos: Sequence[str], periods: Sequence[str], lang: str) -> str:
    """What is cited: the indicator's title, for whom and of when, where that is said."""
    whose, when = [geo_name(geo, lang) for geo in geos], [period_text(period, lang) for period in periods]
    return ", ".join([translate(title, lang), *whose, *when])


def told(entries: Sequence[Citation], form: Form, lang: str) -> str:
    """The entries in one form: paragraphs in the reader's language, a BibTeX file or a CSL-JSON array."""
    match form:
        case "plain":
            return "\n\n".join(plain_text(entry, lang) for entry in entries)
        case "bibtex":
            return "\n\n".join(bibtex(entry, lang) for entry in entries)
        case "csl-json":
            return json.dumps([csl(entry, lang) for entry in entries], ensure_ascii=False, indent=1)


def plain_text(entry: Citation, lang: str) -> str:
    """The entry as one paragraph in the reader's language, with only what is known of it."""
    code = f" ({entry.code})" if entry.code else ""
    publisher = f"{label('publisher', entry.publisher, lang)}: " if entry.publisher else ""
    sentences = (
        f"{publisher}{entry.title}{code}",
        vintage_text(entry, lang),
        _used_for(entry, lang),
        _through(entry, lang),
        translate("Accessed on {day}", lang, day=date_text(entry.accessed, lang)),
        translate("licence: {licence}", lang, licence=label("licence", entry.licence, lang)),
    )
    return _line(" ".join([*(_sentence(text) for text in sentences), _verbatim(entry.link)]))


def vintage_text(entry: Citation, lang: str) -> str:
    """Which state of the data it was: a day, the days from which it was put together, or that it is undated."""
    if entry.dated:
        return translate("dated: {day}", lang, day=period_text(entry.dated, lang))
    if entry.newest is None or entry.first is None:
        return translate("undated", lang)
    first, newest = date_text(entry.first, lang), date_text(entry.newest, lang)
    if first == newest:
        return translate("as of {day}", lang, day=newest)
    return translate(BETWEEN, lang, first=first, newest=newest)


BETWEEN = N_("captures of {first} to {newest}")


def bibtex(entry: Citation, lang: str) -> str:
    """The entry as ``@misc``; every text escaped, and braced so that its capitals stay."""
    fields = {
        "author": f"{{{_tex(label('publisher', entry.publisher, lang))}}}" if entry.publisher else "",
        "title": f"{{{_tex(entry.title)}}}",
        "number": _tex(entry.code),
        "year": entry.issued[:4],
        "version": _tex(vintage_text(entry, lang)),
        "url": _verbatim(entry.link),
        "urldate": entry.accessed.isoformat(),
        "note": _tex(f"{_through(entry, lang)}. {_used_for(entry, lang)}"),
        "copyright": _tex(label("licence", entry.licence, lang)),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value.strip("{}")]
    return f"@misc{{{entry.key},\n" + ",\n".join(lines) + "\n}"


def csl(entry: Citation, lang: str) -> dict[str, object]:
    """The entry as an item of CSL-JSON; only fields that its schema knows, and none without content."""
    publisher = _line(label("publisher", entry.publisher, lang))
    licence = translate("licence: {licence}", lang, licence=label("licence", entry.licence, lang))
    item = {
        "id": entry.key,
        "type": "dataset" if entry.code else "report",
        "title": _line(entry.title),
        "author": [{"literal": publisher}] if publisher else None,
        "publisher": publisher,
        "number": entry.code,
        "version": vintage_text(entry, lang),
        "issued": _date_parts(entry.issued),
        "accessed": _date_parts(entry.accessed.isoformat()),
        "URL": _verbatim(entry.link),
        "archive": PRODUCT,
        "archive_location": entry.release,
        "note": _line(f"{_sentence(_used_for(entry, lang))} {_sentence(licence)}"),
    }
    return {name: value for name, value in item.items() if value}


def _used_for(entry: Citation, lang: str) -> str:
    return translate("Used for: {subject}", lang, subject=entry.subject)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _through(entry: Citation, lang: str) -> str:
    return f"{PRODUCT}, {translate('Release {release}', lang, release=entry.release)}"


def _date_parts(day: str) -> dict[str, list[list[int]]] | None:
    """As much of a day as is known; a quarter or a week is told by its year."""
    parts = day.split("-")
    known = (
        [int(part) for part in parts]
        if all(part.isdigit() for part in parts)
        else [int(day[:4])]
        if day
        else []
    )
    return {"date-parts": [known]} if known else None


TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


def _tex(text: str) -> str:
    """A text on one line in which no sign means anything to TeX."""
    return "".join(TEX.get(sign, sign) for sign in _line(text))


def _verbatim(link: str) -> str:
    """An address in which nothing can end a BibTeX field: braces, backslashes and blanks are percent-encoded."""
    return quote(link.strip(), safe="%/:?#[]@!$&'()*+,;=~-._")


def _line(text: str) -> str:
    return " ".join(text.split())


def _table_entry(subject: str, rows: Sequence[Row], release: str, accessed: date) -> Citation:
    table = rows[0]
    days = sorted(pd.Timestamp(row["known_from"]).date() for row in rows if not pd.isna(row["known_from"]))  # type: ignore[arg-type, call-overload]
    return Citation(
        subject=subject,
        publisher=str(table["publisher"]),
        title=str(table["title"]),
        code=_code(str(table["view"])),
        link=str(table["landing_page"] or ""),
        licence=str(table["licence"]),
        release=release,
        accessed=accessed,
        first=days[0] if days else None,
        newest=days[-1] if days else None,
    )


def _code(view: str) -> str:
    """The publisher's own code of a table, or where it has none the table's name in the release."""
    source, _, name = view.partition(".")
    return name if source == "eurostat" else view


def _text_entry(subject: str, text: Row, table: Row, release: str, accessed: date) -> Citation:
    return Citation(
        subject=subject,
        publisher="",
        title=str(text["source"]),
        code="",
        link=str(text["link"] or ""),
        licence=str(table["licence"]),
        release=release,
        accessed=accessed,
        dated=str(text["source_date"]),
    )
