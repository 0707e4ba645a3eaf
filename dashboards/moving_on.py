"""When an open page moves on to a new release: one reader after the other, so that nobody waits while all pages are made anew.

Which release readers may see, forerunner.py decides; whoever asks for a page then gets that one at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

import streamlit as st

TURN = "turn"
"""In the session's state: the release that it shows, and when it may move on from that."""


@dataclass
class Turns:
    """Moments that are at least so many seconds ``apart``, given to whoever asks first."""

    apart: float
    _free: float = 0.0
    _lock: Lock = field(default_factory=Lock, repr=False)

    def take(self, now: float) -> float:
        """The next free moment, which is ``now`` where nobody else has just asked."""
        with self._lock:
            turn = max(now, self._free)
            self._free = turn + self.apart
            return turn


turns = Turns(0.5)
"""Those of all readers of this process."""


def may_move_on(shown: str) -> bool:
    """Whether it is this session's turn to leave the release that it shows; always where it shows none."""
    if not shown:
        return True
    kept: tuple[str, float] = st.session_state.get(TURN, ("", 0.0))
    held, turn = kept
    if held != shown:
        turn = turns.take(monotonic())
        st.session_state[TURN] = (shown, turn)
    return monotonic() >= turn
