"""What pages made is read by others as it was made; where it cannot be held, it is made again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import streamlit as st

from dashboards import stock
from dashboards.stock import Stock
from tests.unit.test_kept_reads import PAGES
from tests.unit.test_pages import elements, opened, unfold


def never() -> str:
    raise AssertionError("it was made already")


def drawn(page: str) -> list[bytes]:
    """All that a page sends, with all that it unfolds, but for the files to take away, whose addresses are by chance."""
    app = unfold(opened(page, geo="MT", lang="fr"))
    sent = (element for element in elements(app.main) if element.type != "download_button")
    return [element.proto.SerializeToString() for element in sent]


def test_what_one_made_another_takes(tmp_path: Path) -> None:
    assert Stock(tmp_path).fetch("a chart", lambda: "made") == "made"
    assert Stock(tmp_path).fetch("a chart", never) == "made"
    assert Stock(tmp_path).fetch("another", lambda: "other") == "other"


def test_nothing_is_held_where_nobody_serves_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "_own", None)
    assert [stock.fetch("a chart", lambda said=said: said) for said in "ab"] == ["a", "b"]
    stock.hold_in(tmp_path)
    assert [stock.fetch("a chart", lambda said=said: said) for said in "ab"] == ["a", "a"]


def test_what_cannot_be_held_is_made_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    gone = Stock(tmp_path / "gone")
    assert [gone.fetch("a chart", lambda said=said: said) for said in "ab"] == ["a", "b"]
    assert "is not held for others" in caplog.text


def test_what_could_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    held = Stock(tmp_path)
    held._hold(tmp_path / "taken", "a folder has that name")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_what_nobody_asked_for_longest_goes_first(tmp_path: Path) -> None:
    held = Stock(tmp_path, at_most=2_500)
    for mark in ("new", "old"):
        held.fetch(mark, lambda: "x" * 1000)
    for path in tmp_path.iterdir():
        os.utime(path, (0, 0))
    held.fetch("new", never)
    held.fetch("newer", lambda: "x" * 1000)
    held.trim()
    assert [held.fetch(mark, never) for mark in ("new", "newer")] == ["x" * 1000] * 2
    assert held.fetch("old", lambda: "again") == "again"


def test_asking_for_ever_more_does_not_fill_the_disk(tmp_path: Path) -> None:
    held = Stock(tmp_path, at_most=100_000)
    for number in range(1_000):
        held.fetch(f"as of {number}", lambda: "x" * 1000)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 1.1 * held.at_most


def test_many_who_write_little_do_not_fill_it_either(tmp_path: Path) -> None:
    for release in range(100):
        held = Stock(tmp_path, at_most=100_000)
        for chart in range(5):
            held.fetch(f"chart {chart} of release {release}", lambda: "x" * 1000)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 1.1 * held.at_most


@pytest.mark.parametrize("page", PAGES)
def test_a_page_from_what_is_held_is_the_same(
    small_home: Path, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(small_home))
    monkeypatch.setattr(stock, "_own", Stock(tmp_path))
    st.cache_resource.clear()
    first = drawn(page)
    held = {path.name for path in tmp_path.iterdir()}
    assert held
    st.cache_resource.clear()
    assert drawn(page) == first
    assert {path.name for path in tmp_path.iterdir()} == held
