"""The data browser's workbook: read whole with its flags, or refused by what is missing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from sources import formats
from sources.eurostat import DATASETS
from sources.formats import workbook as workbooks
from sources.formats.labels import Codelists
from sources.model import Dataset, Unreadable
from tests.fuzz.writers import (
    Lists,
    browser_sheets,
    label,
    sdmx_joined,
    sdmx_labels,
    sheet_xml,
    workbook,
    xlsx,
    zipped,
)
from tests.replica.tables import Cell

BY_CODE = {dataset.code: dataset for dataset in DATASETS}
SPECIALISTS = BY_CODE["isoc_sks_itsps"]
CELLS = [
    Cell(("A", "PC", "F"), "AT", "2023", "1.5", "b"),
    Cell(("A", "PC", "F"), "AT", "2024", "", "u"),
    Cell(("A", "PC", "F"), "EL", "2024", "12.25", ""),
    Cell(("A", "THS_PER", "M"), "EU27_2020", "2024", "0", "be", "C"),
]
SHEETS = browser_sheets(SPECIALISTS, CELLS)


def read(
    content: bytes, folder: Path, lists: Codelists | None = None, dataset: Dataset = SPECIALISTS
) -> list[tuple[object, ...]]:
    path = folder / "downloaded"
    path.write_bytes(content)
    with duckdb.connect() as connection:
        return sorted(formats.read(dataset, path, connection, lists).fetchall(), key=str)


def refused(content: bytes, folder: Path, lists: Codelists | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        read(content, folder, lists)
    text = str(caught.value)
    assert "\n" not in text
    return text


@pytest.mark.parametrize("down", ["geo", "period"])
def test_a_workbook_is_read_whole(down: str, tmp_path: Path) -> None:
    found = read(xlsx(SPECIALISTS, CELLS, down), tmp_path, Lists())
    assert found == sorted((cell.tidy() for cell in CELLS), key=str)


def test_what_a_workbook_tells_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "unnamed"
    path.write_bytes(xlsx(SPECIALISTS, CELLS))
    said = formats.describe(path)
    assert (said.format, said.code) == ("xlsx", "isoc_sks_itsps")
    assert said.updated_at == datetime(2025, 12, 11, 22, 0, tzinfo=UTC)


def test_codes_along_an_axis_need_no_list_for_it(tmp_path: Path) -> None:
    sheets = browser_sheets(SPECIALISTS, CELLS[:3])
    codes = {"GEO (Labels)": "GEO (Codes)", **{label("geo", code): code for code in ("AT", "EL")}}
    grid = [[codes.get(str(cell), cell) for cell in row] for row in sheets["Sheet 1"]]
    found = read(workbook({"Sheet 1": grid}), tmp_path, Lists(unknown=("geo",)))
    assert found == sorted((cell.tidy() for cell in CELLS[:3]), key=str)


FORMULA = '<c r="B11"><f>A1+1</f></c>'


@pytest.mark.parametrize(
    ("content", "lists", "said"),
    [
        (workbook(SHEETS), None, "freq holds labels instead of codes"),
        (workbook(SHEETS), Lists(("sex",)), "no code list says which code of sex is called"),
        (workbook(browser_sheets(SPECIALISTS, CELLS, flags=False)), Lists(), "was exported without flags"),
        (
            workbook(SHEETS, {"B11": FORMULA}),
            Lists(),
            "the cell 'Sheet 2' B11 holds a formula without its result",
        ),
        (
            workbook(SHEETS, {"B11": '<c r="B11" t="e"><v>#REF!</v></c>'}),
            Lists(),
            "B11 holds an error: #REF!",
        ),
        (workbook(SHEETS, {"B11": '<c r="B11"><v>nan</v></c>'}), Lists(), "is no finite number"),
        (workbook(SHEETS, {"C11": '<c r="C11" t="str"><v>B?</v></c>'}), Lists(), "the flag 'B?' of"),
        (workbook(SHEETS, {"A11": ""}), Lists(), "the sheet 'Sheet 2' goes on below its row 11"),
        (workbook(SHEETS, {"B11": '<c r="B11" t="x"><v>1</v></c>'}), Lists(), "is of no known type: 'x'"),
        (workbook(SHEETS, {"B9": '<c r="B9"><v>1.5</v></c>'}), Lists(), "'1.5' is no period"),
        (workbook({name: grid for name, grid in SHEETS.items() if name != "Sheet 2"}), Lists(), "'Sheet 2'"),
        (workbook({"Table": [["a", "b"], ["c", 1.0]]}), Lists(), "not one of Eurostat's data browser"),
        (
            workbook({**SHEETS, "Sheet 3": [["Data\tset: ", "x"]]}),
            Lists(),
            "the sheet 'Sheet 3' names no dataset",
        ),
        (workbook(SHEETS).replace(b"worksheets", b"worksheetz"), Lists(), "damaged"),
        (workbook(SHEETS)[:-30], Lists(), "it is a ZIP archive"),
    ],
)
def test_what_is_missing_is_named(content: bytes, lists: Lists | None, said: str, tmp_path: Path) -> None:
    assert said in refused(content, tmp_path, lists)


def test_another_dataset_s_workbook_is_refused(tmp_path: Path) -> None:
    other = browser_sheets(BY_CODE["isoc_sks_itspt"], [Cell(("A", "PC"), "AT", "2024", "1")])
    assert "is another dataset's: isoc_sks_itspt" in refused(workbook(other), tmp_path, Lists())


def bombs() -> Mapping[str, bytes]:
    """Small files that would take much memory."""
    parts = {one.filename: one for one in zipfile.ZipFile(io.BytesIO(workbook(SHEETS))).infolist()}
    with zipfile.ZipFile(io.BytesIO(workbook(SHEETS))) as archive:
        whole = {name: archive.read(name) for name in parts}
    sheet = "xl/worksheets/sheet1.xml"
    far = sheet_xml([["Dataset: "]], {}).replace('r="1"', 'r="1048576000"').encode()
    many = b"<c/>" * 140_000
    entities = b"<!DOCTYPE a [" + b"".join(
        b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"lol" * 10) for n in range(9)
    )
    return {
        "holds more than 2,000,000 cells": zipped({**whole, sheet: far}),
        "a row of more than 16,384 columns": zipped(
            {**whole, sheet: whole[sheet].replace(b"</row>", many + b"</row>", 1)}
        ),
        "unpacks to more than": zipped({**whole, "xl/media/big.bin": bytes(workbooks.BYTES_LIMIT)}),
        "amplification": zipped({**whole, sheet: entities + b"]><a>&e8;</a>"}),
    }


@pytest.mark.fault(
    "parse",
    "a workbook that is a bomb: sparse, wide, packed, or of XML entities",
    expected="refused before it takes memory",
)
def test_bombs_are_refused_before_they_take_memory(tmp_path: Path) -> None:
    for said, content in bombs().items():
        assert len(content) < 500_000
        assert said in refused(content, tmp_path, Lists())


@pytest.mark.parametrize("headings", [False, True])
def test_labels_in_sdmx_csv(headings: bool, tmp_path: Path) -> None:
    content = sdmx_labels(SPECIALISTS, CELLS, headings)
    assert read(content, tmp_path, Lists()) == sorted((cell.tidy() for cell in CELLS), key=str)
    assert 'freq holds labels instead of codes: "The freq' in refused(content, tmp_path)
    assert "no code list says which code of unit is called" in refused(content, tmp_path, Lists(("unit",)))


def test_labels_that_are_no_text_are_refused(tmp_path: Path) -> None:
    content = sdmx_labels(SPECIALISTS, CELLS)
    assert "Invalid unicode" in refused(
        content.replace(b", called 'M'", b"\x80, called 'M'"), tmp_path, Lists()
    )
    assert "the header is no text in UTF-8" in refused(
        content.replace(b",sex", b",\x80sex"), tmp_path, Lists()
    )


def test_code_and_label_in_one_cell(tmp_path: Path) -> None:
    found = read(sdmx_joined(SPECIALISTS, CELLS), tmp_path)
    assert found == sorted((cell.tidy() for cell in CELLS), key=str)


@dataclass
class Minted:
    """Gives each label a code of its own."""

    codes: dict[tuple[str, str], str] = field(default_factory=dict)

    def code_of(self, name: str, label: str) -> str | None:
        return self.codes.setdefault((name, label), f"X{len(self.codes)}")


@pytest.mark.parametrize(
    ("name", "code", "rows", "values", "flagged", "total"),
    [
        ("estat_htec_emp_nat2_2025-12-18.xlsx", "htec_emp_nat2", 12060, 11972, 1904, 17485804.5),
        ("estat_isoc_sk_dskl_i21_2025-12-18.xlsx", "isoc_sk_dskl_i21", 5168, 5160, 16, 216709.28),
        ("estat_lfsa_eisn2_2025-05-19.xlsx", "lfsa_eisn2", 11416, 7696, 6197, 493872.0),
    ],
)
def test_collected_workbooks_are_read_whole(
    name: str, code: str, rows: int, values: int, flagged: int, total: float, shared_data: Path
) -> None:
    """Counted once with another reader of workbooks, over all sheets."""
    path = shared_data / "labour" / name
    assert formats.describe(path).code == code
    with duckdb.connect() as connection:
        table = formats.read(BY_CODE[code], path, connection, Minted())
        sums = "count(*), count(value), count(*) FILTER (flags <> ''), round(sum(value), 2)"
        assert table.aggregate(sums).fetchall() == [(rows, values, flagged, total)]
        with pytest.raises(Unreadable, match="freq holds labels instead of codes: 'Annual'"):
            formats.read(BY_CODE[code], path, connection)


def test_a_collected_workbook_without_flags_is_refused(shared_data: Path) -> None:
    """The same months of the same series carry flags in another collected file: this one lost them."""
    path = shared_data / "labour" / "estat_une_rt_m_2025-01-06_long.xlsx"
    with duckdb.connect() as connection, pytest.raises(Unreadable, match="exported without flags"):
        formats.read(BY_CODE["une_rt_m"], path, connection, Minted())


@pytest.mark.fault(
    "parse", "a workbook that lost a sheet", expected="refused: rows never go missing in silence"
)
def test_a_sheet_that_cannot_be_found_or_lost_its_title_is_missed(tmp_path: Path) -> None:
    """Its rows must not go missing in silence."""
    whole = xlsx(SPECIALISTS, CELLS)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    links = parts["xl/_rels/workbook.xml.rels"]
    assert isinstance(links, bytes)
    astray = {**parts, "xl/_rels/workbook.xml.rels": links.replace(b"worksheets/sheet1", b"work/sheet1")}
    assert "no item named 'xl/work/sheet1.xml'" in refused(zipped(astray), tmp_path, Lists())
    untitled = {**SHEETS, "Sheet 1": [SHEETS["Sheet 1"][0], ["Data: "], *SHEETS["Sheet 1"][2:]]}
    assert "the sheet 'Sheet 1' names no dataset" in refused(workbook(untitled), tmp_path, Lists())
