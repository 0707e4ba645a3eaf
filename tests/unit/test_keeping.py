"""What is made once for all who read the same: kept over releases, made anew as soon as what it rests on is another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboards import data
from dashboards.charts.look import DARK, LIGHT
from dashboards.keeping import kept, of_all
from dashboards.reader import Reader
from indicators.registry import indicators
from tests.releases import Plan, build_release

LATER = Plan(id="20260301T110000Z-bbbbbb", eu_share=21.5)
"""A release in which one indicator's newest figure is another."""

made: list[str] = []


@kept()
def course(figures: pd.DataFrame, title: str, reader: Reader) -> tuple[str, int]:
    made.append(f"{title} {reader.lang}")
    return reader.release.id, len(figures)


@kept(of_all)
def everything(reader: Reader) -> str:
    made.append("everything")
    return reader.release.id


@pytest.fixture
def readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Reader, Reader]:
    """A reader of a release, and one of the next."""
    made.clear()
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    found = []
    for plan in (Plan(), LATER):
        build_release(tmp_path, plan)
        found.append(Reader("en", "", LIGHT, data.release()))
    return found[0], found[1]


def test_what_rests_on_figures_that_stay_is_kept_over_releases(readers: tuple[Reader, Reader]) -> None:
    before, after = readers
    told = [course(reader.figures("unemployment"), "jobs", reader) for reader in (before, before, after)]
    assert made == ["jobs en"]
    assert told[0] == told[1] == told[2]


def test_what_rests_on_changed_figures_is_made_anew(readers: tuple[Reader, Reader]) -> None:
    before, after = readers
    told = [course(reader.figures("enterprises_using_ai"), "ai", reader) for reader in (before, after)]
    assert made == ["ai en", "ai en"]
    assert [release for release, _ in told] == [Plan().id, LATER.id]
    assert everything(before) != everything(after)


def test_readers_apart_in_language_country_colours_or_day_are_told_apart(
    readers: tuple[Reader, Reader],
) -> None:
    reader, _ = readers
    others = [
        reader,
        replace(reader, lang="fr"),
        replace(reader, country="FR"),
        replace(reader, look=DARK),
        replace(reader, day=date(2026, 1, 1)),
    ]
    for one in others:
        everything(one)
        everything(one)
    assert made == ["everything"] * len(others)


def test_arguments_are_told_apart(readers: tuple[Reader, Reader]) -> None:
    reader, _ = readers
    for title in ("a", "b", "a"):
        course(reader.figures("unemployment"), title, reader)
    course(reader.figures("sme_gap"), "a", reader)
    assert made == ["a en", "b en", "a en"]


def test_a_past_day_is_kept_for_its_release_alone(readers: tuple[Reader, Reader]) -> None:
    day = date(2026, 2, 28)
    for reader in readers:
        course(reader.figures("unemployment"), "then", replace(reader, day=day))
    assert made == ["then en", "then en"]


def test_an_answer_that_somebody_changes_is_changed_for_nobody_else(readers: tuple[Reader, Reader]) -> None:
    reader, _ = readers
    for ask in (lambda: reader.figures("unemployment"), lambda: data.captures(reader.release)):
        before = ask()
        spoilt = ask()
        spoilt.loc[:, spoilt.columns[0]] = "spoilt"
        spoilt["more"] = 1
        pd.testing.assert_frame_equal(ask(), before)


def test_every_indicator_of_a_release_has_a_state_of_its_own(readers: tuple[Reader, Reader]) -> None:
    before, after = (reader.release for reader in readers)
    changed = [name for name in indicators() if data.state(before, [name]) != data.state(after, [name])]
    assert changed == ["enterprises_using_ai"]
