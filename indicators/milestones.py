"""Milestones of AI policy in the EU, as data for time axes and their page: date, title, note, source.

A date that a text only announces is ``expected``; dates that were moved wait for their Official Journal reference.
"""

from __future__ import annotations

from dataclasses import dataclass

from indicators.words import N_


@dataclass(frozen=True)
class Milestone:
    """Something that happened, or is expected, on ``date`` (a day or a month), until ``end`` where it took longer.

    ``title`` and ``note`` are English; catalogues translate them. ``source`` names the act or text behind ``link``.
    """

    date: str
    title: str
    source: str
    link: str
    note: str = ""
    end: str = ""
    expected: bool = False


COM = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:"
AI_ACT, AI_ACT_LINK = N_("Regulation (EU) 2024/1689"), "http://data.europa.eu/eli/reg/2024/1689/oj"
ARTICLE_113 = N_("Regulation (EU) 2024/1689, Article 113")
CODE_LINK = "https://digital-strategy.ec.europa.eu/en/policies/contents-code-gpai"

MILESTONES = (
    Milestone(
        "2018-04-25", N_("Artificial Intelligence for Europe"), "COM(2018) 237", f"{COM}52018DC0237",
        N_("First AI strategy of the EU; it aims for EUR 20 billion of investment from 2018 to 2020."),
    ),
    Milestone(
        "2021-09-15", N_("Digital Decade policy programme proposed"), "COM(2021) 574", f"{COM}52021PC0574",
    ),
    Milestone(
        "2023-01", N_("Digital Decade policy programme in force"), N_("Decision (EU) 2022/2481"),
        "http://data.europa.eu/eli/dec/2022/2481/oj",
        N_("It sets the targets for 2030, among them cloud, data analytics or AI in 75 % of enterprises."),
    ),
    Milestone(
        "2023-12-08", N_("Political agreement on the AI Act"), N_("Council of the EU"),
        "https://www.consilium.europa.eu/en/press/press-releases/2023/12/09/"
        "artificial-intelligence-act-council-and-parliament-strike-a-deal-on-the-first-worldwide-rules-for-ai/",
    ),
    Milestone(
        "2024-01", N_("AI innovation package and GenAI4EU"), "COM(2024) 28", f"{COM}52024DC0028",
        N_("GenAI4EU is to bring generative AI to 14 industrial ecosystems."),
    ),
    Milestone("2024-06-13", N_("AI Act adopted"), AI_ACT, AI_ACT_LINK),
    Milestone("2024-08-01", N_("AI Act in force"), AI_ACT, AI_ACT_LINK),
    Milestone(
        "2024-09-30", N_("Code of practice for general-purpose AI drafted"), N_("European Commission, AI Office"), CODE_LINK,
        N_("About 1,000 participants took part."), end="2025-07-10",
    ),
    Milestone(
        "2024-10-23", N_("Opinion of the EESC on general-purpose AI"), N_("EESC, INT/1055"),
        "https://www.eesc.europa.eu/en/our-work/opinions-information-reports/opinions/general-purpose-ai-way-forward-after-ai-act",
        N_(
            "The European Economic and Social Committee asks for the human in command. Its themes: labour, skills, "
            "public administration, the creative sector, copyright, deepfakes, education, justice, health and energy."
        ),
    ),
    Milestone(
        "2025-02", N_("InvestAI announced"), N_("European Commission, IP/25/467"),
        "https://ec.europa.eu/commission/presscorner/detail/en/ip_25_467",
        N_("EUR 200 billion are to be mobilised, EUR 20 billion of them for AI gigafactories."),
    ),
    Milestone(
        "2025-02-02", N_("AI Act: prohibitions apply"), ARTICLE_113, AI_ACT_LINK,
    ),
    Milestone("2025-04", N_("AI Continent action plan"), "COM(2025) 165", f"{COM}52025DC0165"),
    Milestone(
        "2025-08-01", N_("Code of practice for general-purpose AI endorsed"), N_("European Commission, AI Office"), CODE_LINK,
    ),
    Milestone(
        "2025-08-02", N_("AI Act: rules for general-purpose models apply"), ARTICLE_113, AI_ACT_LINK,
    ),
    Milestone(
        "2025-10-08", N_("Apply AI strategy and AI in science"), "COM(2025) 723", f"{COM}52025DC0723",
        N_("Apply AI announces the AI Observatory and a target for AI investment; AI in science announces RAISE."),
    ),
    Milestone(
        "2026-06-03", N_("Cloud and AI Development Act proposed"), "COM(2026) 502", f"{COM}52026PC0502",
    ),
    Milestone(
        "2026-12", N_("Next data on AI in enterprises"), "Eurostat",
        "https://ec.europa.eu/eurostat/databrowser/product/view/isoc_eb_ai",
        N_("Expected for December 2026; the day may move."), expected=True,
    ),
)  # fmt: skip
"""In the order of time."""

PENDING = N_(
    "Some later dates of the AI Act were moved in 2026. They are entered once the act that moves them can be "
    "cited from the Official Journal."
)


def moment(date: str) -> float:
    """A day or month as a year with its fraction, so that it finds its place between two years' marks."""
    year, month, day = (int(part) for part in [*date.split("-"), "1"][:3])
    return year + (month - 1) / 12 + (day - 1) / 372


def between(first: float, last: float) -> tuple[Milestone, ...]:
    """The milestones that have come by, from one moment to another."""
    return tuple(one for one in MILESTONES if first <= moment(one.date) <= last and not one.expected)
