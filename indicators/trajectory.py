"""Trajectories: where an indicator's values go by 2030 if they go on as they went, and how well that foretold the past.

Scenarios that suppose another pace belong to scenario.py; how a projection reads or is drawn, to the pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from sources.codes import EU, MEMBER_STATES

HORIZON = 2030
LEVEL = 0.8
"""The share of outcomes that an interval should hold."""

FEWEST = 3
"""Observations of one comparable course below which nothing is projected."""

FEWEST_COUNTRIES = 10
"""Countries below which nothing is pooled, and no error of a model is stated."""

BOUND = 0.05
"""Per cent: a logistic course reaches neither 0 nor 100, so shares are kept this far from both."""

PERCENTAGES = ("PC", "PC_ENT", "PC_EMP", "PC_ACT", "PC_IND", "PC_POP")

Model = Literal["naive", "linear", "logistic"]
Verdict = Literal["projected", "too short", "stopped by a break", "no skill", "untested"]
"""Why a geography is projected or not; ``untested`` where too few countries could tell a model's error."""


PROJECTION_COLUMNS = {
    "indicator": "VARCHAR",
    "geo": "VARCHAR",
    "model": "VARCHAR",
    "period": "VARCHAR",
    "value": "DOUBLE",
    "low": "DOUBLE",
    "high": "DOUBLE",
    "chosen": "BOOLEAN",
    "parameters": "VARCHAR",
}
OUTLOOK_COLUMNS = {
    "indicator": "VARCHAR",
    "geo": "VARCHAR",
    "verdict": "VARCHAR",
    "model": "VARCHAR",
    "observations": "INTEGER",
    "first_period": "VARCHAR",
    "last_period": "VARCHAR",
}
HINDCAST_COLUMNS = {
    "indicator": "VARCHAR",
    "model": "VARCHAR",
    "held_out": "VARCHAR",
    "countries": "INTEGER",
    "error": "DOUBLE",
    "bias": "DOUBLE",
    "coverage": "DOUBLE",
    "skill": "DOUBLE",
}
"""``error`` is the mean absolute error in the indicator's unit, ``bias`` the mean of projected less observed,
``coverage`` the share of countries within the interval, ``skill`` one less the ratio of the error to the naive one."""


@dataclass(frozen=True)
class Trajectories:
    """What one indicator's figures project: the projections, one outlook a geography, the hindcasts of the models.

    Frames with the columns of ``PROJECTION_COLUMNS``, ``OUTLOOK_COLUMNS`` and ``HINDCAST_COLUMNS``.
    """

    projections: pd.DataFrame
    outlooks: pd.DataFrame
    hindcasts: pd.DataFrame


@dataclass(frozen=True)
class Fit:
    """A model's values for some geographies and years: geo, year, value, low, high; and its parameters by geography."""

    values: pd.DataFrame
    parameters: Mapping[str, Mapping[str, float]]


def trajectories(indicator: str, unit: str, figures: pd.DataFrame) -> Trajectories:
    """The trajectories of an indicator from its yearly figures without breakdown, as known now.

    ``figures`` has geo, period, value, series and change_status. No model is chosen unless, fitted without the
    last year, it came closer to that year's values than the assumption that nothing changes.
    """
    whole = yearly(figures)
    course = comparable(whole)
    models = _models(unit)
    hindcasts = _hindcasts(course, models)
    best = _best(hindcasts)
    outlooks = _outlooks(whole, course, best, tested=len(hindcasts) > 0)
    projected = set(outlooks.loc[outlooks["verdict"] == "projected", "geo"])
    fits = {name: model(course, _years(course)) for name, model in models.items()} if projected else {}
    return Trajectories(
        projections=_frame(
            indicator,
            PROJECTION_COLUMNS,
            [_stated(name, _within(fit, unit), best, projected) for name, fit in fits.items()],
        ),
        outlooks=_frame(indicator, OUTLOOK_COLUMNS, [outlooks]),
        hindcasts=_frame(indicator, HINDCAST_COLUMNS, [hindcasts]),
    )


def yearly(figures: pd.DataFrame) -> pd.DataFrame:
    """The yearly values of the EU and the Member States, in order."""
    rows = figures[figures["value"].notna() & figures["period"].str.fullmatch(r"\d{4}").astype(bool)]
    rows = rows[rows["geo"].isin([EU, *MEMBER_STATES])].sort_values(["geo", "period"])
    return rows.assign(year=rows["period"].astype(int))[["geo", "year", "value", "series", "change_status"]]


def comparable(rows: pd.DataFrame) -> pd.DataFrame:
    """Of each geography the values since the last thing that stopped comparison, in the newest series."""
    stopped = rows["change_status"].eq("stopped").groupby(rows["geo"]).cumsum()
    course = stopped.astype(str) + rows["series"]
    newest = course.groupby(rows["geo"]).transform("last")
    return rows[course == newest]


def _years(course: pd.DataFrame) -> list[int]:
    return list(range(int(course["year"].max()) + 1, HORIZON + 1))


Fitting = Callable[[pd.DataFrame, Sequence[int]], Fit]


def _models(unit: str) -> dict[Model, Fitting]:
    """The models that make sense for a unit: only shares can saturate."""
    models: dict[Model, Fitting] = {"naive": _naive, "linear": _linear}
    return {**models, "logistic": _logistic} if unit in PERCENTAGES else models


def _naive(course: pd.DataFrame, years: Sequence[int]) -> Fit:
    """The last value stays; the interval is as wide as values of all geographies moved, growing with time."""
    from scipy import stats

    ordered = course.sort_values(["geo", "year"])
    steps = ordered.groupby("geo")[["value", "year"]].diff().dropna()
    moves = steps["value"] / np.sqrt(steps["year"])
    deviation = float(np.sqrt((moves**2).mean())) if len(moves) else float("nan")
    reach = float(stats.norm.ppf(0.5 + LEVEL / 2)) * deviation
    last = ordered.groupby("geo").last()
    rows = [
        (geo, year, row["value"], row["value"] - width, row["value"] + width)
        for geo, row in last.iterrows()
        for year in years
        for width in [reach * (year - row["year"]) ** 0.5]
    ]
    found = {str(geo): {"last": float(row["value"]), "deviation": deviation} for geo, row in last.iterrows()}
    return Fit(_values(rows), found)


def _linear(course: pd.DataFrame, years: Sequence[int]) -> Fit:
    """A straight line through each geography's own values, by least squares."""
    import statsmodels.api as sm

    rows: list[tuple[object, ...]] = []
    found = {}
    for geo, own in course.groupby("geo"):
        if len(own) < FEWEST:
            continue
        start = int(own["year"].min())
        fit = sm.OLS(own["value"].to_numpy(), sm.add_constant(own["year"].to_numpy() - start)).fit()
        ahead = sm.add_constant(np.array(years) - start, has_constant="add")
        said = fit.get_prediction(ahead).summary_frame(alpha=1 - LEVEL)
        rows += zip(
            [geo] * len(years), years, said["mean"], said["obs_ci_lower"], said["obs_ci_upper"], strict=True
        )
        found[str(geo)] = {"start": start, "level": float(fit.params[0]), "pace": float(fit.params[1])}
    return Fit(_values(rows), found)


def _logistic(course: pd.DataFrame, years: Sequence[int]) -> Fit:
    """Diffusion along a logistic curve: each geography from its own level, all at one pace in log odds.

    log(p / (100 - p)) = level of the geography + pace x years, by least squares over all geographies at once.
    """
    import statsmodels.api as sm

    counts = course.groupby("geo")["year"].transform("size")
    own = course[counts >= 2]
    geos = sorted(own["geo"].unique())
    if len(geos) < FEWEST_COUNTRIES:
        return Fit(_values([]), {})
    start = int(own["year"].min())
    share = own["value"].clip(BOUND, 100 - BOUND) / 100
    odds = np.log((share / (1 - share)).to_numpy())
    fit = sm.OLS(odds, _levels_and_time(own["geo"], own["year"] - start, geos)).fit()
    ahead = pd.MultiIndex.from_product([geos, years]).to_frame(index=False, name=["geo", "year"])
    exogenous = _levels_and_time(ahead["geo"], ahead["year"] - start, geos)
    said = fit.get_prediction(exogenous).summary_frame(alpha=1 - LEVEL)
    back = {
        name: 100 / (1 + np.exp(-said[name].to_numpy())) for name in ("mean", "obs_ci_lower", "obs_ci_upper")
    }
    rows = list(zip(ahead["geo"], ahead["year"], *back.values(), strict=True))
    pace = float(fit.params[-1])
    found = {geo: {"start": start, "level": float(fit.params[n]), "pace": pace} for n, geo in enumerate(geos)}
    return Fit(_values(rows), found)


def _levels_and_time(geo: pd.Series[str], time: pd.Series[int], geos: Sequence[str]) -> np.ndarray[Any, Any]:
    """One column for each geography's level, and one for time."""
    levels = geo.to_numpy()[:, None] == np.array(geos)[None, :]
    return np.column_stack([levels.astype(float), time.to_numpy(dtype=float)])


def _values(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["geo", "year", "value", "low", "high"])


def _hindcasts(course: pd.DataFrame, models: Mapping[Model, Fitting]) -> pd.DataFrame:
    """How far each model, fitted without the last year, lies from that year's values in the Member States."""
    if course.empty:
        return pd.DataFrame()
    year = int(course["year"].max())
    held, known = course[course["year"] == year], course[course["year"] < year]
    enough = known.groupby("geo")["year"].size()
    countries = [geo for geo in held["geo"] if geo in MEMBER_STATES and enough.get(geo, 0) >= FEWEST]
    if len(countries) < FEWEST_COUNTRIES:
        return pd.DataFrame()
    rows = []
    for name, model in models.items():
        said = model(known, [year]).values.merge(
            held[held["geo"].isin(countries)], on="geo", suffixes=("", "_seen")
        )
        miss = said["value"] - said["value_seen"]
        within = (said["low"] <= said["value_seen"]) & (said["value_seen"] <= said["high"])
        rows.append((name, str(year), len(said), miss.abs().mean(), miss.mean(), within.mean()))
    found = pd.DataFrame(rows, columns=["model", "held_out", "countries", "error", "bias", "coverage"])
    naive = float(found.loc[found["model"] == "naive", "error"].iloc[0])
    return found.assign(skill=1 - found["error"] / naive if naive else 0.0)


def _best(hindcasts: pd.DataFrame) -> str:
    """The model with the smallest error among those that beat the naive one; empty where none does."""
    skilled = hindcasts[hindcasts["skill"] > 0] if len(hindcasts) else hindcasts
    return str(skilled.sort_values("error")["model"].iloc[0]) if len(skilled) else ""


def _outlooks(whole: pd.DataFrame, course: pd.DataFrame, best: str, tested: bool) -> pd.DataFrame:
    """For each geography whether it is projected, and else why not."""
    rows = []
    for geo, own in course.groupby("geo"):
        cut = len(own) < int((whole["geo"] == geo).sum())
        verdict: Verdict = "projected" if best else "no skill" if tested else "untested"
        if len(own) < FEWEST:
            verdict = "stopped by a break" if cut else "too short"
        rows.append((geo, verdict, best, len(own), str(own["year"].min()), str(own["year"].max())))
    return pd.DataFrame(
        rows, columns=["geo", "verdict", "model", "observations", "first_period", "last_period"]
    )


def _within(fit: Fit, unit: str) -> Fit:
    """No share lies below 0 or above 100 per cent."""
    if unit not in PERCENTAGES:
        return fit
    columns = ["value", "low", "high"]
    return Fit(fit.values.assign(**fit.values[columns].clip(0, 100)), fit.parameters)


def _stated(name: Model, fit: Fit, best: str, projected: set[str]) -> pd.DataFrame:
    rows = fit.values[fit.values["geo"].isin(projected)]
    return rows.assign(
        model=name,
        period=rows["year"].astype(str),
        chosen=name == best,
        parameters=[json.dumps(fit.parameters[geo], sort_keys=True) for geo in rows["geo"]],
    )


def _frame(indicator: str, columns: Mapping[str, str], parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    held = [part for part in parts if len(part)]
    whole = pd.concat(held, ignore_index=True) if held else pd.DataFrame(columns=list(columns))
    return whole.assign(indicator=indicator)[list(columns)]
