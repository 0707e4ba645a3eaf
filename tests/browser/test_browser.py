"""The pages as a browser shows them: their texts and charts, both themes, a narrow screen, and no request outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Site
from tests.releases import HOSTILE, Plan, build_release

pytestmark = pytest.mark.browser
ARTIFACTS = ROOT / "artifacts"
FOOTER = "This is not the AI Observatory announced in COM(2025) 723"
PAGES = {
    "": (
        "How far has artificial intelligence spread in the EU?",
        "20.0\u202f% of EU enterprises used AI in 2025",
    ),
    "enterprises": ("How many enterprises use artificial intelligence?", "Denmark"),
    "public_sector": ("How many uses of artificial intelligence", "1,513 cases in the EU27"),
    "labour": ("Who works with digital technology", "ICT specialists"),
    "targets": ("What does the EU aim for", "to be proposed"),
    "data": ("What do these figures rest on?", "rows kept: 40"),
}
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A new window of desktop size in one theme, which notes every host that it asks."""
    context = browser.new_context(color_scheme=request.param, viewport={"width": 1280, "height": 900})
    window = context.new_page()
    asked: list[str] = []
    window.on("request", lambda sent: asked.append(sent.url))
    window.on("websocket", lambda opened: asked.append(opened.url))
    window.on("dialog", lambda dialog: asked.append(f"https://dialog/{dialog.message}"))
    yield window
    context.close()
    outside = [url for url in asked if urlsplit(url).scheme not in ("data", "blob", "about")]
    outside = [url for url in outside if urlsplit(url).hostname not in LOOPBACK]
    assert outside == []


def visit(page: Page, site: Site, name: str, query: str = "") -> None:
    page.goto(f"{site.address}/{name}{query}")
    expect(page.get_by_text(FOOTER)).to_be_attached(timeout=30_000)
    for chart in page.locator("[data-testid=stPlotlyChart]").all():
        expect(chart.locator(".main-svg").first).to_be_attached()


def picture(page: Page, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    height = page.locator(".stMainBlockContainer").evaluate("element => element.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": int(height) + 80})  # type: ignore[index]
    page.screenshot(path=ARTIFACTS / f"{name}.png")


def theme(page: Page) -> str:
    colour = page.locator(".stApp").evaluate("element => getComputedStyle(element).backgroundColor")
    return "dark" if sum(map(int, re.findall(r"\d+", colour)[:3])) < 200 else "light"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_its_question_finding_and_charts(page: Page, site: Site, name: str) -> None:
    visit(page, site, name)
    title, text = PAGES[name]
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(page.get_by_text(text).first).to_be_attached()
    assert page.get_by_test_id("stException").count() == 0
    picture(page, f"{name or 'overview'}-{theme(page)}")


def test_charts_take_the_colours_of_the_theme(page: Page, site: Site) -> None:
    visit(page, site, "")
    lines = page.locator(".js-line").evaluate_all("lines => lines.map(line => line.style.stroke)")
    expected = {"light": "rgb(31, 78, 158)", "dark": "rgb(138, 180, 255)"}[theme(page)]
    assert expected in lines


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_narrow_screen(browser: Browser, site: Site, name: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    narrow = context.new_page()
    visit(narrow, site, name)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 390
    picture(narrow, f"{name or 'overview'}-narrow")
    context.close()


def test_the_language_is_taken_from_the_address_and_kept_there(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    window = context.new_page()
    window.goto(f"{site.address}/enterprises?lang=fr")
    expect(window.get_by_text("20,0\u202f%").first).to_be_attached(timeout=30_000)
    assert "lang=fr" in window.url
    context.close()


def test_a_text_of_a_source_stays_text(page: Page, site: Site) -> None:
    visit(page, site, "public_sector")
    page.get_by_label("Search in name, description and organisation").fill("onerror")
    page.get_by_label("Search in name, description and organisation").press("Enter")
    expect(page.get_by_text("1 case", exact=True)).to_be_attached()
    assert page.locator("img[onerror], img[src=x]").count() == 0
    assert HOSTILE.startswith("<img")


def test_a_page_moves_to_a_new_release_by_itself(browser: Browser, site: Site, tmp_path: Path) -> None:
    context = browser.new_context()
    window = context.new_page()
    visit(window, site, "")
    pointer = (site.home / "current").read_bytes()
    build_release(site.home, Plan(id="20261210T110000Z-bbbbbb", eu_share=23.45))
    expect(window.get_by_text("23.5\u202f% of EU enterprises")).to_be_attached(timeout=30_000)
    (site.home / "current").write_bytes(pointer)
    context.close()
