"""Texts of any origin as a page may show them: disarmed, so that Markdown and HTML in them stay text."""

from __future__ import annotations

import re

from indicators.phrase import SPACE

SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~$:&@]|^[-+=]|(?<=\d)[.)](?=\s|$)|(?<=www)\.")
"""What Markdown, its lists, links, formulas and directives are written with."""


def plain(text: str) -> str:
    """A text on one line, with every sign of Markdown and HTML disarmed, so that it is shown as it stands."""
    line = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    return SIGNS.sub(r"\\\g<0>", re.sub(r"(?<=\d) %", f"{SPACE}%", line))
