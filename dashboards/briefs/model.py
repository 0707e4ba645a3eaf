"""What a brief says, ready to be set in any format: texts in the reader's language, figures, charts, provenance.

Which figures it says it of belongs to content.py; how it looks, to the modules of the formats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Fact:
    """One figure in a brief: its name and value as texts, and the row of the release that it states.

    ``change``, ``flags`` and ``note`` are texts, empty where there is nothing to say; ``behind`` is the number
    of enterprises or people behind a percentage, as text. ``row`` has the columns of ``ROW``.
    """

    title: str
    value: str
    change: str
    flags: str
    note: str
    behind: str
    row: dict[str, object]


ROW = (
    "indicator", "geo", "period", "breakdown", "member", "value", "low", "high", "unit", "flags", "status",
    "vintage", "captures",
)  # fmt: skip
"""What is sealed of every figure that a brief states."""


@dataclass(frozen=True)
class Chart:
    """A vector chart; ``alt`` says in words what it shows, ``source`` is its source line, ``facts`` what it draws."""

    key: str
    title: str
    alt: str
    svg: str
    source: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table of texts; ``rows`` have as many cells as ``header``. ``facts`` are the figures that it states."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    facts: tuple[Fact, ...] = ()


Block = str | Fact | Chart | Table


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it, in order; texts are paragraphs, ``facts`` the figures that they state."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Source:
    """One table behind the brief's figures."""

    title: str
    publisher: str
    code: str
    kind: str
    vintage: str
    licence: str
    link: str


@dataclass(frozen=True)
class Labels:
    """The fixed words of a brief in its language, for the formats: headings of the annex, footer, verification."""

    subtitle: str
    independent: str
    annex: str
    caveats: str
    sources: str
    cite: str
    verify: str
    page: str
    as_of: str
    release: str
    digest: str
    code: str


@dataclass(frozen=True)
class Brief:
    """A KPI brief of one place, or of a ``sector`` there; ``pages`` are page 1 and page 2, then comes the annex.

    ``facts`` are all figures stated anywhere in it, each once, in order: what its digest covers.
    """

    geo: str
    lang: str
    title: str
    release: str
    released_on: date
    as_of: date | None
    code_version: str
    findings: tuple[str, ...]
    pages: tuple[tuple[Section, ...], ...]
    caveats: tuple[str, ...]
    sources: tuple[Source, ...]
    citation: str
    verification: str
    labels: Labels
    facts: tuple[Fact, ...]
    digest: str
    sector: str = ""

    @property
    def name(self) -> str:
        """The start of the name of its files."""
        return name_of(self.release, self.geo, self.lang, self.as_of, self.sector)


def name_of(release: str, geo: str, lang: str, on: date | None, sector: str = "") -> str:
    """The start of the name of a brief's files."""
    subject = f"{sector}-{geo.lower()}" if sector else geo.lower()
    day = f"-as-of-{on.isoformat()}" if on else ""
    return f"ai-observatory-{subject}-{lang}-{release}{day}"


def figures_of(sections: Sequence[Section]) -> tuple[Fact, ...]:
    """The figures that some sections state, in facts, tables, charts and sentences, each once, in order."""
    found: dict[tuple[object, ...], Fact] = {}
    for section in sections:
        for fact in (*(fact for block in section.blocks for fact in _facts(block)), *section.facts):
            found.setdefault(tuple(str(fact.row[name]) for name in ROW[:5]), fact)
    return tuple(found.values())


def _facts(block: Block) -> tuple[Fact, ...]:
    if isinstance(block, Fact):
        return (block,)
    return () if isinstance(block, str) else block.facts
