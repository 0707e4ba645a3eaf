"""``observatory diff`` and ``figures --as-of`` on the real vintages, imported with their dates."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

import observatory
from observatory.console import ALL_WELL, NOTHING_PUBLISHED, WRONG_USAGE
from sources.settings import Settings
from warehouse.archive import Archive
from warehouse.release import releases

FIRST = """file,dataset,dated,full
estat_isoc_e_dii.tsv,isoc_e_dii,2025-01-26,yes
pstw_landscape_report_2024-11-26.csv,pstw_cases,2024-11-26,yes
pstw_dataset_2025-08-20.xlsx,pstw_cases,2025-08-20,yes
"""
SECOND = """file,dataset,dated,full
isoc_e_dii.csv.gz,isoc_e_dii,2026-03-28,no
pstw_dataset_2026-03-04.csv,pstw_cases,2026-03-04,yes
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """A home with two releases: the older vintages, then the newer ones."""
    folder = tmp_path_factory.mktemp("vintages")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OBSERVATORY_HOME", str(folder / "home"))
        for number, listed in enumerate((FIRST, SECOND)):
            part = folder / str(number)
            part.mkdir()
            (part / "captures.csv").write_text(listed)
            for name in (line.split(",")[0] for line in listed.splitlines()[1:]):
                shutil.copy(next(shared_data.rglob(name)), part / name)
            assert observatory.main(["import", str(part)]) == ALL_WELL
    return folder / "home"


@pytest.fixture
def home(published: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OBSERVATORY_HOME", str(published))
    return published


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert observatory.main(list(words)) == ALL_WELL
    return capsys.readouterr().out


def captures(home: Path, dataset: str) -> list[str]:
    own = [c for c in Archive(home).captures() if c.dataset == dataset and c.origin == "imported"]
    return [c.id for c in sorted(own, key=lambda c: str(c.known_from))]


def test_two_captures_name_every_cell_revised(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = captures(home, "isoc_e_dii")
    rows = list(csv.DictReader(io.StringIO(asked(capsys, "diff", old, new, "--format", "csv"))))
    revised = [row for row in rows if row["kind"] == "revised"]
    assert len(revised) == 61
    (union,) = [
        row
        for row in revised
        if (row["geo"], row["size_emp"], row["indic_is"]) == ("EU27_2020", "10-249", "E_DI3_GELO")
    ]
    assert (union["period"], union["old"], union["new"]) == ("2023", "57.7", "57.9")
    told = json.loads(asked(capsys, "diff", old[:-3], new[:-3], "--limit", "1", "--format", "json"))
    assert (told["datasets"][0]["compared"], len(told["datasets"][0]["rows"])) == (1488, 1)


def test_both_vintages_are_returned_by_their_days(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "figures",
        "smes_basic_digital_intensity",
        "--geo",
        "EU27_2020",
        "--period",
        "2023",
        "--format",
        "json",
    ]
    then, now = (json.loads(asked(capsys, *words, *more)) for more in (["--as-of", "2025-02-01"], []))
    assert (then[0]["value"], now[0]["value"]) == (57.7, 57.9)


def test_cases_are_counted_as_of_each_edition(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def count(geo: str, on: str) -> float:
        words = ["figures", "public_sector_ai_cases", "--geo", geo, "--as-of", on, "--format", "json"]
        (figure,) = json.loads(asked(capsys, *words))
        return float(figure["value"])

    assert [count("ALL", day) for day in ("2024-11-26", "2025-08-20", "2026-03-04")] == [1295, 1575, 1805]
    assert count("EU27_2020", "2024-12-31") == 1114


def test_the_editions_differ_by_records(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = captures(home, "pstw_cases")[-2:]
    (told,) = json.loads(asked(capsys, "diff", old, new, "--format", "json"))["datasets"]
    assert (told["added"], told["removed"], told["columns"]["status_spelled"]) == (330, 3, 73)
    assert told["columns"]["status"] == 72, "one status is only spelled otherwise: Pilot phase, then Pilot"
    assert "status: in_development → pilot" in asked(capsys, "diff", old, new, "--format", "csv")


def test_without_arguments_the_last_two_releases_are_compared(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first release has EU 10-249 of 2023 from the baseline already (57.90), so that 60 of the 61 cells differ."""
    told = json.loads(asked(capsys, "diff", "--format", "json"))
    first, second = (release.id for release in releases(home))
    assert (told["old"], told["new"]) == (f"release {first}", f"release {second}")
    tables = {table["dataset"]: table for table in told["datasets"]}
    assert (tables["isoc_e_dii"]["revised"], tables["pstw_cases"]["added"]) == (60, 330)
    assert told["figures"]["indicators"]["smes_basic_digital_intensity"]["moved"] == 2
    named = json.loads(asked(capsys, "diff", first[:15], second, "--format", "json"))
    assert named["figures"] == told["figures"]
    page = asked(capsys, "diff")
    assert "isoc_e_dii" in page
    assert "82.72" in page


def test_days_are_compared_with_now_and_with_each_other(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["diff", "--indicator", "public_sector_ai_cases", "--format", "csv", "--since", "2024-12-01"]
    for more, value in ((["--until", "2025-12-01"], "1575.0"), ([], "1805.0")):
        row = next(csv.DictReader(io.StringIO(asked(capsys, *words, *more))))
        assert (row["geo"], row["old_value"], row["new_value"]) == ("ALL", "1295.0", value)
    only = ["diff", "--dataset", "isoc_e_dii", "--since", "2025-02-01", "--format", "csv"]
    assert asked(capsys, *only).count("revised,") == 61


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["isoc_e_dii"], "diff compares two", WRONG_USAGE),
        (["nobody", "nothing"], "no release or capture nobody: see `observatory release list`", WRONG_USAGE),
        (["isoc_e_dii-", "isoc_e_dii-"], "say more", WRONG_USAGE),
        (["a", "b", "--since", "2025-01-01"], "not both", WRONG_USAGE),
        (["--until", "2025-01-01"], "--until goes with --since", WRONG_USAGE),
        (["--since", "2025-01-02", "--until", "2025-01-01"], "comes after", WRONG_USAGE),
        (["--since", "2999-01-01"], "is yet to come", WRONG_USAGE),
        (["--since", "2025-01-01", "--dataset", "isoc_e_di"], "did you mean isoc_e_dii?", WRONG_USAGE),
        (["--since", "2025-01-01", "--indicator", "sme_gab"], "did you mean sme_gap?", WRONG_USAGE),
    ],
)
def test_wrong_usage_is_told_in_one_line(
    home: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str, code: int
) -> None:
    assert observatory.main(["diff", *words]) == code
    assert said in capsys.readouterr().err


def test_captures_of_two_tables_cannot_be_compared(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    two = captures(home, "isoc_e_dii")[0], captures(home, "pstw_cases")[0]
    assert observatory.main(["diff", *two]) == WRONG_USAGE
    assert "two tables" in capsys.readouterr().err


def test_a_home_without_releases_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    assert Settings().home == tmp_path
    assert observatory.main(["diff"]) == NOTHING_PUBLISHED
    assert "observatory refresh" in capsys.readouterr().err
