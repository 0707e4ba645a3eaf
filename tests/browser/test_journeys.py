"""Three people's ways through the pages, from a question to what they carry away; none asks another machine for anything."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
from zipfile import ZipFile

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.visiting import ARTIFACTS, at_rest, visit
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


def test_the_analyst_exports_a_chart_and_shares_what_she_sees(window: Page, site: Site) -> None:
    """Given Denmark's lead, when she opens the ranking's files, then each says its source, and the link shows the same."""
    visit(window, site.address, "enterprises?geo=DK")
    expect(window.get_by_text("Denmark:").first).to_be_attached()
    keep(window, "analyst-1-denmark")
    part = window.locator(".st-key-table-ranking")
    part.get_by_text("Table and download").click()
    at_rest(window)
    drawn = taken(window, part.get_by_role("button", name="Download as SVG")).path().read_text()
    assert "isoc_eb_ai" in drawn
    assert "<metadata>" in drawn
    assert "Denmark" in drawn
    picture = taken(window, part.get_by_role("button", name="Download as PNG")).path().read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">I", picture[16:20])[0] > 1500
    rows = list(
        csv.DictReader(
            io.StringIO(taken(window, part.get_by_role("button", name="Download as CSV")).path().read_text())
        )
    )
    assert {row["licence"] for row in rows} == {"European Commission reuse policy, Decision 2011/833/EU"}
    keep(window, "analyst-2-takes-away")
    link, frame = (part.get_by_test_id("stCode").nth(place).inner_text().strip() for place in (0, 1))
    assert link.startswith(f"{site.address}/enterprises?")
    window.goto(link)
    expect(window.get_by_text("Denmark:").first).to_be_attached(timeout=30_000)
    (source,) = re.findall(r'src="([^"]+)"', frame)
    window.goto(source.replace("&amp;", "&"))
    expect(window.locator(".main-svg").first).to_be_attached(timeout=30_000)
    expect(window.get_by_text("Source: Eurostat")).to_be_visible()
    assert window.get_by_test_id("stSidebar").count() == 0
    keep(window, "analyst-3-chart-alone")


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
