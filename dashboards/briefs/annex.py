"""The annex of a brief: caveats, when the next data come, how to cite, and the words that stand on every page.

Which tables stand behind the figures is found in sources.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dashboards.briefs.model import Labels, Section, Table
from dashboards.briefs.shelf import Desk
from dashboards.charts.marks import Row
from indicators.phrase import date_text, period_text
from indicators.registry import indicators
from indicators.words import N_
from sources.registry import datasets
from sources.settings import Settings

CADENCES = {
    "yearly": N_("yearly"),
    "monthly": N_("monthly"),
    "quarterly": N_("quarterly"),
    "quarterly until 2025": N_("quarterly until 2025"),
    "every two years": N_("every two years"),
    "several times a year": N_("several times a year"),
    "several times a year; the running year is year to date": N_(
        "several times a year; the running year is year to date"
    ),
    "when a source publishes": N_("when a source publishes"),
    "when a text is adopted": N_("when a text is adopted"),
}
"""The rhythms of datasets in English, marked for translation; another one stands as the dataset has it."""

TITLES = (
    N_("Artificial intelligence by size class of enterprise"),
    N_("Artificial intelligence by NACE Rev. 2 activity"),
    N_("Digital intensity by size class of enterprise"),
    N_("Individuals - use of generative AI tools"),
    N_("Individuals' level of digital skills (from 2021 onwards)"),
    N_("Enterprise statistics by size class and NACE Rev. 2 activity (from 2021 onwards)"),
    N_("Cases of emerging technologies in the public sector"),
    N_("Number of cases of AI in the public sector, as stated for one edition"),
    N_("Employed ICT specialists"),
    N_("Employed ICT specialists by sex"),
    N_("Enterprises that employ ICT specialists by size class of enterprise"),
    N_("Enterprises that recruited or tried to recruit ICT specialists by size class of enterprise"),
    N_("Participation rate in education and training (last 4 weeks) by sex and age"),
    N_("Figures on AI stated in published texts"),
    N_("Venture capital invested in AI firms, nominal million US dollars"),
    N_("Euro/ECU exchange rates - annual data"),
    N_("Gross domestic product (GDP) and main components (output, expenditure and income)"),
    N_("Capital formation by industry (NACE Rev. 2) and detailed asset type"),
    N_("BERD by NACE Rev. 2 activity"),
    N_("GBARD by socioeconomic objectives (NABS 2007)"),
    N_("Unemployment by sex and age"),
    N_("Population change - Demographic balance and crude rates at national level"),
    N_("Employed persons in technology and knowledge-intensive sectors by NACE Rev. 2 activity"),
    N_("Individuals - reasons for not using generative AI tools"),
    N_("Cloud computing services by size class of enterprise"),
    N_("Data analytics by size class of enterprise"),
    N_("3D printing and robotics by NACE Rev. 2 activity"),
    N_("Artificial intelligence by NACE Rev. 2 activity and NUTS 2 region"),
    N_("Labour market demand for ICT specialists in online job advertisements, by NUTS 2 region"),
    N_(
        "Enterprises that provided training to develop/upgrade ICT skills of their "
        "personnel by size class of enterprise"
    ),
    N_("Employed ICT specialists by age"),
    N_("Employed ICT specialists by educational attainment level"),
    N_("Job vacancies by NACE Rev. 2 activity (2001-2025)"),
    N_("Job vacancies by NACE Rev. 2.1 activity (from 2001 onwards)"),
    N_("Employed persons by detailed occupation (ISCO-08 two digit level)"),
    N_("Labour productivity and unit labour costs"),
)
"""The titles of the tables behind the figures, marked for translation; a citation keeps the one by which it is found."""

CAUTIONED = (
    *("enterprises_using_ai", "cloud_data_or_ai", "smes_basic_digital_intensity", "sme_gap"),
    *("ai_purposes", "ai_barriers", "public_sector_ai_cases", "ict_specialists", "unemployment"),
    *("venture_capital_ai", "people_using_generative_ai"),
)
"""Whose caveats the annex tells, in this order."""


def caveats(desk: Desk, facts: Iterable[Row], names: Iterable[str] = CAUTIONED) -> tuple[str, ...]:
    """What to mind with the figures stated, each caveat once, in the order of ``names``."""
    stated = {str(row["indicator"]) for row in facts}
    told = dict.fromkeys(caveat for name in names if name in stated for caveat in indicators()[name].caveats)
    return tuple(desk.say(caveat) for caveat in told)


def next_data(desk: Desk, facts: Iterable[Row]) -> Section:
    """How often each table behind the figures appears, and the newest period that the brief has of it."""
    newest: dict[str, str] = {}
    for row in facts:
        for capture in str(row["captures"]).split():
            held = desk.shelf.captures.get(capture)
            if held is not None:
                dataset = str(held["dataset"])
                newest[dataset] = max(newest.get(dataset, ""), str(row["period"]))
    known = datasets(Settings())
    lines = [
        (
            desk.say(known[name].title),
            known[name].code,
            period_text(period, desk.lang),
            desk.say(CADENCES.get(known[name].cadence, known[name].cadence)),
        )
        for name, period in sorted(newest.items())
        if name in known
    ]
    header = tuple(
        desk.say(text) for text in (N_("Table"), N_("Code"), N_("Newest period here"), N_("Appears"))
    )
    note = desk.say(
        N_(
            "No day is promised: Eurostat's release calendar tells when a table is renewed. The survey of AI in enterprises "
            "of 2025 appeared on 11 December 2025."
        )
    )
    return Section("next", desk.say(N_("When the next data come")), (Table("", header, tuple(lines), note),))


def citation(desk: Desk, title: str, release: str, day: date, digest: str) -> str:
    """How to cite the brief as a whole."""
    parts = [f"AI Observatory: {title}", desk.say(N_("Release {release}"), release=release)]
    if desk.shelf.on is not None:
        parts.append(desk.say(N_("as known on {day}"), day=date_text(desk.shelf.on, desk.lang)))
    parts += [date_text(day, desk.lang), f"sha256 {digest[:16]}"]
    return ". ".join(parts) + "."


def labels(desk: Desk) -> Labels:
    """The fixed words in the reader's language."""
    return Labels(
        subtitle=desk.say(N_("KPI brief on artificial intelligence")),
        independent=desk.say(
            N_(
                "Independent. This is not the AI Observatory announced in COM(2025) 723, nor a product of the European "
                "Commission or of Eurostat."
            )
        ),
        annex=desk.say(N_("Annex")),
        caveats=desk.say(N_("What to mind")),
        sources=desk.say(N_("Sources")),
        cite=desk.say(N_("How to cite this")),
        verify=desk.say(N_("How to verify this")),
        page=desk.say(N_("Page")),
        as_of=desk.say(N_("As known on")),
        release=desk.say(N_("Release")),
        digest=desk.say(N_("Digest of the figures")),
        code=desk.say(N_("Code version")),
    )
