"""A second server of the same pages, for some seconds and for one reader: it makes what the first one then shows.

It is another process, so that what it does takes no time from the first one's readers, and gives way to it on the machine.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from websockets.sync.client import ClientConnection, unix_connect
from websockets.typing import Subprotocol

from dashboards.stock import hold_in

ROOT = Path(__file__).parents[1]
STOCK = "OBSERVATORY_STOCK"
"""Names, in the environment of such a server, the folder of what it makes."""
PROTOCOL = Subprotocol("streamlit")
STREAM = "ws://localhost/_stcore/stream"
STARTS_WITHIN, LOOKS = 60.0, 0.1
"""Seconds that it may take to start, and between two looks whether it has."""
GIVES_WAY = 5
"""Its niceness: others who want the machine go first, but on a busy one it still comes to its end."""


@contextmanager
def aside(home: Path, stock: Path, stop: Event) -> Iterator[ClientConnection]:
    """A window of such a server of ``home``, which ends with the block; raises OSError where none starts before ``stop``."""
    socket = stock / "socket"
    socket.unlink(missing_ok=True)
    command = [sys.executable, "-m", "uvicorn", "dashboards.serve:app", "--uds", str(socket)]
    own = {"OBSERVATORY_HOME": str(home.resolve()), STOCK: str(stock), "STREAMLIT_SERVER_BASE_URL_PATH": ""}
    server = subprocess.Popen(
        [*command, "--log-level", "warning"], cwd=ROOT, env={**os.environ, **own}, stdin=subprocess.PIPE
    )
    try:
        os.setpriority(os.PRIO_PROCESS, server.pid, GIVES_WAY)
        _wait_for(socket, server, stop)
        with unix_connect(str(socket), STREAM, subprotocols=[PROTOCOL], max_size=None) as window:
            yield window
    finally:
        server.kill()  # what it writes stands whole under its name or not at all
        server.communicate()


def stand_aside(stock: Path) -> None:
    """Make this process such a server: it leaves what it makes in a folder, says little, and ends with its parent."""
    hold_in(stock)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _wait_for(socket: Path, server: subprocess.Popen[bytes], stop: Event) -> None:
    until = monotonic() + STARTS_WITHIN
    while not socket.exists():
        if server.poll() is not None or monotonic() > until or stop.wait(LOOKS):
            raise OSError("the second server of the pages did not start")


def _end_with_parent() -> None:
    """The one that started this process holds the other end of its input for as long as it is there."""
    sys.stdin.buffer.read()
    os._exit(0)
