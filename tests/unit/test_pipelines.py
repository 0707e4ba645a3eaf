"""Whole refreshes in process over small tables: what is held back, refused or unreachable, and what still comes out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from indicators.formula import Slice
from indicators.model import Coverage, Indicator, Theme, Witness
from pipelines.definitions import build_definitions
from pipelines.observatory import Briefs, Progress
from pipelines.refresh import Plan, UnknownDataset, plan
from pipelines.run import Outcome, run
from sources.model import Capture, Dataset, Origin, Retrieval, Scope, Unreachable, Unreadable
from sources.settings import Settings
from tests.toys import NOON, TOY, ToySource, write
from warehouse.archive import Archive
from warehouse.read import current, open_release
from warehouse.release import releases

APPLES = replace(TOY, id="apples", code="apples", source="market")
PEARS = replace(TOY, id="pears", code="pears", source="market")
GOOD = ("ALL,DE,2024,10,,", "ALL,FR,2024,20,,")


class Market(ToySource):
    """A source that serves the CSV files of a folder; those that are gone cannot be reached."""

    name = "market"
    remote = True
    datasets = (APPLES, PEARS)

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.open = True
        self.asked: list[str] = []

    def put(self, dataset: Dataset, *rows: str) -> None:
        write(self.folder / f"{dataset.id}.csv", rows, dataset)

    def changed(self, known: Mapping[str, Capture]) -> list[Dataset]:
        if not self.open:
            raise Unreachable("market", "stall 1", "nobody answers", "ask again later")
        marks = {d.id: self._mark(d) for d in self.datasets}
        return [d for d in self.datasets if d.id not in known or known[d.id].sha256 != marks[d.id]]

    def fetch(self, dataset: Dataset, folder: Path) -> Retrieval:
        self.asked.append(dataset.id)
        file = self.folder / f"{dataset.id}.csv"
        if not file.exists():
            raise Unreachable(dataset.id, "stall 1", "nobody answers")
        copy = folder / file.name
        copy.write_bytes(file.read_bytes())
        return Retrieval(copy, "market:stall-1", datetime.now(UTC), "text/csv")

    def _mark(self, dataset: Dataset) -> str:
        file = self.folder / f"{dataset.id}.csv"
        return sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def indicator(dataset: Dataset, theme: Theme) -> Indicator:
    return Indicator(
        id=f"share_of_{dataset.id}",
        title="Share",
        question="?",
        theme=theme,
        unit="PC_ENT",
        better="up",
        method="",
        caveats=(),
        formula=Slice(dataset.id, {"size": "ALL"}, unit="PC_ENT"),
        bounds=(0, 100),
        coverage=Coverage(0, "2024"),
        witness=Witness("XX", "2024", 0, "nobody", date(2026, 1, 1)),
    )


INDICATORS = (indicator(APPLES, "enterprises"), indicator(PEARS, "labour"))


class Stand:
    """A home, a market and the two calls that the command line makes."""

    def __init__(self, folder: Path) -> None:
        self.market = Market(folder / "market")
        self.settings = Settings(home=folder / "home", offline=False)
        self.archive = Archive(self.settings.home)
        self.market.put(APPLES, *GOOD)
        self.market.put(PEARS, *GOOD)
        self.steps: list[tuple[str, int, int]] = []

    def plan(self, only: Sequence[str] = (), offline: bool = False) -> Plan:
        settings = self.settings.model_copy(update={"offline": offline})
        return plan(settings, only, sources=[self.market])

    def refresh(self, only: Sequence[str] = ()) -> Outcome:
        planned = self.plan(only)
        outcome = run(self.settings, planned, self._step, indicators=INDICATORS)
        return Outcome(outcome.release, (*planned.problems, *outcome.problems))

    def take_in(
        self,
        rows: Sequence[str],
        known_from: datetime | None = NOON,
        scope: Scope = "full",
        origin: Origin = "imported",
    ) -> Capture:
        content = write(self.settings.home.parent / "downloads" / "apples.csv", rows, APPLES)
        at = NOON + timedelta(minutes=len(self.archive.captures()))
        got = Retrieval(content, "file:apples.csv", at, "text/csv")
        return self.archive.add(APPLES, got, scope=scope, origin=origin, known_from=known_from)

    def values(self) -> dict[tuple[str, str], float]:
        found = open_release(self.settings.home).query(
            "SELECT indicator, geo, value FROM figures WHERE known_to IS NULL AND value IS NOT NULL"
        )
        return {(i.removeprefix("share_of_"), geo): value for i, geo, value in found.itertuples(index=False)}

    def _step(self, name: str, done: int, of: int) -> None:
        self.steps.append((name, done, of))


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    return Stand(tmp_path)


def test_a_refresh_publishes_what_it_fetched_and_tells_its_progress(stand: Stand) -> None:
    outcome = stand.refresh()
    assert outcome.release is not None
    assert outcome.problems == ()
    assert current(stand.settings.home) == outcome.release.id
    assert stand.values() == {
        ("apples", "DE"): 10, ("apples", "FR"): 20, ("pears", "DE"): 10, ("pears", "FR"): 20,
    }  # fmt: skip
    assert [(done, of) for _, done, of in stand.steps] == [(k, 5) for k in range(1, 6)]
    assert stand.steps[-1][0] == "release"


@pytest.mark.fault("parse", "one bad table among good ones", expected="held back; the others are published")
def test_a_bad_dataset_is_held_back_and_the_others_publish(stand: Stand) -> None:
    stand.refresh()
    stand.market.put(APPLES, "ALL,DE,2024,11,,", "ALL,FR,2024,21,,")
    stand.market.put(PEARS, "ALL,DE,2024,12,,", "ALL,DE,2024,13,,")
    outcome = stand.refresh()
    assert outcome.release is not None
    assert stand.values() == {
        ("apples", "DE"): 11, ("apples", "FR"): 21, ("pears", "DE"): 10, ("pears", "FR"): 20,
    }  # fmt: skip
    assert len(outcome.problems) == 1
    held = stand.archive.captures("pears")[-1]
    assert outcome.problems[0].startswith(f"{held.id} held back: ")
    assert "size ALL geo DE period 2024 (2 times)" in outcome.problems[0]
    said = open_release(stand.settings.home).query(
        "SELECT subject, name, detail FROM checks WHERE NOT passed AND severity = 'error'"
    )
    assert list(said["subject"] + " " + said["name"]) == ["pears keys"]
    assert held.id in said["detail"][0]


def test_bytes_that_cannot_be_read_are_held_back_with_the_reason(stand: Stand) -> None:
    stand.market.put(APPLES, "ALL,DE,2024,ten,,")
    outcome = stand.refresh()
    assert outcome.release is not None
    assert set(stand.values()) == {("pears", "DE"), ("pears", "FR")}
    assert [line.split(":")[0].split("-")[0] for line in outcome.problems] == ["apples"]


@pytest.mark.fault("parse", "a fault in a parser of ours", expected="one line; the others are published")
def test_a_parser_that_fails_in_its_own_way_stops_no_other_dataset(stand: Stand) -> None:
    class Broken(Market):
        def parse(
            self, dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
        ) -> duckdb.DuckDBPyRelation:
            if dataset == APPLES:
                raise KeyError("geo")
            return super().parse(dataset, content, connection)

    stand.market = Broken(stand.market.folder)
    outcome = stand.refresh()
    assert outcome.release is not None
    assert "KeyError: 'geo'" in outcome.problems[0]
    assert set(stand.values()) == {("pears", "DE"), ("pears", "FR")}


@pytest.mark.fault(
    "publish",
    "a figure out of its bounds",
    expected="nothing is published; the current release stays; still to be done",
)
def test_a_figure_out_of_bounds_stops_the_release_and_the_current_one_stays(stand: Stand) -> None:
    before = stand.refresh().release
    assert before is not None
    stand.market.put(APPLES, "ALL,DE,2024,250,,", "ALL,FR,2024,20,,")
    outcome = stand.refresh()
    assert outcome.release is None
    assert current(stand.settings.home) == before.id
    assert stand.values()["apples", "DE"] == 10
    assert len(outcome.problems) == 1
    assert outcome.problems[0].startswith("nothing published: share_of_apples bounds: ")
    assert "DE 2024 250" in outcome.problems[0]
    assert not stand.plan().empty, "what is not published stays to be done"


def test_nothing_new_starts_nothing(stand: Stand) -> None:
    stand.refresh()
    stand.steps.clear()
    planned = stand.plan()
    assert (planned.empty, planned.datasets, planned.fetch, planned.problems) == (True, (), (), ())
    assert run(stand.settings, planned, stand._step, indicators=INDICATORS) == Outcome(None, ())
    assert stand.steps == []
    assert len(releases(stand.settings.home)) == 1


def test_only_what_changed_runs(stand: Stand) -> None:
    stand.refresh()
    stand.steps.clear()
    stand.market.asked.clear()
    stand.market.put(PEARS, "ALL,DE,2024,12,,", "ALL,FR,2024,20,,")
    stand.refresh()
    assert stand.market.asked == ["pears"]
    assert [name for name, _, _ in stand.steps] == ["pears", "figures of labour", "release"]


def test_only_the_datasets_asked_for_run(stand: Stand) -> None:
    stand.refresh(only=["pears"])
    assert stand.market.asked == ["pears"]
    with pytest.raises(UnknownDataset, match=r"no dataset plums; there are apples, pears"):
        stand.plan(only=["plums"])


def test_a_source_that_does_not_answer_is_a_line_and_its_datasets_stay(stand: Stand) -> None:
    stand.refresh()
    stand.market.open = False
    planned = stand.plan()
    assert planned.empty
    assert planned.problems == ("market: stall 1: nobody answers (ask again later)",)
    assert stand.plan(offline=True).problems == ()


def test_a_source_is_given_up_at_its_first_unreachable_answer(stand: Stand) -> None:
    stand.refresh()
    for dataset in (APPLES, PEARS):
        (stand.market.folder / f"{dataset.id}.csv").unlink()
    stand.market.asked.clear()
    outcome = stand.refresh()
    assert len(stand.market.asked) == 1
    assert len(outcome.problems) == 2
    assert all("nobody answers" in line for line in outcome.problems)
    assert stand.values()["apples", "DE"] == 10


def test_offline_no_remote_source_is_asked_and_imports_are_judged(stand: Stand) -> None:
    stand.take_in(GOOD)
    planned = stand.plan(offline=True)
    assert (planned.datasets, planned.fetch) == (("apples",), ())
    outcome = run(stand.settings, planned, indicators=INDICATORS)
    assert outcome.release is not None
    assert stand.market.asked == []


def test_of_two_undated_imports_that_disagree_the_second_is_held_back(stand: Stand) -> None:
    stand.take_in(GOOD, known_from=None)
    second = stand.take_in(["ALL,DE,2024,99,,", "ALL,FR,2024,20,,"], known_from=None)
    outcome = run(stand.settings, stand.plan(offline=True), indicators=INDICATORS)
    assert stand.values()["apples", "DE"] == 10
    assert len(outcome.problems) == 1
    assert outcome.problems[0].startswith(f"{second.id} held back: 1 rows differ from ")
    assert "--dated DATE" in outcome.problems[0]
    again = stand.take_in(["ALL,DE,2024,99,,", "ALL,FR,2024,20,,"], known_from=NOON)
    assert run(stand.settings, stand.plan(offline=True), indicators=INDICATORS).problems == ()
    assert again.id != second.id
    assert stand.values()["apples", "DE"] == 99


def test_undated_imports_that_agree_are_both_accepted(stand: Stand) -> None:
    stand.take_in(GOOD, known_from=None)
    stand.take_in(["ALL,FR,2024,20,,", "ALL,IT,2024,30,,"], known_from=None, scope="partial")
    assert run(stand.settings, stand.plan(offline=True), indicators=INDICATORS).problems == ()
    assert {capture.state for capture in stand.archive.captures()} == {"accepted"}


def test_an_older_vintage_is_not_measured_against_a_newer_one(stand: Stand) -> None:
    stand.take_in([*GOOD, "ALL,IT,2024,30,,"], known_from=NOON)
    run(stand.settings, stand.plan(offline=True), indicators=INDICATORS)
    stand.take_in(GOOD[:1], known_from=NOON - timedelta(days=365))
    outcome = run(stand.settings, stand.plan(offline=True), indicators=INDICATORS)
    assert outcome.problems == ()
    stand.take_in(GOOD, known_from=NOON + timedelta(days=1))
    outcome = run(stand.settings, stand.plan(offline=True), indicators=INDICATORS)
    assert len(outcome.problems) == 1
    assert "2 rows after 3" in outcome.problems[0]


def test_a_verdict_that_changed_by_hand_is_published_by_the_next_refresh(stand: Stand) -> None:
    stand.refresh()
    stand.market.put(APPLES, "ALL,DE,2024,12,,", "ALL,FR,2024,20,,")
    stand.refresh()
    newest = stand.archive.captures("apples")[-1]
    stand.archive.judge(newest, "withdrawn", "retracted by its publisher")
    planned = stand.plan()
    assert (planned.datasets, planned.fetch) == (("apples",), ())
    stand.refresh()
    assert stand.values()["apples", "DE"] == 10


@pytest.mark.fault(
    "parse",
    "an accepted capture that can no longer be read",
    expected="held back; the capture before it counts again",
)
def test_an_accepted_capture_that_a_new_parser_cannot_read_gives_way_to_the_one_before(stand: Stand) -> None:
    class Strict(Market):
        parser_version = "2"

        def parse(
            self, dataset: Dataset, content: Path, connection: duckdb.DuckDBPyConnection
        ) -> duckdb.DuckDBPyRelation:
            table = super().parse(dataset, content, connection)
            if table.aggregate("count(*) FILTER (value = 12)").fetchall() != [(0,)]:
                raise Unreadable(dataset.id, content.name, "twelve is not a number")
            return table

    stand.refresh()
    stand.market.put(APPLES, "ALL,DE,2024,12,,", "ALL,FR,2024,20,,")
    stand.refresh()
    stand.market = Strict(stand.market.folder)
    stand.market.put(PEARS, "ALL,DE,2024,13,,", "ALL,FR,2024,20,,")
    outcome = stand.refresh()
    assert outcome.release is not None
    assert "no longer readable: apples" in outcome.problems[0]
    assert (stand.values()["apples", "DE"], stand.values()["pears", "DE"]) == (10, 13)


def test_what_is_bundled_is_archived_once_and_hides_nothing(stand: Stand, tmp_path: Path) -> None:
    content = write(tmp_path / "bundled.csv", ["ALL,DE,2024,1,,", "ALL,ES,2024,40,,"], APPLES)
    bundled = (APPLES, Retrieval(content, "bundled:apples.csv", NOON, "text/csv"), NOON)
    stand.settings = stand.settings.model_copy(update={"offline": True})
    for _ in range(2):
        planned = plan(stand.settings, sources=[stand.market], bundled=[bundled])
        run(stand.settings, planned, indicators=INDICATORS)
    assert [c.origin for c in stand.archive.captures()] == ["baseline"]
    assert stand.values() == {("apples", "DE"): 1, ("apples", "ES"): 40}
    stand.settings = stand.settings.model_copy(update={"offline": False})
    stand.refresh()
    assert stand.values()["apples", "DE"] == 10


def test_the_schedule_runs_what_is_new_and_skips_where_nothing_is(stand: Stand) -> None:
    definitions = build_definitions(stand.settings, [stand.market], INDICATORS)
    schedule = definitions.resolve_schedule_def("refresh")

    def tick() -> dg.RunRequest | str | None:
        with dg.build_schedule_context(repository_def=definitions.get_repository_def()) as context:
            data = schedule.evaluate_tick(context)
        return data.run_requests[0] if data.run_requests else data.skip_message

    outcome = plan(stand.settings, sources=[stand.market])
    assert outcome.fetch == ("apples", "pears")
    asked = tick()
    assert isinstance(asked, dg.RunRequest)
    assert {key.to_user_string() for key in asked.asset_selection or ()} == {
        "market/apples", "market/pears", "figures/enterprises", "figures/labour", "release",
    }  # fmt: skip
    stand.refresh()
    assert tick() == "nothing new"


def test_a_job_of_dagsters_pages_fetches_and_publishes(stand: Stand) -> None:
    definitions = build_definitions(stand.settings, [stand.market], INDICATORS)
    with dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}}) as instance:
        result = definitions.resolve_job_def("refresh").execute_in_process(instance=instance)
    assert result.success
    assert stand.values()["pears", "FR"] == 20
    evaluations = result.get_asset_check_evaluations()
    assert {e.check_name for e in evaluations if e.asset_key.path == ["market", "apples"]} >= {
        "fetched",
        "keys",
    }
    assert all(evaluation.passed for evaluation in evaluations)


def test_planning_loads_no_engine(tmp_path: Path) -> None:
    heavy = ("dagster", "great_expectations", "ibis", "streamlit", "plotly")
    script = (
        "import sys; from pathlib import Path; from pipelines.refresh import plan; "
        "from sources.settings import Settings; "
        f"plan(Settings(home=Path({str(tmp_path)!r}), offline=True)); "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def wrote(calls: list[tuple[str, tuple[str, ...]]], fails: bool = False) -> Briefs:
    """Stands in for whoever writes briefs, and notes what it was asked."""

    def write(home: Path, release: str, forms: Sequence[str], tell: Progress) -> int:
        assert release == current(home)
        calls.append((release, tuple(forms)))
        if fails:
            raise OSError("no space left on device")
        tell("one", 1, 2)
        tell("two", 2, 2)
        return 2

    return write


@pytest.mark.parametrize("forms", ["", "pdf,html"])
def test_briefs_follow_the_release_where_the_settings_ask_for_them(tmp_path: Path, forms: str) -> None:
    stand, calls = Stand(tmp_path), list[tuple[str, tuple[str, ...]]]()
    settings = stand.settings.model_copy(update={"briefs": forms})
    outcome = run(settings, stand.plan(), stand._step, indicators=INDICATORS, briefs=wrote(calls))
    assert outcome.release is not None
    assert outcome.problems == ()
    assert calls == ([(outcome.release.id, ("pdf", "html"))] if forms else [])
    names = [name for name, _, _ in stand.steps]
    assert names[-1] == ("briefs" if forms else "release")
    assert ("two (2 of 2)" in names) == bool(forms)
    assert all(done <= of for _, done, of in stand.steps)


@pytest.mark.fault("publish", "briefs that cannot be written", expected="one line; the release stands")
def test_briefs_that_cannot_be_written_leave_the_release(tmp_path: Path) -> None:
    stand = Stand(tmp_path)
    settings = stand.settings.model_copy(update={"briefs": "pdf"})
    outcome = run(settings, stand.plan(), indicators=INDICATORS, briefs=wrote([], fails=True))
    assert outcome.release is not None
    assert current(stand.settings.home) == outcome.release.id
    (problem,) = outcome.problems
    assert "no space left on device" in problem
