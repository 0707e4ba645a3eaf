"""Which published spelling became which code: the tables ``spellings.csv`` and ``countries.csv`` beside this.

How a file is opened and a case is built does not belong here.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sources.codes import EU_INSTITUTIONS, MEMBER_STATES

FOLDER = Path(__file__).parent
SPELLINGS, COUNTRIES = FOLDER / "spellings.csv", FOLDER / "countries.csv"


def clean(text: str) -> str:
    """A cell as it was meant: plain blanks and line ends, none around it, and no stray ``&amp;``."""
    plain = text.replace("\u00a0", " ").replace("\r\n", "\n").replace("&amp;", "&")
    return plain.strip(" \t\r\n\v\f\u200b\u2060\ufeff")


def fold(text: str) -> str:
    """A spelling without the differences that mean nothing: case, blanks, hyphens, line breaks, & for and."""
    plain = clean(text).casefold().replace("-", " ").replace("&", " and ").replace("\u2019", "'")
    return " ".join(plain.split())


def fold_header(text: str) -> str:
    """A column's name without case, line breaks, punctuation and the American z."""
    return " ".join(re.findall(r"[a-z0-9]+", clean(text).casefold())).replace("organiz", "organis")


@cache
def codes(column: str) -> Mapping[str, str]:
    """The codes of a column by folded spelling; the columns are those of ``spellings.csv``, and ``country``."""
    if column == "country":
        return {fold(row["spelling"]): row["code"] for row in _rows(COUNTRIES)}
    return {fold(row["spelling"]): row["code"] for row in _rows(SPELLINGS) if row["column"] == column}


@cache
def headers() -> Mapping[str, tuple[str, ...]]:
    """Our columns and the headers they have had, as published, the one to prefer first."""
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows(SPELLINGS):
        if row["column"] == "header":
            found[row["code"]] = (*found.get(row["code"], ()), row["spelling"])
    return found


def members(column: str) -> tuple[str, ...]:
    """The codes that a column may become, each once."""
    return tuple(dict.fromkeys(codes(column).values()))


def geo_group(geo: str) -> str:
    """Whether a country is a Member State; the EU's institutions are kept apart from both."""
    if geo == EU_INSTITUTIONS:
        return "eu_institutions"
    return "member_state" if geo in MEMBER_STATES else "other"


def digest() -> str:
    """A checksum of both tables: another spelling makes other tidy tables."""
    return hashlib.sha256(SPELLINGS.read_bytes() + COUNTRIES.read_bytes()).hexdigest()[:8]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
