"""What a browser is told to fetch with a page, before it could know: the program that draws charts.

Streamlit asks for it only when the first chart has come, and it is the largest of all that a page needs.
"""

from __future__ import annotations

from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
DRAWING = "PlotlyChart.*.js"


class Early:
    """Names the program of charts in the header of every page; without such a program, says nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._link = ", ".join(
            f"<./static/js/{path.name}>; rel=modulepreload" for path in SCRIPTS.glob(DRAWING)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Link", self._link)
            await send(message)

        await self._app(scope, receive, named if scope["type"] == "http" and self._link else send)
