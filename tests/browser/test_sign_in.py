"""Where the settings ask readers to sign in, nobody sees a figure before; tried with a provider on loopback."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site, free_port, serving
from tests.browser.identity import CLIENT, SECRET, provider

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def closed(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the same pages that asks readers to sign in."""
    folder = tmp_path_factory.mktemp("closed")
    port = free_port()
    with provider() as issuer:
        secrets = folder / "secrets.toml"
        secrets.write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = "{"c" * 40}"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
            f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n'
        )
        with serving(
            site.home, "--secrets.files", str(secrets), port=port, OBSERVATORY_SIGN_IN="1"
        ) as address:
            yield address


def test_nobody_sees_a_figure_before_signing_in_and_who_does_may_leave(closed: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{closed}/enterprises?lang=de")
    expect(page.get_by_text("readers who sign in").or_(page.get_by_text("angemeldeten"))).to_be_visible(
        timeout=20_000
    )
    assert page.get_by_text("20,0").count() == 0
    assert page.get_by_test_id("stSidebarNav").count() == 0
    page.get_by_test_id("stBaseButton-primary").click()
    expect(page.get_by_text("How far has artificial intelligence spread in the EU?")).to_be_visible(
        timeout=20_000
    )
    page.get_by_test_id("stSidebar").get_by_test_id("stBaseButton-secondary").first.click()
    expect(page.get_by_text("readers who sign in")).to_be_visible(timeout=20_000)
    context.close()


@pytest.mark.fault("read", "an upload to the pages' server", expected="refused: no page takes one")
@pytest.mark.parametrize("size", [10, 5_000_000], ids=["small", "large"])
def test_a_file_that_somebody_pushes_is_refused(site: Site, size: int) -> None:
    connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=5)
    connection.request("PUT", "/_stcore/upload_file/session/file", body=bytes(size))
    assert 400 <= connection.getresponse().status < 500
    connection.close()


def test_the_feed_is_closed_where_readers_sign_in(closed: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{closed}/feed.xml", timeout=5)  # noqa: S310 - our own server on loopback


def upgrade(site: Site, origin: str) -> int:
    """The status of the answer to a page of this origin that wants the connection on which pages are sent."""
    host = urlsplit(site.address).netloc
    connection = http.client.HTTPConnection(host, timeout=5)
    headers = {
        "Origin": origin, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": "streamlit",
    }  # fmt: skip
    connection.request("GET", "/_stcore/stream", headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_what_another_site_asks_is_refused(site: Site) -> None:
    for path in ("/_stcore/health", "/feed.xml", "/_stcore/stream"):
        question = urllib.request.Request(f"{site.address}{path}", headers={"Origin": "https://evil.example"})  # noqa: S310
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(question, timeout=5)  # noqa: S310
    assert upgrade(site, "https://evil.example") == 403
    assert upgrade(site, site.address) == 101
    own = urllib.request.Request(f"{site.address}/_stcore/health", headers={"Origin": site.address})  # noqa: S310
    with urllib.request.urlopen(own, timeout=5) as answer:  # noqa: S310
        assert answer.status == 200
