"""Open pages move on to a new release one after the other."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.moving_on import Turns


def test_who_comes_alone_goes_at_once_and_others_one_after_the_other() -> None:
    turns = Turns(0.5)
    assert [turns.take(100.0) for _ in range(3)] == [100.0, 100.5, 101.0]
    assert turns.take(100.2) == 101.5
    assert turns.take(200.0) == 200.0


ASKS = """
from dashboards.moving_on import may_move_on
import streamlit as st

st.text(f"{may_move_on('')} {may_move_on('one')} {may_move_on('one')}")
"""


def test_a_session_keeps_its_turn_until_it_shows_another_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboards.moving_on.turns", Turns(3600))
    first, second = AppTest.from_string(ASKS).run(), AppTest.from_string(ASKS).run()
    assert first.text[0].value == "True True True"
    assert second.text[0].value == "True False False", "the first has just moved on"
    assert first.run().text[0].value == "True True True"
    assert second.run().text[0].value == "True False False"
