"""The errors that answers without data become: by what is to be done, with words that say it.

What an answer says belongs to ``sources.formats.answers``; asking again to ``sources.http``.
"""

from __future__ import annotations

from sources.formats.answers import Answer
from sources.model import NotData, NotYet, SourceError, Unreachable

LATER = "the data held so far are kept; try again later"
CHECK_URL = "check the address in the settings and the connection"
CHECK_TABLE = "see whether the table was renamed, withdrawn or given other dimensions"


class Queued(NotYet):
    """The answer is being prepared; ``ticket`` is its name, or empty where the same question is to be asked."""

    ticket = ""


class TooBig(NotData):
    """More was asked for than the server gives at once."""


class NoResults(NotData):
    """The server has no data for this question."""


def refusal(subject: str, url: str, reason: str, answer: Answer | None) -> SourceError:
    """The error for an answer that is no data, of the kind that says what to do."""
    kind = answer.kind if answer else "fault"
    if answer and kind == "queued":
        queued = Queued(subject, url, reason, LATER)
        queued.ticket = answer.ticket
        return queued
    if kind == "expired":
        return NotYet(subject, url, reason, LATER)
    if kind == "page":
        return Unreachable(subject, url, reason, LATER)
    if kind == "too big":
        return TooBig(subject, url, reason, "ask for less at once")
    if kind == "no results":
        return NoResults(subject, url, reason, CHECK_TABLE)
    return NotData(subject, url, reason, CHECK_TABLE if answer else CHECK_URL)
