"""Briefs on sectors: what they say of each, against the sentences of the page and the figures of the release."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboards import reading
from dashboards.briefs.content import NoBrief, brief
from dashboards.briefs.html import html
from dashboards.briefs.model import Chart, Table
from dashboards.charts.marks import text_of
from dashboards.selection import part, stated
from indicators.sectors import BY_ACTIVITY, CASES, sectors
from indicators.words import LANGUAGES, translate
from sources.codes import EU
from tests.releases import build_release
from warehouse.read import OpenRelease, open_release


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRelease]:
    home = tmp_path_factory.mktemp("sectors")
    build_release(home)
    release = open_release(home)
    yield release
    release.connection.close()


@pytest.mark.parametrize("name", sectors())
def test_every_sector_has_a_brief_that_says_what_nobody_measures(opened: OpenRelease, name: str) -> None:
    for geo, lang in zip((EU, "MT", "EL"), LANGUAGES, strict=True):
        made = brief(opened, geo, lang, sector=name)
        assert translate(sectors()[name].title, lang) in made.title
        assert all(section.blocks for page in made.pages for section in page)
        said = html(made).decode()
        assert translate(sectors()[name].unmeasured[0], lang) in said.replace("&#39;", "'")
        assert not {"nan", "None", "NaT"} & set(said.split())


def test_its_figures_are_those_of_the_release(opened: OpenRelease) -> None:
    made = brief(opened, EU, "en", sector="manufacturing")
    row = stated(part(reading.figures(opened, BY_ACTIVITY), "nace_r2", "C"), EU)
    assert row is not None
    assert text_of(row, "en") in made.findings[0]
    (own,) = [fact for fact in made.facts if (fact.row["geo"], fact.row["member"], fact.row["period"]) == (EU, "C", row["period"])]  # fmt: skip
    assert own.row["value"] == row["value"]
    drawn = [
        block.key for page in made.pages for one in page for block in one.blocks if isinstance(block, Chart)
    ]
    assert drawn[0] == "activities"


def test_cases_are_counted_by_the_functions_of_the_sector(opened: OpenRelease) -> None:
    made = brief(opened, EU, "en", sector="health")
    row = stated(part(reading.figures(opened, CASES), "cofog", "GF07"), EU)
    assert row is not None
    (table,) = [block for page in made.pages for one in page if one.key == "cases" for block in one.blocks if isinstance(block, Table)]  # fmt: skip
    assert table.rows[0][:2] == ("Health", text_of(row, "en"))


def test_a_sector_that_nothing_measures_says_so_and_states_no_figure(opened: OpenRelease) -> None:
    made = brief(opened, "FR", "en", sector="finance")
    assert "do not measure" in made.findings[0]
    assert made.facts == ()


def test_an_unknown_sector_is_told_with_those_there_are(opened: OpenRelease) -> None:
    with pytest.raises(NoBrief, match="no brief on wizardry: there are health, robotics"):
        brief(opened, EU, "en", sector="wizardry")
