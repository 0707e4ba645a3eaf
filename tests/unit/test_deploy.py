"""The files of deploy/ hold: systemd takes the units, nginx takes its file and does in front of servers what it says."""

from __future__ import annotations

import base64
import http.client
import re
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
import yaml

from sources.settings import Settings
from tests.nginx import Proxy, installed, nginx

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not installed")
    for unit in UNITS:
        here = unit.read_text().replace("/opt/observatory", str(ROOT))
        (tmp_path / unit.name.replace("@", "@8501")).write_text(here)
    names = [str(path) for path in sorted(tmp_path.iterdir())]
    said = subprocess.run([program, "verify", *names], capture_output=True, text=True, check=False)
    own = [line for line in said.stderr.splitlines() if "observatory" in line]
    assert own == []
    assert said.returncode == 0


@pytest.mark.parametrize(
    "unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name
)
def test_a_service_has_no_more_rights_than_it_needs(unit: Path) -> None:
    said = unit.read_text().splitlines()
    assert {"User=observatory", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="} <= {
        *said
    }
    writes = [line for line in said if line.startswith("ReadWritePaths=")]
    assert bool(writes) == ("pages" not in unit.name), "the pages write nothing"


def test_dagster_s_page_is_bound_to_loopback() -> None:
    assert "--host 127.0.0.1" in (DEPLOY / "systemd" / "observatory-dagster.service").read_text()
    assert "dagster dev --host 127.0.0.1" in (ROOT / "Makefile").read_text()


def test_dagster_on_a_server_is_configured_as_here_but_for_its_folder() -> None:
    here, there = (yaml.safe_load((folder / "dagster.yaml").read_text()) for folder in (ROOT, DEPLOY))
    here["storage"]["custom"]["config"]["base_dir"] = "/var/lib/observatory/dagster"
    assert here == there


@dataclass(frozen=True)
class Front:
    """nginx with the file of deploy/ on loopback, in front of two pages and a Dagster that say who they are."""

    proxy: Proxy

    def ask(self, path: str, **headers: str) -> http.client.HTTPResponse:
        context = ssl.create_default_context(cafile=str(self.proxy.certificate))
        connection = http.client.HTTPSConnection("127.0.0.1", self.proxy.secure, context=context, timeout=10)
        connection.request("GET", path, headers=headers)
        return connection.getresponse()


class Speaking(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        said = (self.headers[name] for name in ("Host", "X-Forwarded-Proto"))
        text = " ".join((str(self.server.server_address[1]), *said, self.path)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    if installed() is None:
        pytest.skip("nginx is not installed")
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Speaking) for _ in range(3)]
    for server in servers:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    *pages, dagster = (int(server.server_address[1]) for server in servers)
    try:
        with nginx(tmp_path_factory.mktemp("nginx"), pages, dagster) as proxy:
            yield Front(proxy)
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def test_plain_http_is_sent_to_tls(front: Front) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.proxy.plain, timeout=10)
    connection.request("GET", "/enterprises?lang=fr")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://127.0.0.1/enterprises?lang=fr")


def test_a_reader_stays_with_one_process_and_readers_are_spread(front: Front) -> None:
    reached = set()
    for _ in range(12):
        first = front.ask("/")
        cookie = first.headers["Set-Cookie"]
        assert re.fullmatch(r"observatory=[0-9a-f]{32}; Path=/; Secure; HttpOnly; SameSite=Lax", cookie)
        own = {first.read()} | {front.ask("/", Cookie=cookie.partition(";")[0]).read() for _ in range(3)}
        assert len(own) == 1
        reached |= own
    assert len(reached) == 2
    assert all(said.endswith(b" https /") for said in reached)


def test_dagster_is_behind_a_login(front: Front) -> None:
    assert front.ask("/dagster").status == 401
    assert front.ask("/dagster/graphql").status == 401
    word = base64.b64encode(b"desk:word").decode()
    answer = front.ask("/dagster/runs", Authorization=f"Basic {word}")
    assert (answer.status, answer.read().split()[-1]) == (200, b"/dagster/runs")


def test_every_answer_says_to_come_by_tls_and_to_guess_nothing(front: Front) -> None:
    headers = front.ask("/").headers
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "SAMEORIGIN")
    assert headers["Server"] == "nginx"


def test_the_pages_hear_which_address_a_reader_asked(front: Front) -> None:
    """They take connections from pages of their own address alone, and a port is a part of it."""
    assert front.ask("/").read().split()[1] == f"127.0.0.1:{front.proxy.secure}".encode()


def test_what_never_changes_is_asked_of_the_pages_once(front: Front) -> None:
    said = {front.ask("/static/js/index.0a1b.js").read() for _ in range(6)}
    assert len(said) == 1
    assert Speaking.asked.count("/static/js/index.0a1b.js") == 1
    for _ in range(2):
        front.ask("/feed.xml").read()
    assert Speaking.asked.count("/feed.xml") == 2


def test_what_is_written_for_kubernetes_and_celery_names_executors_that_a_setting_takes() -> None:
    (pods,) = yaml.safe_load((DEPLOY / "kubernetes" / "values.yaml").read_text())["dagster-user-deployments"][
        "deployments"
    ]
    named = {one["name"]: one["value"] for one in pods["env"]}
    said = re.search(
        r"OBSERVATORY_EXECUTOR=(\S+)", (DEPLOY / "celery" / "observatory-worker.service").read_text()
    )
    assert said is not None
    for executor in (named["OBSERVATORY_EXECUTOR"], said[1]):
        assert Settings(executor=executor).executor == executor
    assert pods["dagsterApiGrpcArgs"][1] == "observatory.definitions"
    assert pods["volumeMounts"][0]["mountPath"] == named["OBSERVATORY_HOME"]
