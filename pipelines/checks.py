"""Dagster's asset checks: what they are called, and how the results of our checks become theirs.

Deciding whether something passes does not belong here: warehouse.suites and indicators.checks do that.
No check blocks: a bad capture is held back and its dataset keeps the last good one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import dagster as dg

from indicators import checks as figures
from warehouse import structure, suites
from warehouse.model import Check

DATASET_CHECKS = {
    "fetched": "The source gave the table when it was asked.",
    "readable": "The bytes can be read as the dataset that they should be.",
    "dated": "No undated capture disagrees with another undated one.",
    **suites.NAMES,
    structure.NAME: structure.DESCRIPTION,
    suites.FRESH: "The newest period is the one that the publisher's calendar lets one expect.",
    "spellings": "Every published spelling of a coded column has a code.",
    "repeated": "No name and no description stands under several ids.",
}
RELEASE_CHECKS = figures.NAMES
NOT_JUDGED = "not judged in this run"


def specs(key: Sequence[str], names: Mapping[str, str]) -> list[dg.AssetCheckSpec]:
    """The checks of an asset as Dagster knows them, none of them blocking."""
    return [dg.AssetCheckSpec(name, asset=dg.AssetKey(key), description=text) for name, text in names.items()]


def results(
    key: Sequence[str], names: Mapping[str, str], checks: Iterable[Check]
) -> Iterator[dg.AssetCheckResult]:
    """One result for each name: failed where any check of that name failed, with all their details."""
    found = list(checks)
    for name in names:
        named = [check for check in found if check.name == name]
        failed = [check for check in named if not check.passed]
        errors = any(check.severity == "error" for check in failed)
        lines = [check.detail for check in failed or named]
        yield dg.AssetCheckResult(
            asset_key=dg.AssetKey(key),
            check_name=name,
            passed=not failed,
            severity=dg.AssetCheckSeverity.ERROR if errors else dg.AssetCheckSeverity.WARN,
            description="; ".join(dict.fromkeys(lines)) or NOT_JUDGED,
            metadata=_offending(failed),
        )


def _offending(failed: Iterable[Check]) -> dict[str, dg.MetadataValue]:
    """The rows that failed checks name, one a line, by the capture they are in."""
    return {
        check.capture or check.subject: dg.MetadataValue.md("\n".join(f"    {row}" for row in check.rows))
        for check in failed
        if check.rows
    }
