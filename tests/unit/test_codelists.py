"""Code lists: when they are asked for, what they hold, and codes by their labels."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipelines.refresh import plan
from pipelines.run import Outcome, run
from sources import codelists
from sources.codelists import FRESH, CodeLists, code_book, held
from sources.eurostat import Eurostat
from sources.model import Capture, Dataset, NotData, Unreachable, Unreadable
from sources.settings import Settings
from tests.replica import Replica
from tests.replica.tables import Cell, tsv
from warehouse.archive import fingerprint
from warehouse.receive import Arrival, receive
from warehouse.vintages import tidy

LISTS = {dataset.id: dataset for dataset in codelists.DATASETS}
GEO = LISTS["codelist_geo_en"]
NOW = datetime.now(UTC)
AI = Eurostat.datasets[0]


def put(replica: Replica, name: str, text: str) -> None:
    (replica.folder / f"{name}.tsv").write_text(text, encoding="utf-8", newline="")


def known(seen: datetime, *without: str) -> dict[str, Capture]:
    return {
        name: Capture(name, name, "", seen, seen, None, "", 1, "", "full", "live")
        for name in LISTS
        if name not in without
    }


def rows(content: bytes, folder: Path, connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    path = folder / "list.tsv"
    path.write_bytes(content)
    return CodeLists(Settings()).parse(GEO, path, connection).fetchall()


def test_each_list_comes_in_three_languages() -> None:
    assert {"geo", "nace_r2", "nace_r2_1", "size_emp", "indic_is", "unit"} <= {
        codelists.list_of(dataset)[0] for dataset in LISTS.values()
    }
    for name in ("codelist_geo_en", "codelist_size_emp_fr", "codelist_nace_r2_1_de"):
        assert LISTS[name].key == ("code",)
    assert codelists.list_of(LISTS["codelist_nace_r2_1_de"]) == ("nace_r2_1", "de")
    assert LISTS["codelist_unit_fr"].title == "Code list UNIT in French"


def test_a_list_is_asked_for_by_name_and_language(
    replica: Replica, settings: Settings, tmp_path: Path
) -> None:
    put(replica, "codelist_size_emp_fr", "GE10\t10 personnes occupées ou plus\r\n")
    got = CodeLists(settings).fetch(LISTS["codelist_size_emp_fr"], tmp_path)
    where = f"{settings.eurostat_url}/sdmx/2.1/codelist/ESTAT/SIZE_EMP/latest"
    assert got.url == f"{where}?format=TSV&compressed=true&lang=fr"
    with pytest.raises(NotData, match=r"codelist_unit_de: .*404"):
        CodeLists(settings).fetch(LISTS["codelist_unit_de"], tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        "AT\tAustria\r\nXK\tKosovo, café\r\n",
        "AT\tAustria\nXK\tKosovo, café",
        "\N{BYTE ORDER MARK}GEO\tLabel\nAT\tAustria\nXK\t Kosovo, café \n\n",
        "AT\tAustria\nAT\tAustria\nXK\tKosovo, café\n",
    ],
)
def test_a_list_is_read_with_or_without_a_heading(
    content: str, tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    assert rows(content.encode(), tmp_path, connection) == [("AT", "Austria"), ("XK", "Kosovo, café")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the list holds no code"),
        (b"code\tlabel\n", "the list holds no code"),
        (b"AT\tAustria\nBelgium\n", "line 2 is no code and label: 'Belgium'"),
        (b"Austria Land\tAT\n", "line 1 is no code and label"),
        (b"\xff\xfe\t\n", "no text in UTF-8"),
        (b"<html><title>Sorry</title></html>", "Sorry"),
        (b'<?xml version="1.0"?><Structure/>', "it is XML"),
    ],
)
def test_what_is_no_list_is_refused(
    content: bytes, said: str, tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    with pytest.raises(Unreadable) as caught:
        rows(content, tmp_path, connection)
    assert said in str(caught.value)
    assert str(caught.value).startswith("codelist_geo_en: ")


def refresh(live: Settings, *names: str) -> Outcome:
    """Fetch and publish nothing but these datasets, without baseline and figures: that is quick."""
    tables = Eurostat(live)
    return run(live, plan(live, names, sources=[tables, CodeLists(live, tables)]), indicators=())


class Tables:
    """A source of tables of which one changed its structure at some time."""

    datasets = (
        AI,
        replace(AI, id="people", code="people", dimensions=("freq", "ind_type", "indic_is", "unit")),
    )

    def __init__(self, silent: bool = False, people: datetime | None = None) -> None:
        self.silent, self.people = silent, people

    def structure(self, dataset: Dataset) -> datetime | None:
        return self.people if dataset.code == "people" else NOW - timedelta(days=400)


@pytest.mark.parametrize(
    ("seen", "without", "due"),
    [
        (NOW, (), set()),
        (NOW - FRESH + timedelta(hours=1), (), set()),
        (NOW, ("codelist_geo_fr",), {"codelist_geo_fr"}),
        (NOW - FRESH - timedelta(hours=1), (), set(LISTS)),
    ],
)
def test_a_list_is_due_when_it_was_never_held_or_not_seen_for_long(
    seen: datetime, without: tuple[str, ...], due: set[str], replica: Replica, settings: Settings
) -> None:
    found = CodeLists(settings, Tables()).changed(known(seen, *without))
    assert {dataset.id for dataset in found} == due
    assert replica.asked == [], "that costs no request"


def test_a_list_that_was_confirmed_lately_is_not_due(settings: Settings) -> None:
    old = {name: replace(one, confirmed_at=NOW) for name, one in known(NOW - 2 * FRESH).items()}
    assert CodeLists(settings, Tables()).changed(old) == []


def test_lists_are_due_when_a_table_that_uses_them_changed_its_structure_since(settings: Settings) -> None:
    seen = known(NOW - timedelta(days=2))
    moved = CodeLists(settings, Tables(people=NOW - timedelta(days=1))).changed(seen)
    assert {codelists.list_of(dataset)[0] for dataset in moved} == {
        "freq",
        "ind_type",
        "indic_is",
        "unit",
        "geo",
    }
    assert CodeLists(settings, Tables(people=NOW - timedelta(days=3))).changed(seen) == []


def test_nothing_is_asked_of_a_server_that_is_silent(settings: Settings, closed_url: str) -> None:
    assert CodeLists(settings, Tables(silent=True)).changed({}) == []
    away = settings.model_copy(update={"eurostat_url": closed_url})
    tables = Eurostat(away)
    with pytest.raises(Unreachable):
        tables.changed({})
    assert CodeLists(away, tables).changed({}) == []


def test_the_structure_stamps_of_eurostat_make_lists_due(replica: Replica, settings: Settings) -> None:
    put(
        replica,
        AI.code,
        tsv(AI, [Cell(("A", "GE10", "J", "E_AI_TANY", "PC_ENT"), "AT", "2025", "1")]).decode(),
    )
    tables = Eurostat(settings)
    tables.changed({})
    stamp = tables.structure(AI)
    assert stamp is not None
    day = timedelta(days=1)
    assert CodeLists(settings, tables).changed(known(max(stamp, NOW) + day)) == []
    due = {codelists.list_of(one)[0] for one in CodeLists(settings, tables).changed(known(stamp - day))}
    assert {"geo", "nace_r2", "size_emp", "indic_is", "unit"} <= due


@pytest.mark.parametrize(
    ("name", "spelling", "code"),
    [
        ("geo", "Austria", "AT"),
        ("GEO", " austria ", "AT"),
        ("geo", "Bosnia and\N{NO-BREAK SPACE}Herzegovina", "BA"),
        ("geo", "Euro area \N{EN DASH} 20 countries (from 2023)", "EA20"),
        ("geo", "Twice named", None),
        ("geo", "Annual", None),
        ("geo", "AT", None),
        ("sex", "Austria", None),
    ],
)
def test_a_code_by_its_label(name: str, spelling: str, code: str | None) -> None:
    book = code_book(
        [
            ("geo", "AT", "Austria"),
            ("geo", "AT", "Austria"),
            ("geo", "BA", "Bosnia and Herzegovina"),
            ("geo", "EA20", "Euro area - 20 countries (from 2023)"),
            ("geo", "X1", "Twice named"),
            ("geo", "X2", "Twice named"),
            ("geo", "X1", "Twice named"),
            ("freq", "A", "Annual"),
        ]
    )
    assert book.code_of(name, spelling) == code


def test_a_home_gives_the_codes_of_the_lists_that_it_captured(replica: Replica, settings: Settings) -> None:
    assert held(settings.home) is None
    live = settings.model_copy(update={"offline": False})
    put(replica, "codelist_geo_en", "AT\tAustria\n")
    put(replica, "codelist_geo_de", "AT\tÖsterreich\n")
    refresh(live, "codelist_geo_en", "codelist_geo_de")
    english, german = held(live.home), held(live.home, "de")
    assert english is not None
    assert german is not None
    assert (english.code_of("geo", "Austria"), english.code_of("geo", "Österreich")) == ("AT", None)
    assert (german.code_of("GEO", "Österreich"), german.code_of("sex", "Frauen")) == ("AT", None)
    put(replica, "codelist_geo_en", "AUT\tAustria\n")
    got = CodeLists(live).fetch(GEO, live.home)
    tidy(live.home, CodeLists(live), GEO, fingerprint(got.content).sha256, got.content)
    assert english.code_of("geo", "Austria") == "AUT", "the newest list counts"


LABELLED = (
    "DATAFLOW,LAST UPDATE,freq,size_emp,nace_r2,indic_is,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\r\n"
    "ESTAT:ISOC_EB_AI(1.0),15/06/26 11:00:00,Annual,10 or more,Trade,Any AI,Percentage,Austria,2025,20.5,,\r\n"
)


def test_a_file_of_labels_is_read_once_the_lists_are_captured(
    replica: Replica, settings: Settings, tmp_path: Path
) -> None:
    live = settings.model_copy(update={"offline": False})
    file = tmp_path / "isoc_eb_ai.csv"
    file.write_text(LABELLED, encoding="utf-8", newline="")
    refused = receive(live, [Arrival(file, file.name)], lambda _: None).refused
    assert len(refused) == 1
    assert "holds labels instead of codes: 'Annual'" in refused[0]
    names = {
        "freq": "A\tAnnual", "size_emp": "GE10\t10 or more", "nace_r2": "G\tTrade", "indic_is": "E_AI_TANY\tAny AI",
        "unit": "PC_ENT\tPercentage", "geo": "AT\tAustria",
    }  # fmt: skip
    for name, line in names.items():
        put(replica, f"codelist_{name}_en", line + "\n")
    refresh(live, *(f"codelist_{name}_en" for name in names))
    received = receive(live, [Arrival(file, file.name)], lambda _: None)
    assert received.refused == ()
    table = next((live.home / "vintages" / AI.id).glob("*.parquet"))
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT * FROM read_parquet(?)", [str(table)]).fetchall()
    assert rows == [("A", "GE10", "G", "E_AI_TANY", "PC_ENT", "AT", "2025", 20.5, "", "")]
