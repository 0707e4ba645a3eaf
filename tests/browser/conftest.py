"""A real server with a small release, and Chromium to visit it; without Chromium these tests are skipped."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.visiting import ROOT, WIDE, watched
from tests.releases import build_release

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")


@dataclass(frozen=True)
class Site:
    """The pages as a server on loopback shows them, and the home that they read."""

    address: str
    home: Path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip(f"none of {', '.join(NAMES)} is installed")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))


@pytest.fixture(scope="session")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The served pages; the server ends with the tests."""
    home = tmp_path_factory.mktemp("home")
    build_release(home)
    with serving(home) as address:
        yield Site(address, home)


def free_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(home: Path, *options: str, port: int = 0, **environment: str) -> Iterator[str]:
    """The address of a server of its own that reads a home, with options of Streamlit and settings of ours."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboards/serve.py", "--server.port", str(port)]
    with (home / f"server-{port}.log").open("wb") as log:
        settings = {"OBSERVATORY_HOME": str(home), "OBSERVATORY_OFFLINE": "1", **environment}
        chosen = [*command, *options]
        server = subprocess.Popen(chosen, cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log)
        try:
            _answering(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A browser for what does not depend on the theme."""
    context = browser.new_context(viewport=WIDE)
    yield context
    context.close()


@pytest.fixture
def window(plain: BrowserContext) -> Iterator[Page]:
    """A window like ``page``, in the light theme only."""
    yield from watched(plain)


def _answering(url: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    until = monotonic() + seconds
    while monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own server on loopback
                return
        except OSError:
            continue
    raise RuntimeError(f"the server at {url} does not answer")
