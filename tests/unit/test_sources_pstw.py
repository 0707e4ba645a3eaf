"""Cases of Public Sector Tech Watch are read from every edition's CSV, whatever its spellings."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest

from sources.model import Unreadable
from sources.pstw import CASES, PublicSectorTechWatch
from sources.settings import Settings

SOURCE = PublicSectorTechWatch(Settings())
CASE = {
    "PSTW ID": "PSTW-1",
    "Name": "An assistant",
    "Website": "https://example.invalid",
    "Description": "Answers\nquestions; politely, in Größe.",
    "Geographical coverage (country)": "Czech Republic ",
    "NUTS 2021": "CZ",
    "Responsible organisation": "A ministry",
    "Responsible organisation category": "Central-Government",
    "Functions of Government (COFOG level I)": "Economic Affairs",
    "Functions of Government (COFOG level II)": "Transport",
    " Status": "Pilot ",
    "Start Year": "2024",
    "End Year": "\u00a0",
    "Primary Technology": "Artificial intelligence",
    "Secondary Technology": "Digital Twins",
    "Interaction": "G2C",
    "Source": "Self-reporting tool",
    "AI Classification Subdomain (II) (main)": "Machine learning",
    "Date updated": "09/02/2026",
}
OF_2024 = {
    "Primary Technology": "Technology",
    "Functions of Government (COFOG level I)": "COFOG Level I",
    "Functions of Government (COFOG level II)": "COFOG Level II",
    "NUTS 2021": "Geographical coverage (NUTS 2021)",
    "Date updated": "Date-updated",
    " Status": "Status",
}


def edition(*cases: Mapping[str, str], mark: str = ",", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(cases[0]), delimiter=mark)
    writer.writeheader()
    writer.writerows(cases)
    return out.getvalue().encode(encoding)


def read(content: bytes, folder: Path) -> list[dict[str, object]]:
    path = folder / "edition.csv"
    path.write_bytes(content)
    with duckdb.connect() as connection:
        table = SOURCE.parse(CASES, path, connection)
        return [dict(zip(CASES.columns, row, strict=True)) for row in table.fetchall()]


@pytest.mark.parametrize(
    ("mark", "encoding"), [(",", "utf-8-sig"), (";", "utf-8"), (";", "latin-1"), (",", "cp1252")]
)
def test_a_case(mark: str, encoding: str, tmp_path: Path) -> None:
    assert read(edition(CASE, mark=mark, encoding=encoding), tmp_path) == [
        {
            "case_id": "PSTW-1",
            "name": "An assistant",
            "description": "Answers\nquestions; politely, in Größe.",
            "website": "https://example.invalid",
            "country": "Czech Republic",
            "geo": "CZ",
            "geo_group": "member_state",
            "nuts": "CZ",
            "organisation": "A ministry",
            "level": "central",
            "cofog": "GF04",
            "cofog_detail": "Transport",
            "status": "pilot",
            "technology": "artificial_intelligence",
            "technology_secondary": "digital_twins",
            "subdomain": "Machine learning",
            "interaction": "G2C",
            "start_year": 2024,
            "end_year": None,
            "source": "Self-reporting tool",
            "updated": date(2026, 2, 9),
        }
    ]


def test_the_columns_of_2024(tmp_path: Path) -> None:
    older = {OF_2024.get(name, name): text for name, text in CASE.items() if not name.startswith("Secondary")}
    (case,) = read(edition(older), tmp_path)
    assert (case["technology"], case["technology_secondary"]) == ("artificial_intelligence", "")
    assert (case["cofog"], case["nuts"], case["updated"]) == ("GF04", "CZ", date(2026, 2, 9))


@pytest.mark.parametrize(
    ("column", "published", "ours", "code"),
    [
        (" Status", "IN  development", "status", "in_development"),
        (" Status", "Not in use anymore", "status", "not_in_use"),
        (" Status", "Abandoned", "status", "unknown"),
        (" Status", "", "status", "unknown"),
        ("Primary Technology", "Virtual Worlds ", "technology", "virtual_worlds"),
        ("Primary Technology", "5G (Edge Computing)", "technology", "edge_5g"),
        ("Primary Technology", "Telepathy", "technology", "other"),
        ("Responsible organisation category", "Local government", "level", "local"),
        ("Responsible organisation category", "Regional\u00a0Government", "level", "regional"),
        ("Responsible organisation category", "A choir", "level", "other"),
        ("Functions of Government (COFOG level I)", "recreation, culture and religion", "cofog", "GF08"),
        ("Functions of Government (COFOG level I)", "Magic", "cofog", ""),
        ("Geographical coverage (country)", "Greece", "geo", "EL"),
        ("Geographical coverage (country)", "United Kingdom", "geo", "UK"),
        ("Geographical coverage (country)", "Türkiye", "geo", "TR"),
        ("Geographical coverage (country)", "Turkey", "geo", "TR"),
        ("Geographical coverage (country)", "european union ", "geo", "EU_INST"),
        ("Geographical coverage (country)", "Atlantis", "geo", ""),
        ("Geographical coverage (country)", "European Union", "geo_group", "eu_institutions"),
        ("Geographical coverage (country)", "Norway", "geo_group", "other"),
        ("Geographical coverage (country)", "Atlantis", "geo_group", "other"),
        ("End Year", "219", "end_year", None),
        ("End Year", "about 2020", "end_year", None),
        ("Date updated", "2026-02-09", "updated", date(2026, 2, 9)),
        ("Date updated", "31/02/2026", "updated", None),
    ],
)
def test_spellings(column: str, published: str, ours: str, code: object, tmp_path: Path) -> None:
    (case,) = read(edition(CASE | {column: published}), tmp_path)
    assert case[ours] == code


def test_blank_rows_at_the_end_are_no_cases(tmp_path: Path) -> None:
    blank = dict.fromkeys(CASE, "\u00a0")
    assert len(read(edition(CASE, blank, blank), tmp_path)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (edition({k: v for k, v in CASE.items() if k != " Status"}), "misses the column 'status'"),
        (edition({k: v for k, v in CASE.items() if k != "PSTW ID"}), "misses the column 'pstw id'"),
        (edition(CASE)[:-30], "row 2 has"),
        (edition(CASE | {"PSTW ID": ""}), "row 2 has 19 cells where the header has 19, or no PSTW ID"),
        (edition(CASE).splitlines()[0], "the table holds no case"),
        (b"", "the file is empty"),
        (b"<html><title>Moved</title></html>", "a web page (Moved)"),
        (b"PK\x03\x04 and no more", "ZIP archive"),
    ],
)
def test_what_is_no_edition_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(content, tmp_path)
    assert str(caught.value).startswith("pstw_cases: edition.csv: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pstw_dataset_2026-03-04.csv", (2291, 1805, 1513, 629)),
        ("pstw_landscape_report_2024-11-26.csv", (1617, 1295, 1114, 444)),
    ],
)
def test_the_counts_of_two_editions(name: str, expected: tuple[int, ...], shared_data: Path) -> None:
    """Rows; of them AI; of them in Member States; of them implemented."""
    with duckdb.connect() as connection:
        rows = SOURCE.parse(CASES, shared_data / "pstw" / name, connection).fetchall()
    cases = [dict(zip(CASES.columns, row, strict=True)) for row in rows]
    ai = [case for case in cases if case["technology"] == "artificial_intelligence"]
    inside = [case for case in ai if case["geo_group"] == "member_state"]
    implemented = [case for case in inside if case["status"] == "implemented"]
    assert (len(cases), len(ai), len(inside), len(implemented)) == expected
    assert all(case["geo"] for case in cases)
