"""What all tests in a browser do: open a page, wait until it rests, keep a picture, and watch whom it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

ROOT = Path(__file__).parents[2]
ARTIFACTS = ROOT / "artifacts"
FOOTER = "This is not the AI Observatory announced in COM(2025) 723"
WIDE = ViewportSize(width=1280, height=900)
NARROW = ViewportSize(width=390, height=844)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
expect.set_options(timeout=20_000)
"""Charts take a while where two browsers share a busy machine."""


def watched(context: BrowserContext) -> Iterator[Page]:
    opened, asked = context.new_page(), []
    opened.on("request", lambda sent: asked.append(sent.url))
    opened.on("websocket", lambda socket: asked.append(socket.url))
    opened.on("dialog", lambda dialog: asked.append(f"dialog://{dialog.message}"))
    yield opened
    opened.close()
    outside = [url for url in asked if urlsplit(url).scheme not in ("data", "blob", "about")]
    assert [url for url in outside if urlsplit(url).hostname not in LOOPBACK] == []
    assert asked, "the window asked for nothing, so nothing was watched"


def visit(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{name}")
    expect(page.get_by_text(FOOTER)).to_be_attached(timeout=30_000)
    if name != "data":
        expect(page.locator(".main-svg").first).to_be_attached()


def picture(page: Page, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    height = page.locator(".stMainBlockContainer").evaluate("element => element.scrollHeight")
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.set_viewport_size({"width": width, "height": int(height) + 80})
    page.screenshot(path=ARTIFACTS / f"{name}.png")


def theme(page: Page) -> str:
    colour = page.locator(".stApp").evaluate("element => getComputedStyle(element).backgroundColor")
    return "dark" if sum(map(int, re.findall(r"\d+", colour)[:3])) < 200 else "light"


def at_rest(window: Page) -> None:
    """Wait until the page runs no script: what is clicked before that may be drawn anew and miss the click."""
    expect(window.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
