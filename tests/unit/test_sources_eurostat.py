"""Eurostat's tables come whole or not at all, and only when they changed; every failure says what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import duckdb
import pytest

from sources.eurostat import DATASETS, Eurostat
from sources.model import Dataset, NotData, NotYet, Retrieval, SourceError, Unreachable
from sources.settings import Settings
from tests.replica import API, FEED, INVENTORY, LONG_AGO, Answer, Queueing, Replica, answers
from tests.replica.tables import Cell, tsv

AI, AIN2 = DATASETS[0], DATASETS[1]
CODE = AI.code
CONSTRAINT = f"{API}/sdmx/2.1/contentconstraint/ESTAT/ISOC_EB_AI"
SLICES = f"{API}/sdmx/3.0/data/dataflow/ESTAT/ISOC_EB_AI/1.0"
INVENTORY_ASKED = f"{INVENTORY}?type=data"
UPDATED = datetime.fromisoformat(LONG_AGO).astimezone(UTC)
LATER = "2026-12-10T11:00:00+0100"
GEOS = ["EU27_2020", "AT", "BE", "DE", "EL", "FR", "IT"]
CELLS = [
    Cell(("A", size, "C10-S951_X_K", "E_AI_TANY", "PC_ENT"), geo, period, value, flags, secret)
    for (size, geo, period), (value, flags, secret) in zip(
        product(["10-49", "GE10"], GEOS, ["2023", "2024", "2025"]),
        [("12.50", "", ""), ("0", "b", ""), ("", "u", ""), ("", "", "C"), ("7.1", "bde", "")] * 9,
        strict=False,
    )
]


@pytest.fixture
def served(replica: Replica) -> Replica:
    """A replica with one table of 42 cells."""
    (replica.folder / f"{CODE}.tsv").write_bytes(tsv(AI, CELLS))
    return replica


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fetched").mkdir()
    return tmp_path / "fetched"


def read(got: Retrieval, dataset: Dataset = AI) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        rows = Eurostat(Settings()).parse(dataset, got.content, connection).fetchall()
    return sorted(rows, key=repr)


def whole() -> list[tuple[object, ...]]:
    return sorted((cell.tidy() for cell in CELLS), key=repr)


def failure(settings: Settings, folder: Path, **changes: object) -> SourceError:
    with pytest.raises(SourceError) as caught:
        Eurostat(settings.model_copy(update=changes)).fetch(AI, folder)
    assert str(caught.value).startswith(f"{CODE}: {settings.eurostat_url}/"), "it names dataset and address"
    assert caught.value.advice, "it says what to do"
    return caught.value


def asked_for_data(replica: Replica) -> list[str]:
    return [path for path in replica.asked if "/data/" in path and "/statistics/" not in path]


class TestQueue:
    @pytest.mark.parametrize("form", ["envelope", "warning 200", "error 413"])
    def test_a_queued_table_is_waited_for(
        self, form: str, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.queueing[CODE] = Queueing(polls=3, form=form)  # type: ignore[arg-type]
        got = Eurostat(settings).fetch(AI, folder)
        assert read(got) == whole()
        assert got.url == f"{settings.eurostat_url}/sdmx/2.1/data/ISOC_EB_AI?format=TSV&compressed=true"
        looks = [path for path in served.asked if "/async/status/" in path]
        assert len(looks) == (4 if form == "envelope" else 0)

    @pytest.mark.parametrize(
        ("queueing", "said"),
        [
            (Queueing(end="EXPIRED"), "the queued extraction is lost: EXPIRED"),
            (Queueing(end="UNKNOWN_REQUEST"), "UNKNOWN_REQUEST: Unknown request."),
            (Queueing(end="never"), "was queued and did not get ready in time"),
            (Queueing(end="never", form="warning 200"), "was queued and did not get ready in time"),
            (Queueing(end="never", form="error 413"), "was queued and did not get ready in time"),
        ],
    )
    def test_a_table_that_never_gets_ready_is_left_for_later(
        self, queueing: Queueing, said: str, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.queueing[CODE] = queueing
        error = failure(settings, folder, polls=5)
        assert isinstance(error, NotYet)
        assert error.retriable
        assert said in str(error)
        assert len(served.asked) <= 8, "there is a limit to asking"

    def test_waiting_ends_with_the_budget(self, served: Replica, settings: Settings, folder: Path) -> None:
        served.queueing[CODE] = Queueing(end="never")
        error = failure(settings, folder, polls=10_000, poll_pause=0.01, budget=0.2)
        assert error.retriable
        assert len(served.asked) < 30

    def test_data_promised_and_not_there_are_left_for_later(
        self, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.queueing[CODE] = Queueing(polls=0)
        ticket = "a801f1c5-7e21-4f8b-a19a-000000000001"
        served.answers[f"{API}/1.0/async/data/{ticket}"] = [answers.NOT_YET]
        assert isinstance(failure(settings, folder, polls=3), NotYet)


class TestTooBig:
    @pytest.mark.parametrize("most", [41, 20, 10, 6])
    def test_it_is_put_together_from_parts_each_row_once(
        self, most: int, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.most_cells = most
        got = Eurostat(settings).fetch(AI, folder)
        assert read(got) == whole()
        assert got.url.endswith(" parts by geo")
        assert got.source_updated_at == UPDATED
        parts = [path for path in served.asked if "/sdmx/3.0/data/" in path]
        assert len(parts) >= 42 // most

    def test_a_part_that_is_too_big_itself_is_halved(
        self, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.most_cells = 12
        big = answers.xml("<S:Fault><faultstring>EXTRACTION_TOO_BIG: too big</faultstring></S:Fault>", 413)
        served.answers[Replica.data_path(CODE)] = [big]
        assert read(Eurostat(settings).fetch(AI, folder)) == whole()

    def test_a_table_that_no_part_fits_is_refused(
        self, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.most_cells = 5
        error = failure(settings, folder)
        assert isinstance(error, NotData)
        assert "EXTRACTION_TOO_BIG" in str(error)

    def test_a_code_without_data_leaves_no_gap(
        self, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.most_cells = 6
        known = served.answer(CONSTRAINT, {})
        more = known.body.replace(b'id="geo">', b'id="geo"><c:Value>AA</c:Value>')
        served.answers[CONSTRAINT] = [replace(known, body=more)]
        parts = [served.answer(SLICES, {"formatVersion": ["2.0"], "c[geo]": [geo]}) for geo in sorted(GEOS)]
        served.answers[SLICES] = [answers.NO_RESULTS, *parts]
        assert read(Eurostat(settings).fetch(AI, folder)) == whole()

    def test_parts_without_any_data_are_no_table(
        self, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.most_cells = 20
        served.answers[SLICES] = [answers.NO_RESULTS]
        assert "none of the parts holds data" in str(failure(settings, folder))

    @pytest.mark.fault(
        "fetch", "parts that do not make the whole table", expected="refused: a table with gaps is never kept"
    )
    def test_a_code_that_the_list_of_codes_lacks_is_noticed(
        self, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.most_cells = 20
        known = served.answer(CONSTRAINT, {})
        served.answers[CONSTRAINT] = [replace(known, body=known.body.replace(b"<c:Value>AT</c:Value>", b""))]
        error = failure(settings, folder)
        assert isinstance(error, NotYet)
        assert "the parts hold 36 of the 42 observations that Eurostat states" in str(error)

    def test_rows_that_were_not_asked_for_are_refused(
        self, served: Replica, settings: Settings, folder: Path
    ) -> None:
        everything = served.answer(SLICES, {"formatVersion": ["2.0"]})
        served.most_cells = 20
        served.answers[SLICES] = [everything]
        assert "a row that was not asked for" in str(failure(settings, folder))

    def test_parts_may_queue_too(self, served: Replica, settings: Settings, folder: Path) -> None:
        served.most_cells = 20
        served.queueing[CODE] = Queueing(polls=1)
        assert read(Eurostat(settings).fetch(AI, folder)) == whole()

    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            (Answer(b"<m:Structure xmlns:m='x'/>"), "lists no codes by which to ask for parts"),
            (Answer(b"<m:Structure"), "lists no codes by which to ask for parts"),
            (answers.not_found(CODE), "ERR_NOT_FOUND_4"),
            (answers.MAINTENANCE, "a web page (Maintenance)"),
        ],
    )
    def test_without_codes_it_is_refused(
        self, answer: Answer, said: str, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.most_cells = 20
        served.answers[CONSTRAINT] = [answer]
        assert said in str(failure(settings, folder))


class TestMoving:
    """Tables that change while they are fetched; ``steady=0`` asks after each download."""

    def test_it_is_fetched_once_more(self, served: Replica, settings: Settings, folder: Path) -> None:
        served.moving[CODE] = 1
        got = Eurostat(settings.model_copy(update={"steady": 0})).fetch(AI, folder)
        assert len(asked_for_data(served)) == 2
        assert got.source_updated_at == UPDATED + timedelta(hours=12)
        assert read(got) == whole()

    def test_a_second_time_it_is_left_for_later(
        self, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.moving[CODE] = 2
        error = failure(settings, folder, steady=0)
        assert isinstance(error, NotYet)
        assert "the table changed while it was fetched, twice" in str(error)
        assert len(asked_for_data(served)) == 2

    @pytest.mark.fault(
        "fetch", "parts of two editions", expected="fetched once more, or left for later; never mixed"
    )
    def test_parts_of_two_editions_are_never_mixed(
        self, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.most_cells = 20
        served.moving[CODE] = 2
        got = Eurostat(settings).fetch(AI, folder)
        assert got.source_updated_at == UPDATED + timedelta(hours=24)
        served.moving[CODE] = 1000
        assert isinstance(failure(settings, folder), NotYet)

    def test_a_short_download_of_one_answer_costs_no_question_after_it(
        self, served: Replica, settings: Settings, folder: Path
    ) -> None:
        Eurostat(settings).fetch(AI, folder)
        assert served.asked == [INVENTORY_ASKED, f"{Replica.data_path(CODE)}?format=TSV&compressed=true"]

    def test_what_nobody_can_vouch_for_is_not_kept(
        self, served: Replica, settings: Settings, folder: Path
    ) -> None:
        served.most_cells = 20
        known = served.answer(INVENTORY, {})
        served.answers[INVENTORY] = [known, answers.MAINTENANCE]
        served.answers[FEED] = [answers.MAINTENANCE]
        with pytest.raises(Unreachable, match="a web page"):
            Eurostat(settings).fetch(AI, folder)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (answers.NO_RESULTS, "the server answers 400: NO_RESULTS"),
        (answers.WRONG_ARITY, "the server answers 400: INVALID_QUERY_NB_FILTERS"),
        (answers.unknown_values("UNIT=NOTAUNIT"), "are not allowed: UNIT=NOTAUNIT."),
        (replace(answers.WRONG_ARITY, status=404), "the server answers 404: INVALID_QUERY_NB_FILTERS"),
        (replace(answers.NO_RESULTS, status=200), "the answer is not data: NO_RESULTS"),
        (answers.not_found(CODE.upper()), "the server answers 404: ERR_NOT_FOUND_4: ISOC_EB_AI"),
    ],
)
def test_faults_are_lasting_and_say_what_to_look_at(
    answer: Answer, said: str, served: Replica, settings: Settings, folder: Path
) -> None:
    served.answers[Replica.data_path(CODE)] = [answer]
    error = failure(settings, folder, retries=3)
    assert isinstance(error, NotData)
    assert said in str(error)
    assert "renamed, withdrawn or given other dimensions" in str(error)
    assert len(asked_for_data(served)) == 1, "a lasting fault is not asked again"
