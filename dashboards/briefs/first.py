"""Page 1 of a brief: the findings, the headline figures, the place among the Member States, sizes, targets, projection.

What stands on page 2 and in the annex does not belong here.
"""

from __future__ import annotations

import pandas as pd

from dashboards import summary
from dashboards.briefs import charts
from dashboards.briefs.course import course
from dashboards.briefs.model import Block, Chart, Fact, Section, Table
from dashboards.briefs.shelf import Desk
from dashboards.briefs.sources import source_line
from dashboards.charts.marks import Row, has_value, number, records, text_of
from dashboards.selection import change_of, member_states
from indicators.model import Target
from indicators.outlook import Outlook, finding, notes, outlook, tested
from indicators.pace import PROGRESS_SHAPES, PROGRESS_WORDS, Point, Standing, standing
from indicators.phrase import (
    TARGET_WORDS,
    above_text,
    amount_text,
    one_bracket,
    period_text,
    target_text,
)
from indicators.phrase import finding as with_change
from indicators.registry import indicators
from indicators.targets import distance
from indicators.words import N_, geo_name
from sources.codes import EU

USING, SMES, LARGE, GAP = "enterprises_using_ai", "smes_using_ai", "large_enterprises_using_ai", "sme_gap"
HEADLINE = (
    *(USING, "cloud_data_or_ai", "smes_basic_digital_intensity", "ict_specialists"),
    *("people_using_generative_ai", "basic_digital_skills"),
)


def findings(desk: Desk) -> tuple[str, ...]:
    """Three sentences: how many enterprises use AI, where that stands, and what else leads."""
    return (_level(desk), _standing(desk), _aimed(desk) if desk.geo == EU else _sizes(desk))


def page(desk: Desk) -> tuple[Section, ...]:
    """The sections of page 1."""
    return _headline(desk), _position(desk), _smes(desk), _targets(desk), _ahead(desk)


def _level(desk: Desk) -> str:
    row = desk.row(USING)
    if row is None or number(row["value"]) is None:
        return desk.say("{name}: no value in this release.", name=f"{desk.name}, {desk.title(USING)}")
    sentence = desk.say(
        N_("{name}: {value} of enterprises used AI in {period}"),
        name=desk.name, value=text_of(row, desk.lang), period=period_text(str(row["period"]), desk.lang),
    )  # fmt: skip
    said, hidden = with_change(sentence, change_of(row), desk.lang), desk.since(row)
    return f"{said} {hidden}." if hidden else said


def _standing(desk: Desk) -> str:
    """For a country its distance to the EU and its place, for the EU the spread of the Member States."""
    ranked = desk.shelf.ranked(USING)
    known = member_states(ranked)
    known = known[known["value"].notna()]
    if known.empty:
        return desk.say(N_("This release holds no values of the Member States to compare with."))
    if desk.geo == EU:
        return spread(desk, records(known), desk.row(USING, EU))
    own = known[known["geo"] == desk.geo]
    if own.empty:
        return desk.say(
            N_("{count} of 27 Member States have a value in {period}; {name} has none to compare."),
            count=len(known), period=period_text(str(known["period"].iloc[0]), desk.lang), name=desk.name,
        )  # fmt: skip
    place = desk.say(
        N_("Its share is number {place} of the {count} Member States with a value in {period}"),
        place=1 + int((known["value"] > own["value"].iloc[0]).sum()),
        count=len(known),
        period=period_text(str(own["period"].iloc[0]), desk.lang),
    )
    apart = desk.row("distance_to_eu_in_ai")
    if apart is None or apart["period"] != own["period"].iloc[0] or number(apart["value"]) is None:
        return f"{place}."
    amount, union = number(apart["value"]) or 0.0, desk.text(desk.row(USING, EU))
    message = (
        N_("{place}, {amount} above the EU ({union}).")
        if amount >= 0
        else N_("{place}, {amount} below the EU ({union}).")
    )
    return desk.say(
        message, place=place, amount=amount_text(abs(amount), "PP", desk.lang).lstrip("+"), union=union
    )


def spread(desk: Desk, known: list[Row], union: Row | None) -> str:
    """How many Member States lie well above the EU, and from where to where their values go."""
    value = number(union["value"]) if union else None
    above = (
        above_text((number(row["value"]) for row in known), value, str(known[0]["unit"]), desk.lang)
        if value is not None
        else ""
    )
    ends = desk.say(
        N_("The share goes from {low} to {high}."), low=_placed(desk, known[-1]), high=_placed(desk, known[0])
    )
    return f"{above} {ends}".strip()


def _placed(desk: Desk, row: Row) -> str:
    return f"{text_of(row, desk.lang)} ({geo_name(str(row['geo']), desk.lang)})"


def _sizes(desk: Desk) -> str:
    """SMEs and large enterprises of one year side by side, and the points between them."""
    rows = [desk.row(name) for name in (SMES, LARGE, GAP)]
    if any(row is None or number(row["value"]) is None for row in rows):
        return desk.say(N_("SMEs cannot be compared with large enterprises: a value is missing."))
    small, large, gap = (row for row in rows if row is not None)
    if len({small["period"], large["period"], gap["period"]}) > 1:
        return desk.say(
            N_("SMEs cannot be compared with large enterprises: their values are of different years.")
        )
    return desk.say(
        N_("{small} of SMEs and {large} of large enterprises used AI in {period}: {gap} apart."),
        small=text_of(small, desk.lang), large=text_of(large, desk.lang), gap=text_of(gap, desk.lang),
        period=period_text(str(small["period"]), desk.lang),
    )  # fmt: skip


def _aimed(desk: Desk) -> str:
    """How far the EU is from the Digital Decade's target that AI is part of."""
    row = desk.row("cloud_data_or_ai")
    aims = [aim for aim in desk.shelf.targets if aim.indicator == "cloud_data_or_ai" and aim.geo == EU]
    if row is None or not aims or aims[0].value is None or number(row["value"]) is None:
        return _sizes(desk)
    return desk.say(
        N_("{value} used cloud, data analytics or AI in {period}; the target for {year} is {target}, {missing} more."),
        value=text_of(row, desk.lang), period=period_text(str(row["period"]), desk.lang), year=aims[0].year,
        target=target_text(aims[0].value, aims[0].unit, desk.lang), missing=_distance(desk, aims[0], row),
    )  # fmt: skip


def _headline(desk: Desk) -> Section:
    facts, absent = desk.facts(HEADLINE)
    counted = next((desk.counted(fact.row) for fact in facts if fact.behind), None)
    stated = (desk.fact(counted),) if counted else ()
    blocks: list[Block] = [*facts, *_notes(desk, HEADLINE), *(absent_line(desk, absent))]
    if not any(fact.behind for fact in facts):
        blocks.append(
            desk.say(
                N_(
                    "The number of enterprises behind the percentages is not known in this release for that year."
                )
            )
        )
    return Section("headline", desk.say(N_("Key figures")), tuple(blocks), stated)


def absent_line(desk: Desk, titles: list[str]) -> list[str]:
    """One line for what a release does not state of a place, or none."""
    return (
        [desk.say(N_("Not in this release ({name}): {list}."), name=desk.name, list="; ".join(titles))]
        if titles
        else []
    )


def _notes(desk: Desk, names: tuple[str, ...]) -> list[str]:
    """The notes to changes that are not fully comparable, each once."""
    rows = [row for row in (desk.row(name) for name in names) if row is not None]
    noted = dict.fromkeys(
        str(row["change_note"]) for row in rows if row["change_status"] == "noted" and row["change_note"]
    )
    return [desk.say(N_("Note: {note}"), note=desk.say(text)) for text in noted]


def _position(desk: Desk) -> Section:
    return ranked(desk, desk.shelf.ranked(USING), desk.title(USING))


def ranked(desk: Desk, rows: pd.DataFrame, name: str) -> Section:
    """The place among the Member States by what ``name`` says."""
    title = desk.say(N_("Among the Member States"))
    if rows.empty:
        return Section(
            "position", title, (desk.say(N_("This release holds no values of the Member States.")),)
        )
    stated = rows[has_value(rows) | (rows["status"] == "not publishable")]
    period = period_text(str(rows["period"].iloc[0]), desk.lang)
    chart = Chart(
        key="ranking",
        title=f"{desk.say(N_('{title} by country'), title=name)}, {period}",
        alt=summary.of_ranking(rows, desk.lang, desk.geo),
        svg=charts.ranking(rows, desk.lang, desk.geo),
        source=source_line(desk, records(stated)),
        facts=tuple(desk.fact(row, name) for row in records(stated)),
    )
    return Section("position", title, (chart,))


def _smes(desk: Desk) -> Section:
    facts, absent = desk.facts((SMES, LARGE, GAP))
    blocks: list[Block] = [*facts, *absent_line(desk, absent)]
    return Section("sizes", desk.say(N_("SMEs and large enterprises")), tuple(blocks))


def _targets(desk: Desk) -> Section:
    """The targets that something here is measured by, and the place's own; those of the EU are for all of it."""
    title, aims = desk.say(N_("Targets")), _aims(desk)
    if not aims:
        return Section("targets", title, (desk.say(N_("This release holds no register of targets.")),))
    lines, facts = zip(*(_line(desk, aim) for aim in aims), strict=True)
    header = [
        N_("Target"),
        N_("Value"),
        N_("Now"),
        N_("Still missing"),
        N_("Required a year"),
        N_("Achieved a year"),
        N_("Status"),
    ]
    said = [desk.say(text) for text in header]
    if desk.geo != EU:
        said.insert(3, desk.name)
    table = Table("", tuple(said), tuple(lines), facts=tuple(fact for own in facts for fact in own))
    blocks: list[Block] = [table]
    if desk.geo != EU:
        blocks.append(
            desk.say(N_("The EU's targets bind the EU as a whole; no share of them is set for a country."))
        )
        if not any(aim.geo == desk.geo for aim in aims):
            blocks.append(desk.say(N_("{name}: no target is in the register."), name=desk.name))
    blocks.append(
        desk.say(
            N_("{name}: no official trajectory to a target is in the register; what follows is ours."),
            name=desk.name,
        )
    )
    return Section("targets", title, tuple(blocks))


def _aims(desk: Desk) -> list[Target]:
    own = [aim for aim in desk.shelf.targets if aim.geo == desk.geo != EU]
    union = [
        aim for aim in desk.shelf.targets if aim.geo == EU and aim.indicator and aim.status != "historic"
    ]
    return [*own, *union]


def _line(desk: Desk, aim: Target) -> tuple[tuple[str, ...], tuple[Fact, ...]]:
    """A target's row: for whom and when, value and status, the state of its place, the reader's, and the paces."""
    row = desk.row(aim.indicator, aim.geo) if aim.indicator else None
    own = desk.row(aim.indicator) if aim.indicator and desk.geo != aim.geo else None
    now = _pace(desk, aim)
    whose = f"{geo_name(aim.geo, desk.lang)}, {aim.year or desk.say(N_('no year'))}"
    cells = [
        f"{desk.say(aim.title)} ({whose})",
        f"{target_text(aim.value, aim.unit, desk.lang)}, {desk.say(TARGET_WORDS[aim.status])}",
        _at(desk, row),
        _distance(desk, aim, row),
        _year(desk, aim, now.required),
        _year(desk, aim, now.achieved),
        f"{PROGRESS_SHAPES[now.progress]} {desk.say(PROGRESS_WORDS[now.progress])}",
    ]
    if desk.geo != EU:
        cells.insert(3, _at(desk, own) if aim.geo != desk.geo else "")
    return tuple(cells), tuple(desk.fact(one) for one in (row, own) if one is not None)


def _at(desk: Desk, row: Row | None) -> str:
    if row is None:
        return desk.say(N_("not measured here yet"))
    return one_bracket(f"{text_of(row, desk.lang)} ({period_text(str(row['period']), desk.lang)})")


def _distance(desk: Desk, aim: Target, row: Row | None) -> str:
    """The distance where it means something: not from a range, nor to a target without a value."""
    missing = distance(number(row["value"]), aim) if row else None
    if missing is None or row is None or aim.status == "historic" or number(row["low"]) is not None:
        return desk.say(N_("not stated"))
    return desk.say(N_("reached")) if missing <= 0 else amount_text(missing, aim.unit, desk.lang).lstrip("+")


def _pace(desk: Desk, aim: Target) -> Standing:
    if not aim.indicator:
        return standing(None, ())
    points = [
        Point(str(row["period"]), number(row["value"]), str(row["change_status"]))
        for row in desk.shelf.rows(aim.indicator, aim.geo)
    ]
    return standing(aim, points, indicators()[aim.indicator].better)


def _year(desk: Desk, aim: Target, pace: float | None) -> str:
    return desk.say(N_("not known")) if pace is None else amount_text(pace, aim.unit, desk.lang, 2)


def _ahead(desk: Desk) -> Section:
    """The course so far, and the projection with its interval and its error on the year held out."""
    said = _outlook(desk)
    blocks: list[Block] = []
    rows = desk.shelf.wholes.get(USING)
    if rows is not None:
        rows = rows[rows["geo"].isin([EU, desk.geo])]
        known = rows[rows["value"].notna()]
        projected = said.projected if said is not None and said.verdict == "projected" else None
        if len(known) > 1 and known["geo"].eq(desk.geo).any():
            blocks.append(over_time(desk, known, desk.title(USING), projected))
    if said is None:
        blocks.append(
            desk.say(N_("Projections are made from what is known now, not as of a day: none is shown."))
            if desk.shelf.on
            else desk.say(N_("This release holds no projections."))
        )
    else:
        blocks += [finding(said, desk.lang), *_tested(desk, said), *notes(said, desk.lang)[:1]]
    return Section("ahead", desk.say(N_("Where enterprises using AI are going")), tuple(blocks))


def over_time(desk: Desk, known: pd.DataFrame, name: str, projected: pd.DataFrame | None = None) -> Chart:
    """The course of what ``name`` says, and what is projected."""
    facts = tuple(desk.fact(row, name) for row in records(known))
    title = desk.say(N_("{title} over time"), title=name)
    return Chart(
        key="course",
        title=title
        if projected is None
        else desk.say(N_("{title} over time and projected to 2030"), title=name),
        alt=summary.of_trend(known, desk.lang, desk.geo),
        svg=course(known, desk.lang, desk.geo, projected),
        source=source_line(desk, records(known)),
        facts=facts,
    )


def _outlook(desk: Desk) -> Outlook | None:
    """What the release projects; None for an earlier day, or where it holds no projections."""
    if desk.shelf.on is not None or not desk.shelf.projects:
        return None
    return outlook(desk.shelf.opened, indicators()[USING], desk.geo)


def _tested(desk: Desk, said: Outlook) -> list[str]:
    """How far the chosen model lay from the year that was held out."""
    models = [str(model) for model in said.hindcasts["model"]]
    lines = tested(said, desk.lang)
    return [
        f"{line[:1].upper()}{line[1:]}"
        for model, line in zip(models, lines, strict=True)
        if model == said.model
    ]
