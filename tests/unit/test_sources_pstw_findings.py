"""Unknown spellings and repeated cases of PSTW are named, and neither loses a row."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines.judging import judge
from pipelines.observatory import Observatory
from sources.model import Remark, Remarking, Retrieval
from sources.pstw import CASES, PublicSectorTechWatch
from sources.pstw.findings import unmapped
from sources.remarks import Unmapped
from sources.settings import Settings
from tests.unit.test_sources_pstw import CASE, edition, read
from warehouse.model import Check

COUNTRIES = (
    "Austria Belgium Bulgaria Croatia Cyprus Czechia Denmark Estonia Finland France Germany Greece Hungary Ireland "
    "Italy Latvia Lithuania Luxembourg Malta Netherlands Poland Portugal Romania"
).split()
SOURCE = PublicSectorTechWatch(Settings())


def test_an_unknown_spelling_is_listed_and_loses_no_row(tmp_path: Path) -> None:
    cases = [
        CASE,
        CASE | {"PSTW ID": "PSTW-2", "Geographical coverage (country)": "Xland ", "End Year": "219"},
        CASE | {"PSTW ID": "PSTW-3", "Geographical coverage (country)": "Xland", " Status": "On:  hold"},
    ]
    found = read(edition(*cases), tmp_path)
    assert [case["uncoded"] for case in found] == [
        "",
        "country: Xland\nend_year: 219",
        "country: Xland\nstatus: On: hold",
    ]
    assert unmapped(tidy(edition(*cases), tmp_path)) == [
        Unmapped("country", "Xland", 2),
        Unmapped("end_year", "219", 1),
        Unmapped("status", "On: hold", 1),
    ]


def tidy(content: bytes, folder: Path) -> Path:
    """The tidy table of an edition as the warehouse keeps it."""
    path = folder / "edition.csv"
    path.write_bytes(content)
    with duckdb.connect() as connection:
        SOURCE.parse(CASES, path, connection).write_parquet(str(folder / "tidy.parquet"))
    return folder / "tidy.parquet"


def test_remarks_name_unknown_spellings_and_repeated_cases(tmp_path: Path) -> None:
    own = {"Name": "Another", "Description": "Another thing"}
    cases = [
        CASE | {"PSTW ID": "PSTW-10", " Status": "Resting"},
        CASE | {"PSTW ID": "PSTW-9", "Name": "AN  assistant", "Description": "Something else"},
        CASE | {"PSTW ID": "PSTW-11", "Name": "Its twin"},
        CASE | own | {"PSTW ID": "PSTW-12"},
    ]
    assert isinstance(SOURCE, Remarking)
    assert SOURCE.remarks(CASES, tidy(edition(*cases), tmp_path)) == [
        Remark("spellings", False, "1 unknown spelling: status 'Resting' (1 row)"),
        Remark(
            "repeated",
            False,
            "1 name stands under several ids: PSTW-9, PSTW-10. "
            "1 description stands under several ids: PSTW-10, PSTW-11",
        ),
    ]
    assert all(remark.passed for remark in SOURCE.remarks(CASES, tidy(edition(cases[-1]), tmp_path)))


def test_remarks_are_warnings_beside_the_checks_and_hold_nothing_back(tmp_path: Path) -> None:
    """Given an edition with an unknown country and a case that stands twice, when it is judged, it is accepted."""
    cases = [
        CASE | {"PSTW ID": f"PSTW-{number}", "Name": f"{number}", "Geographical coverage (country)": name}
        for number, name in enumerate(("Xland", *COUNTRIES), start=1)
    ]
    file = tmp_path / "edition.csv"
    file.write_bytes(edition(*cases))
    observatory = Observatory(Settings(home=tmp_path), (SOURCE,), ())
    retrieval = Retrieval(file, "file:edition.csv", datetime.now(UTC), "csv")
    dated = datetime(2026, 3, 4, tzinfo=UTC)
    observatory.archive.add(CASES, retrieval, scope="full", origin="imported", known_from=dated)
    found = {check.name: check for check in judge(observatory, CASES)}
    (capture,) = observatory.archive.captures(CASES.id)
    assert capture.state == "accepted"
    said = "1 unknown spelling: country 'Xland' (1 row)"
    assert found["spellings"] == Check(CASES.id, "spellings", False, "warning", said, capture=capture.id)
    assert (found["repeated"].passed, found["repeated"].severity) == (False, "warning")
    assert found["repeated"].detail.startswith(
        "1 description stands under several ids: PSTW-1, PSTW-2, PSTW-3"
    )
