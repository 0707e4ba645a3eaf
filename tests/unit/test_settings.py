"""Settings follow the environment as it is now, though pages keep what they read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sources.settings import settings


def test_what_was_read_is_kept_until_the_environment_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", "one")
    first = settings()
    assert settings() is first
    monkeypatch.setenv("OBSERVATORY_HOME", "two")
    assert (first.home, settings().home) == (Path("one"), Path("two"))
