"""Targets that users add: a wrong entry is refused by file and line, and nothing else is lost."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from indicators.targets import complaints, targets, targets_of
from pipelines.refresh import plan
from sources.curated import FOLDER, TARGETS, Curated
from sources.settings import Settings

OWN = {
    "target": "my_goal",
    "indicator": "enterprises_using_ai",
    "title": "Enterprises using AI in Austria",
    "geo": "AT",
    "year": "2030",
    "value": "60",
    "unit": "PC_ENT",
    "status": "political",
    "clause": "National strategy, chapter 2",
    "link": "https://example.invalid/strategy",
    "dated": "2026-03-31",
    "note": "",
}
OURS = len(list(csv.DictReader((FOLDER / "targets.csv").open(encoding="utf-8"))))


def write(path: Path, *rows: dict[str, str]) -> Curated:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TARGETS.columns)
        writer.writeheader()
        writer.writerows(rows)
    return Curated(own_targets=path)


def register(source: Curated, folder: Path) -> list[dict[str, object]]:
    retrieval = source.fetch(TARGETS, folder)
    with duckdb.connect() as connection:
        rows = source.parse(TARGETS, retrieval.content, connection).fetchall()
    return [dict(zip(TARGETS.columns, row, strict=True)) for row in rows]


def test_own_targets_stand_beside_ours(tmp_path: Path) -> None:
    source = write(tmp_path / "mine.csv", OWN)
    rows = register(source, tmp_path)
    assert len(rows) == OURS + 1
    (aim,) = targets_of(targets(rows), "enterprises_using_ai", "AT")
    assert (aim.value, aim.year, aim.status) == (60, "2030", "political")
    assert complaints(source) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"geo": "Austria"}, "the geo 'Austria' is none of EU27_2020, AT"),
        ({"year": "soon"}, "the year 'soon' is no year"),
        ({"value": "many"}, "value is no number"),
        ({"unit": "%"}, "the unit '%' is none of"),
        ({"status": "hoped"}, "the status 'hoped' is none of set"),
        ({"dated": "yesterday"}, "dated 'yesterday' is no date"),
        ({"link": "javascript:alert(1)"}, "does not begin with https://"),
        ({"clause": " "}, "clause is blank"),
        ({"target": "digital_decade_unicorns"}, "is there already"),
        ({"status": "set", "year": ""}, "a target that is set has a year"),
    ],
)
def test_a_wrong_entry_is_refused_by_its_line_and_the_others_stand(
    changes: dict[str, str], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    source = write(path, OWN, {**OWN, "target": "wrong", **changes}, {**OWN, "target": "third"})
    (line,) = complaints(source)
    assert line.startswith(f"{path}: line 3: ")
    assert said in line
    assert "correct this line" in line
    assert {row["target"] for row in register(source, tmp_path)} >= {
        "my_goal",
        "third",
        "digital_decade_unicorns",
    }
    assert len(register(source, tmp_path)) == OURS + 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"indicator": "enterprises_using_ia"}, "did you mean enterprises_using_ai?"),
        ({"indicator": "zzz"}, "see observatory indicators"),
        ({"unit": "PC"}, "give the value in PC_ENT"),
    ],
)
def test_a_target_that_fits_no_indicator_is_kept_but_compared_with_none(
    changes: dict[str, str], said: str, tmp_path: Path
) -> None:
    source = write(tmp_path / "mine.csv", {**OWN, **changes})
    (line,) = complaints(source)
    assert f"{tmp_path / 'mine.csv'}: line 2: " in line
    assert said in line
    (aim,) = [aim for aim in targets(register(source, tmp_path)) if aim.id == "my_goal"]
    assert aim.indicator == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"target,title\nx,y\n", "line 1: the header misses the column indicator"),
        (b"\xff\xfe\x00", "save it as CSV in UTF-8"),
        (b"", "line 1: the header misses the column"),
    ],
)
def test_a_file_that_is_no_such_table_costs_none_of_ours(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(content)
    source = Curated(own_targets=path)
    assert said in " ".join(complaints(source))
    assert len(register(source, tmp_path)) == OURS


def test_the_file_is_the_one_that_is_named_or_lies_in_the_home(tmp_path: Path) -> None:
    assert Settings(home=tmp_path).own_targets is None
    usual = tmp_path / "targets.csv"
    write(usual, OWN)
    assert Settings(home=tmp_path).own_targets == usual
    assert Settings(home=tmp_path, targets=tmp_path / "other.csv").own_targets == tmp_path / "other.csv"


def test_a_refresh_says_what_is_refused_and_takes_the_rest(tmp_path: Path) -> None:
    missing = plan(Settings(home=tmp_path, offline=True, targets=tmp_path / "none.csv"))
    assert any("none.csv: it cannot be read" in line for line in missing.problems)
    write(tmp_path / "targets.csv", OWN, {**OWN, "target": "wrong", "year": "x"})
    planned = plan(Settings(home=tmp_path, offline=True))
    assert "curated_targets" in planned.fetch
    assert [line for line in planned.problems if "targets.csv: line 3: " in line]
