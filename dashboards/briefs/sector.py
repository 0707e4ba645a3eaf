"""A brief on a sector of the Apply AI strategy: what official statistics measure, what cases add, what nobody measures.

Its sentences stand in dashboards/sectors_told.py, which the page of sectors uses too.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from dashboards.briefs import first
from dashboards.briefs.model import Block, Fact, Section, Table
from dashboards.briefs.second import members_section
from dashboards.briefs.shelf import Desk
from dashboards.charts.marks import Row, records
from dashboards.sectors_told import ALL_ENTERPRISES, Find, finding, near, own, shaped
from dashboards.selection import member_states, part, stated
from indicators.labels import label
from indicators.phrase import period_text
from indicators.sectors import BY_ACTIVITY, CASES, Reading, Sector, sectors
from indicators.words import N_, geo_name
from sources.codes import EU
from sources.eurostat_tables import TABLES

USED = {"cofog": "cofog_implemented"}
"""Breakdown of all cases -> the same of cases in use."""


@cache
def names() -> tuple[str, ...]:
    """The indicators that briefs on sectors read."""
    near_them = (one.indicator for sector in sectors().values() for one in sector.readings)
    return tuple(dict.fromkeys((ALL_ENTERPRISES.indicator, BY_ACTIVITY, CASES, *near_them)))


def title(desk: Desk, sector: Sector) -> str:
    """What the brief is on."""
    name = f"{desk.say(sector.title)} ({desk.name})"
    return desk.say(N_("Artificial intelligence: {name}"), name=name)


def findings(desk: Desk, sector: Sector) -> tuple[str, ...]:
    """How many enterprises use AI, where the place or the Member States stand, and what nobody measures."""
    country = desk.geo if desk.geo != EU else ""
    told = [finding(sector, _finder(desk), desk.lang), own(sector, _finder(desk), country, desk.lang)]
    if not country and sector.activities:
        rows = _ranked(desk, sector)
        known = member_states(rows)
        known = known[known["value"].notna()]
        union = next((row for row in records(rows) if row["geo"] == EU), None)
        told[1] = first.spread(desk, records(known), union) if len(known) else ""
    unknown = desk.say("What nobody measures")
    told += [
        desk.say(N_("{name}: {list}"), name=unknown, list=desk.say(text)) for text in sector.unmeasured[:1]
    ]
    return tuple(text for text in told if text)


def pages(desk: Desk, sector: Sector) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """The statistics on page 1; cases and what is not known on page 2."""
    opening = [_measured(desk, sector)]
    if sector.activities:
        opening += [_activities(desk, sector), _position(desk, sector), *_course(desk, sector)]
    return (*opening, *_near(desk, sector)), (_cases(desk, sector), _unmeasured(desk, sector))


def _finder(desk: Desk) -> Find:
    """Finds figures on the shelf as the page of sectors finds them in the release."""

    def find(reading: Reading, geo: str = EU, period: str = "") -> Row | None:
        rows = part(desk.shelf.of_place(reading.indicator, geo), reading.breakdown, reading.member)
        return stated(rows[rows["period"] == period] if period else rows, geo)

    return find


def _measured(desk: Desk, sector: Sector) -> Section:
    said = f"{shaped(sector.fit, desk.lang)}. {desk.say(sector.scope)}"
    return Section("statistics", desk.say("What official statistics measure"), (said,))


def _activities(desk: Desk, sector: Sector) -> Section:
    rows = {
        geo: [row for row in desk.members(BY_ACTIVITY, "nace_r2", geo) if row["member"] in sector.activities]
        for geo in dict.fromkeys((desk.geo, EU))
    }
    return members_section(desk, "activities", desk.say("Use of AI by enterprises of the sector"), rows)


def _ranked(desk: Desk, sector: Sector) -> pd.DataFrame:
    return desk.shelf.ranked(BY_ACTIVITY, "nace_r2", sector.activities[0])


def _position(desk: Desk, sector: Sector) -> Section:
    return first.ranked(desk, _ranked(desk, sector), _name(desk, sector))


def _name(desk: Desk, sector: Sector) -> str:
    """The name of the sector's widest activity."""
    return label("nace_r2", sector.activities[0], desk.lang)


def _course(desk: Desk, sector: Sector) -> list[Section]:
    """The years of the widest activity; nothing where the place has one only."""
    places = [desk.shelf.of_place(BY_ACTIVITY, geo) for geo in dict.fromkeys((EU, desk.geo))]
    rows = part(pd.concat(places), "nace_r2", sector.activities[0])
    known = rows[rows["value"].notna()]
    if known[known["geo"] == desk.geo]["period"].nunique() < 2:
        return []
    chart = first.over_time(desk, known, _name(desk, sector))
    return [Section("course", chart.title, (chart,))]


def _near(desk: Desk, sector: Sector) -> list[Section]:
    """Statistics of something near the sector, the EU's values; and tables that no indicator reads yet."""
    lines: list[str] = []
    facts: list[Fact] = []
    for one in sector.related:
        if isinstance(one, Reading):
            word, name, value = near(one, _finder(desk), desk.lang)
            told = f"{shaped(word, desk.lang)}: {name}" + (f", EU: {value}." if value else ".")
            row = _finder(desk)(one)
            facts += [desk.fact(row, name)] if row else []
        else:
            dataset = next(table for table in TABLES if table.id == one.dataset)
            publisher = label("publisher", dataset.publisher, desk.lang)
            told = f"{shaped('not loaded', desk.lang)}: {publisher}, {dataset.code}."
        lines.append(f"{told} {desk.say(one.note)}".strip())
    heading = desk.say("Related official statistics")
    return [Section("near", heading, tuple(lines), tuple(facts))] if lines else []


def _cases(desk: Desk, sector: Sector) -> Section:
    heading = desk.say("What the Public Sector Tech Watch adds")
    if not sector.functions:
        none = desk.say("No function of government stands for this sector, so its cases are not counted.")
        return Section("cases", heading, (f"{shaped('not measured', desk.lang)}. {none}",))
    blocks: list[Block] = [desk.say(sector.cases_scope)]
    for breakdown in dict.fromkeys(name for name, _ in sector.functions):
        blocks.append(
            _counted(desk, breakdown, [code for name, code in sector.functions if name == breakdown])
        )
    blocks.append(
        desk.say(
            "A case counts with AI as its primary technology, in the edition of the day. The collection is no "
            "census: a function without a case has none on record, which does not mean that nobody uses AI there."
        )
    )
    return Section("cases", heading, tuple(blocks))


def _counted(desk: Desk, breakdown: str, codes: list[str]) -> Table:
    """The cases of a breakdown's members, of any status and in use; for the place, beside the EU."""
    places = tuple(dict.fromkeys((desk.geo, EU)))
    kinds = {breakdown: desk.say("AI cases of any status")}
    if breakdown in USED:
        kinds[USED[breakdown]] = desk.say("AI cases in use")
    header, facts = [label("breakdown", breakdown, desk.lang)], list[Fact]()
    lines = [[label(breakdown, code, desk.lang)] for code in codes]
    for kind, name in kinds.items():
        for geo in places:
            header.append(f"{name}, {geo_name(geo, desk.lang)}")
            for line, code in zip(lines, codes, strict=True):
                row = _finder(desk)(Reading(CASES, kind, code), geo)
                line.append(desk.text(row))
                if row is not None:
                    facts.append(desk.fact(row, f"{name}: {line[0]}"))
    day = max((str(fact.row["period"]) for fact in facts), default="")
    return Table(
        "", tuple(header), tuple(map(tuple, lines)), period_text(day, desk.lang) if day else "", tuple(facts)
    )


def _unmeasured(desk: Desk, sector: Sector) -> Section:
    lines = tuple(f"{shaped('not measured', desk.lang)}: {desk.say(text)}" for text in sector.unmeasured)
    return Section("unmeasured", desk.say("What nobody measures"), lines)
