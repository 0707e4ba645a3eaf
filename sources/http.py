"""Asking a server over HTTP: patience, an honest name, and no answer mistaken for data.

The one module that opens the network for sources; what is asked belongs to each source.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import monotonic
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from sources.formats.answers import Answer, explain
from sources.formats.content import UNPACKED_LIMIT, check_whole, head
from sources.model import NotData, SourceError, Unreachable, Unreadable
from sources.settings import Settings

RETRIABLE = (429, 500, 502, 503, 504)
REDIRECTS = (301, 302, 303, 307, 308)
LONGEST_WAIT = 60
"""Seconds: a server that asks for a longer pause is tried again at the next refresh."""

LONGEST_ANSWER = 900
"""Seconds that one whole answer may take; a slow one is better asked for at another time of the day."""

CHUNK = 64 * 1024
LATER = "the data held so far are kept; try again later"
CHECK_URL = "check the address in the settings and the connection"


@dataclass(frozen=True)
class Download:
    """The bytes of one answer as a file. ``modified_at`` is what the server says of their age, in UTC."""

    path: Path
    url: str
    retrieved_at: datetime
    media_type: str
    modified_at: datetime | None


def user_agent() -> str:
    try:
        return f"ai-observatory/{version('ai-observatory')}"
    except PackageNotFoundError:
        return "ai-observatory/development"


def _retry(retries: int) -> Retry:
    """Patience with a busy server; little with one that does not answer at all."""
    return Retry(
        total=retries,
        connect=min(retries, 1),
        redirect=0,
        status_forcelist=RETRIABLE,
        allowed_methods=("GET",),
        backoff_factor=1,
        backoff_jitter=1,
        backoff_max=LONGEST_WAIT,
        respect_retry_after_header=True,
        retry_after_max=LONGEST_WAIT,
        raise_on_status=False,
        raise_on_redirect=False,
    )


class Client:
    """Asks one server, one question after the other."""

    def __init__(self, settings: Settings) -> None:
        self._timeout = settings.timeout
        self._session = requests.Session()
        self._session.headers["User-Agent"] = user_agent()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=_retry(settings.retries)))

    def text(self, subject: str, url: str) -> str:
        """The answer as text; raises Unreachable or NotData."""
        with self._ask(subject, url) as response:
            body = response.content
        _refuse(subject, url, explain(body))
        return body.decode(response.encoding or "utf-8", errors="replace")

    def download(self, subject: str, url: str, target: Path) -> Download:
        """The answer written to ``target``, as it came; raises Unreachable or NotData."""
        with self._ask(subject, url) as response:
            _write(subject, response, target)
            modified = _date(response.headers.get("Last-Modified", ""))
            media_type = response.headers.get("Content-Type", "").partition(";")[0]
        try:
            check_whole(subject, target)
            _refuse(subject, url, explain(head(target, subject)))
        except Unreadable as error:
            raise NotData(subject, url, error.reason, LATER) from error
        return Download(target, url, datetime.now(UTC), media_type, modified)

    @contextmanager
    def _ask(self, subject: str, url: str) -> Iterator[requests.Response]:
        """The open answer to a question, redirects on the same host followed."""
        try:
            response = self._follow(subject, url)
            with response:
                if response.status_code != requests.codes.ok:
                    raise _failure(subject, url, response)
                yield response
        except (requests.RequestException, HTTPError) as error:
            raise Unreachable(subject, url, _cause(error), CHECK_URL) from error

    def _follow(self, subject: str, url: str, left: int = 5) -> requests.Response:
        response = self._session.get(url, timeout=self._timeout, stream=True, allow_redirects=False)
        if response.status_code not in REDIRECTS:
            return response
        response.close()
        target = urljoin(url, response.headers.get("Location", ""))
        if urlsplit(target).netloc != urlsplit(url).netloc or not left:
            reason = (
                f"the server sends us elsewhere ({urlsplit(target).netloc}), as it does under maintenance"
            )
            raise Unreachable(subject, url, reason, LATER)
        return self._follow(subject, target, left - 1)


def _write(subject: str, response: requests.Response, target: Path) -> None:
    size, start = 0, monotonic()
    with target.open("wb") as file:
        for chunk in response.iter_content(CHUNK):
            size += len(chunk)
            if monotonic() - start > LONGEST_ANSWER:
                raise Unreachable(subject, response.url, f"no whole answer in {LONGEST_ANSWER} s", LATER)
            if size > UNPACKED_LIMIT:
                raise NotData(subject, response.url, f"the answer is larger than {UNPACKED_LIMIT} bytes")
            file.write(chunk)


def _failure(subject: str, url: str, response: requests.Response) -> SourceError:
    """The error for an answer that is not OK, with what its body says."""
    status = response.status_code
    answer = explain(next(response.iter_content(CHUNK), b""))
    said = f": {answer.text}" if answer and answer.kind != "page" else ""
    if status in RETRIABLE or (answer and answer.kind == "queued"):
        return Unreachable(subject, url, f"the server answers {status}{said}", LATER)
    return NotData(subject, url, f"the server answers {status}{said}", CHECK_URL)


def _refuse(subject: str, url: str, answer: Answer | None) -> None:
    if answer is None:
        return
    if answer.later:
        raise Unreachable(subject, url, f"the answer is not data: {answer.text}", LATER)
    raise NotData(subject, url, f"the answer is not data: {answer.text}", CHECK_URL)


def _cause(error: Exception) -> str:
    """The innermost cause of a network error, in few words."""
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    text = str(error)
    for sign, words in (
        ("Connection refused", "the connection was refused"),
        ("Name or service not known", "the name of the server is not known here"),
        ("Temporary failure in name resolution", "the name of the server cannot be looked up here"),
        ("CERTIFICATE_VERIFY_FAILED", "its certificate could not be verified"),
        ("IncompleteRead", "the answer broke off"),
        ("timed out", "no answer in time"),
    ):
        if sign in text:
            return words
    return f"the connection failed ({type(error).__name__})"


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None
