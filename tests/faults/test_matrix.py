"""The committed fault matrix is what the tests of the suite say."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from tests.faults import matrix


def test_the_committed_matrix_is_what_the_tests_say(request: pytest.FixtureRequest) -> None:
    said = matrix.PAGE.read_text(encoding="utf-8").splitlines()
    collected = request.config.stash[matrix.matrix].found
    rows = matrix.page(dict.fromkeys(collected, matrix.HOLDS)).splitlines()
    missing = [row for row in rows if row not in said]
    assert not missing, "run `make faults`"
    files = {fault.test.partition("::")[0] for fault in collected}
    if files == matrix.provoking_files():  # else a few files were chosen by hand
        assert said == rows, "run `make faults`"
    assert len([line for line in said if line.startswith("| ")]) - 1 >= 40
    assert not [line for line in said if line.startswith("| ") and "| holds |" not in line][1:]


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        (["passed"], "holds"),
        (["passed", "passed"], "holds"),
        (["passed", "failed", "passed"], "FAILS"),
        (["skipped", "passed"], "not run"),
    ],
)
def test_a_row_holds_only_where_all_of_its_tests_passed(outcomes: list[str], said: str) -> None:
    fault = matrix.Fault(0, "a fault", "no harm", "tests/test_a.py::test_b")
    noting = matrix.Matrix()
    for outcome in outcomes:
        noting.pytest_runtest_logreport(
            pytest.TestReport(
                f"{fault.test}[1]", ("", 0, ""), {}, outcome, None, "call",  # type: ignore[arg-type]
                user_properties=[("fault", astuple(fault))],
            )
        )  # fmt: skip
    assert noting.results == {fault: said}
    row = f"| a fault | fetch | no harm | {said} | [test_b](../tests/test_a.py) |"
    assert matrix.page(noting.results).splitlines()[-1] == row
