"""What a release says of the years ahead of one indicator and place, and how that reads in words.

How trajectories are made belongs to trajectory.py; drawing them, to the pages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from indicators.model import Indicator
from indicators.phrase import amount_text, number_text, period_text, value_text
from indicators.trajectory import HORIZON, LEVEL
from indicators.words import N_, geo_name, translate
from warehouse.read import OpenRelease

MODEL_WORDS = {
    "naive": N_("nothing changes"),
    "linear": N_("straight line through each country's own values"),
    "logistic": N_("logistic diffusion, one pace for all countries"),
}
VERDICTS = {
    "too short": N_("No projection: fewer than three comparable values."),
    "stopped by a break": N_(
        "No projection: a break or a changed definition leaves fewer than three comparable values."
    ),
    "no skill": N_(
        "No projection: tested on the last year, no model came closer than the assumption that nothing changes."
    ),
    "untested": N_("No projection: too few countries have values to test a model on the last year."),
    "not yearly": N_("No projection: there is no yearly series by country."),
}
FORMULAS = {
    "naive": N_("value = the last value, {last}"),
    "linear": N_("value = {level} + {pace} × (year − {start})"),
    "logistic": N_("ln(p / (100 − p)) = {level} + {pace} × (year − {start}), p in %"),
}


@dataclass(frozen=True)
class Outlook:
    """``verdict`` is ``projected`` or why not; ``ahead`` has model, period, value, low, high, chosen and parameters;
    ``hindcasts`` has model, held_out, countries, error, bias, coverage and skill."""

    indicator: Indicator
    geo: str
    verdict: str
    model: str
    observations: int
    first_period: str
    last_period: str
    ahead: pd.DataFrame
    hindcasts: pd.DataFrame

    @property
    def projected(self) -> pd.DataFrame:
        """The rows of the model that is chosen; none where nothing is projected."""
        return self.ahead[self.ahead["chosen"].astype(bool)]


def outlook(opened: OpenRelease, indicator: Indicator, geo: str) -> Outlook:
    """What the release projects for an indicator and a place."""
    said = opened.query("SELECT * FROM outlooks WHERE indicator = ? AND geo = ?", [indicator.id, geo])
    ahead = opened.query(
        "SELECT * FROM projections WHERE indicator = ? AND geo = ? ORDER BY model, period",
        [indicator.id, geo],
    )
    hindcasts = opened.query("SELECT * FROM hindcasts WHERE indicator = ? ORDER BY error", [indicator.id])
    row = said.iloc[0].to_dict() if len(said) else {}
    return Outlook(
        indicator,
        geo,
        str(row.get("verdict", "not yearly")),
        str(row.get("model", "")),
        int(row.get("observations", 0)),
        str(row.get("first_period", "")),
        str(row.get("last_period", "")),
        ahead,
        hindcasts,
    )


def finding(said: Outlook, lang: str) -> str:
    """The projection in a sentence, with its interval and model; or why there is none."""
    if said.verdict != "projected":
        return translate(VERDICTS[said.verdict], lang)
    end = said.projected[said.projected["period"] == str(HORIZON)].iloc[0]
    unit = said.indicator.unit
    low, high = (value_text(float(end[name]), unit, lang) for name in ("low", "high"))
    return translate(
        "{name}: {value} in {year} if it goes on as since {first}; {level} of such projections should end "
        "between {low} and {high}. Model: {model}.",
        lang,
        first=period_text(said.first_period, lang),
        name=geo_name(said.geo, lang),
        value=value_text(float(end["value"]), unit, lang),
        year=HORIZON,
        level=value_text(100 * LEVEL, "PC", lang, 0),
        low=low,
        high=high,
        model=translate(MODEL_WORDS[said.model], lang),
    )


def tested(said: Outlook, lang: str) -> list[str]:
    """One sentence for each model: how far it lay from the year that was held out."""
    return [_tested(row, said.indicator.unit, lang) for row in said.hindcasts.to_dict("records")]


def _tested(row: Mapping[object, object], unit: str, lang: str) -> str:
    bias = float(str(row["bias"]))
    balance = (
        translate(
            "on balance too high by {amount}", lang, amount=amount_text(abs(bias), unit, lang).lstrip("+")
        )
        if bias > 0
        else translate(
            "on balance too low by {amount}", lang, amount=amount_text(abs(bias), unit, lang).lstrip("+")
        )
    )
    return translate(
        "{model}: fitted without {year}, it misses that year by {error} on average over {countries} Member States, "
        "{balance}; {coverage} of them lie within its interval, which should hold {level}.",
        lang,
        model=translate(MODEL_WORDS[str(row["model"])], lang),
        year=row["held_out"],
        error=amount_text(float(str(row["error"])), unit, lang).lstrip("+"),
        countries=row["countries"],
        balance=balance,
        coverage=value_text(100 * float(str(row["coverage"])), "PC", lang, 0),
        level=value_text(100 * LEVEL, "PC", lang, 0),
    )


def formula(said: Outlook, lang: str) -> str:
    """The chosen model's formula with its numbers; empty where nothing is projected."""
    if said.verdict != "projected":
        return ""
    numbers = json.loads(str(said.projected["parameters"].iloc[0]))
    texts = {name: number_text(value, lang, 3) for name, value in numbers.items()}
    if "start" in numbers:
        texts["start"] = str(int(numbers["start"]))
    return translate(FORMULAS[said.model], lang, **texts)


def notes(said: Outlook, lang: str) -> list[str]:
    """What touches the definition on the way, and how few years it all rests on."""
    rests = translate(
        "It rests on {count} surveys, {first} to {last}; a projection is no forecast of policy, and says nothing of "
        "causes.",
        lang,
        count=said.observations,
        first=said.first_period,
        last=said.last_period,
    )
    changes = [
        translate(event.text, lang)
        for event in said.indicator.events
        if event.effect == "notes" and said.first_period < event.period <= said.last_period
    ]
    return [rests, *changes] if said.verdict == "projected" else changes
