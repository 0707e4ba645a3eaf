"""Labels in the place of codes: which dimension and which code a label names, or a refusal that names it.

The code lists themselves are a source of their own; how a format shows labels belongs to its module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sources.formats.answers import BROWSER_FORMATS
from sources.model import Unreadable


class Codelists(Protocol):
    """Codes by their labels, in the language of a file."""

    def code_of(self, name: str, label: str) -> str | None:
        """The code in the list of a dimension; None where the label is unknown, or that of several codes."""


DIMENSIONS = {
    "Time frequency": "freq",
    "Size classes in number of persons employed": "size_emp",
    "Statistical classification of economic activities in the European Community (NACE Rev. 2)": "nace_r2",
    "Statistical classification of economic activities in the European Community (NACE Rev. 2.1)": "nace_r2_1",
    "Information society indicator": "indic_is",
    "Individual type": "ind_type",
    "Unit of measure": "unit",
    "Geopolitical entity (reporting)": "geo",
    "Seasonal adjustment": "s_adj",
    "Age class": "age",
    "Sex": "sex",
    "International Standard Classification of Occupations 2008 (ISCO-08)": "isco08",
    "International Standard Classification of Education (ISCED 2011)": "isced11",
    "Time": "period",
}
"""Dimensions by the names under which Eurostat's data browser shows them in English."""


@dataclass(frozen=True)
class Resolver:
    """Turns the labels of one file into codes; raises Unreadable for the first that no list knows."""

    subject: str
    path: Path
    codelists: Codelists | None

    def refused(self, reason: str) -> Unreadable:
        return Unreadable(self.subject, self.path.name, reason, BROWSER_FORMATS + " with codes")

    def code(self, dimension: str, label: str) -> str:
        """The code that a label names; a label with its code behind it, ``Austria [AT]``, names it itself."""
        found = self.codelists.code_of(dimension, label) if self.codelists else None
        behind = re.fullmatch(r".+ \[([A-Z0-9_.+\-]+)\]", label)
        if found is None and behind:
            return behind[1]
        if self.codelists is None:
            raise self.refused(f"{dimension} holds labels instead of codes: {label!r}")
        if found is None:
            raise self.refused(f"no code list says which code of {dimension} is called {label!r}")
        return found

    def codes(self, dimension: str, labels: Iterable[str]) -> dict[str, str]:
        """The code of each label; refuses two labels of one code, whose rows would be mixed up."""
        found = {label: self.code(dimension, label) for label in labels}
        if len(set(found.values())) < len(found):
            twice = sorted(code for code in found.values() if list(found.values()).count(code) > 1)[0]
            raise self.refused(f"several labels of {dimension} stand for the code {twice}")
        return found

    def dimension(self, label: str, wanted: Sequence[str]) -> str:
        """The dimension that a heading names: by its code, behind it in brackets, or by its known name."""
        text = label.strip()
        code = text.rpartition("[")[2].rstrip("]") if text.endswith("]") else text
        for found in (code.casefold(), DIMENSIONS.get(text, "")):
            if found in wanted:
                return found
        raise self.refused(f"it has the dimension {text!r}, which is none of {', '.join(wanted)}")
