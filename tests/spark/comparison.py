"""Two Parquet files of figures held against each other, figure by figure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

KEY = ("indicator", "breakdown", "member", "geo", "period")
NUMBERS = ("value", "low", "high", "change")
CLOSE = 1e-9


@dataclass(frozen=True)
class Compared:
    """How many figures there are, the largest difference between their numbers, and those that differ otherwise."""

    figures: int
    largest: float
    differing: tuple[str, ...]


def compared(one: Path, other: Path) -> Compared:
    """Every column but numbers has to be equal (captures in any order); a number is missing in both or in neither."""
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW one AS FROM read_parquet('{one}')")
        connection.execute(f"CREATE VIEW other AS FROM read_parquet('{other}')")
        names = [row[0] for row in connection.execute("DESCRIBE one").fetchall()]
        words = [n for n in names if n not in NUMBERS]
        stated = ", ".join([f"list_sort({n}) AS {n}" if n == "captures" else n for n in words])
        said = ", ".join([stated, *(f"{n} IS NULL AS no_{n}" for n in NUMBERS)])
        alone = " UNION ALL ".join(
            f"(SELECT {said} FROM {a} EXCEPT ALL SELECT {said} FROM {b})"
            for a, b in (("one", "other"), ("other", "one"))
        )
        rows = connection.execute(f"SELECT {', '.join(KEY)} FROM ({alone}) LIMIT 5").fetchall()
        same = " AND ".join(f"a.{n} IS NOT DISTINCT FROM b.{n}" for n in (*KEY, "known_from") if n in names)
        far = ", ".join(f"max(abs(a.{n} - b.{n}) / greatest(1, abs(a.{n})))" for n in NUMBERS)
        found = connection.execute(
            f"SELECT count(*), {far} FROM (FROM one) a JOIN (FROM other) b ON {same}"
        ).fetchone()
        total = connection.execute("SELECT count(*) FROM one").fetchone()
    assert found is not None
    assert total is not None
    differing = [" ".join(part for part in row if part) for row in rows]
    if found[0] != total[0]:
        differing.append(f"{found[0]} of {total[0]} figures meet")
    return Compared(
        total[0], max((one for one in found[1:] if one is not None), default=0.0), tuple(differing)
    )
