"""The tables and texts behind the figures of an exhibit, as a reader is told of them, on a page or in a file.

Which they are is the release's to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboards import data
from dashboards.charts.marks import Row, records
from dashboards.reader import Reader
from dashboards.text import plain
from indicators.labels import label
from indicators.phrase import date_text, period_text
from indicators.words import apart, translate

MOST_VINTAGES = 3


@dataclass(frozen=True)
class Origin:
    """One table with its state, or one text that states figures, in the reader's language; ``link`` may be empty.

    ``name`` is the table's code, or the text's title, whose publisher is then empty; in ``dated``, a text of ours,
    baselines are bold.
    """

    publisher: str
    name: str
    link: str
    kind: str
    dated: str
    licence: str

    def told(self, lang: str) -> str:
        """The origin on one line, as plain text."""
        named = " · ".join(part for part in (self.publisher, self.name) if part)
        said = translate("Source: {publisher}", lang, publisher=named)
        licence = translate("licence: {licence}", lang, licence=self.licence)
        return " · ".join([said, self.kind, self.vintage, licence])

    @property
    def vintage(self) -> str:
        """``dated`` as plain text."""
        return self.dated.replace("**", "")

    def markdown(self, lang: str) -> str:
        """The origin on one line, its name a link."""
        name = f"[{plain(self.name)}](<{self.link}>)" if self.link else plain(self.name)
        first, *more = [plain(self.publisher), name] if self.publisher else [name]
        licence = plain(translate("licence: {licence}", lang, licence=self.licence))
        said = translate("Source: {publisher}", lang, publisher=first)
        return " · ".join([said, *more, plain(self.kind), self.dated, licence])


def origins(reader: Reader, figures: pd.DataFrame) -> tuple[Origin, ...]:
    """For every table behind the figures its origin; for figures that we collected by hand the texts that state them."""
    captures = data.sources(reader.release, figures)
    stated = records(data.stated_by(reader.release, figures))
    tables = [records(table) for _, table in captures.groupby("view")]
    return tuple(
        origin
        for rows in tables
        for origin in ([_text(text, rows[0], reader.lang) for text in stated] or [_table(rows, reader.lang)])
    )


def origins_of(reader: Reader, views: Sequence[str]) -> tuple[Origin, ...]:
    """The origins of tables of the release that hold no figures, by their names there; those not loaded are left out."""
    captures = data.captures(reader.release)
    used = [captures[captures["used"].astype(bool) & (captures["view"] == view)] for view in views]
    return tuple(_table(records(rows), reader.lang) for rows in used if len(rows))


def _table(rows: Sequence[Row], lang: str) -> Origin:
    """One table; ``rows`` are its captures, the newest first."""
    table = rows[0]
    return Origin(
        publisher=label("publisher", str(table["publisher"]), lang),
        name=str(table["view"]).partition(".")[2],
        link=str(table["landing_page"] or ""),
        kind=label("kind", str(table["kind"]), lang),
        dated=vintages(rows, lang),
        licence=label("licence", str(table["licence"]), lang),
    )


def _text(text: Row, table: Row, lang: str) -> Origin:
    return Origin(
        publisher="",
        name=str(text["source"]),
        link=str(text["link"] or ""),
        kind=label("kind", str(table["kind"]), lang),
        dated=plain(translate("dated: {day}", lang, day=period_text(str(text["source_date"]), lang))),
        licence=label("licence", str(table["licence"]), lang),
    )


def vintages(rows: Sequence[Row], lang: str) -> str:
    """The days, and the baselines, that captures tell of, the newest first; a long list is cut."""
    told = list(dict.fromkeys(_vintage(row, lang) for row in rows))
    more = [translate("and {count} earlier", lang, count=len(told) - MOST_VINTAGES)]
    return apart([*told[:MOST_VINTAGES], *(more if len(told) > MOST_VINTAGES else [])], lang)


def _vintage(row: Row, lang: str) -> str:
    if pd.isna(row["known_from"]):  # type: ignore[call-overload]
        return translate("undated", lang)
    day = date_text(pd.Timestamp(row["known_from"]).date(), lang)  # type: ignore[arg-type]
    if row["origin"] == "baseline":
        return "**" + translate("baseline of {day}", lang, day=day) + "**"
    return translate("as of {day}", lang, day=day)
