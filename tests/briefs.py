"""A small brief made by hand, for tests of the formats. Nothing in it is data of a publisher."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dashboards.briefs import seal
from dashboards.briefs.model import Block, Brief, Chart, Fact, Labels, Section, Source, Table

PAGES = (
    "headline position sizes targets ahead",
    "sectors technologies reasons gap public_sector labour investment changed unknown next",
)
"""The sections of both pages, by key."""
RELEASE = "20260227T110000Z-aaaaaa"
HOSTILE = '=1+1 <script>alert("1")</script> & **bold**'
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="80" '
    'viewBox="0 0 200 80"><defs><clipPath id="clip0"><rect width="200" height="80"/></clipPath></defs>'
    '<g clip-path="url(#clip0)"><text x="1" y="20">Ελλάδα, Għawdex</text></g></svg>'
)


def fact(indicator: str, geo: str, value: float | None, text: str, **more: object) -> Fact:
    """A figure of 2025."""
    row: dict[str, object] = {
        "indicator": indicator, "geo": geo, "period": "2025", "breakdown": "", "member": "", "value": value,
        "low": None, "high": None, "unit": "PC_ENT", "flags": "b", "status": "measured", "vintage": "2026-02-27",
        "captures": ["isoc_eb_ai-20260227T110000000000-aaaaaaaa"],
    }  # fmt: skip
    title = f"{indicator} in {geo}"
    return Fact(title, text, "+6.5 points from 2024 to 2025", "break in series", "", "", {**row, **more})


def brief(lang: str = "en", geo: str = "EL", title: str = "Artificial intelligence in Greece") -> Brief:
    """A brief of two pages with one of everything, and hostile texts among them."""
    facts = (
        fact("enterprises_using_ai", geo, 19.95, "20.0 %"),
        fact("smes_using_ai", geo, None, "not publishable", status="not publishable"),
        fact("unemployment", geo, 6.1, "6.1 %", unit="PC_ACT"),
    )
    chart = Chart(
        "ranking", "Member States", "Denmark leads with 42.0 %.", CHART, "Source: Eurostat", facts[:1]
    )
    table = Table("Sectors", ("Sector", "Value"), (("ICT", "62.5 %"), (HOSTILE, "17.3 %")), "A note.")
    told: dict[str, tuple[Block, ...]] = {
        "headline": (*facts[:2], "A paragraph."),
        "position": (chart,),
        "ahead": (replace(chart, key="trend"), "A projection."),
        "labour": (facts[2],),
        "reasons": (table,),
    }
    first, second = (
        tuple(Section(key, key.title(), told.get(key, ("Nothing to say.",))) for key in keys.split())
        for keys in PAGES
    )
    labels = Labels(
        "A brief of the AI Observatory", "Independent.", "Annex", "What to mind", "Sources", "How to cite",
        "How to verify", "Page", "As known on", "Release", "Digest of the figures", "Code version",
    )  # fmt: skip
    source = Source("Table isoc_eb_ai", "Eurostat", "isoc_eb_ai", "European statistics", "27 February 2026",
                    "reuse allowed", "https://example.org/isoc_eb_ai")  # fmt: skip
    digest = seal.digest(facts)
    return Brief(
        geo=geo,
        lang=lang,
        title=title,
        release=RELEASE,
        released_on=date(2026, 2, 27),
        as_of=None,
        code_version=seal.code_version(),
        findings=("One.", "Two.", HOSTILE),
        pages=(first, second),
        caveats=("A caveat.",),
        sources=(source, replace(source, title="Bad link", link="javascript:alert(1)")),
        citation="AI Observatory (2026).",
        verification=seal.verification(RELEASE, digest),
        labels=labels,
        facts=facts,
        digest=digest,
    )
