"""The replica's queue of asynchronous extractions.

How its answers are worded belongs to ``answers``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from tests.replica import answers
from tests.replica.answers import Answer

Form = Literal["envelope", "warning 200", "error 413"]
End = Literal["AVAILABLE", "EXPIRED", "UNKNOWN_REQUEST", "never"]


@dataclass(frozen=True)
class Queueing:
    """How a table's extraction is queued: in which of Eurostat's forms, for how many looks, and how it ends."""

    polls: int = 2
    end: End = "AVAILABLE"
    form: Form = "envelope"


@dataclass
class _Job:
    queueing: Queueing
    data: Answer
    looks: int = 0


@dataclass
class Queue:
    """The extractions under way, by ticket, and how often a question without a ticket was asked."""

    jobs: dict[str, _Job] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def take(self, question: str, queueing: Queueing, data: Answer) -> Answer:
        """The answer to a question for data that has to queue."""
        if queueing.form == "envelope":
            ticket = f"a801f1c5-7e21-4f8b-a19a-{next(self.numbers):012d}"
            self.jobs[ticket] = _Job(queueing, data)
            return answers.queued(ticket)
        self.asked[question] = self.asked.get(question, 0) + 1
        if self.asked[question] > queueing.polls and queueing.end == "AVAILABLE":
            return data
        return answers.ASYNCHRONOUS_200 if queueing.form == "warning 200" else answers.ASYNCHRONOUS_413

    def status(self, ticket: str) -> Answer:
        job = self.jobs.get(ticket)
        if job is None:
            return answers.UNKNOWN_REQUEST
        job.looks += 1
        if job.looks <= job.queueing.polls or job.queueing.end == "never":
            return answers.queue_status(ticket, "SUBMITTED" if job.looks == 1 else "PROCESSING")
        if job.queueing.end == "UNKNOWN_REQUEST":
            return answers.UNKNOWN_REQUEST
        return answers.queue_status(ticket, job.queueing.end)

    def data(self, ticket: str) -> Answer:
        job = self.jobs.get(ticket)
        if job is None or job.queueing.end in ("EXPIRED", "UNKNOWN_REQUEST"):
            return answers.UNKNOWN_REQUEST
        ready = job.looks > job.queueing.polls and job.queueing.end == "AVAILABLE"
        return job.data if ready else answers.NOT_YET
