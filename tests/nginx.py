"""nginx with the file of deploy/ on loopback, in front of servers of ours; for tests and benchmarks.

What the file should do belongs to test_deploy.py.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tests.unit.test_sources_http import self_signed

FILE = Path(__file__).parents[1] / "deploy" / "nginx" / "observatory.conf"
PAGES = "    server 127.0.0.1:8501;\n    server 127.0.0.1:8502;\n"
"""The processes of the pages, as the committed file names them."""


@dataclass(frozen=True)
class Proxy:
    """nginx at work: its ports with and without TLS, the certificate to trust, and its process."""

    plain: int
    secure: int
    certificate: Path
    process: int


def installed() -> str | None:
    """nginx, where it is installed."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def nginx(folder: Path, pages: Sequence[int], dagster: int) -> Iterator[Proxy]:
    """nginx in front of the ports of pages and of Dagster's page; raises FileNotFoundError where it is not installed."""
    found = installed()
    if found is None:
        raise FileNotFoundError("nginx is not installed")
    proxy = Proxy(free_port(), free_port(), self_signed(folder), 0)
    (folder / "users").write_text("desk:{PLAIN}word\n")
    os.chmod(folder / "users", 0o644)  # noqa: PTH101
    for parent in (folder, *folder.parents[:3]):
        if parent.stat().st_mode & 0o011 != 0o011:
            parent.chmod(parent.stat().st_mode | 0o011)
    (folder / "observatory.conf").write_text(_file(folder, proxy, pages, dagster))
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; "
        "events { worker_connections 2048; }\n"
        f"http {{ access_log off; {temporary} include {folder}/observatory.conf; }}\n"
    )
    command = [found, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _answering(proxy.secure)
        yield Proxy(proxy.plain, proxy.secure, proxy.certificate, process.pid)
    finally:
        process.terminate()
        process.wait()


def _file(folder: Path, proxy: Proxy, pages: Sequence[int], dagster: int) -> str:
    """The committed file with the ports and files of this trial."""
    said = FILE.read_text()
    for old, new in {
        "/var/lib/nginx/observatory": f"{folder}/cache",
        "listen 80;": f"listen 127.0.0.1:{proxy.plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{proxy.secure} ssl;",
        PAGES: "".join(f"    server 127.0.0.1:{port};\n" for port in pages),
        "127.0.0.1:3000": f"127.0.0.1:{dagster}",
        "/etc/observatory/tls/fullchain.pem": str(proxy.certificate),
        "/etc/observatory/tls/privkey.pem": str(proxy.certificate),
        "/etc/observatory/dagster.htpasswd": str(folder / "users"),
    }.items():
        assert old in said
        said = said.replace(old, new)
    return said


def _answering(port: int) -> None:
    until = monotonic() + 20
    while monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise RuntimeError(f"nginx does not listen at {port}")
