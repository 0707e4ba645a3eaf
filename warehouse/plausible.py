"""Rules on how values stand to each other: the EU to its countries, a total to its parts, new values to earlier ones.

Rules on one row by itself, and on the size of a table, belong to suites.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sources.codes import EU, MEMBER_STATES
from sources.formats.sql import literal
from sources.model import Dataset
from warehouse.alike import marks, part_of, unlike
from warehouse.expectations import Rule

NAMES = {
    "eu": "An EU percentage lies between those of its countries.",
    "totals": "A total agrees with the parts that it is made of.",
    "revisions": "No value differs much from what was known before.",
    "suppressed": "Most of the newest cells have a value.",
    "coverage": "No Member State lost its values of the newest period.",
}

COUNTRIES = 20
"""How many Member States must have a value before the EU's is held against theirs."""
ROUNDING = 0.1
"""By how much published percentages may disagree because each was rounded."""
SUM_ROUNDING = "greatest(2, 0.01 * abs(whole))"
"""By how much a published number may differ from the sum of its parts."""
ODD = 0.01
"""The share of comparisons that may be odd: above it something is wrong with the whole table."""
ROSE = 0.2
"""By how much the share of cells without a value may rise from one capture to the next."""
LOST = 5
"""From so many Member States without their values on, a table is held back."""

STATES = ", ".join(literal(geo) for geo in MEMBER_STATES)


def within(dataset: Dataset) -> Iterator[Rule]:
    """The rules that hold within one table, where its units are known to be percentages or numbers."""
    if shares(dataset) and "unit" in dataset.dimensions:
        yield _eu(dataset)
    totals = list(_totals(dataset))
    if totals:
        marked = " UNION ALL ".join(_marked_totals(dataset, *one) for one in totals)
        yield _compared(
            "totals",
            " UNION ALL ".join(_named_totals(dataset, *one) for one in totals),
            "{total} rows, every total as its parts",
            "{found} totals disagree with their parts",
            ODD,
            _count(marked),
        )


def against_known(dataset: Dataset) -> Iterator[Rule]:
    """The rule on the view ``known``: no value differs much from what was known before."""
    if dataset.record_key:
        return
    expected = dataset.expected
    is_share = f"t.unit IN ({_listed(shares(dataset))})" if _has_shares(dataset) else "false"
    key = ", ".join(f'"{column}"' for column in dataset.key)
    off = "abs(t.value - k.value)"
    large = (
        f"CASE WHEN {is_share} THEN {off} > {expected.revised_points} "
        f"ELSE {off} > greatest(1, {expected.revised_share} * abs(k.value)) END"
    )
    size = f"CASE WHEN {is_share} THEN {off} ELSE 100 * {off} / greatest(1, abs(k.value)) END"
    part, columns = part_of(dataset.key), (*dataset.key, "value")
    before, now = (
        marks(f"FROM {table} WHERE value IS NOT NULL", part, columns) for table in ("known", "tidy")
    )
    ahead = (
        f"WITH before AS MATERIALIZED ({before}), after AS MATERIALIZED ({now}), "
        f"parts AS MATERIALIZED ({unlike('before', 'after')}) "
    )
    concerned = f"(SELECT * FROM {{}} WHERE value IS NOT NULL AND {part} IN (FROM parts))"
    groups = (
        f"SELECT {named(dataset.key)} || ' ' || k.value || ' → ' || t.value AS text, "
        f"CASE WHEN {large} THEN {size} END AS off "
        f"FROM {concerned.format('tidy')} t JOIN {concerned.format('known')} k USING ({key})"
    )
    alike = "(SELECT coalesce(sum(rows), 0) FROM after WHERE part NOT IN (FROM parts))"
    limit = f"{expected.revised_points:g} points or {expected.revised_share:.0%}"
    yield _compared(
        "revisions",
        ahead + groups,
        f"no value differs by more than {limit} from what was known",
        f"{{found}} values differ by more than {limit} from what was known",
        0.5,
        f"{ahead}SELECT count(off) AS off, count(*) + {alike} AS compared FROM ({groups})",
    )


def coverage(dataset: Dataset, previous: bool) -> Iterator[Rule]:
    """The rules on what a whole table covers, against the view ``previous`` where there is one."""
    if dataset.record_key:
        return
    newest = "(SELECT max(period) FROM {0})"
    without = f"avg((value IS NULL)::INTEGER) FILTER (period = {newest})"
    at_most = dataset.expected.suppressed_at_most
    measure = without.format("tidy")
    rise = (
        f"- (SELECT least({at_most - ROSE}, {without.format('previous')}) FROM previous)" if previous else ""
    )
    yield Rule(
        name="suppressed",
        measure=f"{measure} {rise}",
        low=None,
        high=ROSE if previous else at_most,
        passes="the share of newest cells without a value "
        + ("rose by no more than {share}" if previous else "is {share}"),
        fails="the share of newest cells without a value "
        + ("rose by {share} of all cells" if previous else "is {share}"),
        offending="SELECT geo || ': ' || count(*) FILTER (value IS NULL) || ' of ' || count(*) || ' cells', "
        f"avg((value IS NULL)::INTEGER) FROM tidy WHERE period = {newest.format('tidy')} GROUP BY geo "
        "HAVING count(*) FILTER (value IS NULL) > 0",
        severity="warning",
        grave=f"CASE WHEN {measure} > 0.95 THEN -1 ELSE 2 END",
    )
    if previous:
        yield _lost()


def named(key: Iterable[str], others: Iterable[str] = ()) -> str:
    """An SQL text that names a row by its key, and by other columns where they hold anything."""
    parts = [f"'{column} ' || coalesce(\"{column}\"::VARCHAR, '(none)')" for column in key]
    parts += [f"'{column} ' || nullif(\"{column}\"::VARCHAR, '')" for column in others]
    return f"concat_ws(' ', {', '.join(parts)})"


def shares(dataset: Dataset) -> list[str]:
    """The units of a dataset that are percentages of something."""
    return [unit for unit, bounds in dataset.expected.units.items() if bounds == (0, 100)]


def _has_shares(dataset: Dataset) -> bool:
    return bool(shares(dataset)) and "unit" in dataset.dimensions


def _eu(dataset: Dataset) -> Rule:
    others = [*dataset.dimensions, "period"]
    groups = f"""
        SELECT {named(others)} || ' EU ' || eu || ', countries ' || low || ' to ' || high AS text,
            CASE WHEN eu < low - {ROUNDING} THEN low - eu WHEN eu > high + {ROUNDING} THEN eu - high END AS off
        FROM (
            SELECT {_columns(others)}, max(value) FILTER (geo = {literal(EU)}) AS eu,
                min(value) FILTER (geo IN ({STATES})) AS low, max(value) FILTER (geo IN ({STATES})) AS high,
                count(value) FILTER (geo IN ({STATES})) AS states
            FROM tidy WHERE unit IN ({_listed(shares(dataset))}) GROUP BY ALL
        ) WHERE eu IS NOT NULL AND states >= {COUNTRIES}"""
    return _compared(
        "eu",
        groups,
        "{total} rows, every EU value among those of its countries",
        "{found} EU values lie outside those of their countries",
        ODD,
    )


def _totals(dataset: Dataset) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Each column, its code for a total, and the codes of the parts."""
    for column, wholes in dataset.expected.totals.items():
        if column in dataset.dimensions and "unit" in dataset.dimensions:
            for whole, parts in wholes.items():
                yield column, whole, parts


def _named_totals(dataset: Dataset, column: str, whole: str, parts: Sequence[str]) -> str:
    """A query for each total, in words, and how far it is off."""
    others = _others(dataset, column)
    words = f"'{column} {whole} ' || {named(others)} || ' ' || whole || ', parts ' || low || ' to ' || high"
    return f"SELECT {words} AS text, off FROM ({_parts(dataset, column, whole, parts, _columns(others))})"


def _marked_totals(dataset: Dataset, column: str, whole: str, parts: Sequence[str]) -> str:
    """The same without words, by checksums of what else tells totals apart: a third of the memory that names take."""
    mark = f"hash({_columns(_others(dataset, column))}) AS mark"
    return f"SELECT off FROM ({_parts(dataset, column, whole, parts, mark)})"


def _others(dataset: Dataset, column: str) -> list[str]:
    return [*(name for name in dataset.dimensions if name != column), "geo", "period"]


def _parts(dataset: Dataset, column: str, whole: str, parts: Sequence[str], by: str) -> str:
    """A query for how far each total is off: a percentage has to be among its parts, a number their sum."""
    percentage = f"unit IN ({_listed(shares(dataset))})" if shares(dataset) else "false"
    numbers = [unit for unit, bounds in dataset.expected.units.items() if bounds == (0, None)]
    units = _listed([*shares(dataset), *numbers])
    among = f"column_ IN ({_listed(parts)})"
    # adjusted series are adjusted each by itself, so that numbers among them need not add up
    adjusted = f"AND ({percentage} OR s_adj = 'NSA')" if "s_adj" in dataset.dimensions else ""
    # a table without the total is not grouped at all
    stated = f'(SELECT bool_or("{column}" = {literal(whole)}) FROM tidy)'
    return f"""
        SELECT *, CASE WHEN is_share THEN
                CASE WHEN whole < low - {ROUNDING} THEN low - whole WHEN whole > high + {ROUNDING} THEN whole - high END
            WHEN abs(whole - total) > {SUM_ROUNDING} THEN abs(whole - total) END AS off
        FROM (
            SELECT {by}, {percentage} AS is_share, max(value) FILTER (column_ = {literal(whole)}) AS whole,
                min(value) FILTER ({among}) AS low, max(value) FILTER ({among}) AS high,
                sum(value) FILTER ({among}) AS total, count(value) FILTER ({among}) AS found
            FROM (SELECT *, "{column}" AS column_ FROM tidy)
            WHERE unit IN ({units}) AND column_ IN ({_listed([whole, *parts])}) {adjusted} AND {stated} GROUP BY ALL
        ) WHERE whole IS NOT NULL AND found = {len(parts)}"""


def _compared(name: str, groups: str, passes: str, fails: str, odd: float, counted: str = "") -> Rule:
    """A rule on comparisons, each a text and how far it is off (null: not at all).

    ``counted`` is a cheaper query for how many are off and how many there are, where there is one.
    """
    return Rule(
        name=name,
        measure=f"(SELECT off FROM {name}_counted)",
        low=None,
        high=0,
        passes=passes,
        fails=fails,
        offending=f"SELECT text, off FROM ({groups}) WHERE off IS NOT NULL",
        severity="warning",
        grave=f"(SELECT greatest(1, {odd} * compared) FROM {name}_counted)",
        counted=counted or _count(groups),
    )


def _count(groups: str) -> str:
    return f"SELECT count(off) AS off, count(*) AS compared FROM ({groups})"


def _lost() -> Rule:
    newest = "(SELECT max(period) FROM previous WHERE period IN (SELECT DISTINCT period FROM tidy))"
    having = f"SELECT geo FROM {{0}} WHERE value IS NOT NULL AND geo IN ({STATES}) AND period = {newest}"
    lost = f"{having.format('previous')} EXCEPT {having.format('tidy')}"
    return Rule(
        name="coverage",
        measure=f"(SELECT count(*) FROM ({lost}))",
        low=None,
        high=0,
        passes="every Member State has the values that it had",
        fails="Member States that lost all values of the newest period both have: {found}",
        offending=lost,
        severity="warning",
        grave=str(LOST - 1),
    )


def _columns(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(literal(code) for code in codes)
