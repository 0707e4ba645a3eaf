"""What ``streamlit run`` starts: the pages of app.py, beside them the feed of releases, and where old addresses lead.

What the pages show does not belong here, nor does starting the process: server.py does that.
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit.starlette import App

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:  # Streamlit puts only this file's own folder there
    sys.path.insert(0, str(ROOT))

from dashboards.address import RENAMED  # noqa: E402
from dashboards.aside import STOCK, stand_aside  # noqa: E402
from dashboards.early import Early  # noqa: E402
from dashboards.forerunner import go_ahead  # noqa: E402
from dashboards.own_origin import OwnOrigin  # noqa: E402
from dashboards.stock import hold_in  # noqa: E402
from indicators.words import spoken  # noqa: E402
from sources.settings import Settings  # noqa: E402
from warehouse.feed import FEED  # noqa: E402


async def feed(request: Request) -> Response:  # noqa: ARG001 - every reader gets the same
    """The feed as the last release wrote it; it is replaced whole, so a reader never gets a part."""
    settings = Settings()
    if settings.sign_in:
        return PlainTextResponse("No feed is offered where readers sign in.", status_code=403)
    path = settings.home / FEED
    if not path.exists():
        return PlainTextResponse("No release has been published yet.", status_code=404)
    return FileResponse(path, media_type="application/atom+xml")


async def renamed(request: Request) -> Response:
    """Lead from an old address to where its page stands now, with all that it asked for."""
    there = f"./{RENAMED[request.url.path.rpartition('/')[2]]}"
    return RedirectResponse(f"{there}?{request.url.query}" if request.url.query else there)


@asynccontextmanager
async def following(app: App) -> AsyncIterator[None]:  # noqa: ARG001 - Starlette hands it over
    """While the server runs, go ahead of its readers, and follow the shared store, if there is one."""
    if STOCK in os.environ:
        stand_aside(Path(os.environ[STOCK]))
        yield
        return
    stop, settings = Event(), Settings()
    with TemporaryDirectory(prefix="observatory-pages-") as folder:
        ahead = None if settings.sign_in else go_ahead(settings.home, hold_in(Path(folder)), stop)
        if settings.store:
            from dashboards.following import follow

            follow(settings, stop)
        yield
        stop.set()
        if ahead:
            ahead.join()


spoken(Settings().lang)  # no server starts in a language that has no texts
routes = [Route(f"/{FEED}", feed), *(Route(f"/{name}", renamed) for name in RENAMED)]
app = App(
    Path(__file__).with_name("app.py"),
    routes=routes,
    middleware=[Middleware(OwnOrigin), Middleware(Early)],
    lifespan=following,
)
