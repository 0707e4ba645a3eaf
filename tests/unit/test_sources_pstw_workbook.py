"""XLSX editions of PSTW give the same cases as their CSV twins, and no value that a formula does not hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest

from sources.model import Unreadable
from sources.pstw import CASES, PublicSectorTechWatch
from sources.settings import Settings
from tests.unit.test_sources_pstw import CASE, SOURCE, edition, read
from tests.workbooks import day, error, formula, letters, number, text, workbook

HEADER = [text(name) for name in CASE]
NOTES = [[text("Read me")], [text("first")]]
BENEFITS = ("improves_service", "improves_efficiency", "opens_government")


def row(**changes: str) -> list[str]:
    """The cells of the usual case, some replaced; the names of columns are those of their first word."""
    cells = {name: text(content) if content else "" for name, content in CASE.items()}
    cells |= {"Start Year": number(2024.0), "Date updated": day(46062)}
    cells |= {name: changes[key] for name in CASE if (key := name.split()[0].lower()) in changes}
    return list(cells.values())


def place(name: str) -> str:
    return letters(list(CASE).index(name))


def cases(sheets: Mapping[str, list[list[str]]], folder: Path) -> list[dict[str, object]]:
    return read(workbook(sheets), folder)


@pytest.mark.parametrize("sheet", [" PSTW DB", "Data", "Feuille 1 & 'plus'"])
def test_a_workbook_gives_the_case_of_its_csv_twin(sheet: str, tmp_path: Path) -> None:
    from_csv = read(edition(CASE), tmp_path)
    assert cases({"Notes": NOTES, sheet: [HEADER, row()]}, tmp_path) == from_csv
    assert SOURCE.recognise(tmp_path / "edition.csv") == CASES


def test_real_dates_and_numbers(tmp_path: Path) -> None:
    (case,) = cases({"Data": [HEADER, row(end=number(219), date=day(45571))]}, tmp_path)
    assert (case["start_year"], case["end_year"], case["uncoded"]) == (2024, None, "end_year: 219")
    assert case["updated"] == date(2024, 10, 6)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (formula('IF(V2="x","x","")', "x"), "yes"),
        (formula('IF(V2="x","x","")', ""), "no"),
        (formula('IF(V2="x","x","")'), "unknown"),
        (error("#REF!"), "unknown"),
        ("", "no"),
        (text("\u00a0"), "no"),
        (text("X _x000D_"), "yes"),
    ],
)
def test_a_formula_without_a_result_is_unknown_and_an_empty_result_is_not(
    cell: str, code: str, tmp_path: Path
) -> None:
    (case,) = cases({"Data": [HEADER, row(improved=cell, open=cell)]}, tmp_path)
    assert [case[name] for name in BENEFITS] == [code] * 3
    said = "#REF!" if "#REF!" in cell else "(formula without a result)"
    listed = [f"{name}: {said}" for name in BENEFITS if code == "unknown"]
    assert str(case["uncoded"]).splitlines() == listed


def test_a_formula_that_only_names_a_cell_is_followed(tmp_path: Path) -> None:
    website = place("Website")
    rows = [
        row(source=formula(f"{website}2", "https://stored.invalid")),
        row(pstw=text("PSTW-2"), source=formula(f"${website}$3")),
        row(pstw=text("PSTW-3"), source=formula("Other!A1")),
        row(pstw=text("PSTW-4"), source=formula("XFD99999")),
    ]
    found = cases({"Data": [HEADER, *rows]}, tmp_path)
    assert [case["source"] for case in found] == ["https://stored.invalid", CASE["Website"], "", ""]


def test_a_country_that_a_formula_does_not_give_is_listed(tmp_path: Path) -> None:
    (case,) = cases({"Data": [HEADER, row(geographical=formula("VLOOKUP(A2,B:C,2)"))]}, tmp_path)
    assert (case["geo"], case["geo_group"], case["country"]) == ("", "other", "")
    assert case["uncoded"] == "country: (formula without a result)"


def test_blank_rows_and_columns_of_a_sheet_are_no_cases(tmp_path: Path) -> None:
    blank = [text(" ")] * (len(CASE) + 3)
    assert len(cases({"Data": [[], blank, [*HEADER, "", text(" ")], row(), blank, []]}, tmp_path)) == 1


def _without(part: str) -> bytes:
    whole, out = io.BytesIO(workbook({"Data": [HEADER, row()]})), io.BytesIO()
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(out, "w") as less:
        for name in archive.namelist():
            if name != part:
                less.writestr(name, archive.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbook({"Notes": NOTES}), "no sheet has the columns of the collection"),
        (workbook({"Data": [HEADER]}), "the table holds no case"),
        (workbook({"Data": [HEADER[:-1], row()[:-1], row(pstw="")[:-1]]}), "row 3 has"),
        (workbook({"Data": [HEADER, row(pstw=formula("A1&1"))]}), "or no PSTW ID"),
        (workbook({"Data": [HEADER[1:], row()[1:]]}), "misses the column 'PSTW ID'"),
        (workbook({"Data": [HEADER, row()]})[:-200], "ZIP archive"),
        (_without("xl/worksheets/sheet1.xml"), "workbook is damaged or locked"),
        (_without("xl/workbook.xml"), "workbook is damaged or locked"),
        (
            workbook({"Data": [HEADER, row()]}).replace(b"PK\x05\x06", b"PK\x05\x07"),
            "ZIP archive",
        ),
    ],
)
def test_a_workbook_that_is_no_edition_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(content, tmp_path)
    assert str(caught.value).startswith("pstw_cases: edition.csv: ")
    assert said in str(caught.value)


def test_a_cell_far_off_does_not_cost_the_memory_of_all_before_it(tmp_path: Path) -> None:
    far = workbook({"Data": [HEADER, row()]})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(far)) as archive, zipfile.ZipFile(out, "w") as changed:
        for name in archive.namelist():
            body = archive.read(name)
            stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            changed.writestr(name, body.replace(b"</sheetData>", stray))
    with pytest.raises(Unreadable, match="the sheet 'Data' spans 17,179,869,184 cells"):
        read(out.getvalue(), tmp_path)


def test_a_part_that_is_not_what_its_checksum_says_is_refused(tmp_path: Path) -> None:
    content = bytearray(workbook({"Data": [HEADER, row()]}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    content[info.header_offset + len(info.filename) + 60] ^= 0xFF
    with pytest.raises(Unreadable, match="is damaged"):
        read(bytes(content), tmp_path)


def test_both_files_of_one_edition_give_the_same_codes(
    shared_data: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """Only texts differ: the CSV wrote a question mark for what its code page lacks."""
    source = PublicSectorTechWatch(Settings())
    found = []
    for ending in ("csv", "xlsx"):
        file = shared_data / "pstw" / f"pstw_landscape_report_2024-11-26.{ending}"
        assert source.recognise(file) == CASES
        found.append(source.parse(CASES, file, connection).fetchall())
    differing = {
        name: sum(one[at] != other[at] for one, other in zip(*found, strict=True))
        for at, name in enumerate(CASES.columns)
    }
    assert {name: count for name, count in differing.items() if count} == {
        "name": 1,
        "description": 39,
        "organisation": 4,
    }
