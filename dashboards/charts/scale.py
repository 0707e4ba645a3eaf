"""Round numbers for axes and map classes. Nothing here draws."""

from __future__ import annotations

import math
from collections.abc import Sequence

CLASSES = 5
STEPS = (1, 2, 2.5, 5, 10)


def breaks(values: Sequence[float]) -> tuple[float, ...]:
    """The six round limits of five classes of equal width that hold all values; raises ValueError without any."""
    low, high = min(values), max(values)
    for exponent in range(math.floor(math.log10(max(high - low, 1.0) / 10)), 12):
        for step in STEPS:
            width = step * 10.0**exponent
            first = math.floor(low / width) * width
            if first + CLASSES * width > high:
                return tuple(round(first + width * i, 10) for i in range(CLASSES + 1))
    raise ValueError(f"no round classes for {low} to {high}")


def class_of(value: float, limits: Sequence[float]) -> int:
    """The class, from 0, that a value falls into; a limit belongs to the class above it."""
    return max(i for i in range(len(limits) - 1) if value >= limits[i])


def ticks(high: float, wanted: int = 5, low: float = 0.0) -> list[float]:
    """Round numbers from zero, or from just below a negative ``low``, to just above ``high``, about as many as wanted."""
    low = min(low, 0.0)
    exact = max(high - low, 1e-9) / wanted
    power = 10.0 ** math.floor(math.log10(exact))
    step = next(s * power for s in STEPS if s * power >= exact * 0.999)
    return [round(step * i, 10) for i in range(math.floor(low / step), math.ceil(high / step) + 1)]
