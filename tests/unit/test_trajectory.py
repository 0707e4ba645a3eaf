"""Projections of made-up courses: what is known of them beforehand must come out."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from indicators.scenario import paces, scenarios
from indicators.trajectory import BOUND, Trajectories, comparable, trajectories, yearly
from sources.codes import EU, MEMBER_STATES

YEARS = (2019, 2021, 2023, 2024, 2025)


def figures(
    course: Callable[[int, int], float], geos: tuple[str, ...] = MEMBER_STATES, **changes: str
) -> pd.DataFrame:
    """Yearly figures of geographies, numbered from 0, by a course of number and year."""
    rows = [
        {
            "geo": geo,
            "period": str(year),
            "value": course(number, year),
            "series": "",
            "change_status": "comparable",
        }
        for number, geo in enumerate(geos)
        for year in YEARS
    ]
    return pd.DataFrame(rows).assign(**changes)


def diffusion(number: int, year: int) -> float:
    noise = np.random.default_rng(number * 10_000 + year).normal(0, 0.02)
    return 100 / (1 + math.exp(3 - number / 9 - 0.3 * (year - 2019) + noise))


def made(rows: pd.DataFrame, unit: str = "PC_ENT") -> Trajectories:
    return trajectories("toy", unit, rows)


def test_a_diffusion_is_recognised_and_continued() -> None:
    found = made(figures(diffusion))
    assert set(found.outlooks["verdict"]) == {"projected"}
    assert set(found.outlooks["model"]) == {"logistic"}
    chosen = found.projections[found.projections["chosen"] & (found.projections["period"] == "2030")]
    for number, geo in enumerate(MEMBER_STATES):
        row = chosen[chosen["geo"] == geo].iloc[0]
        truth = 100 / (1 + math.exp(3 - number / 9 - 0.3 * 11))
        assert abs(row["value"] - truth) < 3
        assert row["low"] < row["value"] < row["high"]
        assert abs(json.loads(row["parameters"])["pace"] - 0.3) < 0.02


def test_a_straight_course_is_continued_straight() -> None:
    found = made(figures(lambda number, year: 1000 + number + 7 * (year - 2019)), unit="THS_PER")
    row = found.projections.query("geo == 'FR' and period == '2030' and model == 'linear'").iloc[0]
    assert row["chosen"]
    assert row["value"] == pytest.approx(1000 + MEMBER_STATES.index("FR") + 7 * 11)
    assert set(found.projections["model"]) == {"naive", "linear"}, "only shares can saturate"


def test_the_hindcast_states_error_bias_and_coverage_over_countries() -> None:
    hindcasts = made(figures(diffusion)).hindcasts.set_index("model")
    assert set(hindcasts["held_out"]) == {"2025"}
    assert set(hindcasts["countries"]) == {27}
    steps = [diffusion(n, 2025) - diffusion(n, 2024) for n in range(27)]
    assert hindcasts.loc["naive", "error"] == pytest.approx(np.mean(np.abs(steps)))
    assert hindcasts.loc["naive", "bias"] == pytest.approx(-np.mean(steps))
    assert hindcasts.loc["naive", "skill"] == 0
    assert 0 <= hindcasts.loc["logistic", "coverage"] <= 1


def test_without_skill_nothing_is_projected() -> None:
    """Values that move up for four surveys and then stay: every model but the naive one misses."""
    found = made(figures(lambda number, year: 10 + number + 5 * min(year, 2024) - 5 * 2019))
    assert set(found.outlooks["verdict"]) == {"no skill"}
    assert found.projections.empty
    assert (found.hindcasts["skill"] <= 0).all()


def test_a_break_cuts_the_course_and_too_short_ones_are_not_projected() -> None:
    rows = figures(diffusion)
    rows.loc[(rows["geo"] == "DK") & (rows["period"] == "2024"), "change_status"] = "stopped"
    rows = rows[(rows["geo"] != "MT") | (rows["period"] >= "2024")]
    verdicts = made(rows).outlooks.set_index("geo")["verdict"]
    assert verdicts["DK"] == "stopped by a break"
    assert verdicts["MT"] == "too short"
    assert verdicts["FR"] == "projected"


def test_versions_of_a_definition_are_never_chained() -> None:
    rows = figures(diffusion)
    rows["series"] = ["V3" if int(period) % 2 else "V4" for period in rows["period"]]
    assert set(comparable(yearly(rows))["year"]) == {2019, 2021, 2023, 2025}


def test_too_few_countries_leave_models_untested() -> None:
    found = made(figures(diffusion, geos=(EU,)))
    assert list(found.outlooks["verdict"]) == ["untested"]
    assert found.hindcasts.empty


def test_months_missing_values_and_nothing_at_all() -> None:
    rows = figures(diffusion)
    assert made(rows.assign(period=rows["period"] + "-01")).outlooks.empty
    assert made(rows.assign(value=math.nan)).projections.empty
    assert list(made(rows.head(0)).projections.columns)[:2] == ["indicator", "geo"]


def test_no_share_leaves_its_bounds() -> None:
    found = made(figures(lambda number, year: min(100.0, number * 4 + 2.0 * (year - 2019))))
    if len(found.projections):
        assert found.projections[["value", "low", "high"]].min().min() >= 0
        assert found.projections[["value", "low", "high"]].max().max() <= 100
    assert BOUND < 1


def test_scenarios_are_arithmetic_on_the_pace_observed() -> None:
    course = comparable(yearly(figures(lambda number, year: 10.0 + number * (year - 2019) / 6)))
    assert paces(course)["AT"] == 0
    found = {one.supposition: one for one in scenarios(course, MEMBER_STATES[6], "PC_ENT", "up", own=3)}
    assert found["same pace"].end == pytest.approx(16 + 5)
    assert found["double pace"].end == pytest.approx(16 + 10)
    assert found["pace of the best five"].pace == pytest.approx(24 / 6)
    assert found["own pace"].end == pytest.approx(16 + 15)
    assert scenarios(course.head(1), MEMBER_STATES[0], "PC_ENT", "up") == []
