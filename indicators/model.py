"""The values of the catalogue: indicators, figures, targets, comparability events and witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from indicators.formula import Formula

Theme = Literal["enterprises", "people", "public_sector", "labour", "investment"]
Better = Literal["up", "down", "neither"]
Status = Literal["measured", "not publishable", "not measured", "not comparable"]
TargetStatus = Literal["set", "announced", "proposed", "political", "historic"]


@dataclass(frozen=True)
class Event:
    """Something that touches comparability from ``period`` on.

    One that ``stops`` lets no change, line or projection pass; one that ``notes`` lets them pass with its
    text beside them. ``geo`` empty means everywhere.
    """

    period: str
    effect: Literal["stops", "notes"]
    text: str
    geo: str = ""


@dataclass(frozen=True)
class Witness:
    """One published value that the indicator must reproduce, to its decimals, from the vintage it names."""

    geo: str
    period: str
    value: float
    source: str
    vintage: date
    member: str = ""
    low: float | None = None
    decimals: int = 2


@dataclass(frozen=True)
class Coverage:
    """Whom the indicator should cover: Member States, and since which period."""

    member_states: int
    since: str


@dataclass(frozen=True)
class Indicator:
    """A question, and how figures answer it. All texts are English; catalogues translate them.

    ``formula`` answers it; ``breakdowns`` are the same question asked of parts, each with its own ``by``.
    Only where no value was published that we could check is there no witness: ``waits_for`` then names the
    table that will bring the first one.
    """

    id: str
    title: str
    question: str
    theme: Theme
    unit: str
    better: Better
    method: str
    caveats: Sequence[str]
    formula: Formula
    bounds: tuple[float | None, float | None]
    coverage: Coverage
    witness: Witness | None
    breakdowns: Sequence[Formula] = ()
    events: Sequence[Event] = ()
    waits_for: str = ""


@dataclass(frozen=True)
class Figure:
    """One value of one indicator as a release states it; ``value`` is None where there is none to state."""

    indicator: str
    geo: str
    period: str
    breakdown: str
    member: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    flags: str
    status: Status


@dataclass(frozen=True)
class Target:
    """What somebody set, announced or proposed for an indicator; ``value`` None means still to be proposed."""

    id: str
    indicator: str
    title: str
    geo: str
    year: str
    value: float | None
    unit: str
    status: TargetStatus
    clause: str
    link: str
    dated: str
    note: str
