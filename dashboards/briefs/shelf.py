"""What briefs read of a release: once for all places and languages, then row by row for one of them.

Which figures a brief states, and in which words, does not belong here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast

import pandas as pd

from dashboards import reading
from dashboards.briefs.model import ROW, Fact
from dashboards.charts.marks import Row, complete, number, records, text_of
from dashboards.selection import change_of, member_states, newest, newest_period, part
from indicators.labels import label
from indicators.model import Target
from indicators.phrase import PERCENTAGES, SPACE, change_text, flags_text, period_text, value_text
from indicators.registry import indicators
from indicators.words import N_, geo_name, translate
from sources.codes import ALL_RECORDED, EU, MEMBER_STATES
from warehouse.changes import Changes, changes
from warehouse.read import OpenRelease

Kept = TypeVar("Kept")

GEOS = (EU, *MEMBER_STATES)
"""The places that have a brief."""

COUNTED = "number_of_enterprises_using_ai"
BEHIND = "enterprises_using_ai"
"""The percentage that ``COUNTED`` tells the number of enterprises of."""

BASED = tuple(unit for unit in PERCENTAGES if unit != "PC")
"""Percentages whose unit tells what they are of."""

WHOLES = ("unemployment", "venture_capital_ai", "women_ict_specialists", "ict_specialists_employed")
"""Indicators with long series of which a brief states no parts."""

PARTED = (
    *("enterprises_using_ai", "smes_using_ai", "large_enterprises_using_ai", "sme_gap", "cloud_data_or_ai"),
    *("smes_basic_digital_intensity", "people_using_generative_ai", "basic_digital_skills", COUNTED),
    *("enterprises_using_ai_by_activity", "enterprises_using_ai_by_technology", "ai_purposes", "ai_barriers"),
    *("enterprises_considering_ai", "distance_to_eu_in_ai", "distance_to_best_in_ai", "ai_spread"),
    *("public_sector_ai_cases", "public_sector_ai_cases_in_use", "public_sector_generative_ai_cases"),
    *("ict_specialists", "enterprises_employing_ict_specialists", "hard_to_fill_ict_vacancies"),
    *("adult_learning", "ai_investment", "venture_capital_ai_per_gdp", "venture_capital_ai_world_share"),
    *("software_investment_share", "ict_business_research", "public_research_budget"),
)


@dataclass(frozen=True)
class Shelf:
    """A release as known now or on a day; frames by indicator, as the pages have them."""

    opened: OpenRelease
    on: date | None
    figures: Mapping[str, pd.DataFrame]
    targets: tuple[Target, ...]
    captures: Mapping[str, Row]
    texts: Sequence[Row]

    @cached_property
    def wholes(self) -> dict[str, pd.DataFrame]:
        """The figures without breakdown."""
        return {name: part(rows) for name, rows in self.figures.items()}

    @cached_property
    def _places(self) -> dict[str, Mapping[Any, Any]]:
        """Where each place's rows stand in the frame of an indicator: looked up, not searched for."""
        return {name: rows.groupby("geo").indices for name, rows in self.figures.items()}

    def of_place(self, indicator: str, geo: str) -> pd.DataFrame:
        """All that is held of an indicator for one place."""
        places = self._places.get(indicator, {})
        return self.figures[indicator].take(places[geo]) if geo in places else _PARTS

    def course(self, indicator: str, geo: str) -> pd.DataFrame:
        """All periods of one place, without breakdown."""
        return self._kept(("course", indicator, geo), lambda: part(self.of_place(indicator, geo)))

    def rows(self, indicator: str, geo: str) -> list[Row]:
        """The same, row by row."""
        return self._kept(("rows", indicator, geo), lambda: records(self.course(indicator, geo)))

    def row(self, indicator: str, geo: str) -> Row | None:
        """The last figure with a value, as the pages state it; else the last without one; None where there is none."""
        rows = self.rows(indicator, geo)
        return next((row for row in reversed(rows) if _states(row)), rows[-1] if rows else None)

    def members(self, indicator: str, breakdown: str, geo: str) -> list[Row]:
        """The newest period of a breakdown's members."""
        return self._kept(
            ("members", indicator, breakdown, geo), lambda: self._members(indicator, breakdown, geo)
        )

    def _members(self, indicator: str, breakdown: str, geo: str) -> list[Row]:
        rows = part(self.of_place(indicator, geo), breakdown)
        return records(rows[rows["period"] == newest_period(rows, geo)] if len(rows) else rows)

    def hidden(self, geo: str) -> dict[str, tuple[int, int]]:
        """How many figures of the newest period are not publishable, and of how many, by indicator."""
        return self._kept(("hidden", geo), lambda: self._hidden(geo))

    def _hidden(self, geo: str) -> dict[str, tuple[int, int]]:
        found = {}
        for name, places in self._places.items():
            if geo not in places:
                continue
            periods, states = (
                self.figures[name][column].to_numpy()[places[geo]] for column in ("period", "status")
            )
            newest = states[periods == max(periods)]
            if count := int((newest == "not publishable").sum()):
                found[name] = (count, len(newest))
        return found

    def _kept(self, key: tuple[str, ...], make: Callable[[], Kept]) -> Kept:
        """What ``make`` gave before for the key: a release never changes, and languages share its rows."""
        if key not in self._answers:
            self._answers[key] = make()
        return cast(Kept, self._answers[key])

    @cached_property
    def _answers(self) -> dict[tuple[str, ...], object]:
        return {}

    @cached_property
    def changes(self) -> Changes | None:
        """What the release changed against the one before; None where that was not recorded."""
        home = self.opened.folder.parents[1]
        return next((one for one in changes(home) if one.release == self.opened.id), None)

    @cached_property
    def projects(self) -> bool:
        """Whether the release holds projections; one of earlier code has none."""
        return self.opened.has("main.outlooks")

    def ranked(self, indicator: str, breakdown: str = "", member: str = "") -> pd.DataFrame:
        """The newest period of the EU and of every Member State, the highest first; empty without any of them."""
        return self._kept(
            ("ranked", indicator, breakdown, member),
            lambda: self._rank(part(self.figures.get(indicator, _PARTS), breakdown, member)),
        )

    def _rank(self, rows: pd.DataFrame) -> pd.DataFrame:
        now = newest(rows) if len(rows) else rows
        if member_states(now).empty:
            return member_states(now)
        scopes = {
            self.captures[name]["scope"] for names in set(now["captures"]) for name in names.split()
            if name in self.captures
        }  # fmt: skip
        reason = "not measured" if "full" in scopes else "not loaded"
        shown = complete(now[now["geo"].isin(GEOS)], MEMBER_STATES, reason)
        return shown.sort_values("value", ascending=False, na_position="last", kind="stable")


_NOTHING = pd.DataFrame({name: pd.Series(dtype=object) for name in ("geo", "period", "value", "low")})


@lru_cache(maxsize=4)
def shelf(
    opened: OpenRelease,
    on: date | None = None,
    parted: tuple[str, ...] = PARTED,
    wholes: tuple[str, ...] = WHOLES,
) -> Shelf:
    """Everything that briefs of a release read, asked once; ``wholes`` are the indicators of which no part is read."""
    rows = pd.concat(
        [
            reading.figures(opened, " ".join(parted), on),
            reading.figures(opened, " ".join(wholes), on, parts=False),
        ],
        ignore_index=True,
    )
    rows = rows[rows["geo"].isin((*GEOS, ALL_RECORDED))]
    captures = reading.asked(
        opened,
        "SELECT id, view, dataset, title, publisher, kind, licence, landing_page, known_from, origin, scope "
        "FROM captures",
    )
    texts = pd.DataFrame()
    if opened.has("curated.figures"):
        texts = reading.asked(
            opened, "SELECT DISTINCT capture, series, period, source, link, source_date FROM curated.figures"
        )
    return Shelf(
        opened,
        on,
        {str(name): own for name, own in rows.groupby("indicator")},
        reading.targets(opened),
        {str(row["id"]): row for row in records(captures)},
        records(texts),
    )


@dataclass(frozen=True)
class Desk:
    """A shelf as one reader asks it: of one place, in one language."""

    shelf: Shelf
    geo: str
    lang: str

    def say(self, text: str, **values: object) -> str:
        """A text that is marked for translation elsewhere, in the reader's language; no line ends before a %."""
        return re.sub(r"(?<=\d) %", f"{SPACE}%", translate(text, self.lang, **values))

    @property
    def name(self) -> str:
        return geo_name(self.geo, self.lang)

    def title(self, indicator: str) -> str:
        return translate(indicators()[indicator].title, self.lang)

    def course(self, indicator: str, geo: str = "") -> pd.DataFrame:
        """All periods of one place, without breakdown."""
        return self.shelf.course(indicator, geo or self.geo)

    def row(self, indicator: str, geo: str = "") -> Row | None:
        """The last figure with a value, else the last without one; None where there is none."""
        return self.shelf.row(indicator, geo or self.geo)

    def members(self, indicator: str, breakdown: str, geo: str = "") -> list[Row]:
        """The newest period of a breakdown's members, with their names in the column ``label``."""
        rows = self.shelf.members(indicator, breakdown, geo or self.geo)
        return [{**row, "label": self.member(breakdown, str(row["member"]))} for row in rows]

    def member(self, breakdown: str, code: str) -> str:
        return label(breakdown, code, self.lang)

    def part(self, title: str, row: Row) -> str:
        """The name of a figure of one member: the title and the member's ``label``."""
        return self.say(N_("{title}: {member}"), title=title, member=row["label"])

    def fact(self, row: Row, title: str = "") -> Fact:
        """A figure as a brief states it, in the words of the pages."""
        indicator, lang = str(row["indicator"]), self.lang
        return Fact(
            title=title or self.title(indicator),
            value=text_of(row, lang, flags=False),
            change=self.change(row),
            flags=flags_text(str(row["flags"]), lang),
            note=self.base(row),
            behind=self._behind(row),
            row={name: row[name] for name in (*ROW, "change")},
        )

    def change(self, row: Row) -> str:
        """The change in the pages' words, and where it is not fully comparable, that it is not."""
        text = change_text(change_of(row), self.lang)
        if row["change_status"] != "noted":
            return text
        return f"{text} ({translate('not fully comparable: see the note', self.lang)})"

    def base(self, row: Row) -> str:
        """What a percentage is of, the place where it is another, the period, and whether a later one is hidden."""
        unit = label("unit", str(row["unit"]), self.lang) if row["unit"] in BASED else ""
        place = geo_name(str(row["geo"]), self.lang) if row["geo"] != self.geo else ""
        period = period_text(str(row["period"]), self.lang)
        return "; ".join(
            part
            for part in (", ".join(part for part in (unit, place, period) if part), self.since(row))
            if part
        )

    def since(self, row: Row) -> str:
        """That a later period was collected, but is not publishable; empty where there is none."""
        if row["breakdown"] or number(row["value"]) is None:
            return ""
        last = self.shelf.rows(str(row["indicator"]), str(row["geo"]))[-1]
        if str(last["period"]) <= str(row["period"]) or last["status"] != "not publishable":
            return ""
        period = period_text(str(last["period"]), self.lang)
        return self.say(N_("{period}: not publishable"), period=period)

    def text(self, row: Row | None) -> str:
        """A value with its flags, or why there is none."""
        return label("figure_status", "not loaded", self.lang) if row is None else text_of(row, self.lang)

    def _behind(self, row: Row) -> str:
        """The number of enterprises behind the percentage of the same place and period, where it is loaded."""
        if row["indicator"] != BEHIND or row["breakdown"]:
            return ""
        counted = self.counted(row)
        if counted is None:
            return ""
        return value_text(number(counted["value"]), str(counted["unit"]), self.lang)

    def counted(self, row: Row) -> Row | None:
        """The figure that tells the number of enterprises behind a percentage."""
        counted = self.shelf.rows(COUNTED, str(row["geo"]))
        return next((one for one in counted if one["period"] == row["period"] and _given(one)), None)

    def facts(self, names: Iterable[str]) -> tuple[list[Fact], list[str]]:
        """The facts of indicators that say anything of the place, and the titles of those that say nothing."""
        rows = {name: self.row(name) for name in names}
        return (
            [self.fact(row) for row in rows.values() if row is not None],
            [self.title(name) for name, row in rows.items() if row is None],
        )


def _given(row: Row) -> bool:
    return number(row["value"]) is not None


def _states(row: Row) -> bool:
    """Whether it states a value or a range."""
    return _given(row) or number(row["low"]) is not None


_PARTS = _NOTHING.assign(breakdown=pd.Series(dtype=object), member=pd.Series(dtype=object))
