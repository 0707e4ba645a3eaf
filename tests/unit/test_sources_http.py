"""A source's client is patient, says who it is, and takes no answer for data that is none."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from sources.http import Client
from sources.model import NotData, SourceError, Unreachable
from sources.settings import Settings
from tests.replica import Answer, Replica

PATH = "/table"
FAULT = b"<S:Fault xmlns:S='x'><faultcode>100</faultcode><faultstring>%s</faultstring></S:Fault>"
QUEUED = b"<env:Envelope xmlns:env='x'><queued><id>a8</id><status>SUBMITTED</status></queued></env:Envelope>"


def failure(replica: Replica, folder: Path, *answers: Answer, retries: int = 0) -> SourceError:
    replica.answers[PATH] = list(answers)
    client = Client(Settings(retries=retries, timeout=5))
    with pytest.raises(SourceError) as caught:
        client.download("isoc_eb_ai", replica.origin + PATH, folder / "got")
    assert f"isoc_eb_ai: {replica.origin}{PATH}: " in str(caught.value)
    return caught.value


def test_the_bytes_are_kept_as_they_came(replica: Replica, tmp_path: Path) -> None:
    packed = gzip.compress(b"freq\tgeo\n")
    headers = {"Last-Modified": "Wed, 04 Mar 2026 10:00:00 GMT", "Content-Type": "text/tsv;charset=utf-8"}
    replica.answers[PATH] = [Answer(packed, headers=headers)]
    got = Client(Settings()).download("isoc_eb_ai", replica.origin + PATH, tmp_path / "got")
    assert got.path.read_bytes() == packed
    assert (got.media_type, got.modified_at and got.modified_at.isoformat()) == (
        "text/tsv",
        "2026-03-04T10:00:00+00:00",
    )
    assert {agent.partition("/")[0] for agent in replica.agents} == {"ai-observatory"}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(QUEUED), "the extraction is queued"),
        (Answer(FAULT % b"DATA_NOT_YET_AVAILABLE: wait"), "DATA_NOT_YET_AVAILABLE: wait"),
        (
            Answer(b'{"warning":{"status":413,"label":"ASYNCHRONOUS_RESPONSE. Later."}}'),
            "ASYNCHRONOUS_RESPONSE",
        ),
        (
            Answer(b'{"error":[{"label":"ASYNCHRONOUS_RESPONSE. L."}]}', 413),
            "answers 413: ASYNCHRONOUS_RESPONSE",
        ),
        (Answer(b"<html><title>Maintenance</title></html>"), "a web page (Maintenance)"),
        (Answer(gzip.compress(b"<html><title>Maintenance</title></html>")), "a web page (Maintenance)"),
        (Answer(status=307, headers={"Location": "https://sorry.invalid/"}), "elsewhere (sorry.invalid)"),
        (Answer(status=302, headers={"Location": PATH}), "elsewhere"),
        (Answer(b"busy", 503), "the server answers 503"),
        (Answer(b"slow down", 429, {"Retry-After": "0"}), "the server answers 429"),
        (Answer(b"freq\tgeo\n" * 1000, breaks_off=True), "the answer broke off"),
    ],
)
def test_answers_that_say_to_come_back_later(
    answer: Answer, said: str, replica: Replica, tmp_path: Path
) -> None:
    error = failure(replica, tmp_path, answer)
    assert isinstance(error, Unreachable)
    assert error.retriable
    assert said in str(error)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(FAULT % b"NO_RESULTS: nothing"), "NO_RESULTS: nothing"),
        (Answer(FAULT % b"ERR_NOT_FOUND_4: X", 404), "the server answers 404: ERR_NOT_FOUND_4: X"),
        (Answer(FAULT % b"EXTRACTION_TOO_BIG: 17348292 rows", 413), "EXTRACTION_TOO_BIG: 17348292 rows"),
        (Answer(b'{"error":{"status":"400","label":"no such thing"}}'), "no such thing"),
        (Answer(b"<html><title>Not found</title></html>", 404), "the server answers 404"),
        (Answer(b""), "the file is empty"),
        (Answer(gzip.compress(b"freq\tgeo\n" * 1000)[:-9]), "the gzip ends too early"),
    ],
)
def test_answers_that_are_not_data(answer: Answer, said: str, replica: Replica, tmp_path: Path) -> None:
    error = failure(replica, tmp_path, answer)
    assert isinstance(error, NotData)
    assert not error.retriable
    assert said in str(error)


def test_a_busy_server_is_asked_again(replica: Replica, tmp_path: Path) -> None:
    replica.answers[PATH] = [Answer(b"", 503), Answer(b"freq\tgeo\n")]
    got = Client(Settings(retries=1)).download("isoc_eb_ai", replica.origin + PATH, tmp_path / "got")
    assert got.path.read_bytes() == b"freq\tgeo\n"
    assert replica.asked == [PATH, PATH]


def test_patience_has_an_end(replica: Replica, tmp_path: Path) -> None:
    error = failure(replica, tmp_path, Answer(b"", 503), retries=1)
    assert "the server answers 503" in str(error)
    assert len(replica.asked) == 2


def test_a_redirect_on_the_same_host_is_followed(replica: Replica, tmp_path: Path) -> None:
    replica.answers["/old"] = [Answer(status=301, headers={"Location": PATH})]
    replica.answers[PATH] = [Answer(b"freq\tgeo\n")]
    got = Client(Settings()).download("pstw_cases", replica.origin + "/old", tmp_path / "got")
    assert got.path.read_bytes() == b"freq\tgeo\n"


def test_a_closed_port_is_named_with_what_to_do(closed_url: str, tmp_path: Path) -> None:
    with pytest.raises(Unreachable) as caught:
        Client(Settings(retries=1)).text("inventory", closed_url)
    assert str(caught.value) == (
        f"inventory: {closed_url}: the connection was refused "
        "(check the address in the settings and the connection)"
    )
