"""What a release knows of the course of a figure: which figures there are, and what each was known to be, and when.

What a page says or draws of it does not belong here; the figures of one day come from data.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pandas as pd

from dashboards.reading import Ask, asked
from warehouse.read import OpenRelease
from warehouse.vintages import end_of

EDITION = len("2026-03-04")


@dataclass(frozen=True)
class Part:
    """One figure but for its period; ``breakdown`` and ``member`` are empty for the whole."""

    indicator: str
    geo: str
    breakdown: str = ""
    member: str = ""


def indicators(opened: OpenRelease, ask: Ask = asked) -> list[str]:
    """The indicators with figures, the ones revised most often first."""
    found = ask(
        opened,
        "SELECT indicator FROM figures WHERE value IS NOT NULL OR low IS NOT NULL "
        "GROUP BY indicator ORDER BY count(*) FILTER (known_to IS NOT NULL) DESC, indicator",
    )
    return list(found["indicator"])


def geos(opened: OpenRelease, indicator: str, ask: Ask = asked) -> list[str]:
    """The countries and groups of an indicator."""
    found = ask(opened, "SELECT DISTINCT geo FROM figures WHERE indicator = ? ORDER BY geo", indicator)
    return list(found["geo"])


def members(opened: OpenRelease, indicator: str, geo: str, ask: Ask = asked) -> list[tuple[str, str]]:
    """The breakdowns and members that an indicator has for a geography, the whole first."""
    found = ask(
        opened,
        "SELECT DISTINCT breakdown, member FROM figures WHERE indicator = ? AND geo = ? ORDER BY ALL",
        indicator,
        geo,
    )
    return [(str(row.breakdown), str(row.member)) for row in found.itertuples(index=False)]


def periods(opened: OpenRelease, part: Part, ask: Ask = asked) -> list[str]:
    """The periods of a figure, the newest first; none for a count of cases, whose editions are one course."""
    found = ask(
        opened,
        "SELECT DISTINCT period FROM figures WHERE indicator = ? AND geo = ? AND breakdown = ? AND member = ? "
        "ORDER BY period DESC",
        *_key(part),
    )
    known = [str(period) for period in found["period"]]
    return [] if all(len(period) == EDITION for period in known) else known


def course(
    opened: OpenRelease, part: Part, period: str = "", on: date | None = None, ask: Ask = asked
) -> pd.DataFrame:
    """What a figure was known to be, and from when to when, up to a day; one row for each change.

    Columns of ``figures``, captures as one text; ``known_to`` is NaT for what counts still. An empty period asks
    for all.
    """
    end = end_of(on) if on else datetime.max.replace(tzinfo=UTC)
    found = ask(
        opened,
        "SELECT * EXCLUDE (captures) REPLACE (CASE WHEN known_to <= ?::TIMESTAMPTZ THEN known_to END AS known_to), "
        "array_to_string(captures, ' ') AS captures FROM figures "
        "WHERE indicator = ? AND geo = ? AND breakdown = ? AND member = ? AND (? = '' OR period = ?) "
        "AND (known_from IS NULL OR known_from <= ?::TIMESTAMPTZ) ORDER BY known_from NULLS FIRST",
        end,
        *_key(part),
        period,
        period,
        end,
    )
    texts = ("flags", "status", "series", "previous_period", "change_status", "change_note", "origin")
    return found.assign(**{name: found[name].fillna("") for name in texts})


def published(opened: OpenRelease) -> datetime:
    """When the release was made, as its name tells to the second."""
    return datetime.strptime(opened.id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _key(part: Part) -> Sequence[str]:
    return [part.indicator, part.geo, part.breakdown, part.member]
