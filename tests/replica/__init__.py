"""A real HTTP server that answers as Eurostat and PSTW do, from a folder of tables; and misbehaves on demand.

What a test expects of those answers does not belong here.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

API = "/api/dissemination"
PSTW = "/pstw_dataset.csv"
INVENTORY = f"{API}/files/inventory"
LONG_AGO = "2026-02-27T11:00:00+0100"
NOT_FOUND = (
    '<?xml version="1.0" encoding="UTF-8"?><S:Fault xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">'
    "<faultcode>100</faultcode><faultstring>ERR_NOT_FOUND_4: {code} is not available for dissemination."
    "</faultstring></S:Fault>"
)


@dataclass(frozen=True)
class Answer:
    """One answer; ``breaks_off`` closes the connection in the midst of the body."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    breaks_off: bool = False


class Replica:
    """Serves ``<code>.tsv`` and ``pstw_dataset.csv`` of a folder while the ``with`` block lasts.

    ``updated`` says when the data of a code last changed; ``answers`` misbehaves for a path, in the order of
    its list, the last one for ever; ``asked`` holds each request's path and query.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.updated: dict[str, str] = {}
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._server.daemon_threads = True

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def eurostat_url(self) -> str:
        return self.origin + API

    @property
    def pstw_url(self) -> str:
        return self.origin + PSTW

    @staticmethod
    def data_path(code: str) -> str:
        return f"{API}/sdmx/2.1/data/{code.upper()}"

    def serve_forever(self) -> None:
        self._server.serve_forever(poll_interval=0.05)

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, query: Mapping[str, list[str]]) -> Answer:
        """What this server says to a question."""
        planned = self.answers.get(path)
        if planned:
            return planned.pop(0) if len(planned) > 1 else planned[0]
        if path == INVENTORY:
            return Answer(self._inventory().encode(), headers={"Content-Type": "text/tab-separated-values"})
        if path == PSTW and (self.folder / "pstw_dataset.csv").is_file():
            return Answer(
                (self.folder / "pstw_dataset.csv").read_bytes(), headers={"Content-Type": "text/csv"}
            )
        if path.startswith(f"{API}/sdmx/2.1/data/"):
            return self._table(path.rpartition("/")[2], query)
        return Answer(b"<html><title>404 Not Found</title></html>", 404, {"Content-Type": "text/html"})

    def _table(self, code: str, query: Mapping[str, list[str]]) -> Answer:
        file = self.folder / f"{code.lower()}.tsv"
        if query.get("format") != ["TSV"] or not file.is_file():
            return Answer(NOT_FOUND.format(code=code).encode(), 404, {"Content-Type": "application/xml"})
        body = file.read_bytes()
        packed = query.get("compressed") == ["true"]
        # as Eurostat does: the body is gzip and no Content-Encoding says so
        return Answer(gzip.compress(body, mtime=0) if packed else body, headers={"Content-Type": "text/tsv"})

    def _inventory(self) -> str:
        header = ["Code", "Type", "Source dataset", "Last data change", "Last structural change"]
        rows = [
            [file.stem.upper(), "DATASET", "", self.updated.get(file.stem, LONG_AGO), LONG_AGO]
            for file in sorted(self.folder.glob("*.tsv"))
        ]
        return "".join("\t".join(row) + "\r\n" for row in [header, *rows])


def _handler(replica: Replica) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            replica.asked.append(self.path)
            replica.agents.add(self.headers.get("User-Agent", ""))
            self._send(replica.answer(parts.path, parse_qs(parts.query)))

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            body = answer.body[: len(answer.body) // 2] if answer.breaks_off else answer.body
            self.wfile.write(body)
            if answer.breaks_off:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: a test's output is its own."""

    return Handler
