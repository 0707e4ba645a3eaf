"""A real HTTP server that answers as Eurostat and PSTW do, from folders of tables; and misbehaves on demand.

What a test expects of those answers does not belong here.
"""

from __future__ import annotations

from tests.replica.answers import Answer
from tests.replica.queue import Queueing
from tests.replica.server import API, FEED, INVENTORY, LONG_AGO, PSTW, Replica

__all__ = ["API", "FEED", "INVENTORY", "LONG_AGO", "PSTW", "Answer", "Queueing", "Replica"]
