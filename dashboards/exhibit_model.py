"""A chart and what stands around it. How a page shows it is said in exhibit.py, what files hold of it in takeaway/."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd
import plotly.graph_objects as go

if TYPE_CHECKING:
    from dashboards.takeaway.links import Wanted

Made = TypeVar("Made")


@dataclass(frozen=True)
class Exhibit:
    """A chart and what stands around it: its figures as a table in words and as CSV, and what they are of.

    ``wanted`` says how the chart is had alone; None where it cannot.
    """

    key: str
    title: str
    summary: str
    figure: go.Figure
    table: pd.DataFrame
    csv: str
    sources: tuple[str, ...]
    figures: pd.DataFrame
    wanted: Wanted | None = None
    made: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, made once for an exhibit that is kept: the same figures are shown to many readers."""
        if name not in self.made:
            self.made[name] = make()
        found: Made = self.made[name]
        return found
