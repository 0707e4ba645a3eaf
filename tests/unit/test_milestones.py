"""Milestones: in order, each with its source; the page tells what has happened from what is expected."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indicators.milestones import MILESTONES, between, moment
from indicators.words import LANGUAGES
from sources.codes import PERIOD
from tests.releases import Plan, build_release
from tests.unit.test_pages import NEVER, opened, shown


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    build_release(tmp_path, Plan())
    return tmp_path


def test_milestones_come_in_order_each_with_its_source() -> None:
    assert [one.date for one in MILESTONES] == sorted(one.date for one in MILESTONES)
    for one in MILESTONES:
        assert PERIOD.fullmatch(one.date)
        assert one.source
        assert re.fullmatch(r"https?://[^\s<>]+", one.link)
        assert not one.end or one.end > one.date


def test_dates_of_the_ai_act_name_the_act() -> None:
    acts = [one for one in MILESTONES if one.title.startswith("AI Act")]
    assert len(acts) == 4
    assert all(one.source.startswith("Regulation (EU) 2024/1689") for one in acts)


def test_a_moment_lies_between_its_year_and_the_next() -> None:
    assert moment("2025-01") == moment("2025-01-01") == 2025
    assert 2025.99 < moment("2025-12-31") < 2026
    assert [one.date for one in between(2021, 2023.5)] == ["2021-09-15", "2023-01"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_speaks_every_language(home: Path, lang: str) -> None:
    text = shown(opened("milestones", lang=lang))
    assert NEVER.search(text) is None, NEVER.search(text)
    assert "COM(2018) 237" in text
    assert text.count("◇") == 1


def test_a_trend_shows_them_where_a_reader_asks(home: Path) -> None:
    app = opened("enterprises")
    (switch,) = [one for one in app.toggle if one.key == "milestones-trend"]
    assert "8 December 2023: Political agreement" not in shown(app)
    switch.set_value(True).run()
    assert "8 December 2023: Political agreement on the AI Act · January 2024" in shown(app)
