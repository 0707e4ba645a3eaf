"""A chart and what stands around it. How a page shows it is said in exhibit.py, what files hold of it in takeaway/."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd
import plotly.graph_objects as go

if TYPE_CHECKING:
    from dashboards.takeaway.links import Wanted

Made = TypeVar("Made")
CSV_COLUMNS = tuple(
    "indicator geo period breakdown member value low high unit flags status previous_period change change_status "
    "change_note release".split()
)
"""What files hold of each figure, unless an exhibit names other columns."""


@dataclass(frozen=True)
class Exhibit:
    """A chart and what stands around it: the figures that it shows, how they read as a table, and where they are from.

    ``drawing`` is the chart as the browser gets it, in Plotly's JSON: kept as one text, it takes little room, and the
    collector of garbage has nothing to walk through. ``worded`` makes the table in words when it is first asked for; it can be
    pickled, as all of an exhibit that is kept.
    ``wanted`` says how the chart is had alone; None where it cannot.
    """

    key: str
    title: str
    summary: str
    drawing: str
    sources: tuple[str, ...]
    figures: pd.DataFrame
    worded: Callable[[], pd.DataFrame] = field(compare=False, repr=False)
    wanted: Wanted | None = None
    columns: tuple[str, ...] = CSV_COLUMNS
    made: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def figure(self) -> go.Figure:
        """The chart, read anew from its drawing, which was judged when it was made."""
        return go.Figure(json.loads(self.drawing), _validate=False)

    @property
    def sent(self) -> go.Figure:
        """The chart for the browser alone: nothing can be asked of it but to be handed over."""
        return _Sent(self.drawing)

    @cached_property
    def table(self) -> pd.DataFrame:
        """The figures as a table in words, disarmed."""
        return self.worded()

    @cached_property
    def mark(self) -> str:
        """What tells this exhibit from any whose chart, or what stands around it, is another."""
        return _mark(self.key, self.title, self.summary, *self.sources, self.drawing)

    def with_table(self) -> Exhibit:
        """The same with its table made, for pages that show it at once."""
        _ = self.table
        return self

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, made once for an exhibit that is kept: the same figures are shown to many readers."""
        if name not in self.made:
            self.made[name] = make()
        found: Made = self.made[name]
        return found


class _Sent(go.Figure):  # type: ignore[misc] # Plotly says nothing of its types
    """A drawing as Plotly's figure, for libraries that would build one from it, copy and judge it first."""

    def __init__(self, drawing: str) -> None:
        object.__setattr__(self, "_drawing", drawing)

    def to_dict(self) -> dict[str, Any]:
        held: dict[str, Any] = json.loads(self._drawing)
        return held


def table_mark(table: pd.DataFrame) -> str:
    """What tells a table of texts from any other one."""
    cells = (str(cell) for column in table.columns for cell in table[column].tolist())
    return _mark(*map(str, table.columns), *cells)


def _mark(*told: str) -> str:
    return blake2b("\0".join(told).encode(), digest_size=16).hexdigest()
