"""Codes that all sources share: countries and their groups, observation flags, periods.

Labels in a reader's language do not belong here.
"""

from __future__ import annotations

import re

EU = "EU27_2020"
ALL_RECORDED = "ALL"
EU_INSTITUTIONS = "EU_INST"
MEMBER_STATES = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()

FLAGS = {
    "b": "break in series",
    "d": "definition differs",
    "e": "estimated",
    "f": "forecast",
    "i": "imputed",
    "m": "missing",
    "n": "not significant",
    "p": "provisional",
    "u": "low reliability",
}
"""Observation flags (OBS_FLAG) of Eurostat's dissemination; combinations are written letter by letter."""

OLD_FLAGS = {"s": "i", "z": "m"}
"""Spellings before 2025-01-27, and today's; the old ``c`` is a confidentiality, not a flag."""

CONFIDENTIALITY = {"C": "confidential", "N": "not for publication", "P": "primary confidentiality"}

PERIOD = re.compile(r"\d{4}(-(S[12]|Q[1-4]|W\d{2}|\d{2}(-\d{2})?))?")
GEO = re.compile(r"[A-Z]{2}[A-Z0-9_]*")


def period_order(period: str) -> tuple[int, str]:
    """A key that sorts periods of one frequency in time."""
    return int(period[:4]), period[5:]
