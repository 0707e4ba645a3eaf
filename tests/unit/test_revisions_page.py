"""The page of revisions: the course of one figure, kept in the address, and what each release changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashboards import courses
from dashboards.charts.look import LIGHT
from dashboards.charts.vintages import vintages
from dashboards.courses import Part
from indicators.words import LANGUAGES
from tests.releases import HOSTILE, build_release
from tests.unit.test_pages import NEVER, opened, shown
from warehouse.changes import CHANGES, Changes, FigureChange, TableChange, write
from warehouse.read import DATABASE, open_release

JANUARY, MARCH, JUNE = (datetime(2025, month, 1, tzinfo=UTC) for month in (1, 3, 6))
RELEASED = datetime(2026, 2, 27, 11, tzinfo=UTC)
COLUMNS = "period value flags known_from known_to status".split()


def rewrite(home: Path, identifier: str, rows: list[tuple[Any, ...]], indicator: str) -> None:
    """Replace what the release knows of the EU's figure of an indicator by these rows."""
    with duckdb.connect(str(home / "releases" / identifier / DATABASE)) as connection:
        whole = "indicator = ? AND geo = 'EU27_2020' AND breakdown = ''"
        like = connection.execute(f"SELECT * FROM figures WHERE {whole} LIMIT 1", [indicator]).df()
        connection.execute(f"DELETE FROM figures WHERE {whole}", [indicator])
        frame = pd.concat([like] * len(rows), ignore_index=True)
        frame[COLUMNS] = pd.DataFrame(rows, columns=COLUMNS).astype(object)
        connection.register("frame", frame)
        connection.execute("INSERT INTO figures BY NAME SELECT * FROM frame")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose release knows a figure that was revised, withdrawn, and stated anew with a flag."""
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    made = build_release(tmp_path)
    rewrite(
        tmp_path,
        made,
        [
            ("2023", 57.7, "", JANUARY, MARCH, "measured"),
            ("2023", 57.9, "p", JUNE, None, "measured"),
            ("2024", 72.9, "", JUNE, None, "measured"),
        ],
        "smes_basic_digital_intensity",
    )
    rewrite(
        tmp_path,
        made,
        [
            ("2025-01-01", 1575, "", JANUARY, JUNE, "measured"),
            ("2025-06-01", 1805, "", JUNE, None, "measured"),
        ],
        "public_sector_ai_cases",
    )
    kinds = {"moved": 1, "appeared": 2}
    row = {
        "kind": "moved",
        "indicator": "smes_basic_digital_intensity",
        "geo": "NL",
        "breakdown": "",
        "member": "",
    }
    sides = {"period": "2023", "value": 78.6, "low": None, "high": None, "flags": "", "status": "measured"}
    move = (
        row
        | {"unit": "PC_ENT"}
        | {f"{side}_{name}": value for side in ("old", "new") for name, value in sides.items()}
    )
    change = Changes(
        made,
        RELEASED,
        "20260101T000000Z-000000",
        "2",
        "1",
        [TableChange("isoc_e_dii", 3, {"revised": 61}), TableChange("une_rt_m", fault=HOSTILE)],
        [FigureChange("smes_basic_digital_intensity", kinds, [move | {"new_value": 82.72}])],
    )
    write(tmp_path / "releases" / made / CHANGES, change)
    return tmp_path


ASKED = {"figure": "smes_basic_digital_intensity", "when": "2023"}


def test_the_course_of_a_figure_is_told_in_words_and_as_a_table(home: Path) -> None:
    text = shown(opened("revisions", **ASKED))
    assert "SMEs with at least basic digital intensity, EU, 2023" in text
    assert "57.70 % as known on 1 Jan 2025. 57.90 % (provisional) as known on 1 Jun 2025." in text
    assert "+0.20 points" in text
    assert "1 Mar 2025" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_speaks_every_language_and_never_says_nan(home: Path, lang: str) -> None:
    text = shown(opened("revisions", lang=lang, **ASKED))
    assert NEVER.search(text) is None, NEVER.search(text)


def test_editions_of_a_count_are_one_course(home: Path) -> None:
    text = shown(opened("revisions", figure="public_sector_ai_cases", where="EU27_2020"))
    assert "1,575 cases as known on 1 Jan 2025. 1,805 cases as known on 1 Jun 2025." in text
    assert "Changes of its value: 1." in text


def test_the_past_knows_nothing_of_what_came_later(home: Path) -> None:
    text = shown(opened("revisions", as_of="2025-02-01", **ASKED))
    assert "57.70 %" in text
    assert "57.90 %" not in text
    assert "withdrawn" not in text
    assert "It was withdrawn on" not in shown(opened("revisions", **ASKED))


@pytest.mark.parametrize("value", ["<b onclick=1>nobody</b>", "../..", "' OR 1=1 --"])
def test_an_address_that_asks_for_what_is_not_there_shows_the_page(home: Path, value: str) -> None:
    app = opened("revisions", **dict.fromkeys(("figure", "where", "when", "part"), value))
    assert value not in shown(app)
    assert app.selectbox(key="revisions-figure").value in (
        "smes_basic_digital_intensity",
        "public_sector_ai_cases",
    )
    assert value not in str(dict(app.query_params))


def test_the_choice_is_kept_in_the_address(home: Path) -> None:
    app = opened("revisions")
    app.selectbox(key="revisions-figure").set_value("smes_basic_digital_intensity").run()
    app.selectbox(key="revisions-when").set_value("2023").run()
    assert "57.70 %" in shown(app)
    assert "2023" in app.query_params["when"]


def test_releases_tell_their_changes_and_the_feed_is_linked(home: Path) -> None:
    app = opened("revisions")
    text = shown(app)
    assert any("moved: 1, appeared: 2" in expander.label.replace("\\", "") for expander in app.expander)
    assert "revised: 61" in text
    assert "82.72 %" in text
    assert "](feed.xml)" in text
    assert HOSTILE in text.replace(r"\\", "")  # as text, with every sign of Markdown disarmed


def test_nothing_is_drawn_from_what_was_withdrawn_to_what_came_later(home: Path) -> None:
    part = Part("smes_basic_digital_intensity", "EU27_2020")
    rows = courses.course(open_release(home), part, "2023")
    line, marks = vintages(rows, RELEASED, LIGHT, "en").data
    assert list(line.y) == [57.7, 57.7, None, 57.9, 57.9]
    assert [pd.Timestamp(x) for x in line.x] == [JANUARY, MARCH, MARCH, JUNE, RELEASED]
    assert list(marks.marker.symbol) == ["circle", "circle-open"]
    assert "provisional" in marks.customdata[1]


def test_what_rests_on_undated_captures_begins_before_all_others(home: Path) -> None:
    part = Part("smes_basic_digital_intensity", "EU27_2020")
    rows = courses.course(open_release(home), part, "2023")
    rows.loc[0, "known_from"] = pd.NaT
    line, _ = vintages(rows, RELEASED, LIGHT, "en").data
    assert pd.Timestamp(line.x[0]) < JUNE
    alone = rows.iloc[:1].assign(known_to=pd.NaT)
    assert len(vintages(alone, RELEASED, LIGHT, "en").data[0].x) == 2


def test_periods_of_a_count_of_cases_are_not_chosen(home: Path) -> None:
    release, part = open_release(home), Part("public_sector_ai_cases", "EU27_2020")
    assert courses.periods(release, part) == []
    assert courses.periods(release, replace(part, indicator="smes_basic_digital_intensity")) == [
        "2024",
        "2023",
    ]
