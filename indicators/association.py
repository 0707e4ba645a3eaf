"""How two indicators go together over Member States: correlations with their number of countries, and no more.

An association between countries says nothing of what follows from what; no word here does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from indicators.phrase import number_text
from indicators.words import translate
from sources.codes import MEMBER_STATES

FEWEST = 10
"""With fewer countries no coefficient is stated: one country could turn it."""


@dataclass(frozen=True)
class Association:
    """Pearson's and Spearman's coefficients between -1 and 1 over the countries that have both values.

    Both are None where there are too few countries, or where all have the same value.
    """

    countries: tuple[str, ...]
    pearson: float | None
    spearman: float | None

    @property
    def number(self) -> int:
        """How many countries it rests on."""
        return len(self.countries)


def associate(
    first: Mapping[str, float | None], second: Mapping[str, float | None], fewest: int = FEWEST
) -> Association:
    """The association of two indicators, each given as value by geography; only Member States count."""
    pairs = {
        geo: (one, other)
        for geo in MEMBER_STATES
        if (one := _number(first.get(geo))) is not None and (other := _number(second.get(geo))) is not None
    }
    ones, others = [one for one, _ in pairs.values()], [other for _, other in pairs.values()]
    if len(pairs) < fewest or len(set(ones)) == 1 or len(set(others)) == 1:
        return Association(tuple(pairs), None, None)
    from scipy import stats  # half a second that only readers of associations wait for

    pearson, spearman = stats.pearsonr(ones, others).statistic, stats.spearmanr(ones, others).statistic
    return Association(tuple(pairs), round(float(pearson), 10), round(float(spearman), 10))


def association_text(found: Association, lang: str) -> str:
    """The coefficients with the number of countries, and that they are an association."""
    if found.pearson is None or found.spearman is None:
        return translate(
            "Only {count} Member States have both values: too few, or too alike, to state an association.",
            lang,
            count=found.number,
        )
    return translate(
        "Over {count} Member States the correlation is {pearson} (Pearson) and {spearman} (Spearman, by rank). "
        "This is an association between countries; it does not say what comes from what.",
        lang,
        count=found.number,
        pearson=number_text(found.pearson, lang, 2),
        spearman=number_text(found.spearman, lang, 2),
    )


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)
