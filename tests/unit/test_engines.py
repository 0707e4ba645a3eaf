"""Where figures are computed: the engine that is asked for, its one line where it cannot be had, and equal states."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import ibis
import pytest

from indicators.compute import compute, engine, spark_process
from indicators.compute.engines import EngineFailed
from indicators.compute.layers import laid
from sources.settings import Settings
from tests.toys import CASES, NOON, state
from tests.unit.test_compute import ALL
from tests.unit.test_pipelines import INDICATORS, Stand
from warehouse.vintages import Layer, State

LATER = NOON + timedelta(days=3)
INDICATOR = replace(INDICATORS[0], id="toy", formula=ALL)


def toy_layers(folder: Path) -> State:
    """A whole table, a partial one and an undated one laid over each other."""
    whole = state(folder, ["ALL,DE,2025,1,b,", "ALL,FR,2025,,u,", "S,DE,2025,3,,"], name="whole")
    part = state(
        folder, ["ALL,DE,2025,2,,", "L,DE,2025,4,,C"], scope="partial", name="part", known_from=LATER
    )
    undated = state(folder, ["S,DE,2025,9,,", "S,MT,2025,8,,"], scope="partial", name="undated")
    old = Layer(replace(undated.layers[0].capture, known_from=None), undated.layers[0].table)
    return State(whole.dataset, (*part.layers, *whole.layers, old))


@pytest.mark.parametrize("records", [False, True])
def test_a_state_has_the_same_rows_as_an_expression(tmp_path: Path, records: bool) -> None:
    held = state(tmp_path, ["1,DE,a,live", "2,FR,b,"], CASES) if records else toy_layers(tmp_path)
    with duckdb.connect() as connection:
        backend = ibis.duckdb.from_connection(connection)
        tables = [backend.read_parquet(layer.table) for layer in held.layers]
        said = connection.sql(held.sql())
        found = connection.sql(backend.compile(laid(held, tables)))
        assert found.columns == said.columns
        assert found.types == said.types
        assert sorted(map(str, found.fetchall())) == sorted(map(str, said.fetchall()))


def test_the_default_engine_is_duckdb_and_loads_nothing_of_spark() -> None:
    program = (
        "import sys; from indicators.compute import engine; from sources.settings import Settings\n"
        "with engine(Settings()) as chosen: print(chosen.name)\n"
        "print([name for name in sys.modules if 'pyspark' in name and not name.startswith('ibis.')])\n"
        "print([name for name in sys.modules if name.endswith(('on_spark', 'spark_process'))])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.split("\n") == ["duckdb", "[]", "[]", ""]


def test_without_an_environment_of_its_own_a_refresh_says_once_how_to_get_one(tmp_path: Path) -> None:
    stand = Stand(tmp_path)
    stand.settings = stand.settings.model_copy(update={"engine": "spark", "spark_python": tmp_path / "none"})
    outcome = stand.refresh()
    assert outcome.release is None
    assert [line for line in outcome.problems if "Spark" in line] == [
        f"Spark: there is no Python at {tmp_path / 'none'} "
        "(make setup-spark makes the environment, OBSERVATORY_SPARK_PYTHON names another)"
    ]


def asked(tmp_path: Path, python: Path) -> str:
    """What is said where an indicator cannot be computed with this Python, and no file is left of it."""
    settings = Settings(engine="spark", spark_python=python, spark_master="spark://127.0.0.1:1")
    held = state(tmp_path, ["ALL,DE,2025,1,,"])
    with engine(settings) as chosen, pytest.raises(EngineFailed) as failed:
        compute(tmp_path / "home", INDICATOR, {"toy": held}, engine=chosen)
    assert list((tmp_path / "home").rglob("*.parquet*")) == []
    return str(failed.value)


def stand_in(folder: Path, *lines: str) -> Path:
    """A program that is started like a Python."""
    program = folder / "python"
    program.write_text("\n".join(["#!/bin/sh", *lines]))
    program.chmod(0o755)
    return program


def test_why_the_process_ended_is_said_in_one_line(tmp_path: Path) -> None:
    said = asked(tmp_path, Path(sys.executable))
    assert said == "Spark at spark://127.0.0.1:1 ended: ModuleNotFoundError: No module named 'pyspark'"


def test_a_cluster_that_takes_no_job_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_process, "PATIENCE", 0.2)
    said = asked(tmp_path, stand_in(tmp_path, "exec sleep 600"))
    assert said.startswith("Spark at spark://127.0.0.1:1: no job was done within 0.2 seconds")


def test_a_query_that_is_refused_names_its_indicator(tmp_path: Path) -> None:
    program = stand_in(tmp_path, """echo '{"failed": ""}'; read job; echo '{"failed": "no such function"}'""")
    assert asked(tmp_path, program) == "toy: Spark at spark://127.0.0.1:1: no such function"
