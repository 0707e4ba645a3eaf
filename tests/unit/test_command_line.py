"""The command line in process: what it prints, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

import observatory
from observatory.catalogue import FIGURE_COLUMNS
from observatory.console import ALL_WELL, NOTHING_PUBLISHED, WITH_PROBLEMS, WRONG_USAGE
from sources.model import Retrieval
from sources.registry import datasets
from sources.settings import Settings
from tests.toys import retrieval
from warehouse.archive import Archive
from warehouse.model import Check
from warehouse.read import current, latest

HEADER = "freq,size_emp,nace_r2,indic_is,unit,geo\\TIME_PERIOD\t2024 \t2025 \n"
CELL = "A,{size},C10-S951_X_K,E_AI_TANY,PC_ENT,{geo}\t{before}\t{now}\n"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the baseline and one imported table of two countries and the EU."""
    folder = tmp_path_factory.mktemp("published")
    table = folder / "isoc_eb_ai.tsv"
    table.write_text(
        HEADER
        + CELL.format(size="GE10", geo="EU27_2020", before="13.48 ", now="19.95 ")
        + CELL.format(size="GE10", geo="DK", before="27.58 b", now="42.03 ")
        + CELL.format(size="GE10", geo="MT", before=": u", now="21.56 ")
    )
    (folder / "broken.tsv").write_text("")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OBSERVATORY_HOME", str(folder / "home"))
        command = ["import", str(table), str(folder / "broken.tsv"), "--dated", "2026-10-30"]
        assert observatory.main(command) == WITH_PROBLEMS
    return folder / "home"


@pytest.fixture
def home(published: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OBSERVATORY_HOME", str(published))
    return published


@pytest.fixture
def changed(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that home, for one test to change."""
    copy = tmp_path / "home"
    shutil.copytree(published, copy)
    monkeypatch.setenv("OBSERVATORY_HOME", str(copy))
    return copy


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_figures_are_printed_with_flags(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = observatory.main(["figures", "enterprises_using_ai", "--geo", "DK", "--format", "csv"])
    assert code == ALL_WELL
    found = {row["period"]: row for row in rows(capsys.readouterr().out)}
    assert list(found["2024"]) == FIGURE_COLUMNS
    assert (found["2024"]["value"], found["2024"]["flags"]) == ("27.58", "b")
    assert found["2025"]["value"] == "42.03"
    assert found["2025"]["release"] == current(home)


def test_a_suppressed_figure_has_no_value_and_says_why(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["figures", "enterprises_using_ai", "--geo", "MT", "--period", "2024", "--format", "json"]
    assert observatory.main(arguments) == ALL_WELL
    (figure,) = json.loads(capsys.readouterr().out)
    assert (figure["value"], figure["flags"], figure["status"]) == (None, "u", "not publishable")


def test_nothing_new_starts_no_run(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = current(home)
    assert observatory.main(["refresh", "--offline"]) == ALL_WELL
    assert "Nothing new" in capsys.readouterr().err
    assert current(home) == before


def test_a_file_that_cannot_be_read_leaves_the_release(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = current(home)
    bad = tmp_path / "isoc_eb_ai.tsv"
    bad.write_text("<html>Sorry</html>")
    assert observatory.main(["import", str(bad)]) == WITH_PROBLEMS
    refused = [line for line in capsys.readouterr().err.splitlines() if line.startswith("refused")]
    assert len(refused) == 1
    assert "isoc_eb_ai.tsv: isoc_eb_ai: it is a web page" in refused[0]
    assert current(home) == before


def test_the_catalogue_says_what_is_measured(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert observatory.main(["indicators", "--theme", "enterprises", "--format", "csv"]) == 0
    states = {row["id"]: (row["state"], row["waits_for"]) for row in rows(capsys.readouterr().out)}
    assert states["enterprises_using_ai"] == ("measured", "")
    assert states["number_of_enterprises_using_ai"] == ("not measured yet", "sbs_sc_ovw")
    assert states["ai_bias_checks"] == ("not measured yet", "isoc_eb_ai")


@pytest.mark.parametrize(
    "command", ["release list", "release show", "capture list", "status", "status --json"]
)
def test_what_is_kept_can_be_listed(home: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert observatory.main(command.split()) == ALL_WELL
    assert capsys.readouterr().out.strip()


def test_no_text_of_a_printed_csv_starts_a_formula(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    content = tmp_path / "a.csv"
    content.write_text("x")
    got = Retrieval(content, "file:a.csv", datetime.now(UTC), "text/csv")
    dataset = datasets(Settings(home=tmp_path))["pstw_cases"]
    capture = Archive(tmp_path).add(dataset, got, scope="full", origin="imported", known_from=None)
    Archive(tmp_path).judge(capture, "held back", "=HYPERLINK(1)")
    observatory.main(["capture", "list", "--format", "csv"])
    assert rows(capsys.readouterr().out)[0]["why"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("figures enterprise_using_ai", "did you mean enterprises_using_ai?"),
        ("figures enterprises_using_ai --by colour", "no breakdown colour: there is size_emp"),
        ("figures", "Missing argument 'INDICATOR'"),
        ("nonsense", "No such command 'nonsense'"),
        ("refresh --only isoc_eb_aj", "did you mean isoc_eb_ai?"),
        ("import /no/such/file", "does not exist"),
        ("import . --dataset isoc_eb_aj", "did you mean isoc_eb_ai?"),
        ("import . --dated yesterday", "'yesterday' does not match the format"),
        ("indicators --theme weather", "no theme weather"),
        ("serve --port 0", "0 is not in the range"),
        ("import . --dated 2999-01-01", "2999-01-01 is yet to come"),
    ],
)
def test_wrong_usage_is_one_line_and_64(
    home: Path, capsys: pytest.CaptureFixture[str], command: str, said: str
) -> None:
    assert observatory.main(command.split()) == WRONG_USAGE
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


@pytest.mark.parametrize(("name", "value"), [("LANG", "xx"), ("PORT", "abc"), ("MEMORY", "lots")])
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(f"OBSERVATORY_{name}", value)
    assert observatory.main(["status"]) == WRONG_USAGE
    (line,) = capsys.readouterr().err.splitlines()
    assert f"OBSERVATORY_{name}: " in line


def test_a_file_that_is_held_back_is_named_each_time(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = tmp_path / "twice.tsv"
    row = CELL.format(size="GE10", geo="SE", before="1 ", now="2 ")
    twice.write_text(HEADER + row + row)
    for _ in range(2):
        command = ["import", str(twice), "--dataset", "isoc_eb_ai", "--dated", "2026-10-31"]
        assert observatory.main(command) == WITH_PROBLEMS
        (line,) = [line for line in capsys.readouterr().err.splitlines() if "held back" in line]
        assert line.startswith("isoc_eb_ai-")
        assert line.endswith("(from twice.tsv)")


@pytest.mark.fault("store", "a file where the home should be", expected="one line with the path")
def test_a_home_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "home").write_text("a file where the home should be")
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path / "home"))
    assert observatory.main(["refresh", "--offline"]) == NOTHING_PUBLISHED
    (line,) = capsys.readouterr().err.splitlines()
    assert str(tmp_path / "home") in line


def test_a_home_without_a_release_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    assert observatory.main(["figures", "sme_gap"]) == NOTHING_PUBLISHED
    assert "observatory refresh" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["", *observatory.cli.commands])
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert observatory.main([*command.split(), "--help"]) == ALL_WELL
    assert "Usage:" in capsys.readouterr().out


def test_captures_and_releases_are_decided_on_from_the_command_line(
    changed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported = next(one for one in Archive(changed).captures() if one.origin == "imported")
    first = current(changed)
    words = ["capture", "withdraw", imported.id[:-2], "--why", " wrong\n file ", "--by", "ann"]
    assert observatory.main(words) == ALL_WELL
    withdrawn = current(changed)
    assert withdrawn != first
    assert "withdrawn, before accepted" in capsys.readouterr().err
    observatory.main(["capture", "list", "--state", "withdrawn", "--format", "json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["capture"], row["why"], row["decided by"]) == (imported.id, "wrong file", "ann")
    assert observatory.main([*words[:1], "withdraw", imported.id, "--why", "again"]) == NOTHING_PUBLISHED
    assert "is withdrawn already: wrong file" in capsys.readouterr().err

    assert observatory.main(["release", "rollback", "--why", "too few figures", "--by", "bob"]) == ALL_WELL
    assert (current(changed), latest(changed)) == (first, withdrawn)
    assert observatory.main(["refresh", "--offline"]) == ALL_WELL
    assert observatory.main(["release", "rollback", str(first), "--why", "again"]) == NOTHING_PUBLISHED
    assert f"readers are at {first} already" in capsys.readouterr().err
    observatory.main(["status", "--json"])
    said = json.loads(capsys.readouterr().out)
    assert (said["release"], said["newest"]) == (first, withdrawn)
    assert (said["pinned"]["why"], said["pinned"]["by"]) == ("too few figures", "bob")
    assert observatory.main(["release", "resume"]) == ALL_WELL
    assert current(changed) == withdrawn
    assert observatory.main(["release", "resume"]) == NOTHING_PUBLISHED
    assert "nothing to resume" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["capture", "accept", "isoc_eb_aj", "--why", "x"], "no capture isoc_eb_aj"),
        (["capture", "withdraw", "isoc", "--why", "x"], "say more"),
        (["capture", "withdraw", "isoc_eb_ai", "--why", " "], "--why is empty"),
        (["capture", "withdraw", "isoc_eb_ai"], "Missing option '--why'"),
        (["release", "rollback", "1999", "--why", "x"], "no release 1999"),
        (["release", "rollback"], "Missing option '--why'"),
    ],
)
def test_a_decision_that_cannot_be_taken_is_one_line_and_changes_nothing(
    published: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(published))
    before = Archive(published).captures()
    assert observatory.main(words) == WRONG_USAGE
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert said in lines[0]
    assert Archive(published).captures() == before


def test_what_cannot_be_read_cannot_be_accepted(
    changed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "broken.tsv"
    content.write_text("<html>")
    archive, dataset = Archive(changed), datasets(Settings(home=changed))["isoc_e_dii"]
    got = archive.add(dataset, retrieval(content), scope="full", origin="imported", known_from=None)
    assert observatory.main(["capture", "accept", got.id, "--why", "x"]) == NOTHING_PUBLISHED
    assert "not judged yet" in capsys.readouterr().err
    archive.judge(
        got, "held back", "a web page", [Check("isoc_e_dii", "readable", False, "error", "a web page")]
    )
    assert observatory.main(["capture", "accept", got.id, "--why", "x"]) == NOTHING_PUBLISHED
    assert "cannot be read, so that nothing could follow from it: a web page" in capsys.readouterr().err
