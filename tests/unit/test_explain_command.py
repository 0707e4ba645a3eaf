"""``observatory explain`` in process: what it prints, in which language, and what it says to wrong words."""

from __future__ import annotations

import json
import shlex
from datetime import date
from pathlib import Path

import pytest

import observatory
from indicators.registry import indicators
from observatory.console import ALL_WELL, WRONG_USAGE
from pipelines.refresh import plan
from pipelines.run import run
from sources.settings import Settings
from tests.unit.test_command_line import CELL, HEADER
from tests.unit.test_explain_links import AI, OneTable
from warehouse.receive import Arrival, receive

EXPLAINED = ("enterprises_using_ai", "smes_using_ai", "sme_gap")
ROWS = (
    ("GE10", "EU27_2020", "13.48 ", "19.95 "), ("GE10", "DK", "27.58 b", "42.03 "), ("GE10", "MT", ": u", "21.56 "),
    ("10-249", "EU27_2020", "12.63 ", "18.86 "), ("GE250", "EU27_2020", "41.17 ", "55.03 "), ("GE250", "MT", ": ", "60 "),
)  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one table of two countries and the EU, and the few figures that are explained."""
    folder = tmp_path_factory.mktemp("published")
    table = folder / "isoc_eb_ai.tsv"
    cells = (CELL.format(size=size, geo=geo, before=before, now=now) for size, geo, before, now in ROWS)
    table.write_text(HEADER + "".join(cells))
    own = Settings(home=folder / "home", offline=True)
    arrival = Arrival(table, table.name, AI.id, date(2026, 10, 30), False)
    assert receive(own, [arrival], lambda _: None).refused == ()
    run(own, plan(own, sources=[OneTable(own)]), indicators=[indicators()[name] for name in EXPLAINED])
    return own.home


@pytest.fixture
def home(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(published))


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = ALL_WELL) -> str:
    assert observatory.main(["explain", *words]) == code
    out = capsys.readouterr()
    return out.out if code == ALL_WELL else out.err


def test_a_gap_is_told_with_both_cells_and_the_command_gives_it_again(
    home: object, capsys: pytest.CaptureFixture[str]
) -> None:
    first = json.loads(told(capsys, "sme_gap", "--geo", "EU27_2020", "--format", "json"))
    assert first["agrees"] is True
    assert [cell["codes"]["size_emp"] for cell in first["cells"]] == ["GE250", "10-249"]
    assert first["figure"]["value"] == pytest.approx(first["cells"][0]["value"] - first["cells"][1]["value"])
    for cell in first["cells"]:
        assert len(cell["capture"]["sha256"]) == 64
        assert cell["query"].startswith(
            "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data/"
        )
    program, *command = shlex.split(first["recompute"])
    assert program == "observatory"
    assert observatory.main([*command, "--format", "json"]) == ALL_WELL
    again = json.loads(capsys.readouterr().out)
    assert (again["recomputed"], again["cells"]) == (first["recomputed"], first["cells"])


def test_the_terminal_shows_the_same(home: object, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "enterprises_using_ai", "--geo", "DK", "--period", "2024")
    assert "27.58" in text
    assert "flag b: break in series" in text
    assert "Slice(isoc_eb_ai, freq=A" in text
    assert "it equals the figure stated" in text
    assert "observatory explain enterprises_using_ai --geo DK --period 2024 --as-of" in text


def test_the_suppressed_cell_is_told_with_its_flag(home: object, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "enterprises_using_ai", "--geo", "MT", "--period", "2024")
    assert "not publishable: the table has the cell, without a value" in text
    assert "flag u: low reliability" in text


def test_a_country_that_the_whole_table_lacks_is_told_so(
    home: object, capsys: pytest.CaptureFixture[str]
) -> None:
    cell = json.loads(
        told(capsys, "enterprises_using_ai", "--geo", "MT", "--by", "size_emp=GE250", "--format", "json")
    )["figure"]
    assert cell["member"] == "GE250"


def test_codes_are_named_in_the_language(home: object, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "smes_using_ai", "--geo", "EU27_2020", "--lang", "de")
    assert "10 bis 249" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["enterprises_using", "--geo", "DK"], "did you mean enterprises_using_ai?"),
        (["enterprises_using_ai"], "Missing option '--geo'"),
        (["enterprises_using_ai", "--geo", "DKK"], "did you mean DK?"),
        (["enterprises_using_ai", "--geo", "DK", "--period", "1999"], "there are"),
        (["enterprises_using_ai", "--geo", "DK", "--by", "size_em=GE250"], "did you mean size_emp?"),
        (
            ["enterprises_using_ai", "--geo", "DK", "--by", "size_emp"],
            "has no member (none named): there are",
        ),
        (["enterprises_using_ai", "--geo", "DK", "--by", "size_emp=GE25"], "did you mean GE250?"),
        (["enterprises_using_ai", "--geo", "DK", "--as-of", "2999-01-01"], "yet to come"),
    ],
)
def test_wrong_words_get_one_line(
    home: object, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = told(capsys, *words, code=WRONG_USAGE)
    assert said in line
    assert len(line.strip().splitlines()) == 1
