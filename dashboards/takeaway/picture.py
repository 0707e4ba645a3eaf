"""A chart as a picture to hand on: SVG and PNG, with title, summary, sources, vintages, flags and licences inside.

They stand on the picture to be read, and in the file's metadata to be found.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache
from html import escape
from textwrap import wrap

import typst

from dashboards.takeaway.chart import PAPER, chart
from dashboards.takeaway.matter import Matter
from dashboards.takeaway.plot import LETTER
from dashboards.takeaway.svg import FONT, box, text

INK, MUTED = "#1B1F24", "#57606A"
MARGIN = 20.0
TITLE, SUMMARY, NOTE = 20.0, 14.0, 11.0
DENSITY = 192.0
"""Dots an inch: twice a screen's, so that the picture is sharp on paper."""
POINTS = 72.0


def svg(matter: Matter) -> bytes:
    """The picture as SVG; its texts are texts."""
    drawn = chart(matter.figure)
    width = drawn.width + 2 * MARGIN
    head, y = _lines(matter.title, TITLE, INK, MARGIN, drawn.width, 700)
    more, y = _lines(matter.summary, SUMMARY, INK, y + 2, drawn.width)
    below = y + 8 + drawn.height + 10
    notes: list[str] = []
    for line in matter.notes:
        drawn_line, below = _lines(line, NOTE, MUTED, below, drawn.width)
        notes += drawn_line
    height = below + MARGIN / 2
    body = [
        box(0, 0, width, height, PAPER),
        *head,
        *more,
        f'<g transform="translate({MARGIN:g} {y + 8:.1f})">{drawn.body}</g>',
        *notes,
    ]
    size = f'width="{width:g}" height="{height:.0f}" viewBox="0 0 {width:g} {height:.0f}"'
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title summary" '
        f'xml:lang="{matter.lang}" font-family="{FONT}">'
    )
    told = (
        f'<title id="title">{escape(matter.title)}</title><desc id="summary">{escape(matter.summary)}</desc>'
        f"{_metadata(matter)}<defs>{drawn.definitions}</defs>"
    )
    return "".join([opening, told, *body, "</svg>"]).encode()


def _lines(
    words: str, size: float, colour: str, y: float, width: float, weight: int = 400
) -> tuple[list[str], float]:
    """A text broken into lines of a width, and where the next one may begin."""
    lines = wrap(words, int(width / size / (LETTER - (0.02 if weight == 400 else 0)))) or [""]
    step = size * 1.35
    drawn = [
        text(MARGIN, y + size + step * place, escape(line), colour, size, "start", weight)
        for place, line in enumerate(lines)
    ]
    return drawn, y + step * len(lines)


def _facts(matter: Matter) -> dict[str, str]:
    """What the metadata say, by the names of Dublin Core."""
    return {
        "title": matter.title,
        "description": matter.summary,
        "source": matter.source,
        "date": matter.vintage,
        "rights": matter.licence,
        "coverage": matter.flags,
        "identifier": " ".join(filter(None, (matter.release, matter.link))),
        "publisher": "AI Observatory",
        "language": matter.lang,
    }


def _metadata(matter: Matter) -> str:
    facts = "".join(f"<dc:{name}>{escape(told)}</dc:{name}>" for name, told in _facts(matter).items())
    names = (
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return f'<metadata><rdf:RDF {names}><rdf:Description rdf:about="">{facts}</rdf:Description></rdf:RDF></metadata>'


def png(matter: Matter) -> bytes:
    """The picture as PNG, drawn by Typst from the SVG, with what it says of itself as text chunks."""
    source = (
        b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.drawing), format: "svg")'
    )
    drawn = typst.compile(
        source,
        format="png",
        ppi=DENSITY,
        font_paths=_fonts(),
        sys_inputs={"drawing": svg(matter).decode()},
    )
    if not isinstance(drawn, bytes):
        raise RuntimeError("Typst gave no picture")
    names = {
        "title": "Title", "description": "Description", "source": "Source", "rights": "Copyright",
        "date": "Vintage", "coverage": "Flags", "identifier": "Release", "publisher": "Software",
    }  # fmt: skip
    facts = _facts(matter)
    return _with_texts(drawn, {name: facts[key] for key, name in names.items()})


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with Typst, whatever the machine has; read once."""
    return typst.Fonts(include_system_fonts=False)


def _with_texts(content: bytes, texts: dict[str, str]) -> bytes:
    """A PNG with international text chunks (iTXt, in UTF-8) after its header."""
    chunks = b"".join(
        _chunk(b"iTXt", name.encode() + b"\0\0\0\0\0" + said.encode()) for name, said in texts.items()
    )
    head = 8 + 4 + 4 + 13 + 4
    return content[:head] + chunks + content[head:]


def _chunk(kind: bytes, said: bytes) -> bytes:
    return struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))
