"""Which of an indicator's figures a chart or a sentence is about. Nothing here asks the release or draws."""

from __future__ import annotations

import pandas as pd

from dashboards.charts.marks import Row, has_value, number, records
from indicators.pace import Point
from indicators.phrase import Change
from sources.codes import EU, MEMBER_STATES


def part(figures: pd.DataFrame, breakdown: str = "", member: str | None = None) -> pd.DataFrame:
    """The figures of one breakdown, or of one member of it."""
    chosen = figures[figures["breakdown"] == breakdown]
    return chosen if member is None else chosen[chosen["member"] == member]


def newest_period(figures: pd.DataFrame, geo: str = EU) -> str:
    """The last period with a value for ``geo``, or else for anybody; empty without any."""
    known = figures[has_value(figures)]
    own = known[known["geo"] == geo]
    return str((own if len(own) else known)["period"].max()) if len(known) else ""


def newest(figures: pd.DataFrame, geo: str = EU) -> pd.DataFrame:
    """The figures of the newest period."""
    return figures[figures["period"] == newest_period(figures, geo)]


def stated(figures: pd.DataFrame, geo: str = EU) -> Row | None:
    """The last figure for a geography that has a value, as a row; None without one."""
    places = ((figures["geo"] == geo) & has_value(figures)).to_numpy().nonzero()[0]
    if not len(places):
        return None
    periods = figures["period"].to_numpy()
    return dict(figures.iloc[max(places, key=lambda place: str(periods[place]))])


def change_of(row: Row) -> Change:
    """What a figure's row says of its change."""
    return Change(
        amount=number(row["change"]),
        unit=str(row["unit"]),
        previous=str(row["previous_period"]),
        period=str(row["period"]),
        status=str(row["change_status"]),
        note=str(row["change_note"]),
    )


def member_states(figures: pd.DataFrame) -> pd.DataFrame:
    """Only the Member States' figures."""
    return figures[figures["geo"].isin(MEMBER_STATES)]


def points(figures: pd.DataFrame, geo: str) -> list[Point]:
    """The course of one place, as paces are taken from it."""
    rows = records(figures[figures["geo"] == geo])
    return [Point(str(row["period"]), number(row["value"]), str(row["change_status"])) for row in rows]
