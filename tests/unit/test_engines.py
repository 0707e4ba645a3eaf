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

from indicators.compute.layers import laid
from indicators.registry import indicators
from pipelines.resources import observatory
from sources.settings import Settings
from tests.toys import CASES, NOON, state
from warehouse.vintages import Layer, State

LATER = NOON + timedelta(days=3)


def spark(python: Path) -> Settings:
    return Settings(engine="spark", spark_python=python)


def toy_layers(folder: Path) -> State:
    """A whole table, a partial one and an undated one laid over each other."""
    whole = state(folder, ["ALL,DE,2025,1,b,", "ALL,FR,2025,,u,", "S,DE,2025,3,,"], name="whole")
    part = state(
        folder, ["ALL,DE,2025,2,,", "L,DE,2025,4,,C"], scope="partial", name="it's", known_from=LATER
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


def test_without_an_environment_of_its_own_spark_says_how_to_get_one(tmp_path: Path) -> None:
    work = replace(
        observatory(spark(tmp_path / "nowhere").model_copy(update={"home": tmp_path / "home"})),
        indicators=tuple(indicators().values())[:2],
    )
    ...


def test_what_ended_spark_is_said_in_one_line(tmp_path: Path) -> None: ...
