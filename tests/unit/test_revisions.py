"""What changed between two states of a table, and which figures moved between two releases or days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

from indicators.compute import history
from sources.eurostat import Eurostat
from sources.model import Capture
from sources.pstw import PublicSectorTechWatch
from sources.settings import Settings
from tests.toys import CASES, NOON, TOY, state
from tests.unit.test_release import INDICATOR, release
from warehouse.changes import CHANGES, changes
from warehouse.contents import Contents
from warehouse.feed import ATOM, FEED, headline, lines
from warehouse.moves import Statement, moves
from warehouse.read import DATABASE
from warehouse.release import publish
from warehouse.revisions import Revisions, revisions
from warehouse.vintages import Layer, State, Timeline

LATER = datetime(2026, 6, 1, tzinfo=UTC)


def compared(folder: Path, old: Sequence[str], new: Sequence[str], **options: bool) -> Revisions:
    return revisions(state(folder, old, name="old"), state(folder, new, name="new"), **options)


def kinds(found: Revisions) -> dict[str, int]:
    return {kind: count for kind, count in found.kinds.items() if count}


def told(found: Revisions, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in columns) for row in found.rows.to_dict("records")]


def test_cells_are_revised_added_withdrawn_and_flagged_the_largest_change_first(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        [
            "ALL,DE,2024,5.1,,",
            "ALL,DE,2025,6.1,,",
            "ALL,FR,2024,7.1,,",
            "ALL,IT,2024,8.1,,",
            "ALL,AT,2024,,u,",
        ],
        [
            "ALL,DE,2024,5.3,,",
            "ALL,DE,2025,9.1,p,",
            "ALL,FR,2024,7.1,b,C",
            "ALL,ES,2024,4.1,,",
            "ALL,AT,2024,1.1,,",
        ],
    )
    assert found.compared == 3
    assert told(found, "kind", "geo", "period") == [
        ("revised", "DE", "2025"),
        ("revised", "DE", "2024"),
        ("flags changed", "FR", "2024"),
        ("withdrawn", "IT", "2024"),
        ("added", "AT", "2024"),
        ("added", "ES", "2024"),
    ]
    assert told(found, "old", "new", "change", "old_flags", "new_flags")[0] == (6.1, 9.1, 3.0, "", "p")
    assert told(found, "old_confidentiality", "new_confidentiality")[2] == ("", "C")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("57.7", "57.68", "rounding"),
        (
            "57.7",
            "57.75",
            "rounding",
        ),  # half a unit is not more than rounding, though the floats differ by more
        ("57.7", "57.65", "rounding"),
        ("57.7", "57.76", "revised"),
        ("57.68", "57.7", "revised"),
        ("57.7", "57.8", "revised"),
    ],
)
def test_more_than_rounding_is_measured_by_the_coarser_table(
    tmp_path: Path, old: str, new: str, kind: str
) -> None:
    two_decimals = "ALL,FR,2025,1.23,,"
    before = ["ALL,FR,2025,1.2,,"] if len(old) == 4 else [two_decimals]
    found = compared(tmp_path, [f"ALL,DE,2025,{old},,", *before], [f"ALL,DE,2025,{new},,", two_decimals])
    assert [row[1] for row in told(found, "geo", "kind") if row[0] == "DE"] == [kind]


def test_decimals_are_those_of_the_unit_and_of_each_capture(tmp_path: Path) -> None:
    """Given: a table in one decimal with a part in two decimals over it; a value ending in 0 is of its table's."""
    dataset = replace(TOY, dimensions=("unit",))
    low = state(tmp_path, ["PC,DE,2025,57.7,,", "PC,FR,2025,9.7,,"], dataset, name="low")
    part = state(
        tmp_path,
        ["PC,DE,2025,57.9,,", "PC,IT,2025,1.23,,", "THS,IT,2025,7,,"],
        dataset,
        "partial",
        name="part",
    )
    over = State(dataset, (*part.layers, *low.layers))
    assert kinds(revisions(low, over)) == {"revised": 1, "added": 2}
    top = state(
        tmp_path, ["PC,DE,2025,57.91,,", "PC,FR,2025,9.68,,", "THS,IT,2025,7.4,,"], dataset, name="top"
    )
    found = revisions(over, top)
    assert told(found, "kind", "unit", "geo") == [
        ("revised", "PC", "DE"),
        ("withdrawn", "PC", "IT"),
        ("rounding", "THS", "IT"),
        ("rounding", "PC", "FR"),
    ]


def test_what_a_part_lacks_is_not_withdrawn(tmp_path: Path) -> None:
    old, new = ["ALL,DE,2025,5.1,,", "ALL,FR,2025,6.1,,"], ["ALL,DE,2025,5.4,,"]
    assert kinds(compared(tmp_path, old, new)) == {"revised": 1, "withdrawn": 1}
    assert kinds(compared(tmp_path, old, new, withdrawals=False)) == {"revised": 1}


def test_a_limit_bounds_the_rows_and_not_the_counts(tmp_path: Path) -> None:
    before, after = ([f"ALL,DE,{year},{value},," for year in range(2000, 2009)] for value in (1, 2))
    found = revisions(state(tmp_path, before, name="a"), state(tmp_path, after, name="b"), limit=2)
    assert (len(found.rows), found.kinds["revised"]) == (2, 9)


def test_of_a_table_known_on_one_side_only_all_is_added_or_withdrawn(tmp_path: Path) -> None:
    known = state(tmp_path, ["ALL,DE,2025,5,,", "ALL,FR,2025,,u,"])
    assert kinds(revisions(None, known)) == {"added": 2}
    assert kinds(revisions(known, None)) == {"withdrawn": 2}


def test_records_are_added_removed_and_edited_by_column(tmp_path: Path) -> None:
    old = state(tmp_path, ["1,DE,ai,pilot", "2,FR,ai,pilot", "3,IT,ai,planned"], CASES, name="old")
    new = state(tmp_path, ["1,DE,ai,live", "2,FR,ai,pilot", "4,ES,x,live"], CASES, name="new")
    found = revisions(old, new)
    assert (found.compared, dict(found.kinds), dict(found.columns)) == (
        2,
        {"edited": 1, "removed": 1, "added": 1},
        {"status": 1},
    )
    assert told(found, "kind", "case") == [("edited", "1"), ("removed", "3"), ("added", "4")]
    assert list(found.rows["edits"].iloc[0]) == [{"column": "status", "old": "pilot", "new": "live"}]


def parsed(folder: Path, source: object, name: str, dataset: str, file: Path, scope: str) -> State:
    """The state that a real file makes by itself."""
    table, found = folder / f"{name}.parquet", next(d for d in source.datasets if d.id == dataset)  # type: ignore[attr-defined]
    with duckdb.connect() as connection:
        source.parse(found, file, connection).write_parquet(str(table))  # type: ignore[attr-defined]
    capture = Capture(name, dataset, "", NOON, NOON, None, name, 1, "", scope, "imported", "accepted")  # type: ignore[arg-type]
    return State(found, (Layer(capture, table),))


def test_the_two_vintages_of_the_digital_intensity_index(tmp_path: Path, shared_data: Path) -> None:
    source, folder = Eurostat(Settings(offline=True)), shared_data / "eurostat"
    old = parsed(tmp_path, source, "old", "isoc_e_dii", folder / "estat_isoc_e_dii.tsv", "full")
    new = parsed(tmp_path, source, "new", "isoc_e_dii", folder / "isoc_e_dii.csv.gz", "partial")
    found = revisions(old, new, withdrawals=False)
    assert (found.compared, found.kinds["revised"], found.kinds["withdrawn"]) == (1488, 61, 0)
    columns = ("kind", "size_emp", "indic_is", "geo", "period", "old", "new")
    assert ("revised", "10-249", "E_DI3_GELO", "EU27_2020", "2023", 57.7, 57.9) in told(found, *columns)


def test_the_two_last_editions_of_the_public_sector_cases(tmp_path: Path, shared_data: Path) -> None:
    """72 coded statuses; the 73rd that the files differ in is "Pilot phase", now spelt "Pilot" (PSTW-2611)."""
    source, folder = PublicSectorTechWatch(Settings(offline=True)), shared_data / "pstw"
    old = parsed(tmp_path, source, "old", "pstw_cases", folder / "pstw_dataset_2025-08-20.xlsx", "full")
    new = parsed(tmp_path, source, "new", "pstw_cases", folder / "pstw_dataset_2026-03-04.csv", "full")
    found = revisions(old, new)
    assert (found.kinds["added"], found.kinds["removed"], found.columns["status"]) == (330, 3, 72)


def database(home: Path, identifier: str) -> Path:
    return home / "releases" / identifier / DATABASE


def test_figures_move_appear_and_vanish_between_releases(tmp_path: Path) -> None:
    first = release(
        tmp_path, ["ALL,DE,2025,5.1,,", "ALL,FR,2025,6.1,,", "ALL,IT,2025,7.1,,", "ALL,AT,2025,,u,"], "c1"
    )
    second = release(
        tmp_path, ["ALL,DE,2025,8.1,,", "ALL,FR,2025,6.1,b,", "ALL,ES,2025,7.1,,", "ALL,AT,2025,1.1,,"], "c2"
    )
    found = moves(*(Statement(database(tmp_path, one.id)) for one in (first, second)))
    rows = [(row["kind"], row["geo"]) for row in found.rows.to_dict("records")]
    assert rows == [
        ("moved", "DE"),
        ("vanished", "IT"),
        ("appeared", "AT"),
        ("appeared", "ES"),
        ("flags changed", "FR"),
    ]
    assert found.count("appeared") == 2
    assert found.rows["change"].iloc[0] == 3
    assert moves(*(Statement(database(tmp_path, one.id)) for one in (first, first))).kinds == {}


def history_of(home: Path, steps: Sequence[tuple[datetime, Sequence[str]]]) -> str:
    """A release whose table had these rows from these moments on."""
    known = [
        (moment, state(home, rows, name=f"step{number}", known_from=moment))
        for number, (moment, rows) in enumerate(steps)
    ]
    timelines = {"toy": Timeline(TOY, tuple(known))}
    captures = [held.layers[0].capture for _, held in known]
    figures = history(home, INDICATOR, timelines, "700MB")
    return publish(home, Contents("1.0", [TOY], captures, timelines, [figures], [], [])).id


def test_figures_move_between_two_days_of_one_release(tmp_path: Path) -> None:
    two = "ALL,FR,2025,1.23,,"
    made = history_of(tmp_path, [(NOON, ["ALL,DE,2025,5.1,,"]), (LATER, ["ALL,DE,2025,5.13,,", two])])
    at = database(tmp_path, made)
    assert moves(Statement(at, NOON.date()), Statement(at, LATER.date())).kinds["toy"]["rounding"] == 1
    assert moves(Statement(at, date(2025, 1, 1)), Statement(at)).kinds["toy"]["appeared"] == 2
    assert moves(Statement(at, LATER.date()), Statement(at)).kinds == {}
    assert moves(Statement(at, NOON.date()), Statement(at), indicators=["other"]).kinds == {}


def test_editions_of_a_count_are_one_course(tmp_path: Path) -> None:
    made = history_of(tmp_path, [(NOON, ["ALL,DE,2026-01-02,5,,"]), (LATER, ["ALL,DE,2026-06-01,9,,"])])
    at = database(tmp_path, made)
    (row,) = moves(Statement(at, NOON.date()), Statement(at)).rows.to_dict("records")
    assert (row["kind"], row["old_period"], row["new_period"], row["change"]) == (
        "moved",
        "2026-01-02",
        "2026-06-01",
        4,
    )


def test_each_release_tells_what_it_changed_and_the_feed_tells_of_all(tmp_path: Path) -> None:
    first = release(tmp_path, ["ALL,DE,2025,5.1,,"], "c1")
    name = entries(tmp_path)[0]
    second = release(tmp_path, ["ALL,DE,2025,8.1,,", "ALL,<b>,2025,1.1,,"], "c2")
    newest, oldest = changes(tmp_path)
    assert (newest.release, newest.previous, oldest.release, oldest.previous) == (
        second.id,
        first.id,
        first.id,
        "",
    )
    assert newest.created_at == second.created_at
    (table,) = newest.datasets
    assert (table.dataset, table.kinds["revised"], table.kinds["added"]) == ("toy", 1, 1)
    assert newest.figures[0].largest[0]["new_value"] == 8.1
    assert headline(newest) == "figures moved: 1, appeared: 1, vanished: 0"
    assert any("DE, 2025: 5.1 → 8.1 PC_ENT" in line for line in lines(newest))
    known, *entry = entries(tmp_path)
    assert known == name
    assert [second.id in entry[0], first.id in entry[1]] == [True, True]


def entries(home: Path) -> list[str]:
    """The feed's id, then each entry's title; every element that Atom requires is there, and no id twice."""
    feed = ElementTree.parse(home / FEED).getroot()  # noqa: S314 - our own
    tag = f"{{{ATOM}}}"
    found = feed.findall(f"{tag}entry")
    names = [str(part.findtext(f"{tag}id")) for part in (feed, *found)]
    assert len(set(names)) == len(names)
    assert all(name.startswith("urn:uuid:") for name in names)
    for part in (feed, *found):
        assert part.findtext(f"{tag}title")
        assert datetime.fromisoformat(str(part.findtext(f"{tag}updated"))).tzinfo
    assert feed.findtext(f"{tag}author/{tag}name")
    assert all(part.findtext(f"{tag}content") for part in found)
    return [names[0], *(str(part.findtext(f"{tag}title")) for part in found)]


def test_tables_whose_captures_are_the_same_are_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(tmp_path, ["ALL,DE,2025,5.1,,"], "c1")
    history_of(tmp_path, [(NOON, ["ALL,DE,2025,5.1,,"])])
    before = changes(tmp_path)[0]
    assert [table.dataset for table in before.datasets] == ["toy"]
    held = state(tmp_path, ["ALL,DE,2025,5.1,,"], name="step0")
    known = {"toy": Timeline(TOY, ((NOON, held),))}
    figures = history(tmp_path, INDICATOR, known, "700MB")
    publish(tmp_path, Contents("2.0", [TOY], [held.layers[0].capture], known, [figures], [], []))
    newest = changes(tmp_path)[0]
    assert (newest.datasets, newest.code_version, newest.previous_code_version) == ((), "2.0", "1.0")
    assert headline(newest) == "no figure moved"


@pytest.mark.fault("publish", "a tidy table gone from the disk", expected="named; stops no release")
def test_a_table_that_is_gone_from_the_disk_is_named_and_stops_no_release(tmp_path: Path) -> None:
    release(tmp_path, ["ALL,DE,2025,5.1,,"], "c1")
    (tmp_path / "c1.parquet").unlink()
    made = release(tmp_path, ["ALL,DE,2025,8.1,,"], "c2")
    (table,) = changes(tmp_path)[0].datasets
    assert "c1.parquet" in table.fault
    assert (tmp_path / "releases" / made.id / CHANGES).exists()


@pytest.mark.fault(
    "publish", "a release that was spoilt on disk", expected="the next refresh publishes a whole one"
)
def test_a_spoilt_release_is_mended_by_the_next_one(tmp_path: Path) -> None:
    first = release(tmp_path, ["ALL,DE,2025,5.1,,"], "c1")
    database(tmp_path, first.id).write_bytes(b"spoilt" * 1000)
    release(tmp_path, ["ALL,DE,2025,8.1,,"], "c2")
    newest = changes(tmp_path)[0]
    assert first.id in newest.fault
    assert headline(newest) == "not compared"
    assert lines(newest) == [f"Release {first.id} could not be read: {newest.fault}"]


@pytest.mark.fault("publish", "a spoilt feed of releases", expected="written anew")
def test_a_feed_that_somebody_spoilt_is_written_anew(tmp_path: Path) -> None:
    release(tmp_path, ["ALL,DE,2025,5.1,,"], "c1")
    (tmp_path / FEED).write_text("<feed")
    release(tmp_path, ["ALL,DE,2025,8.1,,"], "c2")
    assert len(entries(tmp_path)) == 3
