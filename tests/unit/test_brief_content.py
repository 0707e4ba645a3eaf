"""What a brief says, against the figures of its release and the words of the pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path

import duckdb
import pytest

from dashboards import reading
from dashboards.briefs import annex, charts
from dashboards.briefs.content import NoBrief, brief
from dashboards.briefs.html import html
from dashboards.briefs.model import ROW, Brief, Chart, Fact, Table
from dashboards.briefs.shelf import GEOS, PARTED, WHOLES, Desk, shelf
from dashboards.briefs.svg import wide
from dashboards.cards import Card, card
from dashboards.charts.look import LIGHT
from dashboards.charts.marks import described, records
from dashboards.reader import Reader
from dashboards.selection import change_of
from indicators.phrase import change_text
from indicators.registry import indicators
from indicators.words import LANGUAGES
from sources.codes import EU
from sources.registry import datasets
from sources.settings import Settings
from tests.releases import build_release
from warehouse.changes import CHANGES
from warehouse.read import DATABASE, OpenRelease, open_release

KEY = ("indicator", "geo", "period", "breakdown", "member")
FIVE = ("EU27_2020", "FR", "DE", "MT", "EL")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("briefs")
    build_release(folder)
    return folder


@pytest.fixture
def opened(home: Path) -> Iterator[OpenRelease]:
    release = open_release(home)
    yield release
    release.connection.close()


def texts(made: Brief) -> str:
    """All that a brief says in sentences and tables."""
    said = [*made.findings, *made.caveats]
    for section in (section for page in made.pages for section in page):
        for block in section.blocks:
            if isinstance(block, str):
                said.append(block)
            elif isinstance(block, Table):
                said += [*(cell for row in block.rows for cell in row), block.note]
            elif isinstance(block, Fact):
                said += [block.title, block.value, block.change, block.flags, block.note]
    return "\n".join(said)


def agree_with_the_page(opened: OpenRelease, geo: str, lang: str) -> None:
    """Every figure that a brief states reads as the figure of the page."""
    facts = brief(opened, geo, lang).facts
    wanted = {tuple(str(fact.row[name]) for name in KEY): fact for fact in facts}
    rows = reading.figures(opened, " ".join({key[0] for key in wanted}))
    own = rows[[key in wanted for key in zip(*(rows[name] for name in KEY), strict=True)]]
    page = {tuple(str(row[name]) for name in KEY): row for row in records(described(own, lang))}
    assert facts
    assert page.keys() == wanted.keys()
    for key, fact in wanted.items():
        row = page[key]
        assert fact.value == row["short"]
        assert change_text(change_of(row), lang) in fact.change
        assert all(fact.row[name] == row[name] for name in ("flags", "status", "captures"))


def agree_with_the_cards(opened: OpenRelease, geo: str) -> int:
    """Over all indicators that a brief may state, its text is that of the card; gives how many there were."""
    desk = Desk(shelf(opened), geo, "fr")
    reader = Reader("fr", "" if geo == EU else geo, LIGHT, opened)
    seen = 0
    for name, figures in desk.shelf.wholes.items():
        row = desk.row(name)
        if row is None:
            continue
        seen += 1
        drawn = card(Card(indicators()[name], figures, ()), reader)
        assert escape(desk.fact(row).value) in drawn
        if row["value"] is not None and row["value"] == row["value"]:
            assert escape(change_text(change_of(row), "fr")) in drawn
    return seen


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("geo", FIVE)
def test_every_fact_reads_as_on_the_pages(opened: OpenRelease, geo: str, lang: str) -> None:
    agree_with_the_page(opened, geo, lang)


@pytest.mark.parametrize("geo", FIVE)
def test_a_figure_has_the_text_of_its_card(opened: OpenRelease, geo: str) -> None:
    assert agree_with_the_cards(opened, geo) > 5


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRelease]:
    """A release in which every indicator of a brief has figures of the five: measured, flagged, broken, hidden."""
    folder = tmp_path_factory.mktemp("every")
    release = build_release(folder)
    names = [(name, indicators()[name].unit, 1 + place % 7) for place, name in enumerate((*PARTED, *WHOLES))]
    with duckdb.connect(str(folder / "releases" / release / DATABASE)) as connection:
        connection.execute("CREATE TEMP TABLE named (name TEXT, measure TEXT, factor DOUBLE)")
        connection.executemany("INSERT INTO named VALUES (?, ?, ?)", names)
        connection.execute(
            "CREATE TEMP TABLE made AS SELECT figures.* REPLACE (name AS indicator, measure AS unit, "
            "value * factor AS value, change * factor AS change, "
            "CASE WHEN factor = 3 THEN 'be' ELSE flags END AS flags) FROM figures, named "
            "WHERE indicator = 'enterprises_using_ai' AND breakdown = ''"
        )
        connection.execute(
            "UPDATE made SET value = NULL, change = NULL, status = 'not publishable' "
            "WHERE indicator = 'adult_learning' OR (period = '2025' AND hash(indicator || geo) % 5 = 0)"
        )
        connection.execute("DELETE FROM figures WHERE indicator IN (SELECT name FROM named)")
        connection.execute("INSERT INTO figures SELECT * FROM made")
    found = open_release(folder)
    yield found
    found.connection.close()


@pytest.mark.parametrize("geo", FIVE)
def test_with_every_indicator_the_card_the_page_and_the_brief_agree(every: OpenRelease, geo: str) -> None:
    assert agree_with_the_cards(every, geo) == len({*PARTED, *WHOLES})
    agree_with_the_page(every, geo, "de")
    made = brief(every, geo, "de")
    assert {fact.row["status"] for fact in made.facts} == {"measured", "not publishable"}
    said = html(made).decode()
    stated = [block for page in made.pages for one in page for block in one.blocks if isinstance(block, Fact)]
    assert stated
    assert all(f">{escape(fact.value, quote=False)}</td>" in said for fact in stated)


def test_facts_are_stated_once_and_have_what_is_sealed(opened: OpenRelease) -> None:
    facts = brief(opened, "DE", "en").facts
    keys = [tuple(fact.row[name] for name in ROW[:5]) for fact in facts]
    assert len(keys) == len(set(keys))
    assert all(set(ROW) <= set(fact.row) for fact in facts)


def test_an_unknown_place_or_language_is_told_with_those_there_are(opened: OpenRelease) -> None:
    with pytest.raises(NoBrief, match="no brief for XX: there are EU27_2020, AT"):
        brief(opened, "XX", "en")
    with pytest.raises(NoBrief, match="no brief in mt: there are en, de, fr"):
        brief(opened, "MT", "mt")


def test_a_rise_across_a_break_is_not_called_a_rise(opened: OpenRelease) -> None:
    made = brief(opened, "IE", "en")
    stated = next(
        fact
        for fact in made.facts
        if fact.row["indicator"] == "enterprises_using_ai"
        and fact.row["geo"] == "IE"
        and fact.row["period"] == "2025"
    )
    assert stated.change == "not comparable with 2024"
    assert stated.flags == "break in series"
    assert "more than" not in made.findings[0]
    assert "less than" not in made.findings[0]


def test_a_noted_change_says_so_and_the_note_stands_below(opened: OpenRelease) -> None:
    made = brief(opened, "DE", "en")
    assert "not fully comparable: see the note" in made.findings[0]
    assert "Note: From 2025 AI includes the generation of pictures" in texts(made)


def test_what_is_not_publishable_is_said_so(opened: OpenRelease) -> None:
    made = brief(opened, "MT", "en")
    chart = next(
        block
        for section in made.pages[0]
        for block in section.blocks
        if isinstance(block, Chart) and block.key == "ranking"
    )
    assert "Not publishable: Malta" in chart.alt
    assert "not publishable" in chart.svg
    assert "Collected but not publishable (Malta):" in texts(made)
    assert made.findings[0].endswith("2025: not publishable.")


def test_a_country_with_half_of_its_cells_suppressed(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    with duckdb.connect(str(tmp_path / "releases" / release / DATABASE)) as connection:
        connection.execute(
            "UPDATE figures SET value = NULL, low = NULL, high = NULL, change = NULL, status = 'not publishable' "
            "WHERE geo = 'FR' AND rowid % 2 = 0"
        )
        ((share,),) = connection.execute(
            "SELECT avg((value IS NULL)::INT) FROM figures WHERE geo = 'FR'"
        ).fetchall()
    assert 0.4 < share < 0.75
    opened = open_release(tmp_path)
    made = brief(opened, "FR", "de")
    opened.connection.close()
    said = texts(made)
    assert "nicht veröffentlichbar" in "\n".join(fact.value for fact in made.facts) + said
    assert not {"nan", "None", "NaT"} & set(said.replace(",", " ").split())
    assert all(section.blocks for page in made.pages for section in page)
    assert len(made.findings) == 3


@pytest.mark.parametrize("geo", GEOS)
def test_no_section_is_empty_and_nothing_is_called_nan(opened: OpenRelease, geo: str) -> None:
    made = brief(opened, geo, "en")
    assert all(section.blocks for page in made.pages for section in page)
    assert not {"nan", "None", "NaT", "nan%"} & set(texts(made).split())


def test_a_release_without_figures_still_says_so(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    with duckdb.connect(str(tmp_path / "releases" / release / DATABASE)) as connection:
        connection.execute("DELETE FROM figures")
    opened = open_release(tmp_path)
    made = brief(opened, "FR", "en")
    opened.connection.close()
    assert made.facts == ()
    assert made.findings[0] == "France, Enterprises using AI: no value in this release."
    assert all(section.blocks for page in made.pages for section in page)


def test_the_number_of_enterprises_behind_a_percentage(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    with duckdb.connect(str(tmp_path / "releases" / release / DATABASE)) as connection:
        connection.execute(
            "INSERT INTO figures BY NAME SELECT * REPLACE ('number_of_enterprises_using_ai' AS indicator, "
            "91234 AS value, 'ENT' AS unit) FROM figures WHERE indicator = 'enterprises_using_ai' AND geo = 'DE' "
            "AND period = '2025' AND breakdown = ''"
        )
    opened = open_release(tmp_path)
    made = brief(opened, "DE", "en")
    opened.connection.close()
    headline = next(section for section in made.pages[0] if section.key == "headline")
    assert next(block.behind for block in headline.blocks if isinstance(block, Fact)) == "91,234 enterprises"
    assert any(fact.row["indicator"] == "number_of_enterprises_using_ai" for fact in made.facts)


def test_an_earlier_day_has_no_projection_and_only_what_was_known(opened: OpenRelease) -> None:
    made = brief(opened, "DE", "en", date(2025, 12, 31))
    assert made.as_of == date(2025, 12, 31)
    assert "Projections are made from what is known now" in texts(made)
    assert made.digest != brief(opened, "DE", "en").digest


def test_changes_of_the_place_are_told(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    move = {
        "kind": "moved", "indicator": "enterprises_using_ai", "geo": "DE", "breakdown": "", "member": "",
        "unit": "PC_ENT", "old_period": "2025", "new_period": "2025", "old_value": 25.5, "new_value": 26.0,
        "old_low": None, "new_low": None, "old_high": None, "new_high": None,
        "old_status": "measured", "new_status": "measured", "change": 0.5,
    }  # fmt: skip
    told = {
        "release": release, "created_at": "2026-02-27T11:00:00+00:00", "previous": "20260101T000000Z-bbbbbb",
        "code_version": "1", "previous_code_version": "1", "datasets": [], "fault": "",
        "figures": [{"indicator": "enterprises_using_ai", "kinds": {"moved": 4, "appeared": 2}, "largest": [move]}],
    }  # fmt: skip
    (tmp_path / "releases" / release / CHANGES).write_text(json.dumps(told))
    opened = open_release(tmp_path)
    own, other = texts(brief(opened, "DE", "en")), texts(brief(opened, "FR", "en"))
    opened.connection.close()
    assert "4 figures moved, 2 are new, 0 are gone" in own
    assert "Enterprises using AI, 2025: 25.50\u202f%, now 26.00\u202f%." in own
    assert "now 26.00" not in other


def test_the_place_among_the_member_states_counts_those_with_a_value(opened: OpenRelease) -> None:
    rows = shelf(opened).ranked("enterprises_using_ai")
    known = rows[rows["value"].notna() & (rows["geo"] != EU)].reset_index(drop=True)
    own = known[known["geo"] == "DE"]
    said = brief(opened, "DE", "en").findings[1]
    assert f"number {1 + int(own.index[0])} of the {len(known)} Member States" in said


def test_a_fact_of_the_eu_is_named_in_a_brief_of_a_country(opened: OpenRelease) -> None:
    desk = Desk(shelf(opened), "DE", "en")
    row = desk.row("enterprises_using_ai", EU)
    assert row is not None
    assert "EU" in desk.fact(row).note
    assert "Germany" not in replace(desk.fact(row)).note


def test_a_reason_that_is_long_stays_inside_the_drawing() -> None:
    row = {
        "geo": "DE", "member": "S951", "label": "Reparatur von Computern", "value": None, "low": None, "high": None,
        "unit": "PC_ENT", "flags": "u", "status": "not publishable",
    }  # fmt: skip
    other = {**row, "member": "J", "label": "Information und Kommunikation", "value": 75.4, "flags": ""}
    drawn = charts.members([row, other], [], "de", "DE")
    placed = re.findall(
        r'<text x="([0-9.]+)"[^>]*font-size="([0-9.]+)"[^>]*text-anchor="start">([^<]*)', drawn
    )
    assert "nicht veröffentlichbar" in " ".join(text for *_, text in placed)
    assert all(float(x) + wide(text, float(size)) <= charts.WIDTH for x, size, text in placed)


def test_tables_are_named_in_the_readers_language_where_the_next_data_are_told() -> None:
    known = {dataset.title for dataset in datasets(Settings()).values()}
    assert set(annex.TITLES) <= known


@pytest.mark.slow
def test_real_figures_read_as_on_the_pages(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import observatory

    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    monkeypatch.setenv("OBSERVATORY_OFFLINE", "1")
    observatory.main(["import", str(shared_data)])
    real = open_release(tmp_path)
    for geo in FIVE:
        for lang in LANGUAGES:
            agree_with_the_page(real, geo, lang)
        assert agree_with_the_cards(real, geo) > 10
    real.connection.close()
