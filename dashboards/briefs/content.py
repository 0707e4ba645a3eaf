"""A brief's content: which sections, figures and sentences it has for a place, a language and a day.

How they look in a format does not belong here; the sections stand in first.py, second.py and annex.py.
"""

from __future__ import annotations

from datetime import date

from dashboards.briefs import annex, first, second
from dashboards.briefs.model import Brief, figures_of
from dashboards.briefs.seal import code_version, digest, verification
from dashboards.briefs.shelf import GEOS, Desk, shelf
from dashboards.briefs.sources import sources
from dashboards.courses import published
from indicators.words import LANGUAGES, N_
from warehouse.read import OpenRelease


class NoBrief(ValueError):
    """There is no brief for a place or in a language; the message says which there are."""


def brief(opened: OpenRelease, geo: str, lang: str, on: date | None = None) -> Brief:
    """The brief of a release for the EU or a Member State, as known now or on a day; raises NoBrief."""
    if geo not in GEOS:
        raise NoBrief(f"no brief for {geo}: there are {', '.join(GEOS)}")
    if lang not in LANGUAGES:
        raise NoBrief(f"no brief in {lang}: there are {', '.join(LANGUAGES)}")
    desk = Desk(shelf(opened, on), geo, lang)
    pages = (first.page(desk), second.page(desk))
    facts = figures_of([section for page in pages for section in page])
    rows = [fact.row for fact in facts]
    sealed, day = digest(facts), published(opened).date()
    title = desk.say(N_("Artificial intelligence: {name}"), name=desk.name)
    return Brief(
        geo=geo,
        lang=lang,
        title=title,
        release=opened.id,
        released_on=day,
        as_of=on,
        code_version=code_version(),
        findings=first.findings(desk),
        pages=(pages[0], (*pages[1], annex.next_data(desk, rows))),
        caveats=annex.caveats(desk, rows),
        sources=sources(desk, rows),
        citation=annex.citation(desk, title, opened.id, day, sealed),
        verification=verification(opened.id, sealed),
        labels=annex.labels(desk),
        facts=facts,
        digest=sealed,
    )
