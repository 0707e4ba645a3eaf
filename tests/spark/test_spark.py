"""Every figure of the catalogue, computed on a standalone Spark cluster and held against DuckDB's."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from indicators.compute import compute
from indicators.compute.engines import Engine, EngineFailed, engine
from pipelines import steps
from pipelines.observatory import Observatory
from pipelines.resources import observatory
from sources.settings import Settings
from tests.conftest import SHARED_DATA
from tests.spark.comparison import CLOSE, Compared, compared
from tests.spark.standalone import PYTHON, ROOT
from warehouse.read import current
from warehouse.vintages import State


@dataclass(frozen=True)
class Computed:
    """The figures that an engine computed by indicator, why it could not compute others, and the seconds it took."""

    paths: Mapping[str, Path]
    refused: Mapping[str, str]
    seconds: float


def ordered(home: Path, *order: str, **settings: str) -> int:
    """Have the command line do something with a home, and give its exit code: 0, or 2 for what baselines lack."""
    environment = {"OBSERVATORY_HOME": str(home), "OBSERVATORY_OFFLINE": "1", **settings}
    done = subprocess.run(
        [sys.executable, "-m", "observatory", *order],
        env=os.environ | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 2), done.stderr
    return done.returncode


def computed(work: Observatory, home: Path, known: Mapping[str, State], where: Engine) -> Computed:
    """All figures from nothing, one indicator after the other."""
    paths, refused = {}, {}
    started = time.perf_counter()
    for indicator in work.indicators:
        try:
            paths[indicator.id] = compute(home, indicator, known, engine=where)
        except EngineFailed as error:
            refused[indicator.id] = str(error)
    return Computed(paths, refused, time.perf_counter() - started)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the collected specimens where they lie beside the project, else with the baseline."""
    home = tmp_path_factory.mktemp("filled")
    ordered(home, *(["import", str(SHARED_DATA)] if SHARED_DATA.is_dir() else ["refresh", "--offline"]))
    return home


def test_all_figures_are_equal_on_both_engines(filled: Path, cluster: str, tmp_path: Path) -> None:
    settings = Settings(home=filled, offline=True, engine="spark", spark_master=cluster, spark_python=PYTHON)
    work = observatory(settings)
    known = {name: one.now for name, one in steps.timelines(work, work.datasets).items()}
    with engine(settings) as spark:
        there = computed(work, tmp_path / "spark", known, spark)
    with engine(settings.model_copy(update={"engine": "duckdb"})) as duckdb:
        here = computed(work, tmp_path / "duckdb", known, duckdb)
    assert there.refused == {}
    found = {name: compared(path, there.paths[name]) for name, path in here.paths.items()}
    say(list(found.values()), here, there)
    assert sum(one.figures for one in found.values()) > 1000
    assert {name: one.differing for name, one in found.items() if one.differing} == {}
    assert max(one.largest for one in found.values()) <= CLOSE


def say(found: Sequence[Compared], here: Computed, there: Computed) -> None:
    """What docs/scale.md states."""
    print(
        f"\n{len(found)} indicators, {sum(one.figures > 0 for one in found)} with figures; "
        f"{sum(one.figures for one in found):,} figures compared; "
        f"largest difference {max(one.largest for one in found)}; "
        f"DuckDB {here.seconds:.1f} s, Spark {there.seconds:.1f} s"
    )


def test_a_refresh_on_spark_publishes_what_duckdb_verifies(cluster: str, tmp_path: Path) -> None:
    ordered(
        tmp_path,
        "refresh",
        "--offline",
        OBSERVATORY_ENGINE="spark",
        OBSERVATORY_SPARK_MASTER=cluster,
        OBSERVATORY_SPARK_PYTHON=str(PYTHON),
    )
    release = current(tmp_path)
    assert release
    assert ordered(tmp_path, "verify", release) == 0
