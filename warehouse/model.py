"""The values that the warehouse hands out: a check's result, a person's decision, a release; and the error of a home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sources.model import Capture, Origin, Scope, State

Severity = Literal["error", "warning"]


class Unusable(Exception):
    """A home cannot be worked in as it is; the message says why and what to do."""


class StoreFault(Unusable):
    """A shared store cannot be used as it is; the message names it, and says why and what to do."""


class Moved(Exception):
    """Somebody else moved the store's pointer since it was read here: nothing of ours was pointed to."""


@dataclass(frozen=True)
class Check:
    """The result of one check. ``subject`` is a dataset's, an indicator's or the release's name.

    A failed error holds a capture back, or stops a release; a failed warning is shown. ``capture`` is the one
    that was checked, if any; ``rows`` name what is wrong, the first few.
    """

    subject: str
    name: str
    passed: bool
    severity: Severity
    detail: str = ""
    capture: str = ""
    rows: tuple[str, ...] = ()


def stated_check(content: Mapping[str, Any]) -> Check:
    """The check that was written as JSON; one of an earlier version of the code names no capture and no rows."""
    return Check(**{**content, "rows": tuple(content.get("rows", ()))})


@dataclass(frozen=True)
class Decision:
    """What a person decided on a capture: its state, why, who and when."""

    capture: str
    state: State
    why: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Sealed:
    """An accepted capture as a release seals it: all that lays out states, and the checksum of its bytes.

    ``used`` tells whether a state of today rests on it; the others make what was known before.
    """

    id: str
    dataset: str
    url: str
    retrieved_at: datetime
    known_from: datetime | None
    sha256: str
    size: int
    media_type: str
    scope: Scope
    origin: Origin
    used: bool

    def capture(self) -> Capture:
        """The accepted capture that was sealed, without what the source said of it later."""
        fields = {name: value for name, value in vars(self).items() if name != "used"}
        return Capture(**fields, source_updated_at=None, state="accepted")


@dataclass(frozen=True)
class Release:
    """A sealed set of captures, the figures computed from them and the checks they passed.

    ``figures_digest`` covers every figure, those of today and those known before; ``decisions`` are the newest
    of people on captures, whether these count or not.
    """

    id: str
    created_at: datetime
    code_version: str
    captures: tuple[Sealed, ...]
    checks: tuple[Check, ...]
    figures_digest: str
    previous: str | None
    format: int
    decisions: tuple[Decision, ...] = ()
