"""Sectors: each names members that exist, every gap is said in words, and the page never turns one into a zero."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indicators.formula import breakdown_of, members_of
from indicators.registry import formulas, indicators
from indicators.sectors import BY_ACTIVITY, CASES, FITS, KINDS, Sector, sectors
from indicators.sectors_coverage import KIND_WORDS, MEANINGS, WORDS, coverage
from indicators.words import LANGUAGES
from sources.eurostat_tables import TABLES
from tests.releases import Plan, build_release
from tests.unit.test_pages import NEVER, opened, shown

every_sector = pytest.mark.parametrize("sector", sectors().values(), ids=sectors().keys())
ALL = {BY_ACTIVITY, CASES, "ai_purposes", "enterprises_using_ai_by_technology"}


def test_there_are_the_eleven_sectors_and_three_that_may_follow() -> None:
    assert [sector.future for sector in sectors().values()] == [False] * 11 + [True] * 3


@every_sector
def test_a_sector_reads_members_that_its_indicators_have(sector: Sector) -> None:
    for reading in sector.readings:
        own = [f for f in formulas(indicators()[reading.indicator]) if breakdown_of(f) == reading.breakdown]
        assert own, f"{reading.indicator} has no breakdown {reading.breakdown!r}"
        assert not reading.member or reading.member in members_of(own[0])
    assert {near.dataset for near in sector.tables} <= {table.id for table in TABLES}


@every_sector
def test_a_sector_says_how_far_it_is_measured_and_what_is_not(sector: Sector) -> None:
    assert sector.fit in FITS
    assert bool(sector.activities) == (sector.fit != "not measured")
    assert bool(sector.functions) == bool(sector.cases_scope)
    said = [sector.scope, sector.cases_scope, *sector.unmeasured, *(one.note for one in sector.related)]
    assert sector.scope
    assert sector.unmeasured
    assert all(text.endswith(".") for text in said if text)


@every_sector
def test_nothing_is_measured_by_what_the_release_does_not_hold(sector: Sector) -> None:
    words = {coverage(sector, kind, ()) for kind in KINDS}
    assert words <= {"not loaded", "not measured"}


def test_the_coverage_of_the_strategys_sectors() -> None:
    def words(kind: str) -> dict[str, str]:
        return {name: coverage(sector, kind, ALL) for name, sector in sectors().items()}  # type: ignore[arg-type]

    activities = words("activities")
    assert activities["health"] == activities["agrifood"] == activities["culture"] == "in part"
    assert activities["communications"] == activities["energy"] == activities["tourism"] == "measured"
    assert activities["ecommerce"] == "stand-in"
    unmeasured = {name for name, word in activities.items() if word == "not measured"}
    assert unmeasured == {"robotics", "defence", "public_sector", "finance"}
    assert words("related")["robotics"] == words("related")["defence"] == "near it"
    assert words("related")["energy"] == "not loaded"
    assert words("cases")["finance"] == "not measured"


def test_every_word_has_a_meaning_and_every_kind_a_name() -> None:
    assert WORDS.keys() == MEANINGS.keys()
    assert KIND_WORDS.keys() == {*KINDS}
    assert len({name for _, name in WORDS.values()}) == len(WORDS)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    build_release(tmp_path, Plan())
    return tmp_path


def page(**query: str) -> str:
    app = opened("overview", **{name: text for name, text in query.items() if name in ("lang", "geo")})
    app.switch_page("views/sectors.py")
    app.query_params.update(query)
    app.run()
    assert not app.exception, [error.message for error in app.exception]
    return shown(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("sector", ["health", "robotics", "manufacturing", "defence", "finance"])
def test_the_page_speaks_every_language_and_never_says_nan(home: Path, sector: str, lang: str) -> None:
    text = page(sector=sector, lang=lang)
    assert NEVER.search(text) is None, NEVER.search(text)
    assert len(text) > 1000


def test_the_sector_in_the_address_is_shown(home: Path) -> None:
    text = page(sector="manufacturing")
    assert (
        "Manufacturing: 17.3 % of EU enterprises used AI in 2025, against 20.0 % of all enterprises." in text
    )
    assert "Healthcare and pharmaceuticals: this release holds no EU value" in page(sector="no such sector")
    assert "Germany: " in page(sector="manufacturing", geo="DE")


def test_what_nobody_measures_is_said_and_never_zero(home: Path) -> None:
    text = page(sector="finance")
    assert "Finance: official statistics do not measure the use of AI." in text
    assert "□\u00a0not measured: The use of AI by banks, insurers and funds in official statistics." in text
    row = text[text.index("Finance (may follow)\n") :].splitlines()[1:4]
    assert row == ["□\u00a0not measured"] * 3


def test_a_table_that_no_indicator_reads_stands_with_its_link(home: Path) -> None:
    text = page(sector="energy")
    assert re.search(r"○\xa0not loaded yet: Eurostat, \[isoc_env_ict_nrg\]\(<https://ec\.europa\.eu/", text)


def test_a_function_without_a_case_is_no_sector_without_ai(home: Path) -> None:
    assert "which does not mean that nobody uses AI there" in page(sector="health")
