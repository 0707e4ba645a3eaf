"""Where simulated people come in: at a server of the pages, or at a proxy with TLS in front of several.

What they do there does not belong here.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import connect

PROTOCOL: list[Any] = ["streamlit"]


@dataclass(frozen=True)
class Door:
    """A server's own port, or a proxy's, which is trusted by ``secure``.

    Behind a proxy each person has a cookie and says, as a browser does, which page asks for the connection.
    """

    port: int
    secure: ssl.SSLContext | None = None
    cookie: str = ""

    def connect(self) -> connect:
        """A connection as a browser holds it: any size of message, and no questions whether the other is there."""
        scheme, place = ("wss", "https") if self.secure else ("ws", "http"), f"127.0.0.1:{self.port}"
        said = {"Origin": f"{scheme[1]}://{place}"} | ({"Cookie": self.cookie} if self.cookie else {})
        return connect(
            f"{scheme[0]}://{place}/_stcore/stream",
            subprotocols=PROTOCOL,
            max_size=None,
            ping_interval=None,
            open_timeout=60,
            ssl=self.secure,
            additional_headers=said,
        )
