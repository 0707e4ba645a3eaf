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


@dataclass(frozen=True)
class Exhibit:
    """A chart and what stands around it: its figures as a table in words and as CSV, and what they are of.

    ``drawing`` is the chart as the browser gets it, in Plotly's JSON: kept as one text, it takes little room, and the
    collector of garbage has nothing to walk through. ``wanted`` says how the chart is had alone; None where it cannot.
    """

    key: str
    title: str
    summary: str
    drawing: str
    table: pd.DataFrame
    csv: str
    sources: tuple[str, ...]
    figures: pd.DataFrame
    wanted: Wanted | None = None
    made: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def figure(self) -> go.Figure:
        """The chart, read anew from its drawing, which was judged when it was made."""
        return go.Figure(json.loads(self.drawing), _validate=False)

    @cached_property
    def mark(self) -> str:
        """What tells this exhibit from any that says or draws something else."""
        told = (
            self.key,
            self.title,
            self.summary,
            *self.sources,
            self.csv,
            *self.table.columns,
            self.drawing,
        )
        return blake2b("\0".join(told).encode(), digest_size=16).hexdigest()

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, made once for an exhibit that is kept: the same figures are shown to many readers."""
        if name not in self.made:
            self.made[name] = make()
        found: Made = self.made[name]
        return found
