"""A refresh of the registry's own sources from a server on loopback, as the command line runs it.

Whatever a server does, the release that readers see stays as it is, or is followed by a better one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

import observatory
from observatory.console import WITH_PROBLEMS
from pipelines.refresh import plan
from pipelines.run import run
from sources.codelists import DATASETS as CODE_LISTS
from sources.eurostat import DATASETS
from sources.model import Dataset
from sources.settings import Settings
from tests.replica import API, FEED, INVENTORY, Answer, Queueing, Replica, answers, generated
from tests.unit.test_sources_pstw import CASE, edition
from warehouse.archive import Archive
from warehouse.read import current, open_release

AI = DATASETS[0]
CLOUD = next(dataset for dataset in DATASETS if dataset.id == "isoc_cicce_use")
LATER = "2026-12-10T11:00:00+0100"
SLICES = f"{API}/sdmx/3.0/data/dataflow/ESTAT/ISOC_EB_AI/1.0"


def publish(replica: Replica) -> None:
    """Let the server have every table, and a case."""
    generated.write(replica.folder)
    (replica.folder / "pstw_dataset.csv").write_bytes(edition(CASE, mark=";", encoding="latin-1"))


def spoken_of(lines: tuple[str, ...]) -> set[str]:
    return {line.partition(":")[0] for line in lines}


@dataclass(frozen=True)
class Live:
    """A server with every table, and a home that has published all of them."""

    replica: Replica
    settings: Settings

    @property
    def home(self) -> Path:
        return self.settings.home


def _settings(home: Path, replica: Replica) -> Settings:
    return Settings(
        home=home, eurostat_url=replica.eurostat_url, pstw_url=replica.pstw_url, offline=False, retries=0,
        timeout=10, pause=0.001, poll_pause=0.001, polls=3,
    )  # fmt: skip


def cells(table: bytes) -> list[float]:
    """The values of a table in TSV, in order."""
    rows = [line.split("\t")[1:] for line in table.decode().splitlines()[1:]]
    return sorted(float(cell) for row in rows for cell in row if cell.strip() not in ("", ":"))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...], list[str]]:
    """A home after its first refresh, the problems met, and what was asked for."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "tables").mkdir()
    with Replica(folder / "tables") as replica:
        publish(replica)
        settings = _settings(folder / "home", replica)
        outcome = run(settings, plan(settings))
        assert outcome.release is not None
        return settings.home, outcome.problems, replica.asked


@pytest.fixture
def live(first: tuple[Path, tuple[str, ...], list[str]], tmp_path: Path, replica: Replica) -> Live:
    shutil.copytree(first[0], tmp_path / "home")
    publish(replica)
    return Live(replica, _settings(tmp_path / "home", replica))


def test_every_table_and_list_is_fetched_once_and_published(
    first: tuple[Path, tuple[str, ...], list[str]],
) -> None:
    home, problems, asked = first
    assert [line.partition("-")[0] for line in problems] == ["pstw_cases"], "one made-up case is too few"
    data = [path for path in asked if "/sdmx/2.1/data/" in path]
    assert len(data) == len(set(data)) == len(DATASETS)
    lists = [path for path in asked if "/codelist/" in path]
    assert len(lists) == len(set(lists)) == len(CODE_LISTS)
    assert len(asked) == 1 + len(data) + len(lists) + 1, "and the inventory, and the cases"
    said = open_release(home).query(
        "SELECT count(*) AS n FROM figures WHERE indicator = 'enterprises_using_ai' AND value IS NOT NULL"
    )
    assert said["n"][0] >= 28


def test_nothing_new_costs_two_questions_at_most(live: Live) -> None:
    before = current(live.home)
    planned = plan(live.settings)
    assert planned.empty
    assert not planned.problems
    assert live.replica.asked == [f"{INVENTORY}?type=data"]
    assert current(live.home) == before


@pytest.mark.fault("fetch", "the inventory of updates fails", expected="the feed of updates decides")
def test_nothing_new_without_the_inventory_costs_two_questions(live: Live) -> None:
    live.replica.answers[INVENTORY] = [Answer(status=503)]
    planned = plan(live.settings)
    assert planned.empty
    assert not planned.problems
    assert [path.partition("?")[0] for path in live.replica.asked] == [INVENTORY, FEED]


def test_a_structure_that_moved_costs_its_lists_and_no_table(live: Live) -> None:
    live.replica.restructured[AI.code] = "2099-12-10T11:00:00+0100"
    planned = plan(live.settings)
    assert {*planned.fetch} == {one.id for one in CODE_LISTS if one.code[:-3] in (*AI.dimensions, "geo")}, (
        "the lists that this table uses, in every language"
    )


def test_a_table_that_changed_is_fetched_alone_and_a_bad_one_is_held_back(live: Live) -> None:
    (live.replica.folder / f"{AI.code}.tsv").write_bytes(generated.table(AI, shift=1))
    (live.replica.folder / f"{CLOUD.code}.tsv").write_bytes(generated.table(CLOUD, "1350"))
    live.replica.updated = {AI.code: LATER, CLOUD.code: LATER}
    planned = plan(live.settings, only=[dataset.id for dataset in DATASETS])
    assert {*planned.fetch} == {AI.id, CLOUD.id}
    outcome = run(live.settings, planned)
    assert outcome.release is not None
    assert [line.split(" held back")[0] for line in outcome.problems] == [
        Archive(live.home).captures(CLOUD.id)[-1].id
    ]
    assert "rows out of bounds" in outcome.problems[0]
    values = open_release(live.home).query("SELECT value FROM eurostat.isoc_eb_ai")
    assert sorted(values["value"]) == cells(generated.table(AI, shift=1))
    assert plan(live.settings, only=[CLOUD.id]).empty, "what was held back is not fetched again and again"


@dataclass(frozen=True)
class Trouble:
    """What the server does with one table, and what is said of it."""

    says: str
    answer: Answer | None = None
    queueing: Queueing | None = None
    moving: int = 0

    def befall(self, replica: Replica, code: str) -> None:
        """Make the server misbehave for a table that has changed."""
        replica.updated[code] = LATER
        if self.answer:
            replica.answers[Replica.data_path(code)] = [self.answer]
            replica.answers[f"{API}/sdmx/3.0/data/dataflow/ESTAT/{code.upper()}/1.0"] = [self.answer]
        if self.queueing:
            replica.queueing[code] = self.queueing
        replica.moving[code] = self.moving


HEADER = b"freq,size_emp,nace_r2,indic_is,unit,geo\\TIME_PERIOD\t2025 \r\n" * 500
OF_ONE_TABLE = {
    "queued and expired": Trouble("is lost: EXPIRED", queueing=Queueing(end="EXPIRED")),
    "queued and forgotten": Trouble("UNKNOWN_REQUEST", queueing=Queueing(end="UNKNOWN_REQUEST")),
    "queued for ever": Trouble("did not get ready in time", queueing=Queueing(end="never")),
    "asynchronous for ever, 200": Trouble(
        "did not get ready in time", queueing=Queueing(end="never", form="warning 200")
    ),
    "asynchronous for ever, 413": Trouble(
        "did not get ready in time", queueing=Queueing(end="never", form="error 413")
    ),
    "too big however it is cut": Trouble(
        "even cut by geo it is too much: the server answers 413: EXTRACTION_TOO_BIG",
        answers.fault(413, answers.too_big(17_348_292, 5_000_000), 413),
    ),
    "fault 100": Trouble("answers 400: NO_RESULTS", answers.NO_RESULTS),
    "fault 100, not found": Trouble("answers 404: ERR_NOT_FOUND_4", answers.not_found("X")),
    "fault 140": Trouble("INVALID_QUERY_NB_FILTERS", answers.WRONG_ARITY),
    "fault 150": Trouble("not allowed: UNIT=X", answers.unknown_values("UNIT=X")),
    "broken off": Trouble("the answer broke off", Answer(HEADER, breaks_off=True)),
    "reset": Trouble("the connection was reset", Answer(HEADER, resets=True)),
    "truncated gzip": Trouble(
        "the gzip ends too early", Answer(answers.table(HEADER, "text/tsv", packed=True).body[:-9])
    ),
    "changed twice while fetched": Trouble("the table changed while it was fetched, twice", moving=2),
    "empty body": Trouble("the file is empty", Answer(b"")),
}
"""Troubles after which the source is asked for its other tables."""

OF_THE_SERVER = {
    "maintenance redirect": Trouble("elsewhere (sorry.invalid)", answers.SORRY),
    "maintenance page": Trouble("a web page (Maintenance)", answers.MAINTENANCE),
    "429": Trouble("answers 429", Answer(status=429, headers={"Retry-After": "0"})),
    "503": Trouble("answers 503", Answer(status=503)),
    "slow drip": Trouble("no whole answer in 0.5 s", Answer(HEADER, drip=0.01)),
}
"""Troubles after which the source is left alone until the next refresh."""


def refresh(live: Live, datasets: Iterable[Dataset], monkeypatch: pytest.MonkeyPatch, **settings: str) -> int:
    """The exit code of the command."""
    environment = {
        "HOME": str(live.home),
        "OFFLINE": "0",
        "EUROSTAT_URL": live.replica.eurostat_url,
        "PSTW_URL": live.replica.pstw_url,
        "RETRIES": "1",
        "PAUSE": "0.001",
        "POLLS": "3",
        "POLL_PAUSE": "0.001",
        **settings,
    }
    for variable, value in environment.items():
        monkeypatch.setenv(f"OBSERVATORY_{variable}", value)
    code = observatory.main(["refresh", *(part for one in datasets for part in ("--only", one.id))])
    monkeypatch.undo()
    return code


@pytest.mark.fault(
    "fetch",
    "an extraction that expires in the queue",
    "an extraction that the queue forgot",
    "an extraction that never gets ready",
    "a table that changes twice while it is fetched",
    expected="one line for the table; the release and every capture stay; asked for again next time",
)
def test_in_trouble_the_release_stays_and_the_message_says_what_happened(
    live: Live, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    befallen = list(zip(DATASETS, OF_ONE_TABLE.values(), strict=False))
    for dataset, trouble in befallen:
        trouble.befall(live.replica, dataset.code)
    before, held = current(live.home), Archive(live.home).captures()
    assert refresh(live, [one for one, _ in befallen], monkeypatch, STEADY="0") == WITH_PROBLEMS
    lines = [" ".join(line.split()) for line in capsys.readouterr().err.splitlines()]
    for dataset, trouble in befallen:
        said = [line for line in lines if line.startswith(f"{dataset.id}: {live.replica.eurostat_url}/")]
        assert len(said) == 1, f"one line on {dataset.id} with its address"
        assert trouble.says in said[0]
        assert said[0].endswith(")"), "it says what to do"
    assert current(live.home) == before
    assert Archive(live.home).captures() == held
    assert {*plan(live.settings).fetch} == {dataset.id for dataset, _ in befallen}, "they are asked for again"


@pytest.mark.parametrize("name", OF_THE_SERVER)
@pytest.mark.fault(
    "fetch",
    "a server under maintenance",
    "a server that is overloaded",
    expected="asked no further; the release and every capture stay",
)
def test_a_server_in_trouble_is_left_alone_and_the_release_stays(
    name: str, live: Live, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for dataset in (AI, CLOUD):
        OF_THE_SERVER[name].befall(live.replica, dataset.code)
    before, held = current(live.home), Archive(live.home).captures()
    assert refresh(live, (AI, CLOUD), monkeypatch, BUDGET="0.5") == WITH_PROBLEMS
    said = " ".join(capsys.readouterr().err.split())
    assert OF_THE_SERVER[name].says in said
    assert said.count("not asked after isoc_") == 1
    assert len({path for path in live.replica.asked if "/sdmx/2.1/data/" in path}) == 1
    assert current(live.home) == before
    assert Archive(live.home).captures() == held
    assert {*plan(live.settings).fetch} == {AI.id, CLOUD.id}


@pytest.mark.fault("fetch", "one table of several fails", expected="the others are fetched and published")
def test_trouble_with_one_table_costs_no_other_its_turn(live: Live) -> None:
    live.replica.queueing[AI.code] = Queueing(end="EXPIRED")
    live.replica.updated = {AI.code: LATER, CLOUD.code: LATER}
    (live.replica.folder / f"{CLOUD.code}.tsv").write_bytes(generated.table(CLOUD, shift=1))
    outcome = run(live.settings, plan(live.settings))
    assert spoken_of(outcome.problems) == {AI.id}
    values = open_release(live.home).query("SELECT value FROM eurostat.isoc_cicce_use")
    assert sorted(values["value"]) == cells(generated.table(CLOUD, shift=1))


def test_a_table_too_big_for_one_answer_is_published_like_any_other(live: Live) -> None:
    (live.replica.folder / f"{AI.code}.tsv").write_bytes(generated.table(AI, shift=1))
    live.replica.updated[AI.code] = LATER
    live.replica.most_cells = 1000
    outcome = run(live.settings, plan(live.settings, only=[AI.id]))
    assert not outcome.problems
    assert len([path for path in live.replica.asked if path.startswith(SLICES)]) > 1
    values = open_release(live.home).query("SELECT value FROM eurostat.isoc_eb_ai")
    assert sorted(values["value"]) == cells(generated.table(AI, shift=1)), "every cell of the table"


@pytest.mark.fault(
    "fetch",
    "every source is away on the first start",
    expected="the baseline is published, with one line for each source",
)
def test_a_server_that_is_away_costs_one_line_for_each_source(live: Live, closed_url: str) -> None:
    away = live.settings.model_copy(
        update={"eurostat_url": closed_url, "pstw_url": f"{closed_url}/pstw.csv", "home": live.home / "new"}
    )
    planned = plan(away)
    assert len(planned.problems) <= 2
    outcome = run(away, planned)
    assert outcome.release is not None, "the bundled baseline is published"
