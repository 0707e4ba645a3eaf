"""kill -9 of a refresh with real work: readers never notice, nothing is lost, and the next refresh completes."""

from __future__ import annotations

import random
import signal
from time import monotonic

import pytest

from tests.faults.refreshing import Reader, Site
from warehouse.read import current

POINTS = {
    "fetch: the bytes, before they have their name": r"rename .*/archive/eurostat/.*\.gz$",
    "fetch: the log entry, before it has its name": r"rename .*/archive/log/.*-capture-.*\.json$",
    "parse: the tidy table, before it has its name": r"rename .*/vintages/.*\.parquet$",
    "parse: the verdict, before it has its name": r"rename .*/archive/log/.*-verdict-.*\.json$",
    "compute: the figures, before they have their name": r"rename .*/figures/.*/[0-9a-f]{16}\.parquet$",
    "compute: the history, before it has its name": r"rename .*/figures/.*/history-.*\.parquet$",
    "compute: the history before this one, before it is removed": r"remove .*/figures/.*/history-.*\.parquet$",
    "compute: the projections, before they have their name": r"rename .*/trajectories/.*\.parquet$",
    "publish: before the release is built": r"mkdir .*/releases/\.building-",
    "publish: before the release is sealed": r"rename .*/release\.json$",
    "publish: the release, before it has its name": r"rename .*/releases/[0-9TZ]+-[0-9a-f]+$",
    "publish: the pointer, before it moves": r"rename .*/current$",
    "publish: the feed, before it is replaced": r"rename .*/feed\.xml$",
}
AFTER_THE_POINTER = {"publish: the feed, before it is replaced"}


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(
            name,
            marks=pytest.mark.fault(
                name.partition(":")[0],
                f"kill -9 at a point: {name.partition(': ')[2]}",
                expected="readers see one whole release; the next refresh completes it; no capture is lost",
            ),
        )
        for name in POINTS
    ],
)
def test_killed_at_a_point_the_next_refresh_completes(point: str, site: Site) -> None:
    before, held, old = current(site.settings.home), site.captures(), site.values()
    new = site.change()
    process = site.start(POINTS[point])
    process.join()
    assert process.exitcode == -signal.SIGKILL, "the refresh passed the point"
    moved = point in AFTER_THE_POINTER
    assert (current(site.settings.home) != before) == moved
    assert site.values() == ({new} if moved else old)
    kept = site.captures()
    assert held <= kept
    site.whole()
    assert kept <= site.captures()
    assert site.values() == {new}
    home = site.settings.home
    assert not [*home.glob("releases/.*")], "the next refresh clears what was left"
    assert str(current(home)) in (home / "feed.xml").read_text()


def kill_at_random(site: Site, times: int, seed: int) -> None:
    moments = random.Random(seed)  # noqa: S311 - the same moments in every run
    site.change()
    length = site.whole()
    killed = tries = 0
    with Reader(site.settings.home) as reader:
        held = site.captures()
        while killed < times:
            assert (tries := tries + 1) < 4 * times, "most refreshes end before they are killed"
            new = site.change()
            process, began = site.start(), monotonic()
            process.join(moments.uniform(0, length))
            process.kill()
            process.join()
            if process.exitcode == -signal.SIGKILL:
                killed += 1
            else:  # it was faster than the one that was measured
                length = min(length, monotonic() - began)
            kept = site.captures()
            assert held <= kept, "no capture is lost"
            held = kept
        new = site.change()
        site.whole()
    assert reader.torn == []
    assert site.values() == {new}
    assert held < site.captures()
    assert reader.reads > times


@pytest.mark.fault(
    "store",
    "kill -9 at 20 random moments of a refresh, under a reader without pause",
    expected="0 torn reads, 0 lost captures; the next refresh completes",
)
def test_killed_at_random_moments_readers_never_notice(site: Site) -> None:
    kill_at_random(site, 20, seed=20)


@pytest.mark.slow
def test_killed_at_random_moments_many_times_readers_never_notice(site: Site) -> None:
    kill_at_random(site, 200, seed=200)
