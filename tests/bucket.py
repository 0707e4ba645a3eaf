"""An S3-compatible server on loopback for tests: moto's, one request at a time, which counts and may stop answering.

What is shared over it does not belong here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any, Self
from urllib.parse import unquote
from urllib.request import Request, urlopen
from wsgiref.types import WSGIApplication

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server


class Quiet(MotoRequestHandler):
    def log(self, *_: Any) -> None:
        pass


@dataclass
class S3:
    """The server; ``asked`` has method and key of every request since it was emptied last.

    ``writes`` is how many more writes it takes before it breaks down; None: it does not.
    """

    asked: list[tuple[str, str]] = field(default_factory=list)
    writes: int | None = None

    def __enter__(self) -> Self:
        self._one_at_a_time, self._moto = Lock(), DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """moto looks at a condition and writes in two steps; a real store does it in one, and so does this."""
        method, key = environ["REQUEST_METHOD"], unquote(environ["PATH_INFO"])
        with self._one_at_a_time:
            self.asked.append((method, key))
            if self.writes is not None and method in ("PUT", "POST"):
                if self.writes == 0:
                    start("500 Internal Server Error", [("Content-Length", "0")])
                    return [b""]
                self.writes -= 1
            moto: WSGIApplication = self._moto
            return [b"".join(moto(environ, start))]

    def bucket(self, name: str) -> str:
        """Make a bucket; gives its address."""
        self._ask(f"/{name}", b"", "PUT")
        return f"s3://{name}"

    @contextmanager
    def checking_keys(self) -> Iterator[None]:
        """Refuse whoever has no key that was given out here, which is everybody."""
        self._ask("/moto-api/reset-auth", b"0", "POST")
        try:
            yield
        finally:
            self._ask("/moto-api/reset-auth", b"inf", "POST")

    def got(self, method: str) -> list[str]:
        """The keys of the requests with a method, without the bucket."""
        return [key.split("/", 2)[-1] for one, key in self.asked if one == method]

    def _ask(self, path: str, content: bytes, method: str) -> None:
        headers = {"Content-Type": "text/plain"}
        request = Request(self.url + path, content, headers, method=method)  # noqa: S310 - our own server
        with urlopen(request) as answer:  # noqa: S310 - our own server
            assert answer.status == 200
