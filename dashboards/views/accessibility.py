"""The accessibility statement: what was built and tested, what is left open and by whom, and how to report a barrier."""

from __future__ import annotations

import streamlit as st

from dashboards.heading import opening
from dashboards.reader import Reader, reader
from dashboards.text import plain
from indicators.words import N_
from sources.settings import Settings

HOLDS = (
    N_("Every chart has a summary in words, made from its data, and a table with the same figures below it."),
    N_(
        "Nothing is told by colour alone: status, flags and missing values stand in words, hatchings or shapes."
    ),
    N_("Texts keep a contrast of 4.5 to 1 and marks one of 3 to 1, in the light and the dark theme."),
    N_("All controls are reached and used with the keyboard, and what has the focus shows it."),
    N_("Each page has one title, which is its question; the headings below it go down one level at a time."),
    N_(
        "Pages work at a width of 390 pixels and enlarged to 200 %; nothing moves for readers who ask for no motion."
    ),
    N_(
        "Briefs in PDF are tagged (PDF/UA-1), and pictures to take away carry their title and summary as text."
    ),
)
OPEN = (
    N_(
        "The language of the page is declared as English by the framework (Streamlit), whatever language is chosen."
    ),
    N_(
        "Charts are drawn by a library (Plotly) whose marks cannot be visited one by one with the keyboard; the "
        "summary and the table stand in for them."
    ),
    N_(
        "The list of pages puts the names of sections between a list and its items, so that screen readers may "
        "miscount it."
    ),
    N_(
        "Search and filters stand above the list of pages; in browsers that do not know “reading-flow” yet, the "
        "keyboard still reaches the list first."
    ),
    N_("Tables to scroll are not always announced as such; the same tables can be downloaded."),
)
TESTED = N_(
    "Tested on every change with axe-core in Chromium, on every page, against the rules of WCAG 2.2 A and AA: serious "
    "and critical findings stop the change, but for those of the framework named here. Screen readers and people "
    "with disabilities have not tested these pages yet; that is the next thing to do."
)
REPORT = N_("Who finds a barrier tells whoever runs this server: {contact}.")
NOBODY = N_(
    "Who finds a barrier tells whoever runs this server. They have not said how to be reached; the setting is "
    "OBSERVATORY_CONTACT."
)


def page(reader: Reader) -> None:
    """Draw the page."""
    opening(
        reader.say(N_("Who can use these pages, and who cannot yet?")),
        [
            reader.say(
                N_(
                    "These pages are partly in line with WCAG 2.2, level AA, and EN 301 549: what they add meets it as "
                    "far as it was tested, and the framework that they stand on leaves some things open."
                )
            )
        ],
    )
    _list(N_("What holds"), HOLDS, reader)
    _list(N_("What is left open"), OPEN, reader)
    _heading(N_("How it was tested"), reader)
    st.markdown(plain(reader.say(TESTED)))
    _heading(N_("How to report a barrier"), reader)
    contact = Settings().contact
    st.markdown(plain(reader.say(REPORT, contact=contact) if contact else reader.say(NOBODY)))


def _list(title: str, lines: tuple[str, ...], reader: Reader) -> None:
    _heading(title, reader)
    st.markdown("\n".join(f"- {plain(reader.say(line))}" for line in lines))


def _heading(title: str, reader: Reader) -> None:
    st.header(reader.say(title), anchor=False)


page(reader())
