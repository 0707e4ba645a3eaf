"""All indicators, found in the catalogue's folders; a new file there is a new indicator."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from indicators import catalogue
from indicators.formula import Formula, datasets_of
from indicators.model import Indicator


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by its id, in the order of themes and files."""
    found: dict[str, Indicator] = {}
    for module in pkgutil.walk_packages(catalogue.__path__, f"{catalogue.__name__}."):
        indicator = getattr(import_module(module.name), "INDICATOR", None)
        if indicator is not None:
            found[indicator.id] = indicator
    return found


@cache
def themes() -> dict[str, tuple[Indicator, ...]]:
    """Indicators by theme; only themes that have any."""
    names = dict.fromkeys(indicator.theme for indicator in indicators().values())
    return {name: tuple(i for i in indicators().values() if i.theme == name) for name in names}


def formulas(indicator: Indicator) -> tuple[Formula, ...]:
    """The indicator's own formula and those of its breakdowns."""
    return (indicator.formula, *indicator.breakdowns)


def datasets(indicator: Indicator) -> frozenset[str]:
    """The ids of all datasets that the indicator reads."""
    return frozenset().union(*(datasets_of(formula) for formula in formulas(indicator)))
