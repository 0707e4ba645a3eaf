"""The value of a count: records of an edition by place and member, as cells.

Which records are counted is said in the formula; adding up cells belongs to across.py.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from indicators.compute.comparability import CELL
from indicators.compute.variables import capture_id, capture_origin, capture_vintage, edition
from indicators.formula import Condition, Count
from sources.codes import ALL_RECORDED, EU, MEMBER_STATES

SILENT = ("", "unknown")
"""What a coded column holds of a record of which the edition does not say it."""


def counted(table: ir.Table, formula: Count) -> ir.Table:
    """The formula's counts with the columns of ``CELL``; not measured where the edition lacks a column."""
    name = formula.dataset
    places = table.select("geo").filter(table.geo != "").distinct()
    places = places.union(_values(EU, ALL_RECORDED, *MEMBER_STATES), distinct=True)
    members = list(formula.members) if formula.by else [""]
    grid = places.mutate(member=ibis.array(members).unnest())
    joined = grid.left_join(_counts(table, formula), ["geo", "member"]).cross_join(_silent(table, formula))
    return joined.select(
        geo=joined.geo,
        period=edition(name),
        member=joined.member,
        value=ibis.ifelse(joined.silent, ibis.null("float64"), joined.value.fill_null(0)),
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        flags=ibis.literal(""),
        status=ibis.ifelse(joined.silent, "not measured", "measured"),
        series=ibis.literal(""),
        vintage=capture_vintage(name, "newest"),
        captures=capture_id(name, "newest"),
        origin=capture_origin(name, "newest"),
    ).cast(CELL)


def _counts(table: ir.Table, formula: Count) -> ir.Table:
    chosen = table
    for condition in formula.where:
        chosen = chosen.filter(_holds(table, condition))
    keyed = chosen.select(
        geo=chosen.geo, member=_said(chosen, formula.by) if formula.by else ibis.literal("")
    )
    if formula.several:
        keyed = keyed.mutate(member=keyed.member.split(" ")).unnest("member")
    everywhere = keyed.union(
        keyed.filter(keyed.geo.isin(MEMBER_STATES)).mutate(geo=ibis.literal(EU)),
        keyed.mutate(geo=ibis.literal(ALL_RECORDED)),
    )
    return everywhere.group_by(["geo", "member"]).agg(value=everywhere.count().cast("float64"))


def _silent(table: ir.Table, formula: Count) -> ir.Table:
    """One row that says whether the edition says nothing at all in one of the columns that are asked."""
    columns = {condition.column for condition in formula.where} | ({formula.by} - {""})
    silent = ibis.literal(False)
    for column in sorted(columns):
        silent = silent | _said(table, column).isin(SILENT).all()
    return table.agg(silent=silent) if columns else silent.name("silent").as_table()


def _said(table: ir.Table, column: str) -> ir.StringValue:
    text: ir.StringValue = table[column].cast("string").fill_null("")
    return text


def _holds(table: ir.Table, condition: Condition) -> ir.BooleanValue:
    return table[condition.column].isin(list(condition.values))


def _values(*geos: str) -> ir.Table:
    return ibis.array(list(geos)).unnest().name("geo").as_table()
