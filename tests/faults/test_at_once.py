"""Two refreshes of one home at once: the second waits its turn, also where the first one dies."""

from __future__ import annotations

import signal

import pytest

from tests.faults.refreshing import Site
from warehouse.release import releases


@pytest.mark.fault(
    "publish",
    "two refreshes that find the same change at once",
    expected="both end well; one capture, one release",
)
def test_two_refreshes_at_once_publish_one_release(site: Site) -> None:
    home, held = site.settings.home, site.captures()
    before = len(releases(home))
    new = site.change()
    both = [site.start(), site.start()]
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    assert site.values() == {new}
    assert len(site.captures()) == len(held) + 1
    assert len(releases(home)) == before + 1


@pytest.mark.fault(
    "publish",
    "kill -9 of a refresh while another one waits for its turn",
    expected="the other one goes on and publishes",
)
def test_the_turn_of_a_refresh_that_was_killed_is_free(site: Site) -> None:
    new, held = site.change(), site.captures()
    first = site.start(r"rename .*/release\.json$")
    while site.captures() == held and first.is_alive():
        first.join(0.01)  # until it has the turn
    second = site.start()
    for process in (first, second):
        process.join()
    assert (first.exitcode, second.exitcode) == (-signal.SIGKILL, 0)
    assert site.values() == {new}
