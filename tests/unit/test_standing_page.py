"""The page on data and checks where people had a say: readers held at a release, captures decided on, rows that offend."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboards.text import plain
from indicators.words import LANGUAGES
from tests.releases import HOSTILE, Plan, build_release
from tests.unit.test_pages import opened, shown
from warehouse.pins import enter
from warehouse.read import DATABASE

OFFENDING = ["DE, 2025: 120", HOSTILE]


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home at which readers are held, with one decision and one check that names its rows."""
    home = tmp_path_factory.mktemp("decided")
    build_release(home)
    with duckdb.connect(str(home / "releases" / Plan().id / DATABASE)) as connection:
        connection.execute("ALTER TABLE captures ADD COLUMN decided_by VARCHAR DEFAULT ''")
        connection.execute("ALTER TABLE captures ADD COLUMN judged_at TIMESTAMPTZ")
        connection.execute(
            "UPDATE captures SET decided_by = 'ann', why = ?, judged_at = TIMESTAMPTZ '2026-02-28 09:00:00+00' "
            "WHERE view = 'eurostat.isoc_sks_itspt'",
            [HOSTILE],
        )
        connection.execute("ALTER TABLE checks ADD COLUMN capture VARCHAR DEFAULT ''")
        connection.execute("ALTER TABLE checks ADD COLUMN rows VARCHAR[]")
        connection.execute(
            "UPDATE checks SET rows = ?, capture = 'capture-isoc_e_dii-bad' WHERE NOT passed", [OFFENDING]
        )
    enter(home, Plan().id, "too few figures", "bob")
    return home


def test_readers_are_told_that_they_are_held_and_why(decided: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(decided))
    (warning,) = [one.value for one in opened("data").warning]
    assert warning.startswith("Readers are held at release ")
    assert warning.endswith(": too few figures")


def test_nobody_is_held_and_nothing_decided_where_no_person_had_a_say(
    small_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(small_home))
    app = opened("data")
    assert not app.warning
    assert "Decided by a person" not in shown(app)
    assert not [one for one in app.get("expander") if one.label.startswith("Offending rows")]


def test_a_decision_stands_with_its_reason_its_day_and_who_took_it(
    decided: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(decided))
    (table,) = [one.value for one in opened("data").table if "Decided by" in one.value.columns]
    row = {name: str(value).replace("\\", "") for name, value in table.iloc[0].items()}
    assert len(table) == 1
    assert (row["Table"], row["Decision"], row["Decided by"]) == (
        "eurostat.isoc_sks_itspt",
        "accepted",
        "ann",
    )
    assert row["Decided on"] == "28 Feb 2026"
    assert row["Why"] == HOSTILE
    assert table.iloc[0]["Why"] == plain(HOSTILE)


def test_offending_rows_are_named_below_their_check(decided: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(decided))
    (folded,) = [one for one in opened("data").get("expander") if one.label.startswith("Offending rows")]
    assert folded.label.replace("\\", "") == "Offending rows: isoc_e_dii, rows kept"
    assert folded.markdown[0].value.replace("\\", "") == "capture-isoc_e_dii-bad"
    rows = [str(value) for value in folded.table[0].value["Row"]]
    assert [row.replace("\\", "") for row in rows] == OFFENDING
    assert rows[1] == plain(HOSTILE)


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_what_people_decided_is_told_in_every_language(
    decided: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(decided))
    text = shown(opened("data", lang=lang))
    assert "too few figures" in text
    for english in ("Readers are held", "Decided by a person", "Offending rows"):
        assert english not in text
