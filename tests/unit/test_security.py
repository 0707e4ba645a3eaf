"""Each threat in docs/security.md has tests, and they are there; what is installed is pinned."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def threats() -> list[tuple[str, str]]:
    rows = [
        line.split(" | ") for line in (ROOT / "docs" / "security.md").read_text().splitlines() if "::" in line
    ]
    return [(row[0].strip("| "), row[-1]) for row in rows]


def test_there_are_threats() -> None:
    assert len(threats()) >= 15


@pytest.mark.parametrize(("threat", "tests"), threats(), ids=[threat for threat, _ in threats()])
def test_the_tests_of_a_threat_are_there(threat: str, tests: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", tests)
    assert len(named) == tests.count("::") > 0
    for path, name in named:
        assert re.search(rf"^(    )?def {name}\(", (ROOT / path).read_text(), re.M), f"{path} has no {name}"


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.glob("requirements*.txt")))
def test_every_requirement_is_pinned_with_its_hashes(name: str) -> None:
    text = (ROOT / name).read_text()
    packages = [one for one in text.replace("\\\n", " ").splitlines() if one and not one.startswith("#")]
    assert packages
    assert [
        one
        for one in packages
        if not re.fullmatch(r"\S+==\S+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+", one)
    ] == []
    assert "://" not in text, "no address of where packages come from"
