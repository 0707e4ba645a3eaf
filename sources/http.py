"""Asking a server over HTTP: patience within a budget, an honest name, and no answer mistaken for data.

The one module that opens the network for sources; what is asked belongs to each source.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from time import monotonic
from urllib.parse import urljoin, urlsplit

import requests
import tenacity
from urllib3.exceptions import HTTPError, ProtocolError

from sources.formats.answers import Kind, explain
from sources.formats.content import UNPACKED_LIMIT, check_whole, head, open_plain
from sources.model import NotData, NotYet, SourceError, Unreachable, Unreadable
from sources.refusals import CHECK_URL, LATER, refusal
from sources.settings import Settings

BUSY = (408, 425, 429, 500, 502, 503, 504)
REDIRECTS = (301, 302, 303, 307, 308)
LONGEST_WAIT = 60
"""Seconds: a server that asks for a longer pause is tried again at the next refresh."""

CHUNK = 64 * 1024
MOST_PIECES = 16


@dataclass(frozen=True)
class Deadline:
    """When patience ends: so many seconds from its making, over all questions that share it."""

    seconds: float
    start: float = field(default_factory=monotonic)

    @property
    def left(self) -> float:
        return max(0.0, self.seconds - (monotonic() - self.start))


@dataclass(frozen=True)
class Download:
    """The bytes of one answer as a file. ``modified_at`` is what the server says of their age, in UTC."""

    path: Path
    url: str
    retrieved_at: datetime
    media_type: str
    modified_at: datetime | None


class _Silent(Unreachable):
    """Nobody answered at all."""


class _Busy(Unreachable):
    """The server is overloaded; ``pause`` is the number of seconds that it asks for, if any."""

    pause: float | None = None


class _Damaged(NotYet):
    """The answer broke off, or arrived in a state that no server means."""


def user_agent() -> str:
    try:
        return f"ai-observatory/{version('ai-observatory')}"
    except PackageNotFoundError:
        return "ai-observatory/development"


class Client:
    """Asks one server, one question after the other."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._session = requests.Session()
        self._session.headers["User-Agent"] = user_agent()
        self._session.headers["Accept-Encoding"] = "gzip"

    def text(self, subject: str, url: str, until: Deadline | None = None, *accept: Kind) -> str:
        """The answer as text; raises Unreachable or NotData, but not for the kinds that ``accept`` names."""
        with tempfile.TemporaryDirectory(prefix="answer-") as folder:
            download = self._get(subject, url, Path(folder) / "answer", until, accept)
            with open_plain(download.path, subject) as file:
                return file.read().decode("utf-8-sig", errors="replace")

    def download(self, subject: str, url: str, target: Path, until: Deadline | None = None) -> Download:
        """The answer written to ``target``, as it came; raises Unreachable or NotData.

        Within ``until``, by default the budget of one dataset, a busy server is asked again.
        """
        return self._get(subject, url, target, until, ())

    def _get(
        self, subject: str, url: str, target: Path, until: Deadline | None, accept: tuple[Kind, ...]
    ) -> Download:
        limit = until or Deadline(self._settings.budget)
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self._settings.retries + 1)
            | tenacity.stop_before_delay(limit.left),
            retry=tenacity.retry_if_exception(_worth_another_try) & _few_times_where_nobody_answers,
            wait=self._pause,
            reraise=True,
        )
        return retrying(self._once, subject, url, target, limit, accept)

    def _pause(self, state: tenacity.RetryCallState) -> float:
        """What the server asks for, or else twice as long each time, with jitter so that nobody comes in step."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, _Busy) and error.pause is not None:
            return error.pause
        pause = self._settings.pause
        backoff = tenacity.wait_exponential(multiplier=pause, max=LONGEST_WAIT) + tenacity.wait_random(
            0, pause
        )
        return float(backoff(state))

    def _once(
        self, subject: str, url: str, target: Path, limit: Deadline, accept: tuple[Kind, ...]
    ) -> Download:
        with self._ask(subject, url, limit) as response:
            _write(subject, url, response, target, limit)
            modified = _date(response.headers.get("Last-Modified", ""))
            media_type = response.headers.get("Content-Type", "").partition(";")[0]
        try:
            check_whole(subject, target)
            _unwrap(subject, target)
            answer = explain(head(target, subject))
        except Unreadable as error:
            raise _Damaged(subject, url, error.reason, LATER) from error
        if answer and answer.kind not in accept:
            raise refusal(subject, url, f"the answer is not data: {answer.text}", answer)
        return Download(target, url, datetime.now(UTC), media_type, modified)

    @contextmanager
    def _ask(self, subject: str, url: str, limit: Deadline) -> Iterator[requests.Response]:
        """The open answer to a question, redirects on the same host followed."""
        try:
            response = self._follow(subject, url, limit)
            with response:
                if response.status_code != requests.codes.ok:
                    raise _failure(subject, url, response, limit)
                yield response
        except ProtocolError as error:
            raise _Damaged(subject, url, _cause(error), LATER) from error
        except (requests.RequestException, HTTPError) as error:
            raise _Silent(subject, url, _cause(error), CHECK_URL) from error

    def _follow(self, subject: str, url: str, limit: Deadline, left: int = 5) -> requests.Response:
        wait = max(0.001, min(self._settings.timeout, limit.left))
        response = self._session.get(url, timeout=wait, stream=True, allow_redirects=False)
        if response.status_code not in REDIRECTS:
            return response
        response.close()
        target = urljoin(url, response.headers.get("Location", ""))
        if urlsplit(target).netloc != urlsplit(url).netloc or not left:
            reason = (
                f"the server sends us elsewhere ({urlsplit(target).netloc}), as it does under maintenance"
            )
            raise Unreachable(subject, url, reason, LATER)
        return self._follow(subject, target, limit, left - 1)


def _worth_another_try(error: BaseException) -> bool:
    if isinstance(error, _Busy):
        return error.pause is None or error.pause <= LONGEST_WAIT
    return isinstance(error, _Silent | _Damaged)


def _few_times_where_nobody_answers(state: tenacity.RetryCallState) -> bool:
    """Patience with a busy server; little with one that does not answer at all."""
    error = state.outcome.exception() if state.outcome else None
    return not isinstance(error, _Silent) or state.attempt_number < 2


def _pieces(
    subject: str, url: str, response: requests.Response, limit: Deadline, *, unpack: bool
) -> Iterator[bytes]:
    """The body, each piece as soon as it is there, so that the budget holds however slowly it drips."""
    size = 0
    while piece := response.raw.read1(CHUNK, decode_content=unpack):
        size += len(piece)
        if not limit.left:
            raise Unreachable(subject, url, f"no whole answer in {limit.seconds:g} s", LATER)
        if size > UNPACKED_LIMIT:
            raise NotData(subject, url, f"the answer is larger than {UNPACKED_LIMIT} bytes")
        yield piece


def _write(subject: str, url: str, response: requests.Response, target: Path, limit: Deadline) -> None:
    """The body as it came, packed or not."""
    with target.open("wb") as file:
        for piece in _pieces(subject, url, response, limit, unpack=False):
            file.write(piece)


def _unwrap(subject: str, target: Path) -> None:
    """One layer off where a server on the way packed what was packed already."""
    if head(target, subject, 2) != b"\x1f\x8b":
        return
    aside = target.with_name(f"{target.name}.unwrapped")
    with open_plain(target, subject) as packed, aside.open("wb") as file:
        shutil.copyfileobj(packed, file)
    aside.replace(target)
    check_whole(subject, target)


def _failure(subject: str, url: str, response: requests.Response, limit: Deadline) -> SourceError:
    """The error for an answer that is not OK, with what its body says."""
    status = response.status_code
    pieces = _pieces(subject, url, response, limit, unpack=True)
    answer = explain(b"".join(islice(pieces, MOST_PIECES)))
    said = f": {answer.text}" if answer and answer.kind != "page" else ""
    reason = f"the server answers {status}{said}"
    if status in BUSY and not (answer and answer.kind in ("too big", "no results")):
        busy = _Busy(subject, url, reason, LATER)
        busy.pause = _retry_after(response.headers.get("Retry-After", ""))
        return busy
    if answer and answer.kind == "page":
        return NotData(subject, url, reason, CHECK_URL)
    return refusal(subject, url, reason, answer)


def _cause(error: Exception) -> str:
    """The innermost cause of a network error, in few words."""
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    text = str(error)
    for sign, words in (
        ("Unable to connect to proxy", "the proxy could not be reached, or refused"),
        ("Connection refused", "the connection was refused"),
        ("Name or service not known", "the name of the server is not known here"),
        ("Temporary failure in name resolution", "the name of the server cannot be looked up here"),
        ("CERTIFICATE_VERIFY_FAILED", "its certificate could not be verified"),
        ("IncompleteRead", "the answer broke off"),
        ("reset by peer", "the connection was reset"),
        ("timed out", "no answer in time"),
    ):
        if sign in text:
            return words
    return f"the connection failed ({type(error).__name__})"


def _retry_after(text: str) -> float | None:
    """The pause in a Retry-After header, in seconds; it is a number or a date."""
    if text.strip().isdecimal():
        return float(text)
    moment = _date(text)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds()) if moment else None


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None
