"""Commands that take turns: while one works the other sleeps, and what each took is told by its own time awake."""

import sys
from itertools import pairwise

import pytest

from benchmarks.turns import Ended, in_turns

BUSY = """
import json, time
began = time.monotonic()
while time.process_time() < {busy}:
    pass
print(json.dumps({{"began": began, "ended": time.monotonic(), "busy": {busy}}}))
"""


def _busy(seconds: float) -> list[str]:
    return [sys.executable, "-c", BUSY.format(busy=seconds)]


def test_while_one_works_the_other_sleeps() -> None:
    once, others = in_turns(_busy(1.2), lambda number: _busy(0.1 + number / 1000))

    spans = sorted([*once.awake, *(span for ended in others for span in ended.awake)])
    assert len(once.awake) > 1, "it was put to sleep at least once"
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert [ended.said["busy"] for ended in others] == [0.1 + n / 1000 for n in range(len(others))]
    assert others


def test_time_asleep_does_not_count() -> None:
    ended = Ended({}, [(0.0, 1.0), (5.0, 6.0), (9.0, 9.5)])

    assert ended.seconds(0.5, 5.25) == 0.75
    assert ended.seconds(0.0, 20.0) == 2.5
    assert ended.seconds(1.0, 5.0) == 0.0


@pytest.mark.parametrize("fails", ["once", "again"])
def test_a_command_that_fails_is_told_with_what_it_said(fails: str) -> None:
    faulty = [sys.executable, "-c", "raise SystemExit('no such table')"]
    commands = {"once": _busy(1.2), "again": _busy(0.1)} | {fails: faulty}

    with pytest.raises(RuntimeError, match="no such table"):
        in_turns(commands["once"], lambda _number: commands["again"])
