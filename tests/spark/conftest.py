"""These tests need an environment and minutes of their own: without `make test-spark` they are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.spark.standalone import PYTHON, Standalone

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    asked = config.getoption("markexpr") == "spark"
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.spark)
            if not asked:
                item.add_marker(pytest.mark.skip(reason="a Spark cluster takes minutes: make test-spark"))


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a standalone cluster of two workers on loopback."""
    assert PYTHON.exists(), "there is no Spark environment: make setup-spark"
    with Standalone(tmp_path_factory.mktemp("cluster"), workers=2) as address:
        yield address
