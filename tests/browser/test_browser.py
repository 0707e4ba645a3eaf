"""The pages as a browser shows them: their texts and charts, both themes, a narrow screen, and no request outside."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.visiting import FOOTER, NARROW, WIDE, at_rest, picture, theme, visit, watched
from tests.releases import Plan, build_release
from warehouse.changes import Changes
from warehouse.feed import FEED, atom
from warehouse.files import write_whole

pytestmark = pytest.mark.browser
PAGES = {
    "": (
        "How far has artificial intelligence spread in the EU?",
        "20.0\u202f% of EU enterprises used AI in 2025",
    ),
    "enterprises": ("How many enterprises use artificial intelligence?", "Denmark"),
    "public_sector": ("How many uses of artificial intelligence", "1,513 cases in the EU27"),
    "labour": ("Who works with digital technology", "ICT specialists"),
    "targets": ("What does the EU aim for", "to be proposed"),
    "revisions": ("What was revised, and when?", "Releases and what they changed"),
    "data": ("What do these figures rest on?", "rows kept: 40"),
}


@pytest.fixture(scope="module", params=["light", "dark"])
def themed(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A browser that prefers one theme; its windows share what they have loaded."""
    context = browser.new_context(color_scheme=request.param, viewport=WIDE)
    yield context
    context.close()


@pytest.fixture
def page(themed: BrowserContext) -> Iterator[Page]:
    """A window of desktop size in each theme; the test fails if it asks any other machine for anything."""
    yield from watched(themed)


def test_every_page_shows_its_question_finding_and_charts_wide_and_narrow(page: Page, site: Site) -> None:
    visit(page, site.address, "")
    for name, (title, text) in PAGES.items():
        page.get_by_test_id("stSidebarNavLink").and_(page.locator(f'[href$="/{name}"]')).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        expect(page.get_by_text(text).first).to_be_attached()
        expect(page.get_by_text(FOOTER)).to_be_attached()
        assert page.get_by_test_id("stException").count() == 0
        picture(page, f"{name or 'overview'}-{theme(page)}")
        page.set_viewport_size(NARROW)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], name
        picture(page, f"{name or 'overview'}-{theme(page)}-narrow")
        page.set_viewport_size(WIDE)


CHARTS_WITH_THE_FIRST = """new MutationObserver(() => {
  const charts = document.querySelectorAll('[data-testid="stPlotlyChart"]').length;
  if (!('withTheFirst' in window) && document.querySelector('.main-svg')) window.withTheFirst = charts;
}).observe(document, {subtree: true, childList: true})"""


def test_the_first_chart_of_a_session_is_drawn_before_the_others_come(window: Page, site: Site) -> None:
    window.add_init_script(CHARTS_WITH_THE_FIRST)
    visit(window, site.address, "enterprises")
    at_rest(window)
    assert window.evaluate("window.withTheFirst") == 1
    assert window.get_by_test_id("stPlotlyChart").count() > 3


def test_a_click_does_not_wait_for_the_charts_that_are_to_come(window: Page, site: Site) -> None:
    visit(window, site.address, "enterprises")
    expect(window.locator(".main-svg").first).to_be_attached()
    window.get_by_role("link", name="Milestones", exact=True).click()
    expect(window.get_by_role("heading", level=1)).to_contain_text("What has happened in European AI policy")
    at_rest(window)
    expect(window).to_have_url(re.compile("/milestones"))


def test_the_browser_is_told_of_the_program_of_charts_with_the_page(window: Page, site: Site) -> None:
    link = window.request.get(f"{site.address}/enterprises").headers["link"]
    program = re.fullmatch(r"<\./(static/js/PlotlyChart\.[^>]+)>; rel=modulepreload", link)
    assert program
    assert window.request.get(f"{site.address}/{program[1]}").ok
    visit(window, site.address, "")


def test_charts_take_the_colours_of_the_theme(page: Page, site: Site) -> None:
    visit(page, site.address, "")
    expect(page.locator(".js-line").first).to_be_attached()
    lines = page.locator(".js-line").evaluate_all("lines => lines.map(line => line.style.stroke)")
    assert {"light": "rgb(31, 78, 158)", "dark": "rgb(138, 180, 255)"}[theme(page)] in lines


def test_the_language_is_taken_from_the_address_and_kept_there(window: Page, site: Site) -> None:
    window.goto(f"{site.address}/enterprises?lang=fr")
    expect(window.get_by_text("20,0\u202f%").first).to_be_attached(timeout=30_000)
    window.get_by_test_id("stSidebarNavLink").and_(window.locator('[href$="/labour"]')).click()
    expect(window).to_have_url(re.compile(r"/labour\?.*lang=fr"))


def test_who_goes_from_page_to_page_in_haste_keeps_language_and_country(window: Page, site: Site) -> None:
    for _ in range(4):
        window.goto(f"{site.address}/?geo=FR&lang=fr")
        expect(window.get_by_text("France").first).to_be_attached(timeout=30_000)
        for page in ("targets", "milestones", ""):
            link = window.get_by_test_id("stSidebarNavLink").and_(window.locator(f'[href*="/{page}"]'))
            link.first.click()
            window.wait_for_url(re.compile(rf"/{page}\?.*lang="))
            expect(window).to_have_url(re.compile("lang=fr.*geo=FR"))


def test_all_recorded_cases_keep_their_code_in_the_download(window: Page, site: Site) -> None:
    visit(window, site.address, "public_sector")
    window.get_by_role("radio", name="All recorded").click()
    expect(window.get_by_text("All records. Most on record").first).to_be_attached()
    part = window.locator(".st-key-table-status")
    at_rest(window)
    part.get_by_text("Table and download").click()
    at_rest(window)
    with window.expect_download() as download:
        part.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.DictReader(download.value.path().open(encoding="utf-8")))
    assert {row["geo"] for row in rows} == {"ALL"}


def test_the_register_of_targets_fits_a_narrow_screen(window: Page, site: Site) -> None:
    visit(window, site.address, "targets")
    window.set_viewport_size(NARROW)
    register = window.get_by_test_id("stTable").first
    expect(register).to_contain_text("Still missing")
    wide, room = register.evaluate("e => [e.querySelector('table').scrollWidth, e.clientWidth]")
    assert wide <= room


def test_a_text_of_a_source_stays_text(window: Page, site: Site) -> None:
    window.goto(f"{site.address}/cases")
    search = window.get_by_label("Search in name, description and organisation")
    search.fill("onerror")
    search.press("Enter")
    expect(window.get_by_text("Found: 1 case of").first).to_be_attached()
    assert window.locator("img[onerror], img[src=x]").count() == 0


def test_a_page_moves_to_a_new_release_by_itself(window: Page, site: Site) -> None:
    visit(window, site.address, "")
    pointer = (site.home / "current").read_bytes()
    build_release(site.home, Plan(id="20261210T110000Z-bbbbbb", eu_share=23.45))
    try:
        expect(window.get_by_text("23.5\u202f% of EU enterprises")).to_be_attached(timeout=30_000)
    finally:
        write_whole(site.home / "current", pointer)


def test_the_feed_stands_beside_the_pages(window: Page, site: Site) -> None:
    address = f"{site.address}/{FEED}"
    assert window.request.get(address).status == 404
    told = Changes("20260227T110000Z-aaaaaa", datetime(2026, 2, 27, 11, tzinfo=UTC), "", "1", "")
    write_whole(site.home / FEED, atom([told], "urn:uuid:00000000-0000-0000-0000-000000000000"))
    answer = window.request.get(address)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/atom+xml")
    assert answer.body() == (site.home / FEED).read_bytes()
    visit(window, site.address, "revisions")
    expect(window.get_by_role("link", name="Atom feed")).to_have_attribute("href", re.compile(f"{FEED}$"))
