"""Every page as axe-core judges it in Chromium: nothing serious or critical of ours, and Streamlit's own named one by one."""

from __future__ import annotations

import itertools
import re
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import dashboards
from tests.browser.conftest import Site
from tests.browser.visiting import FOOTER, at_rest

pytestmark = pytest.mark.browser
AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
VIEWS = Path(dashboards.__file__).parent / "views"
ELSEWHERE = ("__init__", "embed", "trajectories")
"""The chart alone is opened by its address; trajectories stand on tables that the small release has not."""
PAGES = sorted(path.stem for path in VIEWS.glob("*.py") if path.stem not in ELSEWHERE)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_STREAMLIT = {
    "list": '[data-testid="stSidebarNavItems"]',
    "listitem": '[data-testid="stSidebarNavItems"]',
    "scrollable-region-focusable": '[data-testid="stTable"]',
}
"""Rules that Streamlit 1.67 breaks, each with the part of the page that does: nothing we can change from outside.

The list of pages puts sections between a list and its items; a table with a height scrolls without a place for the
focus (Chromium gives it one by itself, and the same table can be downloaded).
"""
JUDGE = """async ([rules, known]) => {
  const judged = await axe.run(document, {runOnly: rules, resultTypes: ['violations']});
  const grave = judged.violations.filter(one => ['serious', 'critical'].includes(one.impact));
  const ours = (one, node) => !known[one.id] || !document.querySelector(node.target[0])?.closest(known[one.id]);
  return grave.flatMap(one => one.nodes.filter(node => ours(one, node))
    .map(node => `${one.id}: ${node.html.slice(0, 200)}`));
}"""


OUTLINE = """() => [...document.querySelectorAll('.stMainBlockContainer :is(h1, h2, h3, h4, h5, h6)')]
  .filter(one => one.checkVisibility()).map(one => Number(one.tagName[1]))"""


def jumps(window: Page) -> list[str]:
    """The levels of a page's headings where they start below a title, name two titles or leave a level out."""
    levels: list[int] = window.evaluate(OUTLINE)
    fine = levels[:1] == [1] and levels.count(1) == 1
    fine &= all(after <= before + 1 for before, after in itertools.pairwise(levels))
    return [] if fine else [f"headings: {levels}"]


def judged(window: Page) -> list[str]:
    """What is grave and ours on the page as it stands."""
    if not window.evaluate("'axe' in window"):
        window.evaluate(AXE)
    found: list[str] = window.evaluate(JUDGE, [RULES, OF_STREAMLIT])
    return found


def opened(window: Page, site: Site, name: str) -> None:
    """Open a page and all that is folded on it."""
    window.goto(f"{site.address}/{name}")
    expect(window.get_by_role("heading").first).to_be_visible(timeout=30_000)
    if not name.startswith("embed"):
        expect(window.get_by_text(FOOTER)).to_be_attached()
    unfold(window)


def unfold(window: Page) -> None:
    at_rest(window)
    window.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(one => one.click())")
    folded = window.locator('[class*="st-key-table-"]').count()
    expect(window.locator('[class*="st-key-take-"]:not([class*="st-key-take-list-"])')).to_have_count(folded)
    at_rest(window)


def test_every_page_is_free_of_grave_findings(window: Page, site: Site) -> None:
    opened(window, site, "accessibility")
    found = {}
    for name in PAGES:
        end = "" if name == "overview" else name
        window.get_by_test_id("stSidebarNavLink").and_(window.locator(f'[href$="/{end}"]')).click()
        expect(window).to_have_url(re.compile(f"/{end}([?]|$)"))
        unfold(window)
        found[name] = [*judged(window), *jumps(window)]
    for name in ("country?geo=DK", "indicator?indicator=smes_using_ai&geo=DK", "cases?case=1"):
        opened(window, site, name)
        found[name] = [*judged(window), *jumps(window)]
    assert {name: one for name, one in found.items() if one} == {}
    opened(window, site, "embed?chart=map&indicator=enterprises_using_ai")
    assert judged(window) == []


def test_the_dark_theme_has_contrast_too(window: Page, site: Site) -> None:
    window.emulate_media(color_scheme="dark")
    opened(window, site, "enterprises?geo=MT&explain=enterprises_using_ai~DE~2025")
    assert judged(window) == []


def test_a_fault_of_ours_would_be_found(window: Page, site: Site) -> None:
    opened(window, site, "accessibility")
    window.evaluate(
        "document.querySelector('.stMainBlockContainer').append(document.createElement('button'))"
    )
    assert [line for line in judged(window) if line.startswith("button-name")]


def test_the_focus_is_seen_and_the_keyboard_opens_a_table(window: Page, site: Site) -> None:
    opened(window, site, "labour")
    summary = window.locator("summary").first
    summary.focus()
    window.keyboard.press("Shift+Tab")
    window.keyboard.press("Tab")
    wide = "e => parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
    assert summary.evaluate(wide) >= 2
    before = window.locator("details").first.get_attribute("open")
    window.keyboard.press("Enter")
    if before is None:
        expect(window.locator("details").first).to_have_attribute("open", "")
    else:
        expect(window.locator("details").first).not_to_have_attribute("open", "")


def test_nothing_moves_for_who_asks_for_no_motion(window: Page, site: Site) -> None:
    window.emulate_media(reduced_motion="reduce")
    opened(window, site, "accessibility")
    longest = """() => Math.max(...[...document.querySelectorAll('*')].map(one => {
      const style = getComputedStyle(one);
      return Math.max(parseFloat(style.transitionDuration), parseFloat(style.animationDuration));
    }))"""
    assert window.evaluate(longest) <= 0.001


def test_paper_has_no_navigation_and_open_tables(window: Page, site: Site) -> None:
    window.goto(f"{site.address}/labour")
    expect(window.locator(".main-svg").first).to_be_attached(timeout=30_000)
    at_rest(window)
    window.emulate_media(media="print")
    expect(window.get_by_test_id("stSidebar")).not_to_be_visible()
    expect(window.get_by_test_id("stTable").first).to_be_visible()
    expect(window.get_by_role("button", name="Download as CSV").first).not_to_be_visible()


def test_the_keyboard_comes_to_the_search_before_the_list_of_pages(window: Page, site: Site) -> None:
    opened(window, site, "accessibility")
    window.get_by_test_id("stSidebarNavLink").first.wait_for()
    window.get_by_label("Search", exact=True).focus()
    reached = "() => document.activeElement.closest('[data-testid=stSidebarNavLink]') !== null"
    steps = 0
    while not window.evaluate(reached) and steps < 20:
        window.keyboard.press("Tab")
        steps += 1
    assert 0 < steps < 20
    assert window.evaluate("document.activeElement.getAttribute('href')").endswith("/")
