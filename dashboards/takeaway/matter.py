"""What every file that is taken away says of itself: title, summary, sources, vintages, flags, licences, release.

Which form the file has does not belong here.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.charts.marks import records
from dashboards.exhibit_model import Exhibit
from dashboards.origins import Origin, origins
from dashboards.reader import Reader
from dashboards.text import csv_text
from indicators.phrase import STATUS_WORDS, date_text, flags_text
from indicators.words import N_, translate

INDEPENDENT = N_(
    "Independent. This is not the AI Observatory announced in COM(2025) 723, nor a product of the European "
    "Commission or of Eurostat."
)


@dataclass(frozen=True)
class Matter:
    """An exhibit's figures as rows of texts, its chart, and all that a file must carry; ``link`` may be empty."""

    key: str
    title: str
    summary: str
    lang: str
    figure: go.Figure
    rows: tuple[dict[str, str], ...]
    origins: tuple[Origin, ...]
    flags: str
    release: str
    day: str
    link: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands below a chart: sources with vintage and licence, flags, the release, and who we are not."""
        sources = [origin.told(self.lang) for origin in self.origins]
        stands = translate("AI Observatory, release {release}", self.lang, release=self.release)
        return tuple(
            line
            for line in (
                *sources,
                self.flags,
                " · ".join(filter(None, (stands, self.day, self.link))),
                self.independent,
            )
            if line
        )

    @property
    def independent(self) -> str:
        return translate(INDEPENDENT, self.lang)

    @property
    def vintage(self) -> str:
        return "; ".join(dict.fromkeys(origin.vintage for origin in self.origins))

    @property
    def licence(self) -> str:
        return "; ".join(dict.fromkeys(origin.licence for origin in self.origins))

    @property
    def source(self) -> str:
        named = (" ".join(part for part in (one.publisher, one.name) if part) for one in self.origins)
        return "; ".join(dict.fromkeys(named))


def matter(shown: Exhibit, reader: Reader, link: str = "") -> Matter:
    """All that an exhibit's files say, asked of the release."""
    figures = shown.figures.assign(release=reader.release.id).reindex(columns=list(shown.columns))
    rows = tuple(csv.DictReader(io.StringIO(csv_text(figures))))
    return Matter(
        shown.key,
        shown.title,
        shown.summary,
        reader.lang,
        shown.figure,
        rows,
        origins(reader, shown.figures),
        flags(shown, reader.lang),
        reader.release.id,
        day_told(reader),
        link,
    )


def day_told(reader: Reader) -> str:
    """As of which day the reader looks at figures; empty for what is known now."""
    day = reader.day
    return translate("As known on {day}", reader.lang, day=date_text(day, reader.lang)) if day else ""


def flags(shown: Exhibit, lang: str) -> str:
    """The flags and the kinds of missing values among an exhibit's figures, in words, with how many bear each."""
    rows = records(shown.figures)
    found = Counter(flag for row in rows for flag in str(row.get("flags") or "") if flag.isalpha())
    told = [f"{flags_text(flag, lang)} ({count})" for flag, count in found.most_common()]
    states = Counter(str(row.get("status")) for row in rows)
    told += [
        f"{translate(STATUS_WORDS[state], lang)} ({count})"
        for state, count in states.most_common()
        if state in STATUS_WORDS and state != "measured"
    ]
    said = ", ".join(told) if told else translate("none", lang)
    return translate("Flags and gaps (number of values): {list}.", lang, list=said)
