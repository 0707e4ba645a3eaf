"""The briefs of a release: one for every Member State and the EU, in every language, made when somebody asks."""

from __future__ import annotations

import streamlit as st

from dashboards import data
from dashboards.briefs.making import FORMATS, GEOS
from dashboards.heading import opening
from dashboards.offered import button
from dashboards.reader import Reader, reader
from indicators.phrase import date_text
from indicators.words import LANGUAGES, N_, alphabetical, geo_name
from sources.codes import EU
from warehouse.read import OpenRelease


def page(reader: Reader) -> None:
    """Draw the page."""
    release, form = _choices(reader)
    opening(reader.say(N_("Which briefs are there to hand on?")), _sentences(reader, release))
    for column, lang in zip(st.columns(len(LANGUAGES)), LANGUAGES, strict=True):
        with column, st.container(gap="xsmall"):
            st.header(LANGUAGES[lang], anchor=False)
            for geo in (EU, *alphabetical(set(GEOS) - {EU}, lang)):
                button(geo_name(geo, lang), release, geo, lang, form, reader.day, width="stretch")
    st.markdown(
        reader.say(
            N_(
                "Every file carries its figures, the name of its release and a digest. On a machine that holds the "
                "release, this command makes it once more and says whether it is genuine:"
            )
        )
    )
    st.code("observatory verify FILE", language=None)


def _choices(reader: Reader) -> tuple[OpenRelease, str]:
    """The release and the format that are asked for."""
    home, ids = reader.release.folder.parents[1], data.release_ids()
    left, right = st.columns(2)
    with left:
        chosen = st.selectbox(reader.say(N_("Release")), ids, key="briefs-release")
    with right:
        form = st.segmented_control(
            reader.say(N_("Format")), list(FORMATS), default="pdf", format_func=str.upper, key="briefs-format",
            required=True,
        )  # fmt: skip
    known = chosen if chosen in ids else reader.release.id
    return data.opened(home, known), str(form or "pdf")


def _sentences(reader: Reader, release: OpenRelease) -> list[str]:
    """How many briefs there are, and of which day."""
    said = reader.say(
        N_(
            "{count} briefs on AI for every Member State and the EU in {languages} languages, from release {release}."
        ),
        count=len(GEOS) * len(LANGUAGES),
        languages=len(LANGUAGES),
        release=release.id,
    )
    day = reader.day
    then = (
        reader.say(N_("They tell what was known on {day}."), day=date_text(day, reader.lang)) if day else ""
    )
    return [said, then]


page(reader())
