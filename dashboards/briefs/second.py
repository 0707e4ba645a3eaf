"""Page 2 of a brief: sectors, technologies, purposes and barriers, the gap to the EU, the public sector, labour,
investment, what changed, what is not known, and when the next data come.

What stands on page 1 and in the annex does not belong here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboards import summary
from dashboards.briefs import charts
from dashboards.briefs.first import USING, absent_line
from dashboards.briefs.model import Block, Chart, Section, Table
from dashboards.briefs.shelf import Desk
from dashboards.briefs.sources import source_line
from dashboards.charts.marks import Row, number, text_of
from indicators.labels import label
from indicators.phrase import period_text, value_text
from indicators.registry import indicators
from indicators.words import N_, geo_name
from sources.codes import EU
from warehouse.changes import Changes, FigureChange

SECTORS, TECHNOLOGIES = "enterprises_using_ai_by_activity", "enterprises_using_ai_by_technology"
ANY_TECHNOLOGY, ANY_PURPOSE = "E_AI_TANY", "E_AI_P1ANY"
SHOWN = 3
"""So many purposes and barriers are told."""

PURPOSES, BARRIERS = N_("Main purposes"), N_("Main barriers")
HIGHEST = {
    PURPOSES: N_("Highest among the published purposes"),
    BARRIERS: N_("Highest among the published barriers"),
}
"""Where an answer is hidden, it may be the main one."""

CASES = "public_sector_ai_cases"
LABOUR = (
    *("ict_specialists", "ict_specialists_employed", "women_ict_specialists", "unemployment"),
    *("enterprises_employing_ict_specialists", "hard_to_fill_ict_vacancies", "adult_learning"),
)
INVESTMENT = (
    *("venture_capital_ai", "venture_capital_ai_per_gdp", "software_investment_share"),
    *("ict_business_research", "public_research_budget"),
)
UNION_INVESTMENT = ("ai_investment", "venture_capital_ai_world_share")
"""What is stated for the EU only."""


def page(desk: Desk) -> tuple[Section, ...]:
    """The sections of page 2."""
    return (
        _sectors(desk), _technologies(desk), _reasons(desk), _gap(desk), _public_sector(desk), _labour(desk),
        _investment(desk), _changed(desk), _unknown(desk),
    )  # fmt: skip


def _sectors(desk: Desk) -> Section:
    rows = _of_members(desk, SECTORS, "nace_r2")
    own = {geo: [row for row in found if _is_section(str(row["member"]))] for geo, found in rows.items()}
    return members_section(desk, "sectors", desk.say(N_("AI use by economic activity")), own)


def _is_section(code: str) -> bool:
    return len(code) == 1 or code == "S951"


def _technologies(desk: Desk) -> Section:
    rows = _of_members(desk, TECHNOLOGIES, "indic_is")
    own = {geo: [row for row in found if row["member"] != ANY_TECHNOLOGY] for geo, found in rows.items()}
    return members_section(desk, "technologies", desk.say(N_("AI use by technology")), own)


def _of_members(desk: Desk, indicator: str, breakdown: str) -> dict[str, list[Row]]:
    return {geo: desk.members(indicator, breakdown, geo) for geo in dict.fromkeys((desk.geo, EU))}


def members_section(desk: Desk, key: str, title: str, rows: dict[str, list[Row]]) -> Section:
    """The members as bars with the EU's values; one line where nothing is loaded for the place."""
    own = rows[desk.geo]
    if not any(number(row["value"]) is not None for row in own):
        return Section(key, title, (_nothing(desk, title, own),))
    union = [row for row in rows[EU] if row["period"] == own[0]["period"]]
    stated = [*own, *(union if desk.geo != EU else [])]
    dated = f"{title}, {period_text(str(own[0]['period']), desk.lang)}"
    chart = Chart(
        key=key,
        title=dated,
        alt=summary.of_bars(pd.DataFrame(own), desk.geo, desk.lang),
        svg=charts.members(own, union, desk.lang, desk.geo),
        source=source_line(desk, stated),
        facts=tuple(desk.fact(row, desk.part(title, row)) for row in stated),
    )
    return Section(key, dated, (chart,))


def _nothing(desk: Desk, title: str, rows: Sequence[Row]) -> str:
    """That a breakdown has no value of the place, and whether that is because nothing may be published."""
    status = str(rows[0]["status"]) if rows else "not loaded"
    reason = label("figure_status", "not measured" if status == "measured" else status, desk.lang)
    return desk.say(N_("{name}: {list}."), name=f"{title}, {desk.name}", list=reason)


def _reasons(desk: Desk) -> Section:
    """What AI is used for most and what holds back most, each with what its percentages are of."""
    blocks = [
        *_foremost(desk, "ai_purposes", "purpose", USING, PURPOSES, N_("Users of AI: {share} of all enterprises ({period}).")),
        *_foremost(
            desk, "ai_barriers", "barrier", "enterprises_considering_ai", BARRIERS,
            N_("Asked only of those that considered AI and do not use it: {share} of all enterprises ({period})."),
        ),
    ]  # fmt: skip
    return Section("reasons", desk.say(N_("Main purpose and main barrier")), tuple(blocks))


def _foremost(desk: Desk, indicator: str, breakdown: str, base: str, title: str, of: str) -> list[Block]:
    """The members with the highest values as a table beside the EU's, with the base of the percentages."""
    rows = [row for row in desk.members(indicator, breakdown) if row["member"] != ANY_PURPOSE]
    known = sorted(
        (row for row in rows if number(row["value"]) is not None),
        key=lambda row: -(number(row["value"]) or 0),
    )
    missing = len(rows) - len(known)
    name = desk.say(HIGHEST[title] if missing else title)
    if not known:
        return [_nothing(desk, name, rows)]
    shown = known[:SHOWN]
    union = {
        row["member"]: row
        for row in desk.members(indicator, breakdown, EU)
        if row["period"] == shown[0]["period"]
    }
    also = [union[row["member"]] for row in shown if row["member"] in union] if desk.geo != EU else []
    header = [f"{name}, {period_text(str(shown[0]['period']), desk.lang)}", desk.name]
    lines = [[str(row["label"]), desk.text(row)] for row in shown]
    if desk.geo != EU:
        header.append(geo_name(EU, desk.lang))
        lines = [
            [*cells, desk.text(union.get(row["member"]))] for cells, row in zip(lines, shown, strict=True)
        ]
    stated = desk.row(base)
    hidden = (
        desk.say(N_("{count} answers are not publishable or not measured."), count=missing) if missing else ""
    )
    note = " ".join(part for part in (_share(desk, indicator, stated, of), hidden) if part)
    facts = [desk.fact(row, desk.part(desk.title(indicator), row)) for row in (*shown, *also)]
    return [
        Table(
            "",
            tuple(header),
            tuple(map(tuple, lines)),
            note,
            (*facts, *([desk.fact(stated)] if stated else [])),
        )
    ]


def _share(desk: Desk, indicator: str, stated: Row | None, of: str) -> str:
    """What the percentages are of, and how many that is."""
    unit = label("unit", indicators()[indicator].unit, desk.lang)
    if stated is None:
        return f"{unit}."
    period = period_text(str(stated["period"]), desk.lang)
    return f"{unit}. {desk.say(of, share=text_of(stated, desk.lang), period=period)}"


def _gap(desk: Desk) -> Section:
    names = (
        ("ai_spread", "distance_to_best_in_ai")
        if desk.geo == EU
        else ("distance_to_eu_in_ai", "distance_to_best_in_ai")
    )
    facts, absent = desk.facts(names)
    title = N_("Between the Member States") if desk.geo == EU else N_("The gap to the EU")
    return Section("gap", desk.say(title), (*facts, *absent_line(desk, absent)))


def _public_sector(desk: Desk) -> Section:
    """Cases by definition; a collection says how much was collected, so nothing is ranked."""
    title = desk.say(N_("AI cases in the public sector"))
    facts, absent = desk.facts((CASES, "public_sector_ai_cases_in_use", "public_sector_generative_ai_cases"))
    used = desk.members(CASES, "definition")
    blocks: list[Block] = [
        *facts[:1], *(desk.fact(row, desk.part(desk.title(CASES), row)) for row in used), *facts[1:],
        *absent_line(desk, absent),
        desk.say(
            N_(
                "A case counts if AI is its primary technology, whatever its status; “in use” are those implemented. "
                "Counts reflect how much was collected in a country; they are no ranking of countries."
            )
        ),
    ]  # fmt: skip
    return Section("public_sector", title, tuple(blocks))


def _labour(desk: Desk) -> Section:
    facts, absent = desk.facts(LABOUR)
    setting = N_("No official statistic yet counts AI jobs: these figures are the setting, not AI's effect.")
    return Section(
        "labour", desk.say(N_("Labour market")), (*facts, *absent_line(desk, absent), desk.say(setting))
    )


def _investment(desk: Desk) -> Section:
    facts, absent = desk.facts((*(UNION_INVESTMENT if desk.geo == EU else ()), *INVESTMENT))
    return Section("investment", desk.say(N_("Investment")), (*facts, *absent_line(desk, absent)))


def _changed(desk: Desk) -> Section:
    title = desk.say(N_("What changed since the previous release"))
    if desk.shelf.on is not None:
        return Section(
            "changed", title, (desk.say(N_("Not told for an earlier day: see the revisions page.")),)
        )
    return Section("changed", title, tuple(_told(desk, desk.shelf.changes)))


def _told(desk: Desk, found: Changes | None) -> list[str]:
    if found is None:
        return [desk.say(N_("This release records no comparison with an earlier one."))]
    if not found.previous:
        return [desk.say(N_("This is the first release here: there is nothing to compare it with."))]
    if found.fault:
        return [
            desk.say(
                N_("The previous release, {release}, could not be compared: nothing is told of changes."),
                release=found.previous,
            )
        ]
    counts = {kind: found.count(kind) for kind in ("moved", "appeared", "vanished")}
    if not any(counts.values()):
        return [
            desk.say(N_("No figure differs from the previous release, {release}."), release=found.previous)
        ]
    said = desk.say(
        N_("Over all places, against the previous release, {release}: {moved} figures moved, {appeared} are new, {vanished} are gone."),
        release=found.previous, **counts,
    )  # fmt: skip
    own = [_moved(desk, one, row) for one in found.figures for row in one.largest if row["geo"] == desk.geo]
    return [said, *own[:SHOWN]]


def _moved(desk: Desk, change: FigureChange, row: Any) -> str:
    def text(prefix: str) -> str:
        cells = {name: number(row[f"{prefix}_{name}"]) for name in ("value", "low", "high")}
        status = row[f"{prefix}_status"] or "not measured"
        return value_text(
            cells["value"], row["unit"], desk.lang, 2, status=status, low=cells["low"], high=cells["high"]
        )

    period = period_text(str(row["new_period"] or row["old_period"]), desk.lang)
    known = change.indicator in indicators()
    member = f", {label(row['breakdown'], row['member'], desk.lang)}" if row["breakdown"] else ""
    name = f"{desk.title(change.indicator) if known else change.indicator}{member}, {period}"
    return desk.say(N_("{name}: {old}, now {new}."), name=name, old=text("old"), new=text("new"))


def _unknown(desk: Desk) -> Section:
    """What nobody knows, what is not publishable for the place, and what a reader may miss."""
    blocks: list[Block] = []
    hidden = _hidden(desk)
    if hidden:
        blocks.append(
            desk.say(
                N_("Collected but not publishable ({name}): {list}."),
                name=desk.name,
                list="; ".join(hidden),
            )
        )
    blocks += [
        desk.say(N_("Enterprises with fewer than 10 persons employed and some activities are not surveyed.")),
        desk.say(N_("What keeps enterprises away that never considered AI is not asked.")),
        desk.say(N_("Shares come from samples; their sampling errors are not published with them.")),
    ]
    return Section("unknown", desk.say(N_("What is not known")), tuple(blocks))


def _hidden(desk: Desk) -> list[str]:
    """How many figures of each indicator's newest period are not publishable, by title."""
    return [
        desk.say(N_("{title} ({count} of {all})"), title=desk.title(name), count=count, all=whole)
        for name, (count, whole) in desk.shelf.hidden(desk.geo).items()
    ]
