"""What Dagster loads: the pipelines, with the briefs that only the command line knows how to write.

Nothing is defined here: pipelines/definitions.py does that, and briefing.py writes.
"""

from __future__ import annotations

from observatory.briefing import write_briefs
from pipelines.definitions import loaded

defs = loaded(write_briefs)
