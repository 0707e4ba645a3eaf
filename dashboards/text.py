"""Texts of any origin as a page or a file may hold them: disarmed, so that Markdown, HTML and formulas in them stay text."""

from __future__ import annotations

import re

import pandas as pd

from indicators.phrase import bound_percent, spreadsheet_cell

SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~$:&@]|^[-+=]|(?<=\d)[.)](?=\s|$)|(?<=www)\.")
"""What Markdown, its lists, links, formulas and directives are written with."""


def plain(text: str) -> str:
    """A text on one line, with every sign of Markdown and HTML disarmed, so that it is shown as it stands."""
    line = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    return SIGNS.sub(r"\\\g<0>", bound_percent(line))


def csv_text(frame: pd.DataFrame) -> str:
    """CSV in which no text can start a formula of a spreadsheet; numbers stay numbers."""
    texts = frame.select_dtypes(include=["object", "string"]).columns
    safe = frame.assign(**{name: frame[name].map(spreadsheet_cell) for name in texts})
    return safe.to_csv(index=False, lineterminator="\n")
