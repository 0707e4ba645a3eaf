"""An analyst's way in Chromium: search, a country's lead, what goes together with it, and an address to hand on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A window; the test fails if it asks any other machine for anything."""
    context = browser.new_context(viewport=ViewportSize(width=1280, height=900))
    opened, asked = context.new_page(), []
    opened.on("request", lambda sent: asked.append(sent.url))
    yield opened
    context.close()
    webs = [url for url in asked if urlsplit(url).scheme in ("http", "https", "ws", "wss")]
    assert {urlsplit(url).hostname for url in webs} == {"127.0.0.1"}


def test_from_search_to_what_goes_together_with_a_country_s_lead(window: Page, site: Site) -> None:
    window.goto(f"{site.address}/overview?lang=en")
    expect(window.get_by_role("heading", level=1)).to_contain_text("How far has artificial intelligence")
    assert window.get_by_text("Page not found").count() == 0
    search = window.get_by_label("Search", exact=True)
    search.fill("DENMÁRK")
    search.press("Enter")
    window.get_by_test_id("stSidebar").get_by_text("Denmark (Country)").click()
    expect(window).to_have_url(re.compile(r"/country\?.*geo=DK"))
    expect(window.get_by_role("heading", level=1)).to_have_text("How far has AI come in Denmark?")
    window.get_by_test_id("stSidebarNavLink").and_(window.locator('[href$="/compare"]')).click()
    expect(
        window.get_by_role("heading", name="What goes together with “Enterprises using AI”?")
    ).to_be_visible()
    expect(window.get_by_role("columnheader", name="Denmark")).to_be_attached()
    expect(window).to_have_url(re.compile(r"/compare\?.*geo=DK"))
    window.goto(f"{site.address}/compare?across=sme_gap&up=unemployment&geo=DK&with=FR.nowhere")
    expect(window.get_by_text("it is left out: with.")).to_be_attached()
    expect(
        window.get_by_role("heading", name="Gap between large enterprises and SMEs and Unemployment rate")
    ).to_be_visible()
    expect(window).to_have_url(re.compile("with=FR&|with=FR$"))


def test_a_case_is_opened_from_the_list_and_by_its_address(window: Page, site: Site) -> None:
    window.goto(f"{site.address}/cases?words=onerror&case=1")
    expect(window.get_by_text("Found: 1 case of").first).to_be_attached()
    expect(window.get_by_role("heading", level=2).first).to_contain_text("<img src=x")
    assert window.locator("img[onerror], img[src=x]").count() == 0
