"""Standing before a target: distance, required and achieved pace, over comparable periods only."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from indicators.model import Target
from indicators.pace import PROGRESS_SHAPES, PROGRESS_WORDS, Point, Progress, Standing, moment, standing

AIM = Target(
    "t", "x", "A target", "DE", "2030", 75, "PC_ENT", "set", "a clause", "https://x.invalid", "2022", ""
)
SERIES = (Point("2021", 50), Point("2023", 60, "comparable"), Point("2025", 65, "comparable"))


def test_the_required_pace_stands_against_the_achieved_one() -> None:
    assert standing(AIM, SERIES) == Standing("on track", "2025", 65, 10, 2, 3.75, "2021")
    assert standing(replace(AIM, value=95), SERIES).progress == "behind"
    assert standing(replace(AIM, value=95), SERIES).required == 6


def test_the_pace_is_taken_since_the_last_break_only() -> None:
    broken = (SERIES[0], Point("2023", 60, "stopped"), Point("2025", 62, "noted"))
    found = standing(AIM, broken)
    assert (found.since, found.achieved, found.noted, found.progress) == ("2023", 1, True, "behind")
    assert standing(AIM, [*SERIES[:2], Point("2025", 65, "stopped")]).progress == "pace not known"
    assert standing(AIM, SERIES[:1]).progress == "pace not known"


def test_a_gap_in_the_values_is_bridged_and_a_missing_newest_one_is_not_used() -> None:
    assert standing(AIM, [*SERIES, Point("2026", None)]).period == "2025"


@pytest.mark.parametrize(
    ("aim", "progress"),
    [
        (None, "no target"),
        (replace(AIM, value=None), "no target"),
        (replace(AIM, status="historic"), "no target"),
        (replace(AIM, value=65), "reached"),
        (replace(AIM, year="2024"), "behind"),
        (replace(AIM, year=""), "behind"),
    ],
)
def test_progress(aim: Target | None, progress: Progress) -> None:
    assert standing(aim, SERIES).progress == progress


def test_a_target_may_lie_below() -> None:
    falling = (Point("2023", 12), Point("2025", 10, "comparable"))
    low = replace(AIM, value=6)
    assert standing(low, falling, "down").progress == "on track"
    assert standing(replace(AIM, value=2), falling, "down").progress == "behind"
    assert standing(replace(AIM, value=11), falling, "down").progress == "reached"


def test_without_any_value_nothing_is_said() -> None:
    assert standing(AIM, []) == Standing("pace not known")


def test_every_progress_has_words_and_a_shape_of_its_own() -> None:
    assert PROGRESS_WORDS.keys() == PROGRESS_SHAPES.keys() == set(get_args(Progress))
    assert len(set(PROGRESS_SHAPES.values())) == len(PROGRESS_SHAPES)


@pytest.mark.parametrize(
    ("period", "year"),
    [("2025", 2025), ("2025-Q3", 2025.5), ("2025-S2", 2025.5), ("2025-07", 2025.5), ("2025-07-01", 2025.5)],
)
def test_a_period_is_a_moment(period: str, year: float) -> None:
    assert moment(period) == year
