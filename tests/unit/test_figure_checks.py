"""What stops a release: a value out of bounds, a witness contradicted by its own vintage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from indicators.checks import check_figures
from indicators.compute import history
from tests.toys import NOON, state
from tests.unit.test_release import INDICATOR
from warehouse.model import Check
from warehouse.vintages import Timeline

ALWAYS = ("bounds", "once", "stated", "states", "between")


def checks(home: Path, row: str, vintage: date = date(2026, 1, 2)) -> dict[str, Check]:
    assert INDICATOR.witness is not None
    indicator = replace(INDICATOR, witness=replace(INDICATOR.witness, vintage=vintage))
    held = state(home, [row], scope="partial")
    captures = {layer.capture.id: layer.capture for layer in held.layers}
    figures = history(home, indicator, {"toy": Timeline(held.dataset, ((NOON, held),))}, "700MB")
    found = check_figures([indicator], {indicator.id: figures}, captures, "1", "700MB")
    return {check.name: check for check in found}


def test_a_witness_reproduced_passes(tmp_path: Path) -> None:
    found = checks(tmp_path, "ALL,DE,2025,1,,")
    assert found["witness"].passed
    assert found["bounds"].passed


def test_a_witness_contradicted_by_its_own_vintage_is_an_error(tmp_path: Path) -> None:
    witness = checks(tmp_path, "ALL,DE,2025,1.02,,")["witness"]
    assert (witness.passed, witness.severity) == (False, "error")
    assert "1 published" in witness.detail
    assert "1.02 here" in witness.detail


def test_a_witness_contradicted_by_another_vintage_is_a_warning_that_shows_both(tmp_path: Path) -> None:
    witness = checks(tmp_path, "ALL,DE,2025,1.02,,", vintage=date(2025, 6, 1))["witness"]
    assert (witness.passed, witness.severity) == (False, "warning")
    assert "vintage 2025-06-01" in witness.detail
    assert "vintage 2026-01-02" in witness.detail


def test_a_witness_that_became_unpublishable_is_said_so(tmp_path: Path) -> None:
    assert "not publishable here" in checks(tmp_path, "ALL,DE,2025,,u,")["witness"].detail


def test_a_figure_that_is_not_loaded_has_no_witness_check(tmp_path: Path) -> None:
    assert set(checks(tmp_path, "ALL,FR,2025,1,,")) == set(ALWAYS)


def test_an_indicator_without_a_witness_is_checked_for_its_bounds_alone(tmp_path: Path) -> None:
    held = state(tmp_path, ["ALL,DE,2025,1,,"], scope="partial")
    waiting = replace(INDICATOR, witness=None, waits_for="toy")
    figures = history(tmp_path, waiting, {"toy": Timeline(held.dataset, ((NOON, held),))}, "700MB")
    assert [check.name for check in check_figures([waiting], {waiting.id: figures}, {}, "1", "700MB")] == [
        *ALWAYS
    ]


def test_a_value_out_of_bounds_is_named(tmp_path: Path) -> None:
    bounds = checks(tmp_path, "ALL,DE,2025,101,,")["bounds"]
    assert (bounds.passed, bounds.severity) == (False, "error")
    assert "DE 2025 101" in bounds.detail
