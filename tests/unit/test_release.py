"""A release is built aside, named, then pointed to; readers move on and never see a part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import duckdb
import pytest

from indicators.compute import history
from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from tests.toys import NOON, TOY, state
from warehouse.contents import Contents
from warehouse.model import Check, Release
from warehouse.read import NoRelease, current, open_release
from warehouse.release import manifest, publish, releases
from warehouse.vintages import Timeline

INDICATOR = Indicator(
    id="toy",
    title="Toy",
    question="?",
    theme="enterprises",
    unit="PC_ENT",
    better="up",
    method="",
    caveats=(),
    formula=Slice("toy", {"size": "ALL"}, unit="PC_ENT"),
    bounds=(0, 100),
    coverage=Coverage(27, "2000"),
    witness=Witness("DE", "2025", 1, "nobody", date(2026, 1, 2)),
)


def release(home: Path, rows: Sequence[str], name: str, checks: Sequence[Check] = ()) -> Release:
    held = state(home, rows, scope="partial", name=name)
    known = {"toy": Timeline(TOY, ((NOON, held),))}
    figures = history(home, INDICATOR, known, "700MB")
    capture = held.layers[0].capture
    return publish(home, Contents("1.0", [TOY], [capture], known, [figures], checks, []))


def test_a_release_holds_figures_captures_checks_and_source_tables(tmp_path: Path) -> None:
    check = Check("toy", "keys", True, "error", "no key twice")
    made = release(tmp_path, ["ALL,DE,2025,5,b,"], "c1", [check])
    opened = open_release(tmp_path)
    assert opened.id == made.id == current(tmp_path)
    figure = opened.query("SELECT value, flags, captures FROM figures WHERE geo = ?", ["DE"]).iloc[0]
    assert (figure["value"], figure["flags"], list(figure["captures"])) == (5, "b", ["c1"])
    assert opened.query("SELECT used, view, publisher FROM captures").values.tolist() == [
        [True, "toys.toy", "Nobody"]
    ]
    assert opened.query("SELECT name, passed FROM checks").values.tolist() == [["keys", True]]
    assert opened.query("SELECT value FROM toys.toy").values.tolist() == [[5]]
    assert opened.has("toys.toy")
    assert not opened.has("toys.cases")
    assert manifest(tmp_path, made.id) == made


def test_nothing_new_publishes_nothing(tmp_path: Path) -> None:
    first = release(tmp_path, ["ALL,DE,2025,5,,"], "c1")
    assert release(tmp_path, ["ALL,DE,2025,5,,"], "c1") == first
    second = release(tmp_path, ["ALL,DE,2025,6,,"], "c2")
    assert [r.id for r in releases(tmp_path)] == [first.id, second.id]
    assert second.previous == first.id
    assert second.figures_digest != first.figures_digest


def test_releases_of_one_second_have_names_in_their_order(tmp_path: Path) -> None:
    made = [release(tmp_path, ["ALL,DE,2025,5,,"], f"c{number}").id for number in range(4)]
    assert [one.id for one in releases(tmp_path)] == made == sorted(set(made))
    assert current(tmp_path) == made[-1]


@pytest.mark.fault(
    "publish", "building a release fails", expected="the current release stays; nothing is left behind"
)
def test_a_build_that_fails_leaves_the_current_release_and_no_rubbish(tmp_path: Path) -> None:
    first = release(tmp_path, ["ALL,DE,2025,5,,"], "c1")
    with pytest.raises(duckdb.Error):
        publish(tmp_path, Contents("1.0", [TOY], [], {}, [tmp_path / "gone.parquet"], [], []))
    assert current(tmp_path) == first.id
    assert [p.name for p in (tmp_path / "releases").iterdir()] == [first.id]


def test_an_open_reader_keeps_its_release_and_a_new_one_gets_the_next(tmp_path: Path) -> None:
    release(tmp_path, ["ALL,DE,2025,5,,"], "c1")
    before = open_release(tmp_path)
    release(tmp_path, ["ALL,DE,2025,6,,"], "c2")
    values = [r.query("SELECT value FROM figures").iloc[0, 0] for r in (before, open_release(tmp_path))]
    assert values == [5, 6]


def test_a_home_that_was_moved_can_still_be_read(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    release(old, ["ALL,DE,2025,5,,"], "c1")
    old.rename(new)
    assert open_release(new).query("SELECT value FROM toys.toy").values.tolist() == [[5]]


@pytest.mark.parametrize("pointer", ["", "no-such-release", "../releases"])
@pytest.mark.fault(
    "publish", "a pointer that names nothing", expected="the line says what to run; the next refresh mends it"
)
def test_a_pointer_that_names_nothing_is_mended_by_the_next_release(tmp_path: Path, pointer: str) -> None:
    made = release(tmp_path, ["ALL,DE,2025,5,,"], "c1")
    (tmp_path / "current").write_text(pointer)
    assert current(tmp_path) is None
    with pytest.raises(NoRelease, match="observatory refresh"):
        open_release(tmp_path)
    release(tmp_path, ["ALL,DE,2025,5,,"], "c1")
    assert manifest(tmp_path, str(current(tmp_path))).figures_digest == made.figures_digest


@pytest.mark.fault("read", "releases published under readers", expected="every reader sees one whole release")
def test_readers_never_see_a_torn_release_while_others_publish(tmp_path: Path) -> None:
    release(tmp_path, ["ALL,DE,2025,0,,", "ALL,FR,2025,0,,"], "c0")
    stop, seen, errors = Signal(), set(), []

    def read() -> None:
        while not stop.is_set():
            try:
                values = open_release(tmp_path).query("SELECT value FROM figures")["value"]
                seen.add(tuple(values))
            except Exception as error:
                errors.append(error)

    readers = [Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(1, 6):
        release(tmp_path, [f"ALL,DE,2025,{number},,", f"ALL,FR,2025,{number},,"], f"c{number}")
    stop.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert len(seen) > 1
    assert all(german == french for german, french in seen)


@pytest.mark.fault(
    "read", "a release that another code version wrote", expected="never read; the line says what to run"
)
def test_a_release_of_another_format_is_named_and_never_read(tmp_path: Path) -> None:
    made = release(tmp_path, ["ALL,DE,2025,5,,"], "c1")
    path = tmp_path / "releases" / made.id / "release.json"
    older = tmp_path / "releases" / "20200101T000000Z-000000"
    older.mkdir()
    (older / "release.json").write_text(path.read_text().replace('"format": 2', '"format": 1'))
    (older / "observatory.duckdb").touch()
    (tmp_path / "current").write_text(older.name)
    assert current(tmp_path) is None
    with pytest.raises(NoRelease, match="refresh --offline"):
        open_release(tmp_path, older.name)
    assert [one.id for one in releases(tmp_path)] == [made.id]


def test_a_release_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoRelease, match="observatory refresh"):
        open_release(tmp_path)
    with pytest.raises(NoRelease, match=r"no release \.\./x"):
        open_release(tmp_path, "../x")
