"""One writer at a time: the second process says that it waits, and goes on when the first has ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.turn import parts, turn

SECOND = """
import sys
from pathlib import Path
from warehouse.turn import turn
with turn(Path(sys.argv[1]), lambda: print("waiting", flush=True)):
    print("working", flush=True)
"""


@pytest.mark.fault(
    "store",
    "two refreshes at once",
    expected="the second says that it waits, and goes on when the first has ended",
)
def test_a_second_process_waits_for_its_turn(tmp_path: Path) -> None:
    with turn(tmp_path):
        second = subprocess.Popen(
            [sys.executable, "-c", SECOND, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert second.stdout is not None
        assert second.stdout.readline() == "waiting\n"
        assert second.poll() is None
    assert second.stdout.readline() == "working\n"
    assert second.wait() == 0


def test_a_turn_within_a_turn_is_the_same_turn(tmp_path: Path) -> None:
    with turn(tmp_path), turn(tmp_path, lambda: (_ for _ in ()).throw(AssertionError("waited for itself"))):
        assert (tmp_path / "lock").exists()


BESIDE = """
import sys
from pathlib import Path
from warehouse.turn import parts
with parts(Path(sys.argv[1]), "pears"):
    print("writes pears", flush=True)
    with parts(Path(sys.argv[1]), "apples", "plums"):
        print("writes apples", flush=True)
"""


def test_a_step_waits_for_who_writes_what_it_writes_and_for_nobody_else(tmp_path: Path) -> None:
    with parts(tmp_path, "apples"):
        second = subprocess.Popen(
            [sys.executable, "-c", BESIDE, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert second.stdout is not None
        assert second.stdout.readline() == "writes pears\n"
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(0.3)
    assert second.stdout.readline() == "writes apples\n"
    assert second.wait() == 0
