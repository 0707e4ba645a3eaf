"""Files that someone downloaded: taken in, or refused by one line that names file, dataset and reason."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sources.settings import Settings
from warehouse.archive import Archive
from warehouse.receive import Received, arrivals, receive

HEADER = "freq,size_emp,nace_r2,indic_is,unit,geo\\TIME_PERIOD\t2024 \t2025 \n"
TABLE = HEADER + "A,GE10,C10-S951_X_K,E_AI_TANY,PC_ENT,EU27_2020\t13.48 \t19.95 \n"


def take_in(home: Path, *paths: Path, **options: object) -> Received:
    arriving = list(arrivals(paths, **options))  # type: ignore[arg-type]
    return receive(Settings(home=home), arriving, lambda name: None)


def refusal(tmp_path: Path, name: str, content: bytes) -> str:
    file = tmp_path / name
    file.write_bytes(content)
    received = take_in(tmp_path / "home", file, dataset="isoc_eb_ai")
    assert received.captures == ()
    assert Archive(tmp_path / "home").captures() == []
    (line,) = received.refused
    assert "\n" not in line
    return line


def test_a_file_is_dated_and_full_as_said(tmp_path: Path) -> None:
    file = tmp_path / "estat_isoc_eb_ai.tsv"
    file.write_text(TABLE)
    (capture,) = take_in(tmp_path / "home", file, dated=date(2026, 2, 27), full=True).captures
    assert capture.dataset == "isoc_eb_ai"
    assert capture.known_from == datetime(2026, 2, 27, tzinfo=UTC)
    assert (capture.scope, capture.origin, capture.state) == ("full", "imported", "received")


def test_a_folder_may_say_more_of_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "some.tsv").write_text(TABLE)
    (folder / "README.md").write_text("about these files")
    (folder / "captures.csv").write_text("file,dataset,dated,full\ndeep/some.tsv,isoc_eb_ai,2026-01-05,yes\n")
    (capture,) = take_in(tmp_path / "home", folder).captures
    assert capture.known_from == datetime(2026, 1, 5, tzinfo=UTC)
    assert (capture.scope, capture.url) == ("full", "file:deep/some.tsv")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x.tsv,isoc_eb_ai,5 May,yes", "captures.csv, line 2: '5 May' is no date"),
        ("x.tsv,isoc_eb_ai,2026-01-05,perhaps", "captures.csv, line 2: full is 'perhaps'"),
        ("y.tsv,isoc_eb_ai,2026-01-05,yes", "captures.csv, line 2 lists it, and it is not there"),
        ("x.tsv,isoc_eb_ai,2999-01-05,yes", "2999-01-05 is yet to come"),
    ],
)
@pytest.mark.fault(
    "import", "a wrong entry in captures.csv", expected="that file alone is refused, with the line"
)
def test_a_wrong_entry_in_the_listing_refuses_that_file_alone(tmp_path: Path, row: str, said: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / row[:5]).write_text(TABLE)
    (folder / "y.tsv").unlink(missing_ok=True)
    (folder / "isoc_eb_ai.tsv").write_text(TABLE)
    (folder / "captures.csv").write_text(f"file,dataset,dated,full\n{row}\n")
    received = take_in(tmp_path / "home", folder)
    assert "file:isoc_eb_ai.tsv" in [capture.url for capture in received.captures]
    assert [line for line in received.refused if said in line] == list(received.refused)
    assert len(received.refused) == 1


@pytest.mark.parametrize(
    "content", [b"file,dataset\nx.tsv,isoc_eb_ai\n", b"file,dataset,dated,full\n\xff\xfe,a,b,c\n"]
)
def test_a_listing_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "captures.csv").write_bytes(content)
    (line,) = take_in(tmp_path / "home", tmp_path).refused
    assert line.startswith("captures.csv: ")


def test_a_listing_in_a_folder_below_is_honoured(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    (folder / "some.tsv").write_text(TABLE)
    (folder / "captures.csv").write_text("file,dataset,dated,full\nsome.tsv,isoc_eb_ai,2026-01-05,yes\n")
    (capture,) = take_in(tmp_path / "home", tmp_path / "in").captures
    assert (capture.url, capture.scope) == ("file:deep/some.tsv", "full")


@pytest.mark.fault(
    "import", "a file that breaks its reader", expected="refused by name; the others are taken in"
)
def test_a_nested_file_that_breaks_its_reader_keeps_nobody_out(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "deep.json").write_text('{"dimension": ' + "[" * 100_000)
    (folder / "isoc_eb_ai.tsv").write_text(TABLE)
    received = take_in(tmp_path / "home", folder)
    assert len(received.captures) == 1
    assert received.refused[0].startswith("deep.json: ")


@pytest.mark.fault("import", "one bad file in a folder", expected="the others are taken in")
def test_one_bad_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bad.tsv").write_text("<html><body>Sorry</body></html>")
    (folder / "isoc_eb_ai.tsv").write_text(TABLE)
    received = take_in(tmp_path / "home", folder)
    assert [c.dataset for c in received.captures] == ["isoc_eb_ai"]
    assert len(received.refused) == 1
    assert received.refused[0].startswith("bad.tsv: ")


@pytest.mark.fault("import", "a truncated file", expected="refused by name")
def test_a_truncated_gzip_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress((TABLE * 200).encode())
    line = refusal(tmp_path, "isoc_eb_ai.tsv.gz", packed[: len(packed) // 2])
    assert "isoc_eb_ai.tsv.gz" in line
    assert "gzip" in line


@pytest.mark.fault("import", "a web page saved as a table", expected="refused by name")
def test_a_page_named_tsv_is_refused(tmp_path: Path) -> None:
    line = refusal(tmp_path, "page.tsv", b"<!DOCTYPE html><html><body>Maintenance</body></html>")
    assert "page.tsv: isoc_eb_ai: " in line
    assert "web page" in line


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert "empty" in refusal(tmp_path, "nothing.tsv", b"")


def test_a_table_without_a_dimension_is_refused_naming_it(tmp_path: Path) -> None:
    content = TABLE.replace("size_emp,", "").replace("A,GE10,", "A,")
    line = refusal(tmp_path, "isoc_eb_ai.tsv", content.encode())
    assert "size_emp" in line


def test_cases_without_a_status_column_are_refused_naming_it(tmp_path: Path) -> None:
    file = tmp_path / "pstw.csv"
    file.write_text("PSTW ID,Name,Primary Technology\n1,One,Artificial Intelligence\n")
    (line,) = take_in(tmp_path / "home", file, dataset="pstw_cases").refused
    assert "pstw.csv: pstw_cases: " in line
    assert "Status" in line


def test_an_unknown_dataset_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.tsv"
    file.write_text(TABLE)
    (line,) = take_in(tmp_path / "home", file, dataset="isoc_nothing").refused
    assert line.startswith("x.tsv: isoc_nothing: ")


def test_an_undated_edition_is_dated_by_its_newest_record(tmp_path: Path) -> None:
    file = tmp_path / "pstw.csv"
    header = "PSTW ID,Name,Description,Geographical coverage (country),Responsible organisation,Responsible organisation category,Status"
    header += ",Functions of Government (COFOG level I),Start Year,End Year,Primary Technology,Interaction"
    rows = [
        f"PSTW-{n},One,Text,Austria,A ministry,Central-Government,Pilot,Health,2024,,Artificial intelligence,G2C"
        for n in (1, 2)
    ]
    lines = [f"{header},Date updated", f"{rows[0]},09/02/2026", f"{rows[1]},31/12/2999"]
    file.write_text("\n".join(lines) + "\n")
    received = take_in(tmp_path / "home", file, dataset="pstw_cases")
    assert received.refused == ()
    assert received.captures[0].known_from == datetime(2026, 2, 9, tzinfo=UTC)


@pytest.mark.fault(
    "import",
    "a link, or an entry of captures.csv, that leads out of the folder",
    expected="refused by name; nothing outside is read; the others are taken in",
)
def test_what_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "outside.tsv"
    (folder / "deep").mkdir(parents=True)
    outside.write_text(TABLE)
    (folder / "isoc_eb_ai.tsv").write_text(TABLE)
    (folder / "link.tsv").symlink_to(outside)
    (folder / "isoc_eb_ai-2.tsv").symlink_to(folder / "isoc_eb_ai.tsv")
    (folder / "deep" / "captures.csv").write_text(
        f"file,dataset,dated,full\n../../outside.tsv,isoc_eb_ai,2026-01-05,yes\n{outside},isoc_eb_ai,2026-01-05,yes\n"
    )
    received = take_in(tmp_path / "home", folder)
    assert {capture.url for capture in received.captures} <= {"file:isoc_eb_ai.tsv", "file:isoc_eb_ai-2.tsv"}
    assert len(received.captures) == 2
    assert len(received.refused) == 3
    assert all("leads out of the folder" in line for line in received.refused)


def test_a_folder_that_is_a_link_itself_is_read(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "isoc_eb_ai.tsv").write_text(TABLE)
    (tmp_path / "in").symlink_to(tmp_path / "real")
    assert len(take_in(tmp_path / "home", tmp_path / "in").captures) == 1
