"""The people in charge are told by webhook and by e-mail; a message that nobody took is said, without secrets."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

import observatory
from observatory.console import NOTHING_PUBLISHED, WITH_PROBLEMS
from pipelines.alerts import tell
from sources.settings import Settings
from tests.receivers import mailbox, webhook
from tests.replica import Answer, Replica

HOSTILE = "toy held back: <img src=x onerror=alert(1)> & more"


def settings(*addresses: str) -> Settings:
    return Settings(alerts=SecretStr(" ".join(addresses)))


def test_a_webhook_and_a_mailbox_are_told_in_plain_text() -> None:
    with webhook() as (hook, posted), mailbox() as (address, mailed):
        assert tell(settings(hook, address), "held back", ["one", HOSTILE]) == []
    (post,), (mail,) = posted, mailed
    assert (post["title"], post["message"]) == ("held back", f"one\n{HOSTILE}")
    assert mail["To"] == "desk@example.org"
    assert "held back" in mail["Subject"]
    bodies = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
    assert HOSTILE in bodies.get("text/plain", HOSTILE)
    assert "<img" not in bodies.get("text/html", "")
    assert "more" in "".join(bodies.values())


@pytest.mark.parametrize(
    ("lines", "addresses"),
    [([], ["json://127.0.0.1:1/"]), (["something"], [])],
    ids=["no line", "no address"],
)
def test_nothing_is_sent_where_there_is_nothing_to_say_or_nobody_to_tell(
    lines: list[str], addresses: list[str]
) -> None:
    assert tell(settings(*addresses), "title", lines) == []


@pytest.mark.fault(
    "alert",
    "nobody takes the alert",
    expected="said in a line without the address's secrets; the others are told",
)
def test_an_alert_that_nobody_took_is_said_without_secrets() -> None:
    with webhook() as (hook, posted), webhook(status=500) as (broken, _):
        nowhere = "json://user:hunter2@127.0.0.1:1/hook?token=hunter2"
        faults = tell(settings(nowhere, broken, "nonsense", hook), "held back", ["one"])
    assert [line.partition(":")[0] for line in faults] == ["alert not sent"] * 3
    assert "127.0.0.1:1/hook did not take it" in faults[0]
    assert "address 3 is none that Apprise knows" in faults[2]
    assert not [line for line in faults if "hunter2" in line or "word" in line]
    assert len(posted) == 1


def test_addresses_and_passwords_do_not_show_in_settings() -> None:
    chosen = Settings(
        alerts=SecretStr("json://u:hunter2@h"), dagster_postgres=SecretStr("postgresql://u:hunter2@h")
    )
    assert "hunter2" not in repr(chosen) + str(chosen.model_dump())


def test_a_refresh_that_fails_is_told_beside_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "home").write_text("a file where the home should be")
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path / "home"))
    with webhook() as (hook, posted):
        monkeypatch.setenv("OBSERVATORY_ALERTS", hook)
        assert observatory.main(["refresh", "--offline"]) == NOTHING_PUBLISHED
    (post,) = posted
    assert post["title"] == "AI Observatory: a refresh failed"
    assert str(tmp_path / "home") in post["message"]
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_refresh_that_met_problems_tells_them(
    replica: Replica, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica.answers[Replica.data_path("isoc_eb_ai")] = [Answer(b"<html><title>Maintenance</title></html>")]
    (replica.folder / "isoc_eb_ai.tsv").write_bytes(b"freq\\TIME_PERIOD\t2025\n")
    for name, value in {
        "HOME": settings.home,
        "EUROSTAT_URL": settings.eurostat_url,
        "RETRIES": 0,
        "OFFLINE": 0,
    }.items():
        monkeypatch.setenv(f"OBSERVATORY_{name}", str(value))
    with webhook() as (hook, posted):
        monkeypatch.setenv("OBSERVATORY_ALERTS", hook)
        assert observatory.main(["refresh", "--only", "isoc_eb_ai"]) == WITH_PROBLEMS
    (post,) = posted
    assert post["title"] == "AI Observatory: a refresh met problems"
    assert "isoc_eb_ai" in post["message"]
    assert "Maintenance" in post["message"]
