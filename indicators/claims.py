"""Official claims held against the figures: what was known when a text said it, what is known now, and the verdict.

Which claims there are is data of the source ``curated``; how a verdict looks on a page does not belong here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

import pandas as pd

from indicators.cite import rests_on
from indicators.phrase import number_text
from warehouse.read import OpenRelease, known

Relation = Literal["equals", "more than", "less than", "quoted"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
Word = Literal[
    "reproduced then",
    "reproduced now",
    "revised since",
    "differs now, vintage not held",
    "not reproduced as worded",
    "not loaded",
    "quoted",
]
WORDS: tuple[Word, ...] = get_args(Word)
"""From what agrees best to what cannot be judged; this is also the order on pages."""

COUNT = "CASES"
"""Only counts are added up over several geographies, never rates."""


@dataclass(frozen=True)
class Asked:
    """A figure that a claim is about. No ``period`` asks for the newest one known on the as-of date."""

    title: str
    indicator: str
    geos: tuple[str, ...]
    period: str
    breakdown: str
    member: str


@dataclass(frozen=True)
class Claim:
    """What an official text says; ``asked`` are the figures it may mean, the first as it is worded."""

    id: str
    group: str
    text: str
    source: str
    link: str
    dated: str
    as_of: date | None
    relation: Relation
    value: float | None
    decimals: int
    unit: str
    asked: tuple[Asked, ...]
    note: str

    @property
    def momentary(self) -> bool:
        """Whether it tells of a moment ("recorded in 2024"), and so can be judged as of that moment only."""
        return bool(self.asked) and not self.asked[0].period


@dataclass(frozen=True)
class Known:
    """A figure as it was known at some time; ``vintage`` is the day of the newest capture it rests on."""

    value: float
    unit: str
    flags: str
    period: str
    vintage: date | None


@dataclass(frozen=True)
class Reading:
    """One figure asked for, as held on the claim's as-of date and now; None where none with a value is held."""

    asked: Asked
    then: Known | None
    now: Known | None


@dataclass(frozen=True)
class Verdict:
    """A claim judged by its first reading. ``rounded``: it fails by what rounding from more decimals explains."""

    claim: Claim
    word: Word
    readings: tuple[Reading, ...]
    rounded: bool = False


def claims(
    rows: Iterable[Mapping[str, object]], readings: Iterable[Mapping[str, object]]
) -> tuple[Claim, ...]:
    """The register's claims in its order; raises ValueError for a reading of a claim that it lacks."""
    others: dict[str, list[Asked]] = {}
    for row in readings:
        others.setdefault(_text(row, "claim"), []).append(_asked(row, _text(row, "title")))
    found = tuple(_claim(row, others.pop(_text(row, "claim"), [])) for row in rows)
    if others:
        raise ValueError(f"claim_readings: there is no claim {', '.join(sorted(others))}")
    return found


def register(release: OpenRelease) -> tuple[Claim, ...]:
    """The claims that a release holds; none where it was published before there was a register."""
    if not release.has("curated.claims"):
        return ()
    rows = release.query("SELECT * FROM curated.claims").to_dict("records")
    held = release.has("curated.claim_readings")
    readings = release.query("SELECT * FROM curated.claim_readings").to_dict("records") if held else []
    return claims(rows, readings)  # type: ignore[arg-type]


def verdicts(release: OpenRelease) -> tuple[Verdict, ...]:
    """Every claim of the release judged by the release's own figures, in the register's order."""
    return tuple(
        judge(claim, [_reading(release, claim, a) for a in claim.asked]) for claim in register(release)
    )


def judge(claim: Claim, readings: Sequence[Reading]) -> Verdict:
    """The verdict on a claim from what was known then and now of the figures it asks for."""
    if claim.relation == "quoted":
        return Verdict(claim, "quoted", ())
    then, now = readings[0].then, readings[0].now
    decisive = then or (None if claim.momentary else now)
    rounded = decisive is not None and not agrees(claim, decisive) and _by_rounding(claim, decisive)
    return Verdict(claim, _word(claim, then, now), tuple(readings), rounded)


def agrees(claim: Claim, figure: Known) -> bool:
    """Whether a figure bears a claim out; equal is what reads the same at the decimals that the claim states."""
    if claim.value is None:
        return False
    if claim.relation == "more than":
        return figure.value > claim.value
    if claim.relation == "less than":
        return figure.value < claim.value
    stated, found = (number_text(value, "en", claim.decimals) for value in (claim.value, figure.value))
    return stated == found


def tally(found: Iterable[Verdict]) -> dict[Word, int]:
    """How many claims have each verdict, in the order of ``WORDS``; only verdicts that some have."""
    counts = Counter(verdict.word for verdict in found)
    return {word: counts[word] for word in WORDS if counts[word]}


def _word(claim: Claim, then: Known | None, now: Known | None) -> Word:
    if then is not None:
        if not agrees(claim, then):
            return "not reproduced as worded"
        stands = claim.momentary or (now is not None and agrees(claim, now))
        return "reproduced then" if stands else "revised since"
    if now is None or claim.momentary:
        return "not loaded"
    return "reproduced now" if agrees(claim, now) else "differs now, vintage not held"


def _by_rounding(claim: Claim, figure: Known) -> bool:
    """Whether a figure published with more decimals than the claim lies within half of the claim's last one."""
    stated, found = Decimal(str(claim.value)), Decimal(repr(figure.value))
    return claim.relation == "equals" and abs(stated - found) <= Decimal(5).scaleb(-claim.decimals - 1)


def _reading(release: OpenRelease, claim: Claim, asked: Asked) -> Reading:
    return Reading(asked, _known(release, asked, claim.as_of), _known(release, asked))


def _known(release: OpenRelease, asked: Asked, on: date | None = None) -> Known | None:
    """The figure as held on a day, or now; what rests on undated captures was held on no day."""
    held = "known_from IS NOT NULL" if on else "true"
    geos = [*asked.geos]
    found = release.query(
        "SELECT period, sum(value) AS value, any_value(unit) AS unit, "
        "string_agg(DISTINCT flags, '') AS flags, flatten(list(captures)) AS captures FROM figures "
        f"WHERE {known(on)} AND {held} AND value IS NOT NULL AND indicator = ? AND breakdown = ? AND member = ? "
        "AND list_contains(?, geo) AND ? IN ('', period) AND (len(?) = 1 OR unit = ?) "
        "GROUP BY period HAVING count(*) = len(?) ORDER BY period DESC LIMIT 1",
        [asked.indicator, asked.breakdown, asked.member, geos, asked.period, geos, COUNT, geos],
    )
    return next((_figure(release, row, on) for row in found.to_dict("records")), None)  # type: ignore[arg-type]


def _figure(release: OpenRelease, row: Mapping[str, Any], on: date | None) -> Known:
    captures = rests_on(release, list(row["captures"]), on)
    days = [capture.known_from.date() for capture in captures if capture.known_from]
    return Known(row["value"], row["unit"], row["flags"], row["period"], max(days, default=None))


def _claim(row: Mapping[str, object], others: Sequence[Asked]) -> Claim:
    relation = _relation(row)
    value, day = _text(row, "value"), _text(row, "as_of") or _text(row, "date")
    judged = relation != "quoted"
    return Claim(
        id=_text(row, "claim"),
        group=_text(row, "group") or _text(row, "claim"),
        text=_text(row, "text"),
        source=_text(row, "source"),
        link=_text(row, "link"),
        dated=_text(row, "date"),
        as_of=date.fromisoformat(day) if judged else None,
        relation=relation,
        value=float(value) if value else None,
        decimals=int(_text(row, "decimals") or 0),
        unit=_text(row, "unit"),
        asked=(_asked(row), *others) if judged else (),
        note=_text(row, "note"),
    )


def _relation(row: Mapping[str, object]) -> Relation:
    said = _text(row, "relation")
    for relation in RELATIONS:
        if relation == said:
            return relation
    raise ValueError(f"claim {_text(row, 'claim')}: relation {said!r} is none of {', '.join(RELATIONS)}")


def _asked(row: Mapping[str, object], title: str = "") -> Asked:
    geos = tuple(_text(row, "geo").split("+"))
    indicator, period = _text(row, "indicator"), _text(row, "period")
    return Asked(title, indicator, geos, period, _text(row, "breakdown"), _text(row, "member"))


def _text(row: Mapping[str, object], column: str) -> str:
    value = row[column]
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]
