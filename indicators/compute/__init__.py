"""Figures from formulas: at one moment (compute), and over all that was known (history). The one place of Ibis."""

from indicators.compute.engines import engine
from indicators.compute.history import history
from indicators.compute.moment import compute

__all__ = ["compute", "engine", "history"]
