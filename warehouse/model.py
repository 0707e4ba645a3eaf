"""The values that the warehouse hands out: the result of a check and a release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Check:
    """The result of one check. ``subject`` is a dataset's, an indicator's or the release's name.

    A failed error holds a capture back, or stops a release; a failed warning is shown.
    """

    subject: str
    name: str
    passed: bool
    severity: Severity
    detail: str = ""


@dataclass(frozen=True)
class Release:
    """A sealed set of captures, the figures computed from them and the checks they passed."""

    id: str
    created_at: datetime
    code_version: str
    captures: tuple[str, ...]
    checks: tuple[Check, ...]
    figures_digest: str
    previous: str | None
