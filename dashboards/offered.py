"""The button that makes a brief in memory, when it is pressed, and hands it out.

What a brief says belongs to briefs/; which ones there are, to the page of briefs.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import streamlit as st

from dashboards import data
from dashboards.briefs.making import FORMATS, made
from dashboards.briefs.model import name_of
from dashboards.reader import Reader
from dashboards.text import plain
from indicators.sectors import Sector
from indicators.words import N_, geo_name
from warehouse.read import OpenRelease


def offer(reader: Reader, sector: Sector | None = None) -> None:
    """The brief on the reader's country, on the EU, or on a sector there, for the reader's language and day, as PDF."""
    name = geo_name(reader.geo, reader.lang)
    if sector is not None:
        name = f"{reader.say(sector.title)}, {name}"
    label = plain(reader.say(N_("Brief: {name} (PDF)"), name=name))
    icon, asked = ":material/description:", sector.id if sector else ""
    button(label, reader.release, reader.geo, reader.lang, "pdf", reader.day, asked, icon=icon)


def button(
    label: str,
    opened: OpenRelease,
    geo: str,
    lang: str,
    form: str,
    on: date | None,
    sector: str = "",
    *,
    icon: str | None = None,
    width: Literal["content", "stretch"] = "content",
) -> None:
    """A button for one brief; nothing is made before it is pressed."""
    home, release = opened.folder.parents[1], opened.id
    st.download_button(
        label,
        partial(made_in_memory, home, release, geo, lang, form, on, sector),
        file_name=f"{name_of(release, geo, lang, on, sector)}.{form}",
        mime=FORMATS[form],
        key=f"brief-{release}-{sector}{geo}-{lang}-{form}",
        on_click="ignore",
        icon=icon,
        width=width,
    )


def made_in_memory(
    home: Path, release: str, geo: str, lang: str, form: str, on: date | None, sector: str = ""
) -> bytes:
    """The bytes of a brief, for a release that may not be the current one any more."""
    return made(data.opened(home, release), geo, lang, form, on, sector)[1]
