"""The panel that explains a number: opened by the address or a button, closed again, and deaf to nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.panel import PARAMETER, address, read
from indicators.words import LANGUAGES
from tests.releases import HOSTILE
from tests.unit.test_pages import NEVER, home, opened, shown, unfold

__all__ = ["home"]

TOTAL = "enterprises_using_ai~DK~2025"
MEMBER = "public_sector_ai_cases~EU27_2020~2026-03-04~status~pilot"


@pytest.mark.parametrize("text", [TOTAL, MEMBER, "public_sector_ai_cases~ALL~2026-03-04"])
def test_an_address_is_read_as_it_was_written(text: str) -> None:
    asked = read(text)
    assert asked is not None
    assert address(asked.indicator.id, asked.geo, asked.period, asked.breakdown, asked.member) == text


@pytest.mark.parametrize(
    "text",
    ["", "~", "nothing~DK~2025", "enterprises_using_ai~DK", f"{TOTAL}~size_emp", f"{TOTAL}~sex~F", f"{TOTAL}~~",
     f"{TOTAL}~size_emp~", "enterprises_using_ai~<b>~2025", "enterprises_using_ai~DK~2025'--", HOSTILE],
)  # fmt: skip
def test_what_names_no_figure_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["overview", "enterprises", "public_sector", "labour", "targets", "data"])
def test_the_panel_stands_beside_every_page(home: Path, page: str, lang: str) -> None:
    app = opened("overview", lang=lang)
    before = shown(app)
    app = opened(page, lang=lang)
    app.query_params[PARAMETER] = TOTAL
    text = shown(app.run())
    assert not app.exception
    assert NEVER.search(text) is None, NEVER.search(text)
    assert "observatory explain enterprises_using_ai --geo DK --period 2025 --as-of" in text
    assert "--as-of" not in before


def test_it_closes_and_leaves_the_address_as_it_was(home: Path) -> None:
    app = opened("overview", lang="de")
    app.query_params[PARAMETER] = MEMBER
    app.run()
    app.button(key="close-explanation").click().run()
    assert PARAMETER not in app.query_params
    assert app.query_params["lang"] == "de"
    assert "--as-of" not in shown(app)


@pytest.mark.parametrize("text", ["nothing~DK~2025", HOSTILE, "enterprises_using_ai~DK~1999"])
def test_an_address_without_a_figure_gets_a_sentence(home: Path, text: str) -> None:
    app = opened("overview")
    app.query_params[PARAMETER] = text
    said = shown(app.run())
    assert not app.exception
    assert "The address names no figure" in said or "states no such figure" in said
    assert HOSTILE not in said


def test_a_card_and_a_row_of_a_table_open_it(home: Path) -> None:
    app = opened("overview")
    app.button(key="explain-cards").click().run()
    assert app.query_params[PARAMETER] == "enterprises_using_ai~EU27_2020~2025"
    unfold(app)
    app.selectbox(key="explained-period-overview-trend").set_value(
        next(name for name in app.selectbox(key="explained-period-overview-trend").options if "2024" in name)
    ).run()
    app.button(key="explain-overview-trend").click().run()
    assert app.query_params[PARAMETER].endswith("~2024")
    assert not app.exception
