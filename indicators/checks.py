"""What a release must satisfy before it is published: figures stated once, within bounds, witnesses reproduced.

Checks of a source's table do not belong here; the warehouse makes those when a capture comes in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from indicators.formula import breakdown_of
from indicators.model import Indicator
from sources.codes import EU, MEMBER_STATES
from sources.model import Capture
from warehouse.expectations import KEPT, SHOWN, failing
from warehouse.files import write_whole
from warehouse.model import Check, Severity
from warehouse.scratch import scratch

NAMES = {
    "bounds": "Every figure lies within the bounds of its indicator.",
    "once": "Every figure is stated once.",
    "stated": "A figure has a value where it is called measured, and none where it is not.",
    "states": "The newest period covers the Member States that the indicator should cover.",
    "between": "An EU percentage lies between those of its countries.",
    "witness": "Every indicator reproduces a value that was published from the same vintage.",
}
"""The checks of an indicator's figures, by name."""

COUNTRIES = 20
"""How many Member States must have a value before the EU's is held against theirs."""
ROUNDING = 0.1
"""By how much published percentages may disagree because each was rounded."""


@dataclass(frozen=True)
class Finding:
    """The rows in which an indicator's figures offend against one check, and how to speak of it."""

    name: str
    severity: Severity
    passes: str
    fails: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """All that checks need to know of an indicator's figures; ``witnessed`` is what they state of its witness:
    its value, its lower bound and the captures that it rests on, or nothing."""

    of: tuple[Finding, ...]
    witnessed: tuple[float | None, float | None, tuple[str, ...]] | None


def check_figures(
    indicators: Sequence[Indicator],
    figures: Mapping[str, Path],
    captures: Mapping[str, Capture],
    code: str,
    memory: str,
) -> list[Check]:
    """The release's checks of what is stated now; ``figures`` by indicator, ``captures`` those of the release by id.

    What they rest on is looked up once for an indicator, its figures and the version of the code, and kept with them.
    """
    known = [(one, _kept(one, figures[one.id], code, memory)) for one in indicators]
    found = [(one, finding) for one, findings in known for finding in findings.of]
    counts = pd.DataFrame({"rows": [len(finding.rows) for _, finding in found]})
    failed = failing(counts, {"rows": (None, 0)})["rows"]
    checks = [_check(one, finding, number in failed) for number, (one, finding) in enumerate(found)]
    return checks + [check for one, findings in known for check in _witness(one, findings, captures)]


def _kept(indicator: Indicator, figures: Path, code: str, memory: str) -> Findings:
    """The findings that lie beside the figures; found now where there are none for these, and for this code."""
    follows = f"{figures.name} {code} {indicator!r}"
    path = figures.with_name(f"found-{hashlib.sha256(follows.encode()).hexdigest()[:16]}.json")
    if not path.exists():
        write_whole(path, json.dumps(asdict(_findings(indicator, figures, memory))).encode())
        for other in path.parent.glob("found-*.json"):
            if other != path:
                other.unlink(missing_ok=True)
    content = json.loads(path.read_bytes())
    of = tuple(Finding(**{**one, "rows": tuple(one["rows"])}) for one in content["of"])
    return Findings(of, content["witnessed"])


def _check(indicator: Indicator, finding: Finding, failed: bool) -> Check:
    rows = finding.rows
    if not failed:
        return Check(indicator.id, finding.name, True, finding.severity, finding.passes)
    more = f"; and {len(rows) - SHOWN:,} more" if len(rows) > SHOWN else ""
    detail = f"{finding.fails}: {'; '.join(rows[:SHOWN])}{more}"
    return Check(indicator.id, finding.name, False, finding.severity, detail, rows=rows[:KEPT])


def _findings(indicator: Indicator, figures: Path, memory: str) -> Findings:
    with scratch(memory) as connection:
        connection.execute(
            "CREATE TEMP TABLE now AS SELECT * FROM read_parquet(?) WHERE known_to IS NULL", [str(figures)]
        )
        of = (
            _bounds(indicator, connection),
            _once(connection),
            _stated(connection),
            *_states(indicator, connection),
            *_between(indicator, connection),
        )
        return Findings(of, _witnessed(indicator, connection))


def _bounds(indicator: Indicator, connection: duckdb.DuckDBPyConnection) -> Finding:
    low, high = indicator.bounds
    outside = _texts(
        connection,
        "SELECT geo, period, member, value FROM now WHERE unit = ? AND (value < ? OR value > ?) ORDER BY ALL",
        [indicator.unit, low, high],
    )
    if low is None:
        return Finding("bounds", "error", f"all values at most {high}", f"above {high}", outside)
    if high is None:
        return Finding("bounds", "error", f"all values at least {low}", f"below {low}", outside)
    return Finding(
        "bounds", "error", f"all values within {low} to {high}", f"outside {low} to {high}", outside
    )


def _once(connection: duckdb.DuckDBPyConnection) -> Finding:
    twice = _texts(
        connection,
        "SELECT geo, period, breakdown, member, count(*) || ' times' FROM now "
        "GROUP BY geo, period, breakdown, member HAVING count(*) > 1 ORDER BY ALL",
    )
    return Finding("once", "error", "each figure once", "stated more than once", twice)


def _stated(connection: duckdb.DuckDBPyConnection) -> Finding:
    wrong = _texts(
        connection,
        "SELECT geo, period, breakdown, member, status FROM now "
        "WHERE (coalesce(value, low, high) IS NOT NULL) <> (status = 'measured') ORDER BY ALL",
    )
    return Finding("stated", "error", "values and their status agree", "value and status disagree", wrong)


def _states(indicator: Indicator, connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Which Member States lack in the newest period; more of them than the indicator allows for are told."""
    allowed = len(MEMBER_STATES) - indicator.coverage.member_states
    covered = connection.execute(
        "SELECT period, list(DISTINCT geo) FROM now WHERE coalesce(value, low, high) IS NOT NULL "
        "AND list_contains(?, geo) GROUP BY period ORDER BY period DESC LIMIT 1",
        [MEMBER_STATES],
    ).fetchall()
    if not covered or not indicator.coverage.member_states:
        return []
    period, geos = covered[0]
    lacking = tuple(geo for geo in MEMBER_STATES if geo not in geos)
    passes = f"{period}: {len(geos)} Member States"
    fails = f"{passes} of {indicator.coverage.member_states} expected; missing"
    return [Finding("states", "warning", passes, fails, lacking if len(lacking) > allowed else ())]


def _between(indicator: Indicator, connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Only percentages of the whole: of gaps, numbers and indices the EU's need not lie among its countries'."""
    if not indicator.unit.startswith("PC") or indicator.bounds != (0, 100):
        return []
    outside = _texts(
        connection,
        "SELECT period, member, eu, 'countries ' || round(lowest, 2) || ' to ' || round(highest, 2) FROM ("
        "SELECT period, breakdown, member, max(value) FILTER (geo = $eu) AS eu, "
        "min(value) FILTER (list_contains($states, geo)) AS lowest, "
        "max(value) FILTER (list_contains($states, geo)) AS highest, "
        "count(value) FILTER (list_contains($states, geo)) AS states "
        "FROM now WHERE unit = $unit GROUP BY ALL) WHERE states >= $countries "
        "AND (eu < lowest - $rounding OR eu > highest + $rounding) ORDER BY ALL",
        {
            "eu": EU,
            "states": MEMBER_STATES,
            "unit": indicator.unit,
            "countries": COUNTRIES,
            "rounding": ROUNDING,
        },
    )
    return [
        Finding("between", "warning", "the EU is among its countries", "EU not among its countries", outside)
    ]


def _witnessed(
    indicator: Indicator, connection: duckdb.DuckDBPyConnection
) -> tuple[float | None, float | None, tuple[str, ...]] | None:
    witness = indicator.witness
    if witness is None:
        return None
    breakdown = breakdown_of(indicator.formula) if witness.member else ""
    return connection.execute(
        "SELECT coalesce(value, high), low, captures FROM now "
        "WHERE geo = ? AND period = ? AND member = ? AND (? = '' OR breakdown = ?)",
        [witness.geo, witness.period, witness.member, breakdown, breakdown],
    ).fetchone()


def _witness(indicator: Indicator, found: Findings, captures: Mapping[str, Capture]) -> list[Check]:
    """Contradicted by the vintage that the witness names, an error; by another one, a warning with both."""
    witness = indicator.witness
    if witness is None or found.witnessed is None:
        return []
    value, low, used = found.witnessed
    tolerance = 0.5 * 10.0**-witness.decimals + 1e-9
    vintages = {_day(captures[c]) for c in used if c in captures}
    agrees = value is not None and abs(value - witness.value) <= tolerance
    agrees = agrees and (witness.low is None or (low is not None and abs(low - witness.low) <= tolerance))
    same = vintages == {witness.vintage.isoformat()}
    stated = f"{witness.low:g} to {witness.value:g}" if witness.low is not None else f"{witness.value:g}"
    detail = (
        f"{witness.geo} {witness.period}: {stated} published ({witness.source}, vintage {witness.vintage}), "
        f"{'not publishable' if value is None else f'{value:g}'} here (vintage {', '.join(sorted(vintages))})"
    )
    return [Check(indicator.id, "witness", agrees, "error" if same else "warning", detail)]


def _day(capture: Capture) -> str:
    return f"{capture.known_from:%Y-%m-%d}" if capture.known_from else "undated"


def _texts(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any] | dict[str, Any] | None = None
) -> tuple[str, ...]:
    """Each row of a query as one text."""
    rows = connection.execute(sql, parameters or []).fetchall()
    return tuple(" ".join(str(cell) for cell in row if cell not in (None, "")) for row in rows)
