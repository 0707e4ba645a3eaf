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
from dashboards.reader import Reader
from indicators.words import N_, geo_name
from warehouse.read import OpenRelease


def offer(reader: Reader) -> None:
    """The brief on the reader's country, or on the EU, in the reader's language and as of the reader's day, as PDF."""
    label = reader.say(N_("Brief on {name} (PDF)"), name=geo_name(reader.geo, reader.lang))
    button(label, reader.release, reader.geo, reader.lang, "pdf", reader.day, icon=":material/description:")


def button(
    label: str,
    opened: OpenRelease,
    geo: str,
    lang: str,
    form: str,
    on: date | None,
    *,
    icon: str | None = None,
    width: Literal["content", "stretch"] = "content",
) -> None:
    """A button for one brief; nothing is made before it is pressed."""
    home, release = opened.folder.parents[1], opened.id
    day = f"-as-of-{on.isoformat()}" if on else ""
    st.download_button(
        label,
        partial(made_in_memory, home, release, geo, lang, form, on),
        file_name=f"ai-observatory-{geo.lower()}-{lang}-{release}{day}.{form}",
        mime=FORMATS[form],
        key=f"brief-{release}-{geo}-{lang}-{form}",
        on_click="ignore",
        icon=icon,
        width=width,
    )


def made_in_memory(home: Path, release: str, geo: str, lang: str, form: str, on: date | None) -> bytes:
    """The bytes of a brief, for a release that may not be the current one any more."""
    return made(data.opened(home, release), geo, lang, form, on)[1]
