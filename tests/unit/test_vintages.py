"""A dataset's state: the newest full capture, later partial ones over it, key by key."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import duckdb
import pytest

from sources.model import Capture, Origin, Scope, Unreadable
from tests.toys import NOON, TOY, ToySource, retrieval, write
from warehouse.archive import Archive
from warehouse.vintages import disagreements, layers, tidy, timeline


def capture(name: str, day: int | None, scope: Scope = "full", origin: Origin = "live") -> Capture:
    known = datetime(2026, 1, day, tzinfo=UTC) if day else None
    return Capture(name, "toy", "u", NOON, known, None, "0" * 64, 1, "t", scope, origin, "accepted")


def names(captures: list[Capture]) -> list[str]:
    return [c.id for c in captures]


def test_later_partials_lie_over_the_newest_full_in_time_order() -> None:
    held = [
        capture("old full", 1),
        capture("old part", 2, "partial"),
        capture("full", 3),
        capture("part", 4, "partial"),
        capture("last", 5, "partial"),
    ]
    for order in permutations(held):
        assert names(layers(order)) == ["last", "part", "full"]


def test_a_baseline_never_hides_anything_of_its_date_or_newer() -> None:
    held = [capture("baseline", 3, "partial", "baseline"), capture("imported", 3, "partial", "imported")]
    assert names(layers(held)) == ["imported", "baseline"]
    assert names(layers([capture("live", 4), *held])) == ["live"]


def test_an_undated_capture_ranks_below_every_dated_one() -> None:
    held = [capture("undated", None, "partial"), capture("dated", 1, "partial")]
    assert names(layers(held)) == ["dated", "undated"]
    assert names(layers([capture("undated", None), *held[1:]])) == ["dated", "undated"]
    assert names(layers([capture("undated", None), capture("dated full", 1)])) == ["dated full"]


def test_what_was_not_known_on_a_day_is_left_out() -> None:
    held = [capture("one", 1), capture("two", 3)]
    assert names(layers(held, on=datetime(2026, 1, 2, tzinfo=UTC))) == ["one"]


def test_held_back_and_withdrawn_captures_do_not_count() -> None:
    held = [capture("good", 1), replace(capture("bad", 2), state="held back")]
    assert names(layers([*held, replace(capture("wrong", 3), state="withdrawn")])) == ["good"]


def test_the_state_takes_each_key_from_the_newest_layer_and_says_from_which(tmp_path: Path) -> None:
    archive, source = Archive(tmp_path), ToySource()
    full = write(tmp_path / "full.csv", ["S,DE,2024,1,,", "S,DE,2025,2,b,", "L,FR,2025,3,,"])
    part = write(tmp_path / "part.csv", ["S,DE,2025,9,,", "S,FR,2025,,u,"])
    day = datetime(2026, 1, 9, tzinfo=UTC)
    for path, scope, known in ((full, "full", NOON), (part, "partial", day)):
        added = archive.add(TOY, retrieval(path), scope=scope, origin="imported", known_from=known)  # type: ignore[arg-type]
        archive.judge(added, "accepted", "")
    known = timeline(tmp_path, source, TOY, archive.captures(), archive)
    assert known is not None
    held = known.now
    assert held.full
    assert known.on(NOON - timedelta(days=1)) is None
    assert [since for since, _ in known.steps] == [NOON, day]
    with duckdb.connect() as connection:
        rows = (
            connection.sql(held.sql())
            .project("size, geo, period, value, flags, capture")
            .order("size, geo, period")
            .fetchall()
        )
    old, new = (next(c.id for c in archive.captures() if c.known_from == d) for d in (NOON, day))
    assert rows == [
        ("L", "FR", "2025", 3.0, "", old),
        ("S", "DE", "2024", 1.0, "", old),
        ("S", "DE", "2025", 9.0, "", new),
        ("S", "FR", "2025", None, "u", new),
    ]


def test_the_same_content_is_parsed_once(tmp_path: Path) -> None:
    content = write(tmp_path / "a.csv", ["S,DE,2025,1,,"])
    first = tidy(tmp_path, ToySource(), TOY, "a" * 64, content)
    content.unlink()
    assert tidy(tmp_path, ToySource(), TOY, "a" * 64, content) == first


def test_unreadable_content_leaves_no_vintage(tmp_path: Path) -> None:
    content = tmp_path / "a.csv"
    content.write_text("size,geo\n1\n2,3,4,5\n")
    with pytest.raises(Unreadable):
        tidy(tmp_path, ToySource(), TOY, "a" * 64, content)
    assert not list(tmp_path.rglob("*.parquet"))
    assert not list(tmp_path.rglob("*.part"))


def test_disagreements_counts_keys_with_different_content(tmp_path: Path) -> None:
    one = tidy(
        tmp_path, ToySource(), TOY, "a" * 64, write(tmp_path / "a.csv", ["S,DE,2025,1,,", "L,DE,2025,2,,"])
    )
    other = tidy(
        tmp_path, ToySource(), TOY, "b" * 64, write(tmp_path / "b.csv", ["S,DE,2025,1,b,", "L,FR,2025,2,,"])
    )
    assert disagreements(TOY, one, other) == 1
    assert disagreements(TOY, one, one) == 0
