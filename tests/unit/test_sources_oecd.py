"""Venture capital of OECD.AI is read whole, and its running year is never compared with a full one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from indicators.compute import compute
from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Witness
from sources import registry
from sources.codes import MEMBER_STATES
from sources.model import Capture, NotData, Remark, Remarking, Retrieval, Unreachable, Unreadable
from sources.oecd import VENTURE_CAPITAL, Oecd
from sources.settings import Settings
from tests.replica import Answer, Replica
from warehouse import vintages
from warehouse.archive import Archive

SOURCE = Oecd(Settings())
EXPORT = "iso3,year,vc_ai_musd_nominal\nGRC,2024,3\nGRC,2025,0\nGBR,2025,12.5\nGRC,2026,1\n"
NEXT = "iso3,year,vc_ai_musd_nominal\nGRC,2025,4\nGRC,2026,9\nGRC,2027,1\n"


def read(content: str | bytes, folder: Path) -> list[dict[str, object]]:
    path = folder / "export.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with duckdb.connect() as connection:
        rows = SOURCE.parse(VENTURE_CAPITAL, path, connection).fetchall()
    return [dict(zip(VENTURE_CAPITAL.tidy_columns, row, strict=True)) for row in rows]


def test_an_export(tmp_path: Path) -> None:
    """A zero is a value, and a country without a row has no value; the newest year is year to date."""
    found = [(row["geo"], row["period"], row["value"], row["flags"]) for row in read(EXPORT, tmp_path)]
    assert found == [
        ("EL", "2024", 3.0, ""),
        ("EL", "2025", 0.0, ""),
        ("UK", "2025", 12.5, ""),
        ("EL", "2026", 1.0, "d"),
    ]
    assert {row["unit"] for row in read(EXPORT, tmp_path)} == {"USD_M"}


@pytest.mark.parametrize(
    "content",
    [
        EXPORT.replace(",", ";"),
        EXPORT.replace("\n", "\r\n"),
        "\ufeff" + EXPORT,
        EXPORT.replace("iso3", '"ISO3"'),
        EXPORT + "\n\n",
    ],
)
def test_an_export_saved_by_another_program(content: str, tmp_path: Path) -> None:
    assert read(content, tmp_path) == read(EXPORT, tmp_path)
    (tmp_path / "export.csv").write_text(content, encoding="utf-8")
    assert registry.recognise(tmp_path / "export.csv", Settings()) == VENTURE_CAPITAL


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("iso3,year\nGRC,2024\n", "the header misses the column vc_ai_musd_nominal"),
        ("iso3,year,vc_ai_musd_nominal\n", "the table holds no row"),
        (EXPORT + "GRC,2027,\n", "line 6: the value '' is no number"),
        (EXPORT + "GRC,2027,nan\n", "line 6: the value 'nan' is no number"),
        (EXPORT + "GRC,2027,1,2\n", "line 6 has no country code and year"),
        (EXPORT + "Greece,2027,1\n", "line 6 has no country code and year"),
        (EXPORT + "GRC,soon,1\n", "line 6 has no country code and year"),
        (EXPORT + "GRC\n", "line 6 has no country code and year"),
        (EXPORT + 'GRC,2027,"1\n', "it is no whole CSV"),
        ('"iso3,year,vc_ai_musd_nominal\n', "it is no whole CSV"),
    ],
)
def test_what_is_no_export_is_refused(content: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(content, tmp_path)
    assert str(caught.value).startswith("oecd_ai_vc: export.csv: ")
    assert said in str(caught.value)


def test_an_unknown_country_keeps_its_published_code_and_is_named(tmp_path: Path) -> None:
    assert isinstance(SOURCE, Remarking)
    for content, remark in [
        (EXPORT, Remark("spellings", True, "every published spelling has a code")),
        (EXPORT + "XYZ,2024,5\n", Remark("spellings", False, "1 unknown spelling: country 'XYZ' (1 row)")),
    ]:
        read(content, tmp_path)
        with duckdb.connect() as connection:
            table = SOURCE.parse(VENTURE_CAPITAL, tmp_path / "export.csv", connection)
            table.write_parquet(str(tmp_path / "tidy.parquet"))
        assert SOURCE.remarks(VENTURE_CAPITAL, tmp_path / "tidy.parquet") == [remark]


INDICATOR = Indicator(
    id="venture_capital",
    title="Venture capital",
    question="How much?",
    theme="investment",
    unit="USD_M",
    better="up",
    method="",
    caveats=(),
    formula=Slice(VENTURE_CAPITAL.id, {"unit": "USD_M"}, "USD_M"),
    bounds=(0, None),
    coverage=Coverage(member_states=0, since="2024"),
    witness=Witness("EL", "2024", 3, "the export of this test", date(2026, 9, 27)),
)


def imported(home: Path, content: str, known_from: datetime) -> Capture:
    file = home / f"{known_from:%Y}.csv"
    file.write_text(content, encoding="utf-8")
    retrieval = Retrieval(file, "file:export.csv", datetime.now(UTC), "csv")
    archive = Archive(home)
    got = archive.add(VENTURE_CAPITAL, retrieval, scope="partial", origin="imported", known_from=known_from)
    return archive.judge(got, "accepted", "")


def changes(home: Path) -> dict[str, tuple[float, float | None, str]]:
    """Value, change and its status by year, for Greece, as a figure states them."""
    archive = Archive(home)
    known = vintages.timeline(home, SOURCE, VENTURE_CAPITAL, archive.captures(), archive)
    assert known is not None
    figures = compute(home, INDICATOR, {VENTURE_CAPITAL.id: known.now})
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT period, value, change, change_status FROM read_parquet(?) WHERE geo = 'EL'",
            [str(figures)],
        ).fetchall()
    return {period: (value, change, status) for period, value, change, status in rows}


def test_no_change_is_stated_between_a_full_year_and_a_year_to_date(tmp_path: Path) -> None:
    imported(tmp_path, EXPORT, datetime(2026, 9, 27, tzinfo=UTC))
    assert changes(tmp_path) == {
        "2024": (3.0, None, ""),
        "2025": (0.0, -3.0, "comparable"),
        "2026": (1.0, None, "stopped"),
    }


def test_a_later_export_has_the_year_whole_and_compares_it(tmp_path: Path) -> None:
    imported(tmp_path, EXPORT, datetime(2026, 9, 27, tzinfo=UTC))
    imported(tmp_path, NEXT, datetime(2027, 2, 1, tzinfo=UTC))
    assert changes(tmp_path) == {
        "2024": (3.0, None, ""),
        "2025": (4.0, 1.0, "comparable"),
        "2026": (9.0, 5.0, "comparable"),
        "2027": (1.0, None, "stopped"),
    }


def test_without_an_address_nobody_is_asked(tmp_path: Path) -> None:
    assert SOURCE.changed({}) == []
    with pytest.raises(NotData, match="no address is set"):
        SOURCE.fetch(VENTURE_CAPITAL, tmp_path)


def test_an_address_is_asked_once_a_day(replica: Replica, tmp_path: Path) -> None:
    replica.answers["/export.csv"] = [Answer(EXPORT.encode(), headers={"Content-Type": "text/csv"})]
    source = Oecd(Settings(oecd_url=f"{replica.origin}/export.csv"))
    assert source.changed({}) == [VENTURE_CAPITAL]
    got = source.fetch(VENTURE_CAPITAL, tmp_path)
    assert got.content.read_text() == EXPORT
    assert replica.asked == ["/export.csv"]
    capture = Archive(tmp_path).add(VENTURE_CAPITAL, got, scope="full", origin="live", known_from=None)
    assert source.changed({VENTURE_CAPITAL.id: capture}) == []
    day_before = datetime.now(UTC) - timedelta(hours=21)
    older = Archive(tmp_path / "other").add(
        VENTURE_CAPITAL,
        Retrieval(got.content, got.url, day_before, "text/csv"),
        scope="full",
        origin="live",
        known_from=None,
    )
    assert source.changed({VENTURE_CAPITAL.id: older}) == [VENTURE_CAPITAL]


def test_an_address_that_does_not_answer_is_said(closed_url: str, tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="the connection was refused"):
        Oecd(Settings(oecd_url=closed_url, retries=0)).fetch(VENTURE_CAPITAL, tmp_path)


def test_the_collected_export(shared_data: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """505 rows of 37 countries; the 27 Member States add up to 17,966 million dollars in 2025."""
    file = shared_data / "investment" / "oecd_ai_vc_by_country_2012_2026.csv"
    assert registry.recognise(file, Settings()) == VENTURE_CAPITAL
    rows = SOURCE.parse(VENTURE_CAPITAL, file, connection).fetchall()
    found = [dict(zip(VENTURE_CAPITAL.tidy_columns, row, strict=True)) for row in rows]
    assert (len(found), len({row["geo"] for row in found})) == (505, 37)
    assert {*MEMBER_STATES, "UK", "US", "CN"} < {row["geo"] for row in found}
    assert {row["period"] for row in found if row["flags"]} == {"2026"}
    europe = [row["value"] for row in found if row["period"] == "2025" and row["geo"] in MEMBER_STATES]
    assert sum(europe) == 17966
