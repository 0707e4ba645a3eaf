"""A brief as PDF: tagged, archivable and accessible (PDF/A-3a and PDF/UA-1), its figures attached, made in memory.

How it looks is written in brief.typ.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Literal

import segno
import typst

from dashboards.briefs.model import Block, Brief, Chart, Fact, Section, Table
from dashboards.briefs.seal import figures_csv, seal
from indicators.phrase import date_text
from indicators.words import N_, translate

TEMPLATE = Path(__file__).with_name("brief.typ")
STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
WIDE = 4
"""Tables with so many columns or more share their width evenly."""
COLUMNS = (N_("Indicator"), N_("Value"), N_("Change"))


class NotSet(ValueError):
    """A brief that cannot be set as PDF; the message says what is in the way."""


def pdf(brief: Brief) -> bytes:
    """The brief as a PDF file; the same brief gives the same bytes. Raises NotSet, e.g. for letters without a font."""
    try:
        return _compiled(brief)
    except typst.TypstError as error:
        raise NotSet(f"the PDF of {brief.geo} in {brief.lang} cannot be set: {error}") from error


def _compiled(brief: Brief) -> bytes:
    content = typst.compile(  # type: ignore[call-overload] # its stubs know no files in memory
        {
            "main.typ": TEMPLATE.read_bytes(),
            "data.json": json.dumps(_data(brief), ensure_ascii=False).encode(),
            "figures.csv": figures_csv(brief.facts).encode(),
            "qr.svg": _qr(brief.verification),
            **{f"{chart.key}.svg": chart.svg.encode() for chart in _charts(brief)},
        },
        font_paths=_fonts(),
        pdf_standards=STANDARDS,
        timestamp=int(datetime.combine(brief.released_on, time(), UTC).timestamp()),
    )
    if not isinstance(content, bytes):
        raise TypeError(f"Typst gave {type(content).__name__}, not the bytes of one PDF")
    return content


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with Typst, whatever the machine has; read once."""
    return typst.Fonts(include_system_fonts=False)


def _qr(text: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", border=0, xmldecl=False, dark="#1B1F24")
    return drawn.getvalue()


def _charts(brief: Brief) -> Iterator[Chart]:
    for page in brief.pages:
        for section in page:
            yield from (block for block in section.blocks if isinstance(block, Chart))


def _data(brief: Brief) -> dict[str, object]:
    """All that the template needs, as JSON has it."""
    lang, words = brief.lang, brief.labels
    day = date_text(brief.released_on, lang)
    stamp = [f"{words.release} {brief.release}", day]
    if brief.as_of:
        stamp.insert(0, f"{words.as_of} {date_text(brief.as_of, lang)}")
    return {
        "name": f"{brief.title} – {words.subtitle}",
        "title": brief.title,
        "lang": lang,
        "sector": brief.sector,
        "keywords": [seal(brief).text],
        "date": [brief.released_on.year, brief.released_on.month, brief.released_on.day],
        "stamp": "\n".join(stamp),
        "footer": f"{words.release} {brief.release} · sha256 {brief.digest[:16]} · {words.independent}",
        "attached": translate(N_("The figures of this brief, with their captures"), lang),
        "columns": [translate(name, lang) for name in COLUMNS],
        "labels": vars(words),
        "findings": brief.findings,
        "pages": [{section.key: _section(section) for section in page} for page in brief.pages],
        "caveats": brief.caveats,
        "sources": [vars(source) for source in brief.sources],
        "citation": brief.citation,
        "verification": brief.verification,
        "release": brief.release,
        "digest": brief.digest,
        "code": brief.code_version,
    }


def _section(section: Section) -> dict[str, object]:
    return {"title": section.title, "parts": list(_parts(section.blocks))}


def _parts(blocks: Iterable[Block]) -> Iterator[dict[str, object]]:
    """The blocks in order, facts that follow each other as one part."""
    for kind, own in groupby(blocks, type):
        if kind is Fact:
            yield {"kind": "facts", "rows": [_fact(block) for block in own if isinstance(block, Fact)]}
        else:
            yield from map(_part, own)


def _fact(fact: Fact) -> dict[str, str]:
    return {name: str(text) for name, text in vars(fact).items() if name != "row"}


def _part(block: Block) -> dict[str, object]:
    if isinstance(block, Chart):
        return {
            "kind": "chart", "file": f"{block.key}.svg", "title": block.title, "alt": block.alt, "source": block.source
        }  # fmt: skip
    if isinstance(block, Table):
        wide = len(block.header) >= WIDE
        return {
            "kind": "table", "wide": wide, "header": block.header, "rows": block.rows, "note": block.note
        }  # fmt: skip
    return {"kind": "text", "text": block}
