"""All indicators, found in the catalogue's folders; a new file there is a new indicator."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from indicators import catalogue
from indicators.formula import Formula, datasets_of
from indicators.model import Indicator

THEMES = ("enterprises", "people", "public_sector", "labour", "investment")
"""The themes, in the order of the pages."""
LEADING = (
    *("enterprises_using_ai", "smes_using_ai", "large_enterprises_using_ai", "sme_gap", "cloud_data_or_ai"),
    *(
        "smes_basic_digital_intensity",
        "enterprises_using_ai_by_technology",
        "enterprises_using_ai_by_purpose",
    ),
    *("enterprises_using_ai_by_activity", "generative_ai_in_enterprises", "ai_barriers"),
    *(
        "people_using_generative_ai",
        "generative_ai_at_work",
        "generative_ai_gender_gap",
        "basic_digital_skills",
    ),
    *("public_sector_ai_cases", "public_sector_ai_cases_in_use", "public_sector_generative_ai_cases"),
    *("ict_specialists", "ict_specialists_employed", "women_ict_specialists", "young_ict_specialists"),
    *("highly_educated_ict_specialists", "unemployment"),
    *("ai_investment", "ai_investment_composition", "ai_investment_announced", "venture_capital_ai"),
    "venture_capital_ai_world_share",
)
"""What leads its theme, in this order; all others follow in the order of their files."""


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
    """Indicators by theme, in the order in which readers meet them; only themes that have any."""
    order = {name: place for place, name in enumerate(LEADING)}
    found = sorted(indicators().values(), key=lambda one: order.get(one.id, len(order)))
    held = {name: tuple(one for one in found if one.theme == name) for name in THEMES}
    return {name: own for name, own in held.items() if own}


def in_reading_order() -> list[Indicator]:
    """Every indicator, theme by theme."""
    return [one for own in themes().values() for one in own]


def formulas(indicator: Indicator) -> tuple[Formula, ...]:
    """The indicator's own formula and those of its breakdowns."""
    return (indicator.formula, *indicator.breakdowns)


def datasets(indicator: Indicator) -> frozenset[str]:
    """The ids of all datasets that the indicator reads."""
    return frozenset().union(*(datasets_of(formula) for formula in formulas(indicator)))
