"""Starting the server of the pages as a process of its own.

What the pages show does not belong here.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

APP = Path(__file__).with_name("serve.py")


def address(port: int) -> str:
    """Where the pages are found on this machine."""
    return f"http://127.0.0.1:{port}"


def port_is_free(port: int) -> bool:
    """Whether nothing listens on a port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def start(port: int, home: Path) -> subprocess.Popen[bytes]:
    """The server's process, listening on loopback only and reading releases of ``home``."""
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    options = {
        "server.port": str(port),
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
        "browser.serverAddress": "127.0.0.1",
    }
    for name, value in options.items():
        command += [f"--{name}", value]
    return subprocess.Popen(
        command,
        cwd=APP.parent.parent,
        env={**os.environ, "OBSERVATORY_HOME": str(home.resolve())},
    )
