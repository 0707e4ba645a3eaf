"""A brief's content: which sections, figures and sentences it has for a place, a language and a day.

How they look in a format does not belong here; the sections stand in first.py, second.py and annex.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboards.briefs import annex, first, second
from dashboards.briefs import sector as of_sector
from dashboards.briefs.model import Brief, Section, figures_of
from dashboards.briefs.seal import code_version, digest, verification
from dashboards.briefs.shelf import GEOS, Desk, shelf
from dashboards.briefs.sources import sources
from dashboards.courses import published
from indicators.sectors import sectors
from indicators.words import LANGUAGES, N_
from warehouse.read import OpenRelease


class NoBrief(ValueError):
    """There is no brief for a place or in a language; the message says which there are."""


@dataclass(frozen=True)
class Told:
    """What a brief says before its annex."""

    desk: Desk
    title: str
    findings: tuple[str, ...]
    pages: tuple[tuple[Section, ...], tuple[Section, ...]]
    cautioned: tuple[str, ...]
    """Whose caveats the annex tells, in this order."""


def brief(opened: OpenRelease, geo: str, lang: str, on: date | None = None, sector: str = "") -> Brief:
    """The brief of a release for the EU or a Member State, or on a sector there, as known now or on a day.

    Raises NoBrief.
    """
    if geo not in GEOS:
        raise NoBrief(f"no brief for {geo}: there are {', '.join(GEOS)}")
    if lang not in LANGUAGES:
        raise NoBrief(f"no brief in {lang}: there are {', '.join(LANGUAGES)}")
    if sector and sector not in sectors():
        raise NoBrief(f"no brief on {sector}: there are {', '.join(sectors())}")
    told = _of_sector(opened, geo, lang, on, sector) if sector else _of_place(opened, geo, lang, on)
    desk, pages = told.desk, told.pages
    facts = figures_of([section for page in pages for section in page])
    rows = [fact.row for fact in facts]
    sealed, day = digest(facts), published(opened).date()
    return Brief(
        geo=geo,
        lang=lang,
        title=told.title,
        release=opened.id,
        released_on=day,
        as_of=on,
        code_version=code_version(),
        findings=told.findings,
        pages=(pages[0], (*pages[1], annex.next_data(desk, rows))),
        caveats=annex.caveats(desk, rows, told.cautioned),
        sources=sources(desk, rows),
        citation=annex.citation(desk, told.title, opened.id, day, sealed),
        verification=verification(opened.id, sealed),
        labels=annex.labels(desk),
        facts=facts,
        digest=sealed,
        sector=sector,
    )


def _of_place(opened: OpenRelease, geo: str, lang: str, on: date | None) -> Told:
    desk = Desk(shelf(opened, on), geo, lang)
    title = desk.say(N_("Artificial intelligence: {name}"), name=desk.name)
    return Told(desk, title, first.findings(desk), (first.page(desk), second.page(desk)), annex.CAUTIONED)


def _of_sector(opened: OpenRelease, geo: str, lang: str, on: date | None, name: str) -> Told:
    desk = Desk(shelf(opened, on, of_sector.names(), ()), geo, lang)
    sector = sectors()[name]
    title, findings = of_sector.title(desk, sector), of_sector.findings(desk, sector)
    return Told(desk, title, findings, of_sector.pages(desk, sector), of_sector.names())
