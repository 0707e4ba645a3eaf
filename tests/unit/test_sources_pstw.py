"""Cases of Public Sector Tech Watch are read from every edition, whatever its columns and spellings."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest

from sources.codes import MEMBER_STATES
from sources.model import Unreadable
from sources.pstw import CASES, PublicSectorTechWatch, spellings
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
    "Improved Public Service": "X",
    "Improved Administrative Efficiency": "\u00a0",
    "Open government capabilities": "",
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


def edition(
    *cases: Mapping[str, str], mark: str = ",", encoding: str = "utf-8-sig", errors: str = "strict"
) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(cases[0]), delimiter=mark)
    writer.writeheader()
    writer.writerows(cases)
    return out.getvalue().encode(encoding, errors)


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
            "status_spelled": "Pilot",
            "technology": "artificial_intelligence",
            "technology_secondary": "digital_twins",
            "subdomain": "machine_learning",
            "generative": "no",
            "interaction": "G2C",
            "improves_service": "yes",
            "improves_efficiency": "no",
            "opens_government": "no",
            "benefits": "service",
            "open_components": "unknown",
            "start_year": 2024,
            "end_year": None,
            "source": "Self-reporting tool",
            "updated": date(2026, 2, 9),
            "uncoded": "",
        }
    ]


def test_the_columns_of_2024(tmp_path: Path) -> None:
    older = {OF_2024.get(name, name): text for name, text in CASE.items() if not name.startswith("Secondary")}
    (case,) = read(edition(older), tmp_path)
    assert (case["technology"], case["technology_secondary"]) == ("artificial_intelligence", "")
    assert (case["cofog"], case["nuts"], case["updated"]) == ("GF04", "CZ", date(2026, 2, 9))


OF_2023 = {
    "PSTW ID": "ID",
    "Geographical coverage (country)": "Geographic coverage\nCountry",
    "NUTS 2021": "Geographic coverage \nNUTS 2021",
    "Responsible organisation": "Responsible \nOrganization",
    "Responsible organisation category": "Responsible \nOrganization \nCategory",
    "Functions of Government (COFOG level I)": "Functions of Government \n(COFOG level I)",
    "Functions of Government (COFOG level II)": "Functions of Government \n(COFOG level II)",
    "Improved Administrative Efficiency": "Improved Administration",
    " Status": "Status",
}
GONE_IN_2023 = ("Primary Technology", "Secondary Technology", "Date updated", "Open government capabilities")


@pytest.mark.parametrize(
    ("classification", "technology"), [("Learning", "artificial_intelligence"), ("", "unknown")]
)
def test_the_columns_of_2023(classification: str, technology: str, tmp_path: Path) -> None:
    """Line breaks in headers, American spelling, other ids, and no column that names the technology."""
    older = {OF_2023.get(name, name): text for name, text in CASE.items() if name not in GONE_IN_2023}
    older |= {"ID": "10001", "UCID": "AIWT6-1", "AI Classification (I)": classification}
    older |= {"Data Scope 1": "FALSO", "2020 AI Classification (deprecated)": "#RIF!", "Website": "FALSO"}
    (case,) = read(edition(older, mark=";"), tmp_path)
    assert (case["case_id"], case["geo"], case["nuts"]) == ("10001", "CZ", "CZ")
    assert (case["organisation"], case["level"], case["cofog"]) == ("A ministry", "central", "GF04")
    assert (case["technology"], case["technology_secondary"], case["website"]) == (technology, "", "")
    assert (case["improves_service"], case["improves_efficiency"]) == ("yes", "no")
    assert (case["opens_government"], case["updated"]) == ("unknown", None)


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
        ("Primary Technology", "", "technology", "unknown"),
        ("Primary Technology", "#REF!", "technology", "unknown"),
        (" Status", "Pilot phase", "status", "pilot"),
        ("AI Classification Subdomain (II) (main)", "Deep Learning", "subdomain", "machine_learning"),
        ("AI Classification Subdomain (II) (main)", "Sorcery", "subdomain", "other"),
        ("AI Classification Subdomain (II) (main)", "", "subdomain", "unknown"),
        ("AI Classification Subdomain (II) (main)", "", "generative", "unknown"),
        ("AI Classification Subdomain (II) (main)", "Generative AI", "generative", "yes"),
        ("AI Classification Subdomain (II) (Other I)", "generative AI ", "generative", "yes"),
        ("AI Classification Subdomain (II) (Other III)", "Searching", "generative", "no"),
        ("Personalised Services", "X", "benefits", "service personal"),
        ("Cost-reduction", "x", "benefits", "service cost"),
        ("Cost-reduction", "\u00a0", "benefits", "service"),
        ("Improved Public Service", "", "benefits", "none"),
        ("Open components in input", "https://example.invalid", "open_components", "input"),
        ("Open components in output", "Yes", "open_components", "output"),
        ("Open components in output", "No", "open_components", "unknown"),
        ("Interaction", "g2b ", "interaction", "G2B"),
        ("Interaction", "G2X", "interaction", ""),
        ("Improved Public Service", "maybe", "improves_service", "unknown"),
        ("Responsible organisation category", "Local government", "level", "local"),
        ("Responsible organisation category", "Regional\u00a0Government", "level", "regional"),
        ("Responsible organisation category", "National Government", "level", "central"),
        ("Responsible organisation category", "A choir", "level", "other"),
        ("Responsible organisation category", "", "level", ""),
        ("Functions of Government (COFOG level I)", "recreation, culture and religion", "cofog", "GF08"),
        ("Functions of Government (COFOG level I)", "Magic", "cofog", ""),
        ("Geographical coverage (country)", "Greece", "geo", "EL"),
        ("Geographical coverage (country)", "United Kingdom", "geo", "UK"),
        ("Geographical coverage (country)", "Türkiye", "geo", "TR"),
        ("Geographical coverage (country)", "Turkey", "geo", "TR"),
        ("Geographical coverage (country)", "Monte Carlo", "geo", "MC"),
        ("Geographical coverage (country)", "Bosnia & Herzegovina", "geo", "BA"),
        ("Geographical coverage (country)", "Bosnia and Herzegovina", "geo", "BA"),
        ("Geographical coverage (country)", "DENMARK\u00a0", "geo", "DK"),
        ("Geographical coverage (country)", "european union ", "geo", "EU_INST"),
        ("Geographical coverage (country)", "Atlantis", "geo", ""),
        ("Geographical coverage (country)", "European Union", "geo_group", "eu_institutions"),
        ("Geographical coverage (country)", "Norway", "geo_group", "other"),
        ("Geographical coverage (country)", "Atlantis", "geo_group", "other"),
        ("End Year", "219", "end_year", None),
        ("End Year", "about 2020", "end_year", None),
        ("End Year", "2020.0", "end_year", 2020),
        ("Functions of Government (COFOG level II)", "Transport.", "cofog_detail", "Transport"),
        (
            "Description",
            "usersâ€™ needs &amp; rights\r\nmet\u00a0",
            "description",
            "usersâ€™ needs & rights\nmet",
        ),
        ("Date updated", "2026-02-09", "updated", date(2026, 2, 9)),
        ("Date updated", "31/02/2026", "updated", None),
    ],
)
def test_spellings(column: str, published: str, ours: str, code: object, tmp_path: Path) -> None:
    (case,) = read(edition(CASE | {column: published}), tmp_path)
    assert case[ours] == code


def test_the_mapping_tables_are_unambiguous() -> None:
    rows = csv.DictReader(io.StringIO(spellings.COUNTRIES.read_text(encoding="utf-8")))
    folded = [spellings.fold(row["spelling"]) for row in rows]
    assert len(folded) == len(set(folded))
    assert set(MEMBER_STATES) < set(spellings.codes("country").values())
    for column in ("status", "technology", "level", "cofog", "interaction", "benefit", "subdomain"):
        assert spellings.members(column)
    named = [name for known in spellings.headers().values() for name in map(spellings.fold_header, known)]
    assert len(named) == len(set(named))


@pytest.mark.fault("parse", "cases with broken letters", expected="read; only the broken letters are marked")
def test_bytes_that_are_not_the_utf_8_they_claim_cost_no_other_row(tmp_path: Path) -> None:
    content = edition(CASE, CASE | {"PSTW ID": "PSTW-2", "Name": "Kąty Größe"})
    broken = content.replace("ą".encode(), b"\xe4")
    first, second = read(broken, tmp_path)
    assert first["description"] == "Answers\nquestions; politely, in Größe."
    assert second["name"] == "Käty Größe"


def test_blank_rows_at_the_end_are_no_cases(tmp_path: Path) -> None:
    blank = dict.fromkeys(CASE, "\u00a0")
    assert len(read(edition(CASE, blank, blank), tmp_path)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (edition({k: v for k, v in CASE.items() if k != " Status"}), "misses the column 'Status'"),
        (edition({k: v for k, v in CASE.items() if k != "PSTW ID"}), "misses the column 'PSTW ID'"),
        (edition(CASE)[:-30], "row 2 has"),
        (edition(CASE | {"PSTW ID": ""}), "row 2 has 22 cells where the header has 22, or no PSTW ID"),
        (edition(CASE).splitlines()[0], "the table holds no case"),
        (b"", "the file is empty"),
        (b"<html><title>Moved</title></html>", "a web page (Moved)"),
        (b"PK\x03\x04 and no more", "ZIP archive"),
        (edition(CASE).replace(b"Answers", b'"Answers'), "no whole CSV"),
    ],
)
@pytest.mark.fault("parse", "an edition of cases that lost a column", expected="refused by the column's name")
def test_what_is_no_edition_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(content, tmp_path)
    assert str(caught.value).startswith("pstw_cases: edition.csv: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pstw_dataset_2026-03-04.csv", (2291, 1805, 1513, 629)),
        ("pstw_dataset_2025-08-20.xlsx", (1964, 1575, 1332, 546)),
        ("pstw_landscape_report_2024-11-26.xlsx", (1617, 1295, 1114, 444)),
        ("pstw_landscape_report_2024-11-26.csv", (1617, 1295, 1114, 444)),
    ],
)
def test_the_counts_of_each_edition(name: str, expected: tuple[int, ...], shared_data: Path) -> None:
    """Rows; of them AI; of them in Member States; of them implemented."""
    with duckdb.connect() as connection:
        rows = SOURCE.parse(CASES, shared_data / "pstw" / name, connection).fetchall()
    cases = [dict(zip(CASES.columns, row, strict=True)) for row in rows]
    ai = [case for case in cases if case["technology"] == "artificial_intelligence"]
    inside = [case for case in ai if case["geo_group"] == "member_state"]
    implemented = [case for case in inside if case["status"] == "implemented"]
    assert (len(cases), len(ai), len(inside), len(implemented)) == expected
    assert all(case["geo"] for case in cases)


def test_an_edition_without_the_columns_says_nothing_of_benefits(tmp_path: Path) -> None:
    without = {name: text for name, text in CASE.items() if not name.startswith(("Improved", "Open "))}
    (case,) = read(edition(without), tmp_path)
    assert (case["benefits"], case["open_components"]) == ("unknown", "unknown")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pstw_dataset_2026-03-04.csv", (200, 16, 44)),
        ("pstw_dataset_2025-08-20.xlsx", (137, 0, 24)),
        ("pstw_landscape_report_2024-11-26.csv", (23, 16, 0)),
    ],
)
def test_what_the_editions_say_of_generative_ai_and_openness(
    name: str, expected: tuple[int, ...], shared_data: Path
) -> None:
    """Cases of AI that are generative; of AI without a subdomain; of all, those that name open components."""
    with duckdb.connect() as connection:
        rows = SOURCE.parse(CASES, shared_data / "pstw" / name, connection).fetchall()
    cases = [dict(zip(CASES.columns, row, strict=True)) for row in rows]
    ai = [case for case in cases if case["technology"] == "artificial_intelligence"]
    found = (
        sum(case["generative"] == "yes" for case in ai),
        sum(case["generative"] == "unknown" for case in ai),
        sum(case["open_components"] != "unknown" for case in cases),
    )
    assert found == expected
