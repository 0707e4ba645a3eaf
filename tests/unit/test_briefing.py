"""Briefs from the command line: written whole or not at all, verified, and told when their figures moved."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pikepdf
import pytest

import observatory
from dashboards.briefs import content, making
from dashboards.briefs.carried import carried
from dashboards.offered import made_in_memory
from observatory.console import ALL_WELL, NOTHING_PUBLISHED, WRONG_USAGE
from warehouse.read import current

HEADER = "freq,size_emp,nace_r2,indic_is,unit,geo\\TIME_PERIOD\t2024 \t2025 \n"
CELL = "A,{size},C10-S951_X_K,E_AI_TANY,PC_ENT,{geo}\t{before}\t{now}\n"
PLACES = {"EU27_2020": ("13.48 ", "19.95 "), "DK": ("27.58 b", "43.55 "), "MT": (": u", "21.56 "), "EL": ("9.81 ", "8.93 p")}  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the baseline and one imported table of three countries and the EU."""
    folder = tmp_path_factory.mktemp("published")
    table = folder / "isoc_eb_ai.tsv"
    lines = [CELL.format(size="GE10", geo=geo, before=old, now=new) for geo, (old, new) in PLACES.items()]
    table.write_text(HEADER + "".join(lines))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OBSERVATORY_HOME", str(folder / "home"))
        assert observatory.main(["import", str(table), "--dated", "2026-10-30"]) == ALL_WELL
    return folder / "home"


@pytest.fixture
def home(published: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OBSERVATORY_HOME", str(published))
    return published


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    (line,) = capsys.readouterr().err.splitlines()
    return line


def write(file: Path, *more: str) -> None:
    assert observatory.main(["brief", "--geo", "DK", "--lang", "fr", "-o", str(file), *more]) == ALL_WELL


@pytest.mark.parametrize("form", making.FORMATS)
def test_a_brief_is_written_and_genuine(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    file = tmp_path / "folder" / f"dk.{form}"
    write(file)
    assert str(file) in one_line(capsys)
    assert observatory.main(["verify", str(file)]) == ALL_WELL
    line = one_line(capsys)
    assert "genuine. DK in fr" in line
    assert str(current(home)) in line
    assert carried(file).seal.digest in line


def test_the_day_asked_for_is_sealed(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "dk.html"
    write(file, "--as-of", "2026-10-29")
    text = file.read_text()
    assert "29 octobre 2026" in text
    assert "43,6" not in text
    capsys.readouterr()
    assert observatory.main(["verify", str(file)]) == ALL_WELL
    assert "as of 2026-10-29" in one_line(capsys)


def page_with_another_figure(file: Path) -> None:
    text = file.read_text()
    link = re.search(r"base64,([A-Za-z0-9+/=]+)", text)
    assert link is not None
    rows = base64.b64decode(link[1]).decode()
    assert ",43.55," in rows
    spoilt = base64.b64encode(rows.replace(",43.55,", ",44.55,").encode()).decode()
    file.write_text(text.replace(link[1], spoilt))


def workbook_with_another_figure(file: Path) -> None:
    book = openpyxl.load_workbook(file)
    for row in book["figures"].iter_rows():
        for cell in row:
            if cell.value == 43.55:
                cell.value = 44.55
    book.save(file)


def document_with_another_figure(file: Path) -> None:
    with pikepdf.open(file, allow_overwriting_input=True) as document:
        attached = document.attachments["figures.csv"]
        rows = attached.get_file().read_bytes()
        assert b",43.55," in rows
        spoilt = pikepdf.AttachedFileSpec(
            document, rows.replace(b",43.55,", b",44.55,"), filename="figures.csv"
        )
        del document.attachments["figures.csv"]
        document.attachments["figures.csv"] = spoilt
        document.save(file)


@pytest.mark.parametrize(
    ("form", "spoil"),
    [
        ("html", page_with_another_figure),
        ("xlsx", workbook_with_another_figure),
        ("pdf", document_with_another_figure),
    ],
)
def test_the_figure_that_was_altered_is_named(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, spoil: Callable[[Path], None]
) -> None:
    file = tmp_path / f"dk.{form}"
    write(file)
    spoil(file)
    capsys.readouterr()
    assert observatory.main(["verify", str(file)]) == NOTHING_PUBLISHED
    differing, verdict = capsys.readouterr().err.splitlines()
    assert differing.startswith("differs: enterprises_using_ai DK 2025: the file says 44.55 PC_ENT")
    assert differing.endswith(f"release {current(home)} 43.55 PC_ENT")
    assert "altered. DK in fr" in verdict
    assert "1 of its figures" in verdict


@pytest.mark.parametrize("form", making.FORMATS)
def test_a_single_byte_is_noticed(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    file = tmp_path / f"dk.{form}"
    write(file)
    bytes_ = bytearray(file.read_bytes())
    bytes_[len(bytes_) // 2] ^= 1
    file.write_bytes(bytes_)
    capsys.readouterr()
    assert observatory.main(["verify", str(file)]) == NOTHING_PUBLISHED
    assert "altered. DK in fr" in one_line(capsys)


def by_other_code(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(content, "code_version", lambda: "0.0.9+aaaaaaaa")
        write(file)


def test_of_another_code_version_the_figures_are_compared(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "dk.html"
    by_other_code(file, monkeypatch)
    capsys.readouterr()
    assert observatory.main(["verify", str(file)]) == ALL_WELL
    line = one_line(capsys)
    assert "its figures are those of the release" in line
    assert "made by code 0.0.9+aaaaaaaa" in line
    whole = file.read_text()
    file.write_text(whole.replace("43,6", "44,6"))
    assert observatory.main(["verify", str(file)]) == NOTHING_PUBLISHED
    assert "its seal does not fit its bytes" in one_line(capsys)
    file.write_text(whole)
    page_with_another_figure(file)
    assert observatory.main(["verify", str(file)]) == NOTHING_PUBLISHED
    assert "enterprises_using_ai DK 2025: the file says 44.55" in capsys.readouterr().err


def test_a_release_that_is_gone_and_a_file_that_is_no_brief_are_told_in_one_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "dk.html"
    write(file)
    file.write_text(file.read_text().replace(str(current(home)), "20200101T000000Z-aaaaaa"))
    capsys.readouterr()
    assert observatory.main(["verify", str(file)]) == NOTHING_PUBLISHED
    assert "no release 20200101T000000Z-aaaaaa" in one_line(capsys)
    file.write_text("Hello")
    assert observatory.main(["verify", str(file)]) == WRONG_USAGE
    assert "is no brief" in one_line(capsys)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ("--geo XX", WRONG_USAGE, "no brief for XX"),
        ("--geo FRA", WRONG_USAGE, "did you mean FR?"),
        ("--geo FR --lang mt", WRONG_USAGE, "no language mt: there are en, de, fr"),
        ("--geo FR --format docx", WRONG_USAGE, "no format docx: there are pdf, html, xlsx"),
        ("--sector helth", WRONG_USAGE, "no sector helth: did you mean health?"),
        ("", WRONG_USAGE, "give --geo GEO, --sector SECTOR, or --all"),
        ("--geo FR --all", WRONG_USAGE, "give --geo GEO, --sector SECTOR, or --all"),
        ("--sector health --all", WRONG_USAGE, "give --geo GEO, --sector SECTOR, or --all"),
        ("--geo FR --as-of 2999-01-01", WRONG_USAGE, "2999-01-01 is yet to come"),
        (
            "--geo FR --release 20200101T000000Z-aaaaaa",
            NOTHING_PUBLISHED,
            "no release 20200101T000000Z-aaaaaa",
        ),
    ],
)
def test_bad_input_is_one_line_and_leaves_no_file(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: str, code: int, said: str
) -> None:
    file = tmp_path / "out" / "brief.pdf"
    assert observatory.main(["brief", *options.split(), "-o", str(file)]) == code
    assert said in one_line(capsys)
    assert not file.parent.exists()


@pytest.mark.parametrize("options", ["--geo DK", "--all"])
def test_an_output_that_cannot_be_written_is_one_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: str
) -> None:
    (tmp_path / "file").write_text("here first")
    output = str(tmp_path / "file" / "inside.html")
    assert (
        observatory.main(["brief", *options.split(), "--format", "html", "-o", output]) == NOTHING_PUBLISHED
    )
    assert "inside.html cannot be written: " in one_line(capsys)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_is_no_file(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert observatory.main(["brief", "--geo", "DK", "-o", str(tmp_path)]) == WRONG_USAGE
    assert "is a folder" in one_line(capsys)


def test_a_file_is_no_folder_for_all(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "here").write_text("first")
    assert observatory.main(["brief", "--all", "-o", str(tmp_path / "here")]) == WRONG_USAGE
    assert "is a file: name a folder" in one_line(capsys)


@pytest.mark.parametrize("form", making.FORMATS)
def test_a_brief_on_a_sector_is_verified_like_any_other(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    file = tmp_path / f"sector.{form}"
    assert (
        observatory.main(["brief", "--sector", "manufacturing", "--lang", "fr", "-o", str(file)]) == ALL_WELL
    )
    capsys.readouterr()
    assert observatory.main(["verify", str(file)]) == ALL_WELL
    assert "genuine. manufacturing, EU27_2020 in fr" in one_line(capsys)
    bytes_ = bytearray(file.read_bytes())
    bytes_[len(bytes_) // 2] ^= 1
    file.write_bytes(bytes_)
    assert observatory.main(["verify", str(file)]) == NOTHING_PUBLISHED


def test_all_briefs_are_those_of_every_place_and_language(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "GEOS", ("EU27_2020", "EL"))
    monkeypatch.setattr(making.os, "cpu_count", lambda: 1)
    assert observatory.main(["brief", "--all", "--format", "html", "-o", str(tmp_path / "all")]) == ALL_WELL
    names = sorted(path.name for path in (tmp_path / "all").iterdir())
    wanted = [f"ai-observatory-{geo}-{lang}-{current(home)}.html" for geo in ("el", "eu27_2020") for lang in ("de", "en", "fr")]  # fmt: skip
    assert names == wanted
    assert "6 briefs" in one_line(capsys)


def test_two_processes_write_what_one_writes(home: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    def order(folder: str) -> making.Order:
        return making.Order(home, str(current(home)), tmp_path / folder, ("DK", "MT"), ("en",), ("html",))

    alone = making.write_all(order("alone"), workers=1)
    shared = making.write_all(order("shared"), lambda *step: told.append(step), workers=2)
    for one, other in zip(alone, shared, strict=True):
        assert one.read_text().splitlines() == other.read_text().splitlines()
    assert [(done, of) for _, done, of in told] == [(1, 2), (2, 2)]


def test_diff_names_the_briefs_whose_figures_moved(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert observatory.main("diff --since 2026-10-29 --format json".split()) == ALL_WELL
    told = json.loads(capsys.readouterr().out)
    moved = {row["geo"] for row in told["figures"]["rows"] if row["kind"] != "rounding"}
    assert "DK" in told["briefs"]
    assert set(told["briefs"]) == moved & set(making.GEOS)
    assert observatory.main("diff --since 2026-10-29".split()) == ALL_WELL
    assert f"Briefs whose figures moved: {', '.join(told['briefs'])}" in " ".join(
        capsys.readouterr().out.split()
    )
    assert observatory.main("diff --since 2026-10-30 --until 2026-10-31 --format json".split()) == ALL_WELL
    assert json.loads(capsys.readouterr().out)["briefs"] == []


def test_a_page_hands_out_the_same_file(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "dk.html"
    write(file)
    release = str(current(home))
    assert made_in_memory(home, release, "DK", "fr", "html", None) == file.read_bytes()


def test_what_a_workbook_says_is_what_figures_say(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "dk.xlsx"
    write(file)
    capsys.readouterr()
    assert observatory.main("figures enterprises_using_ai --geo DK --period 2025 --format json".split()) == 0
    (figure,) = json.loads(capsys.readouterr().out)
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    head, *rows = book["figures"].iter_rows(values_only=True)
    found = [dict(zip(head, row, strict=True)) for row in rows]
    own = [row for row in found if (row["indicator"], row["geo"], row["period"]) == ("enterprises_using_ai", "DK", "2025")]  # fmt: skip
    assert {row["value"] for row in own if not row["member"]} == {figure["value"]}
