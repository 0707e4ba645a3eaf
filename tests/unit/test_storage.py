"""Dagster's runs lie in SQLite, or by one setting in PostgreSQL; tried against a real server where there is one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from sqlalchemy import create_engine, text

import observatory
from pipelines.refresh import plan
from pipelines.run import run
from sources.eurostat import DATASETS, Eurostat
from sources.settings import Settings
from tests.replica import Replica, generated
from tests.unit.test_pipelines import Stand
from warehouse.archive import Archive
from warehouse.model import Unusable
from warehouse.release import releases

ROOT = Path(__file__).parents[2]
DEBIAN = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), reverse=True)
    anywhere = shutil.which("initdb")
    return found[0].parent if found else Path(anywhere).parent if anywhere else None


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a database of a server of its own, which ends with the tests."""
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to be root
    with tempfile.TemporaryDirectory(prefix="postgres-") as name, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        if user:
            shutil.chown(name, user)
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {name} -c fsync=off"
        commands = {
            "initdb": ["-D", f"{name}/db", "-U", "dagster", "--auth=trust", "--no-sync"],
            "pg_ctl": ["-D", f"{name}/db", "-w", "-l", f"{name}/log", "-o", options, "start"],
        }
        for program, words in commands.items():
            command = [str(folder / program), *words]
            subprocess.run(command, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)
        try:
            yield f"postgresql://dagster:word@127.0.0.1:{port}/postgres"
        finally:
            stop = [str(folder / "pg_ctl"), "-D", f"{name}/db", "-m", "immediate", "stop"]
            subprocess.run(stop, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)


@pytest.fixture
def dagster_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of Dagster with the configuration that is committed, but for the folder of its files."""
    home = tmp_path / "dagster"
    home.mkdir()
    committed = (ROOT / "dagster.yaml").read_text()
    (home / "dagster.yaml").write_text(committed.replace("base_dir: .dagster", f"base_dir: {home}/kept"))
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    return home


def test_runs_lie_in_sqlite_by_default(dagster_home: Path, tmp_path: Path) -> None:
    stand = Stand(tmp_path)
    assert stand.refresh().release is not None
    with dg.DagsterInstance.get() as instance:
        assert [run.status for run in instance.get_runs()] == [dg.DagsterRunStatus.SUCCESS]
    assert list((dagster_home / "kept").rglob("*.db"))


def test_one_setting_puts_runs_into_postgresql(
    dagster_home: Path, tmp_path: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_DAGSTER_POSTGRES", postgres)
    stand = Stand(tmp_path)
    assert stand.refresh().release is not None
    with dg.DagsterInstance.get() as instance:
        assert [run.status for run in instance.get_runs()] == [dg.DagsterRunStatus.SUCCESS]
        events = len(instance.all_logs(instance.get_runs()[0].run_id))
        asset = instance.get_latest_materialization_event(dg.AssetKey("release"))
    assert asset is not None
    engine = create_engine(postgres)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM event_logs")).scalar_one() == events > 10
    engine.dispose()
    assert not list(dagster_home.rglob("*.db"))


@pytest.mark.fault(
    "store",
    "the database of Dagster's runs is away",
    expected="one line that names the setting; the release stays",
)
def test_an_address_that_nobody_answers_stops_the_run_and_not_the_release(
    dagster_home: Path, tmp_path: Path, closed_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand = Stand(tmp_path)
    first = stand.refresh().release
    assert first is not None
    monkeypatch.setenv("OBSERVATORY_DAGSTER_POSTGRES", closed_url.replace("http", "postgresql"))
    stand.market.put(stand.market.datasets[0], "ALL,DE,2024,11,,", "ALL,FR,2024,21,,")
    with pytest.raises(Unusable, match="OBSERVATORY_DAGSTER_POSTGRES: the database does not answer"):
        stand.refresh()
    assert stand.values()["apples", "DE"] == 10


AI, PURPOSES, CLOUD = (d for d in DATASETS if d.id in ("isoc_eb_ai", "isoc_eb_ain2", "isoc_cicce_use"))


def change(replica: Replica, edition: int) -> None:
    """Let the server have three tables in which every value is the number of an edition."""
    for dataset in (AI, PURPOSES, CLOUD):
        (replica.folder / f"{dataset.code}.tsv").write_bytes(generated.table(dataset, str(edition)))
        replica.updated[dataset.code] = f"2026-03-01T11:00:{edition:02}+0100"


@pytest.mark.slow
def test_two_workers_at_once_lose_nothing(
    dagster_home: Path, settings: Settings, replica: Replica, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two command lines with steps in processes of their own; both are asked for the table of clouds."""
    change(replica, 41)
    tables = [AI.id, PURPOSES.id, CLOUD.id]
    asking = settings.model_copy(update={"offline": False})
    first = run(asking, plan(asking, tables, sources=[Eurostat(asking)]), indicators=()).release
    assert first is not None
    change(replica, 42)
    for name, value in {
        "HOME": str(settings.home),
        "EUROSTAT_URL": replica.eurostat_url,
        "OFFLINE": "0",
        "RETRIES": "0",
        "EXECUTOR": "multiprocess",
        "DAGSTER_POSTGRES": postgres,
    }.items():
        monkeypatch.setenv(f"OBSERVATORY_{name}", value)
    command = [sys.executable, "-m", "observatory", "refresh", "--only", CLOUD.id, "--only"]
    workers = [
        subprocess.Popen([*command, name], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for name in (AI.id, PURPOSES.id)
    ]
    said = [worker.communicate()[1] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], said
    captures = [one for one in Archive(settings.home).captures() if one.origin == "live"]
    assert sorted(one.dataset for one in captures) == sorted(2 * tables), "each edition once"
    assert {one.state for one in captures} == {"accepted"}
    made = releases(settings.home)
    assert [one.previous for one in made] == [None, *(one.id for one in made[:-1])], "one chain"
    assert {one.id for one in captures} <= {one.id for one in made[-1].captures}
    with dg.DagsterInstance.get() as instance:
        finished = [one.status for one in instance.get_runs() if one.job_name == "refresh"]
    assert finished == [dg.DagsterRunStatus.SUCCESS] * 2
    assert observatory.main(["verify", made[-1].id]) == 0
