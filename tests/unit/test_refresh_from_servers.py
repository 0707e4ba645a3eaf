"""A refresh of the registry's own sources from a server on loopback, as the command line runs it."""

from __future__ import annotations

import pytest

from pipelines.refresh import plan
from pipelines.run import run
from sources.codes import EU, MEMBER_STATES
from sources.eurostat import DATASETS
from sources.model import Dataset
from sources.settings import Settings
from tests.replica import Answer, Replica
from tests.replica.tables import Cell, tsv
from warehouse.archive import Archive
from warehouse.read import current, open_release

CODES = {
    "freq": "A", "size_emp": "GE10", "nace_r2": "C10-S951_X_K", "indic_is": "E_AI_TANY", "unit": "PC_ENT",
    "s_adj": "SA", "age": "TOTAL", "sex": "F", "sizeclas": "TOTAL", "indic_em": "JVR",
}  # fmt: skip
OTHERWISE = {
    "isoc_sks_itspt": {"unit": "PC_EMP"},
    "isoc_sks_itsps": {"unit": "PC"},
    "une_rt_m": {"freq": "M", "unit": "PC_ACT", "sex": "T"},
    "jvs_q_nace2": {"freq": "Q"},
}
PERIODS = {"une_rt_m": "2026-01", "jvs_q_nace2": "2026-Q1"}


def table(dataset: Dataset, value: str = "12.5") -> bytes:
    """One made-up value for the EU and for every Member State."""
    codes = {**CODES, **OTHERWISE.get(dataset.id, {})}
    key = tuple(codes[dimension] for dimension in dataset.dimensions)
    period = PERIODS.get(dataset.id, "2025")
    return tsv(dataset, [Cell(key, geo, period, value) for geo in (EU, *MEMBER_STATES)])


@pytest.fixture
def live(settings: Settings, replica: Replica) -> Settings:
    """Settings whatever the environment says about being offline; a server with every table, without PSTW."""
    for dataset in DATASETS:
        (replica.folder / f"{dataset.code}.tsv").write_bytes(table(dataset))
    return settings.model_copy(update={"offline": False})


def spoken_of(lines: tuple[str, ...]) -> set[str]:
    return {line.partition(":")[0] for line in lines}


def test_every_table_is_fetched_once_and_published(live: Settings, replica: Replica) -> None:
    planned = plan(live)
    assert {dataset.id for dataset in DATASETS} <= {*planned.fetch}
    outcome = run(live, planned)
    assert outcome.release is not None
    assert spoken_of(outcome.problems) <= {"pstw_cases"}
    fetched = [path for path in replica.asked if "/sdmx/2.1/data/" in path]
    assert len(fetched) == len(DATASETS)
    said = open_release(live.home).query(
        "SELECT count(*) AS n FROM figures WHERE indicator = 'enterprises_using_ai' AND value = 12.5"
    )
    assert said["n"][0] == 28
    assert not {dataset.id for dataset in DATASETS} & {*plan(live).datasets}


def test_a_table_that_changed_is_fetched_alone_and_a_bad_one_is_held_back(
    live: Settings, replica: Replica
) -> None:
    first = run(live, plan(live)).release
    assert first is not None
    ai, cloud = DATASETS[0], next(dataset for dataset in DATASETS if dataset.id == "isoc_cicce_use")
    (replica.folder / f"{ai.code}.tsv").write_bytes(table(ai, "13.5"))
    (replica.folder / f"{cloud.code}.tsv").write_bytes(table(cloud, "1350"))
    replica.updated = {ai.code: "2026-12-10T11:00:00+0100", cloud.code: "2026-12-10T11:00:00+0100"}
    planned = plan(live, only=[dataset.id for dataset in DATASETS])
    assert {*planned.fetch} == {ai.id, cloud.id}
    outcome = run(live, planned)
    assert outcome.release is not None
    assert [line.split(" held back")[0] for line in outcome.problems] == [
        Archive(live.home).captures(cloud.id)[-1].id
    ]
    assert "28 of 28 rows out of bounds" in outcome.problems[0]
    values = open_release(live.home).query('SELECT DISTINCT "value" FROM eurostat.isoc_eb_ai')
    assert list(values["value"]) == [13.5]
    assert plan(live, only=[cloud.id]).empty, "what was held back is not fetched again and again"


def test_an_answer_that_is_no_table_leaves_the_last_good_one(live: Settings, replica: Replica) -> None:
    run(live, plan(live))
    ai = DATASETS[0]
    replica.updated = {ai.code: "2026-12-10T11:00:00+0100"}
    page = Answer(b"<html><title>Sorry</title></html>", headers={"Content-Type": "text/html"})
    replica.answers[replica.data_path(ai.code)] = [page]
    before = current(live.home)
    outcome = run(live, plan(live, only=[ai.id]))
    assert spoken_of(outcome.problems) == {ai.id}
    assert outcome.release is not None
    assert outcome.release.id == before
    assert ai.id in plan(live).fetch, "it is asked for again"


def test_a_server_that_is_away_costs_one_line_for_each_source(live: Settings, closed_url: str) -> None:
    away = live.model_copy(update={"eurostat_url": closed_url, "pstw_url": f"{closed_url}/pstw.csv"})
    planned = plan(away)
    assert len(planned.problems) <= 2
    outcome = run(away, planned)
    assert outcome.release is not None, "the bundled baseline is published"
