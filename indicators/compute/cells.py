"""The value of every node of the algebra as a table of cells, compiled to Ibis.

How a period compares with the one before belongs to comparability.py, how records are counted to counting.py,
and what reaches across members, geographies and periods to across.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir

from indicators.compute.across import everywhere, grouped, latest, with_total
from indicators.compute.comparability import CELL, DECIMALS, with_change
from indicators.compute.counting import counted
from indicators.compute.engines import Session
from indicators.compute.variables import WHOLE, capture_id, capture_origin, capture_vintage
from indicators.formula import (
    Behind,
    Change,
    Count,
    Difference,
    Everywhere,
    Formula,
    Gap,
    Group,
    Latest,
    Named,
    Prefer,
    Product,
    Rank,
    Ratio,
    Regions,
    Share,
    Slice,
    Spread,
    Sum,
    Total,
    datasets_of,
)
from sources.codes import EU, FLAGS, MEMBER_STATES
from warehouse.vintages import State

REGION = "^([A-DF-Z][A-Z]|E[B-TV-Z])[A-Z0-9]{2}$"
"""The codes of NUTS 2; groups such as EA20 and EU28 are as long, and are none."""


@dataclass(frozen=True)
class Tables:
    """The states of the loaded datasets, as tables of an engine; ``since`` is when coverage is expected."""

    session: Session
    states: Mapping[str, State]
    since: str

    def __call__(self, dataset: str) -> ir.Table:
        return self.session.table(dataset)

    def whole(self, dataset: str) -> ir.Table:
        """The whole table at the bottom of a state that has one."""
        return self.session.table(f"{dataset}{WHOLE}")

    def hold(self, formula: Formula) -> bool:
        """Whether a formula can be evaluated from what is loaded."""
        if isinstance(formula, Prefer):
            return self.hold(formula.first) or self.hold(formula.otherwise)
        return datasets_of(formula) <= self.states.keys()


def evaluate(tables: Tables, formula: Formula) -> ir.Table:
    """A formula's values with the columns of ``CELL``."""
    match formula:
        case Slice():
            return _slice(tables, formula)
        case Count():
            return counted(tables(formula.dataset), formula)
        case Sum(parts):
            values = [evaluate(tables, part) for part in parts]
            return reduce(lambda one, other: _join(one, other, lambda a, b: a + b), values)
        case Difference(minuend, subtrahend):
            one, other = evaluate(tables, minuend), evaluate(tables, subtrahend)
            return _join(one, other, lambda a, b: a - b)
        case Ratio(numerator, denominator, scale=scale):
            one, other = evaluate(tables, numerator), evaluate(tables, denominator)
            return _join(one, other, lambda a, b: a / b.nullif(0) * scale)
        case Product(first, second, scale=scale):
            one, other = evaluate(tables, first), evaluate(tables, second)
            return _join(one, other, lambda a, b: a * b * scale)
        case Share(part, whole_):
            one, other = evaluate(tables, part), evaluate(tables, whole_)
            return _join(one, other, lambda a, b: a / b.nullif(0) * 100)
        case Change(of):
            return _change_as_value(evaluate(tables, of))
        case Gap(of, geo):
            return _gap(evaluate(tables, of), geo)
        case Behind(of, better, among):
            return _behind(evaluate(tables, of), better, among)
        case Regions(of):
            cells = evaluate(tables, of)
            return cells.filter(cells.geo.re_search(REGION))
        case Named(of, names):
            return _named(evaluate(tables, of), names)
        case Rank(of, better, among):
            return _rank(evaluate(tables, of), better, among)
        case Spread(of, among):
            return _spread(evaluate(tables, of), among)
        case Prefer(first, otherwise):
            return evaluate(tables, first if tables.hold(first) else otherwise)
        case Group(of, groups):
            return grouped(evaluate(tables, of), groups)
        case Total(of, among):
            return with_total(evaluate(tables, of), among)
        case Everywhere(of, geo, among):
            return everywhere(evaluate(tables, of), geo, among)
        case Latest(of, at):
            return latest(evaluate(tables, of), evaluate(tables, at))


def nothing() -> ir.Table:
    """No cells at all, with the columns of ``CELL``."""
    row = ibis.literal("").name("geo").as_table()
    empty = row.mutate(**{name: ibis.null(kind) for name, kind in CELL.items() if name != "geo"})
    return empty.filter(ibis.literal(False)).select(list(CELL))


def _slice(tables: Tables, formula: Slice) -> ir.Table:
    table = _picked(tables(formula.dataset), formula)
    low, high = (table[c] if c in table.columns else ibis.null("float64") for c in ("low", "high"))
    cells = table.select(
        geo=table.geo,
        period=table.period,
        member=table.member,
        value=table.value * formula.scale,
        low=low,
        high=high,
        flags=table.flags,
        status=ibis.ifelse(table.value.notnull() | low.notnull(), "measured", "not publishable"),
        series=table.series,
        vintage=table.known_from,
        captures=ibis.array([table.capture]),
        origin=table.origin,
    ).cast(CELL)
    return cells.union(_not_measured(tables, formula, cells))


def _picked(table: ir.Table, formula: Slice) -> ir.Table:
    """The slice's rows; codes that vary by period make the column ``series``, and ``by`` the column ``member``."""
    series: ir.StringValue = ibis.literal("")
    for dimension, code in formula.codes.items():
        if isinstance(code, str):
            table = table.filter(table[dimension] == code)
        else:
            versions = [(table.period == p) & (table[dimension] == c) for p, c in code.items()]
            table = table.filter(reduce(or_, versions))
            series = series + table[dimension]
    if formula.by:
        table = table.filter(table[formula.by].isin(list(formula.members)))
    return table.mutate(series=series, member=table[formula.by] if formula.by else ibis.literal(""))


def _not_measured(tables: Tables, formula: Slice, cells: ir.Table) -> ir.Table:
    """A row for each Member State that a whole table leaves out; what a partial one leaves out says nothing."""
    state = tables.states[formula.dataset]
    if not state.full or state.dataset.record_key:
        return nothing()
    whole = _picked(tables.whole(formula.dataset), formula)
    seen = whole.filter(whole.period >= tables.since).select("period", "member", "series").distinct()
    grid = seen.mutate(geo=ibis.array([EU, *MEMBER_STATES]).unnest())
    missing = grid.anti_join(cells, ["geo", "period", "member"])
    name = formula.dataset
    return missing.select(
        geo=missing.geo,
        period=missing.period,
        member=missing.member,
        value=ibis.null("float64"),
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        flags=ibis.literal(""),
        status=ibis.literal("not measured"),
        series=missing.series,
        vintage=capture_vintage(name, "whole"),
        captures=capture_id(name, "whole"),
        origin=capture_origin(name, "whole"),
    ).cast(CELL)


def _join(
    one: ir.Table, other: ir.Table, combine: Callable[[ir.NumericValue, ir.NumericValue], ir.NumericValue]
) -> ir.Table:
    """Two tables cell by cell; one without members goes with every member of the other."""
    broadcast = other.filter(other.member == "").drop("member")
    same = one.join(other, ["geo", "period", "member"], rname="{name}_2")
    spread = one.filter(one.member != "").join(broadcast, ["geo", "period"], rname="{name}_2")
    columns = [*CELL, "value_2", "status_2", "flags_2", "series_2", "vintage_2", "captures_2", "origin_2"]
    both = same.select(columns).union(spread.select(columns))
    return _combined(both, combine(both.value, both.value_2))


def _combined(both: ir.Table, value: ir.NumericValue) -> ir.Table:
    given = value.round(DECIMALS)
    statuses = ibis.array([both.status, both.status_2])
    status = ibis.cases(
        (given.notnull(), "measured"),
        (statuses.contains("not publishable"), "not publishable"),
        else_="not measured",
    )
    return both.select(
        geo=both.geo,
        period=both.period,
        member=both.member,
        value=given,
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        flags=_union_of_flags(both.flags, both.flags_2),
        status=status,
        series=both.series + both.series_2,
        vintage=ibis.greatest(both.vintage, both.vintage_2),
        captures=both.captures.union(both.captures_2),
        origin=_weakest(both.origin, both.origin_2),
    ).cast(CELL)


def _union_of_flags(one: ir.StringValue, other: ir.StringValue) -> ir.StringValue:
    letters = [ibis.ifelse(one.contains(flag) | other.contains(flag), flag, "") for flag in sorted(FLAGS)]
    return reduce(lambda a, b: a + b, letters)


def _weakest(one: ir.StringValue, other: ir.StringValue) -> ir.StringValue:
    either = ibis.array([one, other])
    return ibis.cases(
        (either.contains("baseline"), "baseline"), (either.contains("imported"), "imported"), else_="live"
    )


def _change_as_value(table: ir.Table) -> ir.Table:
    changed = with_change(table, ())
    changed = changed.filter(changed.change_status != "")
    return changed.mutate(
        value=changed.change,
        status=ibis.ifelse(changed.change.notnull(), "measured", "not comparable"),
    ).select(list(CELL))


def _gap(table: ir.Table, geo: str) -> ir.Table:
    reference = table.filter(table.geo == geo).drop("geo")
    others = table.filter(table.geo != geo)
    both = others.join(reference, ["period", "member", "series"], rname="{name}_2")
    both = both.mutate(series_2=ibis.literal(""))
    return _combined(both, both.value - both.value_2)


def _behind(table: ir.Table, better: str, among: Sequence[str]) -> ir.Table:
    order = ibis.desc("value") if better == "up" else ibis.asc("value")
    held = table.filter(table.geo.isin(list(among)) & table.value.notnull())
    by = ibis.window(group_by=["period", "member", "series"], order_by=[order, ibis.asc("geo")])
    best = held.mutate(place=ibis.row_number().over(by)).filter(lambda t: t.place == 0)
    best = best.drop("geo", "place")
    both = table.join(best, ["period", "member", "series"], rname="{name}_2")
    both = both.mutate(series_2=ibis.literal(""))
    return _combined(both, both.value - both.value_2)


def _named(table: ir.Table, names: Mapping[str, str]) -> ir.Table:
    held = table.filter(table.member.isin(list(names)))
    return held.mutate(member=held.member.substitute(dict(names))).select(list(CELL))


def _rank(table: ir.Table, better: str, among: Sequence[str]) -> ir.Table:
    ranked = table.filter(table.geo.isin(list(among)) & table.value.notnull())
    order = ibis.desc("value") if better == "up" else ibis.asc("value")
    place = ibis.rank().over(ibis.window(group_by=["period", "member", "series"], order_by=order))
    return ranked.mutate(value=(place + 1).cast("float64")).select(list(CELL))


def _spread(table: ir.Table, among: Sequence[str]) -> ir.Table:
    held = table.filter(table.geo.isin(list(among)) & table.value.notnull())
    grouped = held.group_by(["period", "member", "series"]).agg(
        value=(held.value.max() - held.value.min()).round(DECIMALS),
        vintage=held.vintage.max(),
        captures=held.captures.collect().flatten().unique(),
        origin=held.origin.min(),
    )
    return grouped.select(
        geo=ibis.literal(EU),
        period=grouped.period,
        member=grouped.member,
        value=grouped.value,
        low=ibis.null("float64"),
        high=ibis.null("float64"),
        flags=ibis.literal(""),
        status=ibis.literal("measured"),
        series=grouped.series,
        vintage=grouped.vintage,
        captures=grouped.captures,
        origin=grouped.origin,
    ).cast(CELL)
