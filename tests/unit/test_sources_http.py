"""A source's client is patient, says who it is, and takes no answer for data that is none."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from time import monotonic

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sources.formats.content import open_plain
from sources.http import Client
from sources.model import NotData, NotYet, SourceError, Unreachable
from sources.refusals import NoResults, Queued, TooBig
from sources.settings import Settings
from tests.replica import Answer, Replica

PATH = "/table"
FAULT = b"<S:Fault xmlns:S='x'><faultcode>100</faultcode><faultstring>%s</faultstring></S:Fault>"
UNKNOWN_REQUEST = FAULT % b"UNKNOWN_REQUEST: Unknown request."
QUEUED = b"<env:Envelope xmlns:env='x'><queued><id>a8</id><status>SUBMITTED</status></queued></env:Envelope>"


TABLE = b"freq\tgeo\n" * 1000
DATA = Answer(b"freq\tgeo\n")


def patient() -> Client:
    return Client(Settings(retries=2, timeout=5, pause=0.001))


def failure(replica: Replica, folder: Path, *answers: Answer, retries: int = 0) -> SourceError:
    replica.answers[PATH] = list(answers)
    client = Client(Settings(retries=retries, timeout=5, pause=0.001))
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
        (Answer(b"oh", 500), "the server answers 500"),
        (Answer(b"slow down", 429, {"Retry-After": "0"}), "the server answers 429"),
        (Answer(status=307, headers={"Location": "https://sorry.invalid/"}), "as it does under maintenance"),
        (Answer(b"freq\tgeo\n" * 1000, breaks_off=True), "the answer broke off"),
        (Answer(b"freq\tgeo\n" * 1000, breaks_off=True, chunked=True), "the answer broke off"),
        (Answer(b"freq\tgeo\n" * 1000, resets=True), "the connection was reset"),
        (Answer(b""), "the file is empty"),
        (Answer(gzip.compress(b"")), "the file is empty"),
        (Answer(gzip.compress(b"freq\tgeo\n" * 1000)[:-9]), "the gzip ends too early"),
        (Answer(UNKNOWN_REQUEST), "UNKNOWN_REQUEST: Unknown request."),
    ],
)
@pytest.mark.fault(
    "fetch",
    "a web page with status 200",
    "a web page, gzipped",
    "a redirect to another host",
    "a redirect in a circle",
    "an answer that breaks off before its stated length",
    "a chunked answer that breaks off",
    "a connection reset in the midst of the answer",
    "an empty body",
    "a gzip that ends too early",
    "429",
    "500",
    "503",
    expected="one line with the address and the reason; nothing is taken for data",
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
    ],
)
@pytest.mark.fault(
    "fetch",
    "a fault document with status 200",
    "an extraction too big",
    "404",
    expected="refused for good, in the server's own words; not asked again",
)
def test_answers_that_are_not_data(answer: Answer, said: str, replica: Replica, tmp_path: Path) -> None:
    error = failure(replica, tmp_path, answer)
    assert isinstance(error, NotData)
    assert not error.retriable
    assert said in str(error)


@pytest.mark.parametrize(
    "bad",
    [
        Answer(status=503),
        Answer(status=429, headers={"Retry-After": "0"}),
        Answer(status=503, headers={"Retry-After": "Wed, 04 Mar 2026 10:00:00 GMT"}),
        Answer(b"freq\tgeo\n" * 1000, breaks_off=True),
        Answer(b"freq\tgeo\n" * 1000, resets=True),
        Answer(gzip.compress(b"freq\tgeo\n" * 1000)[:-9]),
        Answer(b""),
    ],
)
@pytest.mark.fault(
    "fetch", "two bad answers, then a good one", expected="asked again, and the good one is kept"
)
def test_what_may_pass_is_asked_again(bad: Answer, replica: Replica, tmp_path: Path) -> None:
    replica.answers[PATH] = [bad, bad, DATA]
    got = patient().download("isoc_eb_ai", replica.origin + PATH, tmp_path / "got")
    assert got.path.read_bytes() == DATA.body
    assert replica.asked == [PATH, PATH, PATH]


def test_the_pause_that_a_server_asks_for_counts_and_not_our_own(replica: Replica, tmp_path: Path) -> None:
    replica.answers[PATH] = [Answer(status=503, headers={"Retry-After": "0"}), DATA]
    client = Client(Settings(retries=1, pause=3600))
    assert (
        client.download("isoc_eb_ai", replica.origin + PATH, tmp_path / "got").path.read_bytes() == DATA.body
    )


@pytest.mark.parametrize(
    ("asked_for", "budget"), [("3600", 1e6), ("30", 10), ("Fri, 31 Dec 2100 00:00:00 GMT", 1e9)]
)
@pytest.mark.fault(
    "fetch", "a Retry-After longer than our patience", expected="left to the next refresh at once"
)
def test_a_pause_longer_than_our_patience_is_left_to_the_next_refresh(
    asked_for: str, budget: float, replica: Replica, tmp_path: Path
) -> None:
    replica.answers[PATH] = [Answer(status=503, headers={"Retry-After": asked_for}), DATA]
    with pytest.raises(Unreachable, match=r"answers 503 \(.*try again later"):
        Client(Settings(retries=3, budget=budget)).text("isoc_eb_ai", replica.origin + PATH)
    assert replica.asked == [PATH]


def test_pauses_that_do_not_fit_the_budget_are_not_made(replica: Replica) -> None:
    replica.answers[PATH] = [Answer(status=503), DATA]
    with pytest.raises(Unreachable, match="answers 503"):
        Client(Settings(retries=3, pause=20, budget=5)).text("isoc_eb_ai", replica.origin + PATH)


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.fault("fetch", "an answer that drips for ever", expected="given up when the budget is spent")
def test_a_slow_drip_ends_with_the_budget(chunked: bool, replica: Replica, tmp_path: Path) -> None:
    replica.answers[PATH] = [Answer(b"freq\tgeo\n" * 1000, drip=0.01, chunked=chunked)]
    start = monotonic()
    with pytest.raises(Unreachable, match=r"no whole answer in 0\.2 s \(the data held so far are kept"):
        Client(Settings(retries=3, timeout=5, budget=0.2)).text("isoc_eb_ai", replica.origin + PATH)
    assert monotonic() - start < 3, "the whole answer would take 90 s"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(TABLE, chunked=True),
        Answer(gzip.compress(TABLE), chunked=True),
        Answer(gzip.compress(TABLE), headers={"Content-Encoding": "gzip"}),
        Answer(gzip.compress(gzip.compress(TABLE)), headers={"Content-Encoding": "gzip"}),
    ],
)
def test_however_it_is_sent_it_is_the_same_table(answer: Answer, replica: Replica, tmp_path: Path) -> None:
    replica.answers[PATH] = [answer]
    got = Client(Settings()).download("isoc_eb_ai", replica.origin + PATH, tmp_path / "got")
    with open_plain(got.path) as file:
        assert file.read() == TABLE


@pytest.mark.fault("fetch", "a server that takes the question and says nothing", expected="given up in time")
def test_silence_ends_in_time(replica: Replica) -> None:
    replica.latency = 1
    with pytest.raises(Unreachable, match="no answer in time"):
        Client(Settings(retries=0, timeout=0.1)).text("isoc_eb_ai", replica.origin + PATH)


@pytest.mark.fault("fetch", "an answer larger than the bound", expected="refused before the disk is full")
def test_an_answer_larger_than_the_bound_is_refused(
    replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.http.UNPACKED_LIMIT", len(TABLE) // 2)
    monkeypatch.setattr("sources.http.CHUNK", 1000)
    assert "the answer is larger than" in str(failure(replica, tmp_path, Answer(TABLE)))
    assert (tmp_path / "got").stat().st_size <= len(TABLE) // 2


def test_patience_has_an_end(replica: Replica, tmp_path: Path) -> None:
    error = failure(replica, tmp_path, Answer(b"", 503), retries=1)
    assert "the server answers 503" in str(error)
    assert len(replica.asked) == 2


def test_a_redirect_on_the_same_host_is_followed(replica: Replica, tmp_path: Path) -> None:
    replica.answers["/old"] = [Answer(status=301, headers={"Location": PATH})]
    replica.answers[PATH] = [Answer(b"freq\tgeo\n")]
    got = Client(Settings()).download("pstw_cases", replica.origin + "/old", tmp_path / "got")
    assert got.path.read_bytes() == b"freq\tgeo\n"


@pytest.mark.fault("fetch", "nobody listens at the address", expected="one line with what to check")
def test_a_closed_port_is_named_with_what_to_do(closed_url: str, tmp_path: Path) -> None:
    with pytest.raises(Unreachable) as caught:
        Client(Settings(retries=1, pause=0.001)).text("inventory", closed_url)
    assert str(caught.value) == (
        f"inventory: {closed_url}: the connection was refused "
        "(check the address in the settings and the connection)"
    )


def test_a_proxy_is_honoured(replica: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    address = "http://eurostat.invalid/table"
    replica.answers[PATH] = [DATA]
    monkeypatch.setenv("http_proxy", replica.origin)
    monkeypatch.setenv("no_proxy", "")
    assert Client(Settings()).text("isoc_eb_ai", address) == "freq\tgeo\n"
    assert replica.asked == [address]


@pytest.mark.fault("fetch", "the proxy is away", expected="the line names the proxy")
def test_a_proxy_that_is_away_is_named(closed_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", closed_url)
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(Unreachable, match="the proxy could not be reached"):
        Client(Settings(retries=0)).text("isoc_eb_ai", "http://eurostat.invalid/table")


@pytest.mark.fault(
    "fetch",
    "a certificate that nobody vouches for",
    expected="refused before anything is asked; trusted only where REQUESTS_CA_BUNDLE names its authority",
)
def test_a_private_authority_is_trusted_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = self_signed(tmp_path)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Replica(tmp_path, certificate=certificate) as server:
        server.answers[PATH] = [DATA]
        with pytest.raises(Unreachable, match="its certificate could not be verified"):
            Client(Settings(retries=0)).text("isoc_eb_ai", server.origin + PATH)
        assert not server.asked
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        assert Client(Settings()).text("isoc_eb_ai", server.origin + PATH) == "freq\tgeo\n"


RECORDED = {
    "async-fault-DATA_NOT_YET_AVAILABLE.xml": Queued,
    "async-fault-UNKNOWN_REQUEST.xml": NotYet,
    "async-queued-SUBMITTED.xml": Queued,
    "async-status-SUBMITTED.xml": Queued,
    "fault-100-dataflow-not-found.xml": NotData,
    "fault-100-dataset-not-found.xml": NotData,
    "fault-100-no-results.xml": NoResults,
    "fault-140-nb-filters.xml": NotData,
    "fault-150-dimension-value.xml": NotData,
    "fault-413-extraction-too-big.xml": TooBig,
    "json-200-async-warning.json": Queued,
    "json-400-geolevel-object.json": NotData,
    "json-400-no-results.json": NoResults,
    "json-404-not-a-dataset.json": NotData,
    "json-404-not-found.json": NotData,
    "json-413-async.json": Queued,
    "json-413-extraction-too-big.json": TooBig,
    "legacy-MessageFooter-1M.xml": NotData,
    "legacy-footer.xml": NotData,
    "legacy-footer2.xml": NotData,
}


@pytest.mark.parametrize(("name", "kind"), RECORDED.items())
def test_recorded_answers_are_told_apart(
    name: str, kind: type[SourceError], replica: Replica, shared_data: Path, tmp_path: Path
) -> None:
    status = next((int(part) for part in name.split("-") if part in ("400", "404", "413")), 200)
    body = (shared_data / "eurostat" / "errors" / name).read_bytes()
    for code in {status, 200}:
        assert type(failure(replica, tmp_path, Answer(body, code))) is kind


def self_signed(folder: Path) -> Path:
    """A certificate for 127.0.0.1, its own authority, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "replica")])
    address = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return path
