"""A brief as one HTML file that holds all it needs: headings, tables, charts, its figures, its seal; no script.

What a brief says does not belong here; how the page is built stands in brief.html.
"""

from __future__ import annotations

import base64
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from dashboards.briefs.model import Block, Brief, Chart, Fact
from dashboards.briefs.seal import figures_csv, seal
from indicators.phrase import date_text
from indicators.words import N_, translate

SVG = "http://www.w3.org/2000/svg"
FACT_COLUMNS = {
    "value": N_("Value"),
    "change": N_("Change"),
    "behind": N_("Number behind it"),
    "flags": N_("Flags"),
}
"""What a table of figures tells of each; a column without a text is left out."""
SOURCE_COLUMNS = {
    "title": N_("Table"),
    "publisher": N_("Publisher"),
    "kind": N_("Kind of data"),
    "vintage": N_("Vintage"),
    "licence": N_("Licence"),
}
INDICATOR, DOWNLOAD = N_("Indicator"), N_("The figures of this brief as CSV")


def html(brief: Brief) -> bytes:
    """The whole file, UTF-8."""
    figures = base64.b64encode(figures_csv(brief.facts).encode()).decode()
    text = _template().render(
        brief=brief,
        labels=brief.labels,
        seal=seal(brief).text,
        figures=f"data:text/csv;charset=utf-8;base64,{figures}",
        day=date_text(brief.as_of, brief.lang) if brief.as_of else "",
        released_on=date_text(brief.released_on, brief.lang),
        indicator=translate(INDICATOR, brief.lang),
        download=translate(DOWNLOAD, brief.lang),
        source_columns=[translate(title, brief.lang) for title in SOURCE_COLUMNS.values()],
        grouped=grouped,
        columns=lambda facts: _columns(facts, brief.lang),
        drawing=_drawing,
    )
    return text.encode()


def grouped(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """Blocks in their order, those of one kind that follow each other together, by the kind's name."""
    return [(kind, list(own)) for kind, own in groupby(blocks, lambda block: type(block).__name__.lower())]


def _columns(facts: Sequence[Fact], lang: str) -> dict[str, str]:
    told = {name: title for name, title in FACT_COLUMNS.items() if any(getattr(one, name) for one in facts)}
    return {name: translate(title, lang) for name, title in told.items()}


@cache
def _template() -> Template:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("brief.html")


def _drawing(chart: Chart) -> Markup:
    """The chart as an image with a title and a description; its ids are its own in the page."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(chart.svg)  # noqa: S314 - our own drawing
    own = {
        element.attrib["id"]: f"{chart.key}-{element.attrib['id']}"
        for element in root.iter()
        if "id" in element.attrib
    }
    for element in root.iter():
        for name, value in element.attrib.items():
            element.attrib[name] = _renamed(name, value, own)
    for place, (tag, text) in enumerate((("title", chart.title), ("desc", chart.alt))):
        said = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{chart.key}-{tag}"})
        said.text = text
        root.insert(place, said)
    root.attrib |= {"role": "img", "aria-labelledby": f"{chart.key}-title", "focusable": "false"}
    root.attrib["aria-describedby"] = f"{chart.key}-desc"
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704 - ElementTree escapes


def _renamed(name: str, value: str, own: dict[str, str]) -> str:
    """An attribute that names an id, or refers to one."""
    if name == "id":
        return own[value]
    for old, new in own.items():
        value = value.replace(f"url(#{old})", f"url(#{new})")
        if name.rpartition("}")[2] == "href" and value == f"#{old}":
            value = f"#{new}"
    return value
