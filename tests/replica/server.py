"""The replica as a server on loopback: which service a path belongs to, and how well its answer is sent.

What the answers hold belongs to ``api``, ``catalogue`` and ``queue``.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from tests.replica import answers, catalogue
from tests.replica.answers import Answer
from tests.replica.api import Service
from tests.replica.queue import Queue, Queueing
from tests.replica.store import Store

API = "/api/dissemination"
PSTW = "/pstw_dataset.csv"
OECD = "/oecd_ai_vc.csv"
INVENTORY = f"{API}/files/inventory"
FEED = f"{API}/catalogue/rss/en/statistics-update.rss"
LONG_AGO = "2026-02-27T11:00:00+0100"
STRUCTURED = "2025-12-11T11:00:00+0100"
MOST_CELLS = 5_000_000


class Replica:
    """Serves the tables and files of some folders while the ``with`` block lasts.

    ``updated`` and ``restructured`` say when a code's data and structure last changed, ``deleted`` what the
    feed calls deleted; ``queueing`` sends a code's extractions into the queue; ``moving`` counts the next
    downloads of a code during which its table changes; ``most_cells`` is the limit of one answer; ``latency``
    is in seconds. ``answers`` misbehaves for a path, in the order of its list, the last one for ever.
    ``asked`` holds each request's path and query.
    """

    def __init__(
        self, folder: Path, *more: Path, port: int = 0, latency: float = 0.0, certificate: Path | None = None
    ) -> None:
        self.folder, self.store, self.latency = folder, Store([folder, *more]), latency
        self.updated: dict[str, str] = {}
        self.restructured: dict[str, str] = {}
        self.feed_since = "2026-02-20T11:00:00+0100"
        self.queueing: dict[str, Queueing] = {}
        self.moving: dict[str, int] = {}
        self.most_cells = MOST_CELLS
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self._queue, self._scheme = Queue(), "https" if certificate else "http"
        self._server = _Server(("127.0.0.1", port), _handler(self))
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    @property
    def origin(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self._server.server_address[1]}"

    @property
    def eurostat_url(self) -> str:
        return self.origin + API

    @property
    def pstw_url(self) -> str:
        return self.origin + PSTW

    @property
    def oecd_url(self) -> str:
        return self.origin + OECD

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
        if path in (PSTW, OECD) and (file := self.store.other(path.strip("/"))):
            return Answer(file.read_bytes(), headers={"Content-Type": "text/csv"})
        if not path.startswith(API):
            return answers.NO_ROUTE
        return self._eurostat(path.removeprefix(API + "/").split("/"), query)

    def _eurostat(self, parts: list[str], query: Mapping[str, list[str]]) -> Answer:
        service = Service(self.store, self.most_cells, self._updated, self._restructured)
        match parts:
            case ["sdmx", "2.1", "data", code, *key]:
                return self._data(code, str(query), service.bulk(code, "/".join(key), query))
            case ["sdmx", "3.0", "data", "dataflow", "ESTAT", code, "1.0", *_]:
                return self._data(code, str(query), service.slices(code, query))
            case ["statistics", "1.0", "data", code]:
                return service.statistics(code, query)
            case ["1.0", "async", "status", ticket]:
                return self._queue.status(ticket)
            case ["1.0", "async", "data", ticket]:
                return self._queue.data(ticket)
            case _:
                return self._about(parts, query)

    def _data(self, code: str, question: str, data: Answer) -> Answer:
        """The data, or a place in the queue; where the table is moving, it has changed when they are sent."""
        code = code.lower()
        if self.moving.get(code):
            self.moving[code] -= 1
            moved = datetime.fromisoformat(self._updated(code)) + timedelta(hours=12)
            self.updated[code] = moved.isoformat()
        if code in self.queueing and data.status == 200:
            return self._queue.take(f"{code} {question}", self.queueing[code], data)
        return data

    def _about(self, parts: list[str], query: Mapping[str, list[str]]) -> Answer:
        """What is said about tables."""
        lang, packed = (query.get("lang") or ["en"])[0].lower(), query.get("compressed") == ["true"]
        match parts:
            case ["files", "inventory"]:
                codes = self.store.tables()
                text = catalogue.inventory(codes, self.eurostat_url, self._updated, self._restructured)
                return answers.table(text.encode(), "text/tab-separated-values", packed=False)
            case ["catalogue", "toc", "txt"]:
                text = catalogue.contents(self.store, self._updated, self._restructured)
                return answers.table(text.encode(), "text/plain", packed=False)
            case ["catalogue", "rss", _, "statistics-update.rss"]:
                return answers.xml(catalogue.feed(self._news()))
            case ["sdmx", "2.1", "codelist", "ESTAT", name, *_]:
                found = catalogue.code_list(self.store, name.lower(), lang)
                found_nothing = answers.not_found(name)
                return answers.table(found.encode(), "text/tsv", packed=packed) if found else found_nothing
            case ["sdmx", "2.1", "contentconstraint", "ESTAT", code, *_]:
                table = self.store.table(code.lower())
                return answers.xml(catalogue.content_constraint(table)) if table else answers.not_found(code)
            case _:
                return answers.NO_ROUTE

    def _updated(self, code: str) -> str:
        return self.updated.get(code, LONG_AGO)

    def _restructured(self, code: str) -> str:
        return self.restructured.get(code, STRUCTURED)

    def _news(self) -> list[tuple[str, str, str]]:
        """Code, what happened and when, of all that changed since the feed begins; and what it begins with."""
        since = datetime.fromisoformat(self.feed_since)
        news = [("geo", "Updated code list", self.feed_since)]
        for code in self.store.tables():
            changes = {"data": self._updated(code), "structure": self._restructured(code)}
            new = {what: when for what, when in changes.items() if datetime.fromisoformat(when) >= since}
            for when in dict.fromkeys(new.values()):
                what = " and ".join(sorted((w for w in new if new[w] == when), reverse=True))
                news.append((code, f"Dataset: updated {what}", when))
        return news


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that go away: many tests make them."""


def _handler(replica: Replica) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        """Headers and body in one piece: two would wait for each other's acknowledgement."""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            replica.asked.append(self.path)
            replica.agents.add(self.headers.get("User-Agent", ""))
            time.sleep(replica.latency)
            self._send(replica.answer(parts.path, parse_qs(parts.query)))

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.chunked:
                self.send_header("Transfer-Encoding", "chunked")
            else:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self._send_body(answer)

        def _send_body(self, answer: Answer) -> None:
            ends_early = answer.breaks_off or answer.resets
            body = answer.body[: len(answer.body) // 2] if ends_early else answer.body
            if answer.chunked:
                body = b"".join(f"{len(p):x}\r\n".encode() + p + b"\r\n" for p in _pieces(body))
                body += b"" if ends_early else b"0\r\n\r\n"
            if answer.drip:
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(answer.drip)
            else:
                self.wfile.write(body)
            self.wfile.flush()
            if ends_early:
                self._end_early(answer)

        def _end_early(self, answer: Answer) -> None:
            if answer.resets:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: a test's output is its own."""

    return Handler


def _pieces(body: bytes) -> list[bytes]:
    return [body[start : start + 1000] for start in range(0, len(body), 1000)]
