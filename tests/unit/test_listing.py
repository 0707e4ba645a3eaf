"""Tables without a chart as files: what the page says, with title, source, release and licence, and no formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from dashboards.charts.look import LIGHT
from dashboards.reader import Reader
from dashboards.takeaway.listing import Listing, made
from tests.releases import HOSTILE, Plan
from tests.unit.test_pages import opened
from warehouse.read import open_release

FRAME = pd.DataFrame({"Indicator": ["=1+1", HOSTILE], "Denmark": ["42.0 %", "not measured"]})
REUSE = "European Commission reuse policy, Decision 2011/833/EU"


@pytest.fixture
def own(small_home: Path) -> Reader:
    return Reader("en", "DK", LIGHT, open_release(small_home))


def test_a_table_as_csv_names_its_sources_and_starts_no_formula(own: Reader) -> None:
    text = made(Listing("together", "A title", ("enterprises_using_ai",)), FRAME, own, "csv").decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Indicator"] for row in rows] == ["'=1+1", HOSTILE]
    assert rows[1]["Denmark"] == "not measured"
    assert {row["title"] for row in rows} == {"A title"}
    assert {row["source"] for row in rows} == {"Eurostat isoc_eb_ai"}
    assert {row["licence"] for row in rows} == {REUSE}
    assert {row["release"] for row in rows} == {Plan().id}


def test_a_table_as_a_workbook_has_its_sources_beside_it(own: Reader) -> None:
    listing = Listing("cases", "A title", views=("pstw.cases", "curated.nowhere"))
    book = load_workbook(io.BytesIO(made(listing, FRAME, own, "xlsx", "http://127.0.0.1/compare")))
    table, source = book.worksheets
    assert [cell.value for cell in table[1]] == ["Indicator", "Denmark"]
    assert [cell.value for cell in table["A"]][1:] == ["'=1+1", HOSTILE]
    assert {cell.data_type for row in table for cell in row} == {"s"}
    said = [cell.value for row in source for cell in row if cell.value]
    assert {"A title", Plan().id, "CC BY 4.0", "http://127.0.0.1/compare"} <= set(said)


def test_a_record_of_our_own_says_so(own: Reader) -> None:
    rows = list(csv.DictReader(io.StringIO(made(Listing("checks", "Checks"), FRAME, own, "csv").decode())))
    assert {(row["source"], row["licence"]) for row in rows} == {("AI Observatory", "")}


@pytest.mark.parametrize(("page", "keys"), [("targets", {"targets", "pace"}), ("compare", {"together"})])
def test_the_pages_offer_their_tables(
    small_home: Path, monkeypatch: pytest.MonkeyPatch, page: str, keys: set[str]
) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(small_home))
    offered = {button.proto.id.rpartition("-list-")[2] for button in opened(page).get("download_button")}
    assert keys <= offered
