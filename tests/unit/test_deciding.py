"""What a person decides on a capture: what follows from it, that it stays on record, and that it can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.run import run
from tests.unit.test_pipelines import APPLES, INDICATORS, PEARS, Stand
from warehouse.read import current, open_release
from warehouse.release import manifest


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    """A home where apples were withheld for a repeated key, and pears published."""
    stand = Stand(tmp_path)
    stand.refresh()
    stand.market.put(APPLES, "ALL,DE,2024,12,,", "ALL,FR,2024,20,,", "S,FR,2024,150,,")
    stand.refresh()
    return stand


def again(stand: Stand) -> None:
    assert run(stand.settings, stand.plan(), indicators=INDICATORS).release is not None


def test_a_withdrawn_capture_no_longer_counts_until_it_is_accepted_again(stand: Stand) -> None:
    newest = stand.archive.captures("apples")[-1]
    assert stand.values()["apples", "DE"] == 12
    stand.archive.decide(newest, "withdrawn", "retracted by its publisher", "ann")
    assert (stand.plan().datasets, stand.plan().fetch) == (("apples",), ())
    again(stand)
    assert stand.values()["apples", "DE"] == 10
    stand.archive.decide(newest, "accepted", "it was right", "bob")
    again(stand)
    assert stand.values()["apples", "DE"] == 12
    assert stand.plan().empty


def test_a_decision_is_on_record_in_the_log_and_the_release(stand: Stand) -> None:
    newest = stand.archive.captures("apples")[-1]
    before = len(list(stand.archive.log.iterdir()))
    stand.archive.decide(newest, "withdrawn", "retracted", "ann")
    stand.archive.decide(newest, "accepted", "it was right", "bob")
    assert len(list(stand.archive.log.iterdir())) == before + 2
    again(stand)
    release = current(stand.settings.home)
    assert release is not None
    (decision,) = manifest(stand.settings.home, release).decisions
    assert (decision.capture, decision.state, decision.why, decision.by) == (
        newest.id,
        "accepted",
        "it was right",
        "bob",
    )
    row = open_release(stand.settings.home).query(
        "SELECT state, why, decided_by, judged_at FROM captures WHERE decided_by <> ''"
    )
    assert row[["state", "why", "decided_by"]].values.tolist() == [["accepted", "it was right", "bob"]]
    assert row["judged_at"][0].to_pydatetime() == decision.at


def test_a_capture_that_was_held_back_counts_once_a_person_accepts_it(stand: Stand) -> None:
    stand.market.put(PEARS, "ALL,DE,2024,12,,")
    stand.refresh()
    held = stand.archive.captures("pears")[-1]
    assert (held.state, stand.values()["pears", "DE"]) == ("held back", 10)
    assert held.judged_at is not None
    stand.archive.decide(held, "accepted", "France left the survey", "ann")
    again(stand)
    assert stand.values()["pears", "DE"] == 12
    failed = open_release(stand.settings.home).query(
        "SELECT name, detail, capture FROM checks WHERE NOT passed AND severity = 'error'"
    )
    assert failed["name"].tolist() == ["rows"]
    assert failed["detail"][0].startswith("accepted by ann (France left the survey): 1 rows after 2")
    assert failed["capture"][0] == held.id


def test_a_decision_on_what_counts_no_more_is_published_too(stand: Stand) -> None:
    stand.market.put(PEARS, "ALL,DE,2024,12,,")
    stand.refresh()
    held = stand.archive.captures("pears")[-1]
    stand.archive.decide(held, "withdrawn", "known to be wrong", "ann")
    assert stand.plan().datasets == ("pears",)
    again(stand)
    assert stand.plan().empty
