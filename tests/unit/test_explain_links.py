"""The addresses that an explanation gives: following them over a socket gives exactly the cell that was shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
import requests

from indicators.explain import cells_of, explain
from indicators.registry import indicators
from pipelines.refresh import plan
from pipelines.run import run
from sources import formats
from sources.codes import EU, MEMBER_STATES
from sources.eurostat import DATASETS, Eurostat
from sources.eurostat_links import PUBLIC, cell_query, table_page
from sources.model import Dataset
from sources.pstw import CASES
from sources.settings import Settings
from tests.replica import Replica
from tests.replica.tables import Cell, tsv
from warehouse.read import OpenRelease, open_release
from warehouse.receive import Arrival, receive

AI = next(dataset for dataset in DATASETS if dataset.code == "isoc_eb_ai")
OWN = next(dataset for dataset in DATASETS if dataset.place)
CODES = {
    "freq": "A",
    "size_emp": "GE250",
    "nace_r2": "C10-S951_X_K",
    "indic_is": "E_AI_TANY",
    "unit": "PC_ENT",
}


class OneTable(Eurostat):
    """Eurostat, as if it had but one table: that is quick to refresh."""

    datasets = (AI,)


def cell(size: str, geo: str, value: str = "", flags: str = "", confidentiality: str = "") -> Cell:
    codes = tuple({**CODES, "size_emp": size}[name] for name in AI.dimensions)
    return Cell(codes, geo, "2025", value, flags, confidentiality)


SPECIAL = {
    "DK": ("42.03", "be", ""), "FR": ("0", "", ""), "MT": ("", "u", "C"), "DE": ("", "", "C"),
}  # fmt: skip
PLACES = [geo for geo in (EU, *MEMBER_STATES) if geo != "IT"]
CELLS = [
    cell(size, geo, *SPECIAL.get(geo, ("19.95", "", "")))
    for size in ("GE10", "10-249", "GE250")
    for geo in PLACES
]
"""A whole table that has no cell for Italy, and cells without a value for Malta and Germany."""


@pytest.fixture
def opened(settings: Settings, replica: Replica, monkeypatch: pytest.MonkeyPatch) -> OpenRelease:
    """A release of a table that the replica serves too; the links point to the replica."""
    monkeypatch.setenv("OBSERVATORY_EUROSTAT_URL", replica.eurostat_url)
    (replica.folder / "isoc_eb_ai.tsv").write_bytes(tsv(AI, CELLS))
    arrival = Arrival(replica.folder / "isoc_eb_ai.tsv", "isoc_eb_ai.tsv", AI.id, date(2026, 9, 1), True)
    own = settings.model_copy(update={"offline": True})
    received = receive(own, [arrival], lambda _: None)
    assert received.refused == ()
    asked = [indicators()[name] for name in ("enterprises_using_ai", "sme_gap")]
    run(own, plan(own, sources=[OneTable(own)]), indicators=asked)
    return open_release(own.home)


def followed(query: str, dataset: Dataset, folder: Path) -> list[tuple[object, ...]]:
    """What the address states, read as any JSON-stat."""
    answer = requests.get(query, timeout=5)
    assert answer.status_code == 200
    file = folder / "answer.json"
    file.write_bytes(answer.content)
    with duckdb.connect() as connection:
        table = formats.read(dataset, file, connection)
        return table.select("geo, period, value, flags, confidentiality").fetchall()


def test_the_query_of_a_cell_states_exactly_what_is_shown(opened: OpenRelease, tmp_path: Path) -> None:
    for name, number in (("enterprises_using_ai", 1), ("sme_gap", 2)):
        for geo in (EU, *SPECIAL):
            found = explain(opened, indicators()[name], geo, "2025")
            assert found.agrees
            assert found.tree is not None
            cells = cells_of(found.tree)
            assert len(cells) == number
            for one in cells:
                said = (one.geo, one.period, one.value, one.flags, one.confidentiality)
                assert followed(one.query, one.dataset, tmp_path) == [said]
    found = explain(opened, indicators()["enterprises_using_ai"], "IT", "2025")
    assert found.agrees
    assert found.tree is not None
    (nowhere,) = cells_of(found.tree)
    assert nowhere.missing == "not measured"
    query = parse_qs(urlsplit(nowhere.query).query)
    assert (query["geo"], query["size_emp"], query["time"]) == (["IT"], ["GE10"], ["2025"])


def test_the_query_names_every_dimension_and_the_public_address() -> None:
    query = cell_query(AI, CODES, "DK", "2025")
    address, asked = urlsplit(query), parse_qs(urlsplit(query).query)
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{PUBLIC}/statistics/1.0/data/ISOC_EB_AI"
    assert asked == {"format": ["JSON"], "lang": ["EN"], "geo": ["DK"], "time": ["2025"]} | {
        name: [code] for name, code in CODES.items()
    }
    moved = replace(AI, dimensions=AI.dimensions[::-1])
    assert parse_qs(urlsplit(cell_query(moved, CODES, "DK", "2025")).query) == asked
    assert table_page(AI).endswith("/isoc_eb_ai")


def test_a_table_without_places_is_not_asked_for_one() -> None:
    query = cell_query(OWN, dict.fromkeys(OWN.dimensions, "A"), OWN.place, "2025")
    assert "geo" not in parse_qs(urlsplit(query).query)


def test_a_strange_code_stays_a_code() -> None:
    strange = {**CODES, "unit": "PC&geo=XX#?/ü"}
    asked = parse_qs(urlsplit(cell_query(AI, strange, "DK", "2025")).query)
    assert (asked["unit"], asked["geo"]) == (["PC&geo=XX#?/ü"], ["DK"])


@pytest.mark.parametrize(("dataset", "codes"), [(CASES, {}), (AI, {"freq": "A"})])
def test_what_is_no_one_cell_of_eurostat_has_no_query(dataset: Dataset, codes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=dataset.id):
        cell_query(dataset, codes, "DK", "2025")
