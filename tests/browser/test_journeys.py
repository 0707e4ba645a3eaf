"""Three people's ways through the pages, from a question to what they carry away; none asks another machine for anything."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.visiting import ARTIFACTS, FOOTER, WIDE, at_rest, visit, watched
from tests.releases import Plan

pytestmark = pytest.mark.browser
JOURNEYS = ARTIFACTS / "journeys"


def keep(window: Page, name: str) -> None:
    """A picture of what the person sees now."""
    JOURNEYS.mkdir(parents=True, exist_ok=True)
    window.screenshot(path=JOURNEYS / f"{name}.png")


def taken(window: Page, button: Locator) -> Download:
    """What a button hands out."""
    with window.expect_download() as download:
        button.click()
    return download.value


def test_the_analyst_compares_exports_and_shares_what_she_sees(
    window: Page, site: Site, browser: Browser
) -> None:
    """Given Denmark's lead, when she looks for what goes together with it, then she carries the chart and link away."""
    visit(window, site.address, "enterprises?geo=DK")
    expect(window.get_by_text("Denmark:").first).to_be_attached()
    keep(window, "analyst-1-denmark")
    window.get_by_test_id("stSidebarNavLink").and_(window.locator('[href$="/compare"]')).click()
    lead = window.get_by_role("heading", name="What goes together with “Enterprises using AI”?")
    expect(lead).to_be_visible()
    expect(window.get_by_role("columnheader", name="Denmark")).to_be_attached()
    at_rest(window)
    second = window.get_by_role("combobox", name="Vertical axis")
    second.fill("Unemployment rate")
    second.press("Enter")
    title = window.get_by_role("heading", name="Enterprises using AI and Unemployment rate")
    expect(title).to_be_visible()
    at_rest(window)
    keep(window, "analyst-2-goes-together")
    part = window.locator(".st-key-table-enterprises-using-ai-unemployment")
    part.get_by_text("Table and download").click()
    _says_its_source(part)
    keep(window, "analyst-3-takes-away")
    link = part.get_by_test_id("stCode").first.inner_text().strip()
    assert link.startswith(f"{site.address}/compare?")
    _shows_the_same(browser, link, window)


def _says_its_source(part: Locator) -> None:
    """Each file of an exhibit names the table that it is from."""
    window = part.page
    drawn = taken(window, part.get_by_role("button", name="Download as SVG")).path().read_text()
    assert "isoc_eb_ai" in drawn
    assert "<metadata>" in drawn
    assert "Denmark" in drawn
    picture = taken(window, part.get_by_role("button", name="Download as PNG")).path().read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">I", picture[16:20])[0] > 1500
    text = taken(window, part.get_by_role("button", name="Download as CSV")).path().read_text()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["licence"] for row in rows} == {"European Commission reuse policy, Decision 2011/833/EU"}
    assert {row["indicator"] for row in rows} == {"enterprises_using_ai", "unemployment"}


def _shows_the_same(browser: Browser, link: str, window: Page) -> None:
    """Whoever opens the link in a browser of their own reads the same headings, findings and dots."""
    context = browser.new_context(viewport=WIDE)
    for other in watched(context):
        other.goto(link)
        title = other.get_by_role("heading", name="Enterprises using AI and Unemployment rate")
        expect(title).to_be_visible(timeout=30_000)
        expect(other.get_by_text(FOOTER)).to_be_attached()
        at_rest(other)
        dots = ".main-svg .scatterlayer .textpoint"
        expect(other.locator(dots)).to_have_count(window.locator(dots).count())
        said = ".stMainBlockContainer p:not(details p)"
        expect(other.locator(said)).to_have_count(window.locator(said).count())
        seen = [one.locator(said).all_inner_texts() for one in (window, other)]
        assert seen[0] == seen[1]
        assert any("Denmark" in text for text in seen[0])
    context.close()


def test_a_chart_of_hers_stands_on_another_site(window: Page, site: Site) -> None:
    """Given a chart that can be had alone, when its frame is opened, then it stands there with its source."""
    visit(window, site.address, "enterprises?geo=DK")
    part = window.locator(".st-key-table-ranking")
    part.get_by_text("Table and download").click()
    at_rest(window)
    (source,) = re.findall(r'src="([^"]+)"', part.get_by_test_id("stCode").nth(1).inner_text())
    window.goto(source.replace("&amp;", "&"))
    expect(window.locator(".main-svg").first).to_be_attached(timeout=30_000)
    expect(window.get_by_text("Source: Eurostat")).to_be_visible()
    assert window.get_by_test_id("stSidebar").count() == 0
    keep(window, "analyst-4-chart-alone")


def test_the_policymaker_reads_the_distance_and_takes_the_brief(window: Page, site: Site) -> None:
    """Given France in French, when he looks at the targets, then he reads the distance, and the brief is a PDF."""
    window.goto(f"{site.address}/?geo=FR&lang=fr")
    expect(window.get_by_role("heading", level=1)).to_contain_text(
        "intelligence artificielle", timeout=30_000
    )
    expect(window.get_by_text("France").first).to_be_attached()
    keep(window, "policymaker-1-france")
    window.get_by_test_id("stSidebarNavLink").and_(window.locator('[href*="/targets"]')).click()
    expect(window.get_by_text("11,8 points").first).to_be_visible()
    expect(window).to_have_url(re.compile("geo=FR"))
    keep(window, "policymaker-2-distance")
    window.get_by_test_id("stSidebarNavLink").first.click()
    expect(window.get_by_role("heading", level=1)).to_contain_text("intelligence artificielle")
    at_rest(window)
    brief = taken(window, window.get_by_role("button", name=re.compile("France.*PDF")))
    assert brief.suggested_filename.endswith(".pdf")
    assert "-fr-fr-" in brief.suggested_filename
    assert brief.path().read_bytes().startswith(b"%PDF")
    keep(window, "policymaker-3-brief")


def test_the_engineer_sees_what_is_held_back_and_takes_the_release(window: Page, site: Site) -> None:
    """Given a capture that failed its checks, when she opens the status, then she reads why, and exports the rest."""
    visit(window, site.address, "data")
    expect(window.get_by_text("Held back: 1.").first).to_be_visible()
    expect(window.get_by_text("rows kept: 40").first).to_be_visible()
    keep(window, "engineer-1-held-back")
    window.get_by_test_id("stSidebarNavLink").and_(window.locator('[href$="/downloads"]')).click()
    expect(window.get_by_role("heading", level=1)).to_contain_text("What can be downloaded?")
    at_rest(window)
    packed = taken(window, window.get_by_role("button", name="Download as SDMX-CSV (ZIP)"))
    with ZipFile(packed.path()) as content:
        (package,) = (name for name in content.namelist() if name.endswith("datapackage.json"))
        assert json.loads(content.read(package))["version"] == Plan().id
    keep(window, "engineer-2-downloads")
