"""Whether a dataset is as new as its publisher's calendar lets one expect: newest period, next one, and by when.

Asking the publisher does not belong here, nor judging a dataset that is overdue (suites.py).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from sources.model import Dataset
from warehouse.outline import outline
from warehouse.vintages import State

MONTHS = {
    "monthly": 1,
    "quarterly": 3,
    "several times a year": 6,
    "yearly": 12,
    "every two years": 24,
    "every three years": 36,
}
"""Months from one period, or edition, to the next, by cadence; others have no calendar."""

PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|S(?P<half>[12])|(?P<month>0[1-9]|1[0-2])))?")


@dataclass(frozen=True)
class Fresh:
    """How new a dataset is: its newest period with a value (empty for records), and from when it was known.

    ``expected`` is the next period and ``due`` the day by which it should be there; None without a calendar.
    """

    dataset: str
    newest: str
    known_from: datetime | None
    last_seen: datetime
    expected: str
    due: date | None

    @property
    def held(self) -> str:
        """What is held, in words."""
        return f"{self.newest} is the newest" if self.newest else f"known from {self.known_from:%Y-%m-%d}"

    def overdue(self, today: date) -> bool:
        """Whether the next period should have been here by now."""
        return self.due is not None and today > self.due


def fresh(known: State, memory: str) -> Fresh:
    """How new a state is."""
    dataset, captures = known.dataset, [layer.capture for layer in known.layers]
    dated = [capture.known_from for capture in captures if capture.known_from]
    known_from = max(dated, default=None)
    newest = "" if dataset.record_key else _newest(known, memory)
    expected, due = _next(dataset, newest, known_from)
    seen = max(capture.last_seen for capture in captures)
    return Fresh(dataset.id, newest, known_from, seen, expected, due)


def end_of_period(period: str) -> date:
    """The last day of a year, half-year, quarter or month; raises ValueError for another period."""
    found = PERIOD.fullmatch(period)
    if not found:
        raise ValueError(f"{period!r} is no year, half-year, quarter or month")
    year, quarter, half, month = (int(found[name] or 0) for name in ("year", "quarter", "half", "month"))
    return _end(year, quarter * 3 or half * 6 or month or 12)


def _newest(known: State, memory: str) -> str:
    return max(outline(known.dataset, layer.table, memory).newest for layer in known.layers)


def _next(dataset: Dataset, newest: str, known_from: datetime | None) -> tuple[str, date | None]:
    """The next period, or edition, and by when it should be there."""
    every, lag = MONTHS.get(dataset.cadence), dataset.expected.lag
    if every is None or lag is None:
        return "", None
    if dataset.record_key:
        return ("a new edition", _later(known_from.date(), every + lag)) if known_from else ("", None)
    if not PERIOD.fullmatch(newest):
        return "", None
    end = _later(end_of_period(newest), every)
    return _named(newest, end), _later(end, lag)


def _named(like: str, end: date) -> str:
    """The period of the same kind that ends on a day."""
    if "Q" in like:
        return f"{end.year}-Q{end.month // 3}"
    if "S" in like:
        return f"{end.year}-S{end.month // 6}"
    return f"{end:%Y-%m}" if "-" in like else f"{end.year}"


def _later(day: date, months: int) -> date:
    """The last day of the month that is so many months later."""
    count = day.year * 12 + day.month - 1 + months
    return _end(count // 12, count % 12 + 1)


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
