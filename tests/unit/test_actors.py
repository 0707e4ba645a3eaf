"""The register of actors and systems: what a row must say, what ours say, and how the page shows them."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from indicators.words import LANGUAGES
from sources.curated import FOLDER, Curated
from sources.curated.actors import ACTORS, NOT_IN_PSTW, places
from sources.model import Unreadable
from tests.releases import HOSTILE, Plan, build_release
from tests.unit.test_pages import NEVER, opened, shown
from warehouse.read import DATABASE

FILE = FOLDER / "actors.csv"
REGISTER = {row["actor"]: row for row in csv.DictReader(FILE.open(encoding="utf-8", newline=""))}
ROW = REGISTER["ai_factories"]


def parsed(row: dict[str, str], folder: Path) -> list[tuple[object, ...]]:
    path = folder / "actors.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ACTORS.columns)
        writer.writeheader()
        writer.writerow(row)
    with duckdb.connect() as connection:
        return Curated().parse(ACTORS, path, connection).fetchall()


def test_our_register_is_read_whole() -> None:
    with duckdb.connect() as connection:
        rows = Curated().parse(ACTORS, FILE, connection).fetchall()
    assert len(rows) == len(REGISTER) > 25


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "firm"}, "the kind 'firm' is none of system, body"),
        ({"count": ""}, "a count needs its relation, its number and what was counted"),
        ({"count": "some"}, "a count needs its relation, its number and what was counted"),
        ({"count": "20"}, "the countries add up to 19, not to 20"),
        ({"by_country": "AT one"}, "by_country: 'AT one' is no country with its number"),
        ({"by_country": "AT 1; AT 2"}, "by_country: 'AT 2' is no country with its number, or stands twice"),
        ({"measure": "status only"}, "relation, count, counted given, but the measure is 'status only'"),
        ({"measure": "indicator"}, "an indicator is named where, and only where, that is the measure"),
        ({"pstw_id": "641"}, "the pstw_id '641' is neither PSTW-n nor 'not in PSTW'"),
        ({"link": "https://example.org> text"}, "the link 'https://example.org> text' is no address"),
        ({"link": "javascript:alert(1)"}, "the link 'javascript:alert(1)' is no address"),
        ({"source": ""}, "source is blank"),
    ],
)
def test_a_row_that_would_mislead_is_refused_with_its_line(
    changes: dict[str, str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(Unreadable, match="line 2: ") as caught:
        parsed({**ROW, **changes}, tmp_path)
    assert said in str(caught.value)


def test_the_systems_are_those_of_the_mandate() -> None:
    cases = {row["name"]: row["pstw_id"] for row in REGISTER.values() if row["kind"] == "system"}
    assert {name: case for name, case in cases.items() if case != NOT_IN_PSTW} == {
        "eTranslation": "PSTW-641",
        "eSummary": "PSTW-1943",
        "eBriefing": "PSTW-1944",
        "Publio": "PSTW-1393",
        "Albert": "PSTW-2259",
    }
    assert {name for name, case in cases.items() if case == NOT_IN_PSTW} == {
        *("LLaMandement", "IssyGPT", "SeTA", "Doris", "CoSIA", "ATHINA", "Destination Earth"),
    }


def test_numbers_by_country_are_those_of_the_selection() -> None:
    assert sum(places(ROW["by_country"]).values()) == 19
    assert len(places(ROW["by_country"])) == 16
    assert places("") == {}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    publish(tmp_path, monkeypatch)
    return tmp_path


def publish(home: Path, monkeypatch: pytest.MonkeyPatch, more: str = "", case: str = "1") -> None:
    """A small release with our register, in which one system is a case that the release holds."""
    monkeypatch.setenv("OBSERVATORY_HOME", str(home))
    release = build_release(home, Plan())
    path = home / "actors.csv"
    path.write_text(FILE.read_text(encoding="utf-8") + more, encoding="utf-8")
    with duckdb.connect(str(home / "releases" / release / DATABASE)) as connection:
        Curated().parse(ACTORS, path, connection).create(ACTORS.view)
        connection.execute("UPDATE pstw.cases SET case_id = 'PSTW-641' WHERE case_id = ?", [case])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_speaks_every_language(home: Path, lang: str) -> None:
    text = shown(opened("actors", lang=lang))
    assert NEVER.search(text) is None, NEVER.search(text)
    assert "LLaMandement" in text
    assert "COM(2025) 723" in text


def test_the_page_says_what_is_counted_and_what_is_followed_by_status_alone(home: Path) -> None:
    text = shown(opened("actors"))
    assert "31 actors and systems are named; 5 of the 12 systems are cases" in text
    assert "**more than 250 hubs**" in text
    assert "**19 sites selected**" in text
    assert "status only: ◇ announced" in text
    assert "□ not in PSTW" in text


def test_a_case_that_is_loaded_stands_with_its_status_and_another_with_its_number(home: Path) -> None:
    text = shown(opened("actors"))
    assert "● [PSTW-641](<https://example.org/case>): In use, Belgium" in text
    assert "□ PSTW-1943: not among the cases of this release" in text


def test_kind_and_words_in_the_address_choose_the_entries(home: Path) -> None:
    def count(**query: str) -> str:
        app = opened("overview")
        app.switch_page("views/actors.py")
        app.query_params.update(query)
        return str(next(one.value for one in app.run().caption if " of " in one.value))

    assert count() == "31 of 31 entries"
    assert count(kind="system") == "12 of 31 entries"
    assert count(words="france issy") == "1 of 31 entries"
    assert count(kind="no such kind") == "31 of 31 entries"


def test_a_text_of_the_register_is_shown_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = HOSTILE.replace('"', "'")
    cells = {
        **ROW,
        **dict.fromkeys(("name", "owner", "note", "source"), hostile),
        "actor": "hostile",
        "by_country": "",
    }
    publish(tmp_path, monkeypatch, ",".join(f'"{cells[name]}"' for name in ACTORS.columns) + "\n")
    (grid, *_) = opened("actors").table
    rows = [row.str.cat(sep="\n") for _, row in grid.value.iterrows()]
    (row,) = [row for row in rows if "onerror" in row]
    assert "\\<img" in row
    assert not any(sign in row for sign in ("\n<img", " <img", "[<img"))


def test_a_release_without_the_register_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    build_release(tmp_path)
    assert "This release holds no register of actors and systems" in shown(opened("actors"))
