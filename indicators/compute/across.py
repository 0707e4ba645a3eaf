"""What reaches across the members, geographies and periods of cells: groups, totals, one value for all, the latest.

Cells of one key are combined in cells.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir

from indicators.compute.comparability import CELL, DECIMALS
from sources.codes import EU, FLAGS


def grouped(cells: ir.Table, groups: Mapping[str, Sequence[str]]) -> ir.Table:
    """The members added up into groups; a group of which a member is missing is missing."""
    group = ibis.cases(*[(cells.member.isin(list(codes)), name) for name, codes in groups.items()])
    size = ibis.cases(*[(cells.member.isin(list(codes)), len(codes)) for codes in groups.values()])
    marked = cells.mutate(group=group, size=size)
    marked = marked.filter(marked.group.notnull()).drop("member").rename(member="group")
    by = ["geo", "period", "member", "series"]
    found = marked.group_by(by).agg(**_added_up(marked), size=marked["size"].max())
    return _stated(found, found.cells == found["size"])


def with_total(cells: ir.Table, among: Sequence[str]) -> ir.Table:
    """The cells but those of the EU, and for the EU the total of those among the geographies that have one."""
    inside = cells.filter(cells.geo.isin(list(among)))
    found = (
        inside.group_by(["period", "member", "series"]).agg(**_added_up(inside)).mutate(geo=ibis.literal(EU))
    )
    total = _stated(found, ibis.literal(True))
    return cells.filter(cells.geo != EU).select(list(CELL)).union(total)


def everywhere(cells: ir.Table, geo: str, among: Sequence[str]) -> ir.Table:
    """The cells of one geography, once for each of the others."""
    places = ibis.array(list(among)).unnest().name("geo").as_table()
    return cells.filter(cells.geo == geo).drop("geo").cross_join(places).select(list(CELL))


def latest(cells: ir.Table, at: ir.Table) -> ir.Table:
    """For each period of ``at`` the newest cell with a value that is not later, by geography and member."""
    moments = at.select(at_period=at.period).distinct()
    held = cells.filter(cells.value.notnull())
    known = held.join(moments, held.period <= moments.at_period)
    newest_first = ibis.window(
        group_by=["geo", "member", "series", "at_period"], order_by=ibis.desc("period")
    )
    placed = known.mutate(place=ibis.row_number().over(newest_first))
    chosen = placed.filter(placed.place == 0).drop("period", "place").rename(period="at_period")
    return chosen.select(list(CELL))


def _added_up(cells: ir.Table) -> dict[str, Any]:
    """What is known of several cells together, ``cells`` of them, all of which have a value where ``whole``."""
    return {
        "value": cells.value.sum(),
        "cells": cells.count(),
        "whole": cells.value.notnull().all(),
        "hidden": (cells.status == "not publishable").any(),
        "flags": cells.flags.group_concat(""),
        "vintage": cells.vintage.max(),
        "captures": cells.captures.collect().flatten().unique(),
        "origins": cells.origin.collect(),
    }


def _stated(found: ir.Table, complete: ir.BooleanValue) -> ir.Table:
    """The sums as cells; a sum of which a part is missing is missing."""
    given = found.whole & complete
    letters = [ibis.ifelse(found.flags.contains(flag), flag, "") for flag in sorted(FLAGS)]
    return found.select(
        geo=found.geo,
        period=found.period,
        member=found.member,
        value=ibis.ifelse(given, found.value.round(DECIMALS), ibis.null("float64")),
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        flags=reduce(lambda a, b: a + b, letters),
        status=ibis.cases((given, "measured"), (found.hidden, "not publishable"), else_="not measured"),
        series=found.series,
        vintage=found.vintage,
        captures=found.captures,
        origin=ibis.cases(
            (found.origins.contains("baseline"), "baseline"),
            (found.origins.contains("imported"), "imported"),
            else_="live",
        ),
    ).cast(CELL)
