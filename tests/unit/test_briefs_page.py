"""Where pages offer briefs: one button on a theme's page, and all of a release on a page of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.briefs.making import FORMATS
from indicators.words import LANGUAGES
from tests.releases import Plan, build_release
from tests.unit.test_pages import opened, shown

OLDER, NEWER = "20260101T000000Z-aaaaaa", "20260227T110000Z-bbbbbb"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with two small releases."""
    monkeypatch.setenv("OBSERVATORY_HOME", str(tmp_path))
    build_release(tmp_path, Plan(id=OLDER))
    build_release(tmp_path, Plan(id=NEWER))
    return tmp_path


def buttons(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button") if "brief" in button.proto.id]


@pytest.mark.parametrize("page", ["overview", "enterprises", "public_sector", "labour"])
@pytest.mark.parametrize(
    ("country", "lang", "label"), [("", "en", "EU"), ("MT", "en", "Malta"), ("EL", "de", "Griechenland")]
)
def test_a_page_offers_the_brief_on_the_readers_country(
    home: Path, page: str, country: str, lang: str, label: str
) -> None:
    query = {"geo": country} if country else {}
    (offered,) = buttons(opened(page, lang=lang, **query))
    assert label in offered
    assert "PDF" in offered


def test_the_page_of_sectors_offers_the_brief_on_the_sector(home: Path) -> None:
    (offered,) = buttons(opened("sectors", lang="de", geo="EL", sector="energy"))
    assert "Energie, Griechenland" in offered


def test_a_page_lists_the_briefs_of_a_release_by_language(home: Path) -> None:
    app = opened("briefs", lang="fr")
    assert [heading.value for heading in app.header] == list(LANGUAGES.values())
    found = buttons(app)
    assert len(found) == 28 * len(LANGUAGES)
    assert {"EU", "UE", "Greece", "Grèce", "Griechenland"} <= set(found)
    assert NEWER in shown(app)


def test_an_older_release_can_be_chosen(home: Path) -> None:
    app = opened("briefs", lang="en")
    choice = app.selectbox(key="briefs-release")
    assert choice.options == [NEWER, OLDER]
    choice.set_value(OLDER).run()
    assert f"from release {OLDER}" in shown(app).replace("\\", "")


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_can_be_chosen(home: Path, form: str) -> None:
    app = opened("briefs", lang="en")
    app.get("button_group")[0].set_value(form).run()
    assert not app.exception
    assert all(button.proto.id.endswith(f"-{form}") for button in app.get("download_button"))


def test_the_day_is_told(home: Path) -> None:
    assert "what was known on 31 December 2025" in shown(opened("briefs", lang="en", as_of="2025-12-31"))
