"""Simulated readers: each speaks to the pages as a browser does, clicks now and then, and notes how long it waited.

Starting servers and judging the times do not belong here.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from time import monotonic

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import WebSocketException

from benchmarks.door import Door

PAGES = (
    "",
    "enterprises",
    "public_sector",
    "labour",
    "sectors",
    "targets",
    "trajectories",
    "milestones",
    "data",
)
COUNTRIES = ("", "DK", "DE", "FR", "IT", "MT", "PL")
LANGUAGES = ("en", "fr", "de")
THINKS = (10.0, 30.0)
"""Seconds between two clicks."""

PATIENCE = 60.0


@dataclass
class Seen:
    """What a crowd saw: seconds that each person's first page and each rerun took, and what stood on error pages."""

    openings: list[float] = field(default_factory=list)
    reruns: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def crowd(port: int, people: int, seconds: float, seen: Seen) -> None:
    """So many people for so long; they come one after the other."""
    until = monotonic() + seconds
    readers = [Reader(Door(port), random.Random(number), seen) for number in range(people)]  # noqa: S311 - repeatable
    arrive = min(THINKS[1], seconds / 4)
    await asyncio.gather(
        *(reader.stay(number * arrive / people, until) for number, reader in enumerate(readers))
    )


async def tour(port: int) -> None:
    """One person who looks at every page for every country in every language; raises RuntimeError for error pages."""
    seen = Seen()
    reader = Reader(Door(port), random.Random(), seen)  # noqa: S311 - chooses nothing
    await reader.walk(product(PAGES, COUNTRIES, LANGUAGES))
    if seen.errors:
        raise RuntimeError(f"error pages: {', '.join(dict.fromkeys(seen.errors))}")


class Reader:
    """One person with one window."""

    def __init__(self, door: Door, chance: random.Random, seen: Seen) -> None:
        self._door, self._chance, self._seen = door, chance, seen
        self._repeating: dict[str, asyncio.Task[None]] = {}
        self._finished = asyncio.Event()
        self._heard, self._begun = "nothing", False

    async def stay(self, after: float, until: float) -> None:
        """Come after some seconds, click until it is time to go."""
        await asyncio.sleep(after)
        try:
            async with self._door.connect() as window:
                listening = asyncio.create_task(self._listen(window))
                times = self._seen.openings
                while monotonic() < until and not listening.done():
                    times.append(await self._click(window))
                    times = self._seen.reruns
                    await asyncio.sleep(min(self._chance.uniform(*THINKS), max(0.0, until - monotonic())))
                self._rest()
                if listening.done():
                    await listening  # what ended it too early is raised here
                    raise ConnectionError("the server closed the connection")
                listening.cancel()
        except (OSError, TimeoutError, WebSocketException) as error:
            self._seen.errors.append(f"{type(error).__name__}: {error}")

    async def walk(self, visits: Iterable[tuple[str, str, str]]) -> None:
        """Look at pages, countries and languages one after the other."""
        async with self._door.connect() as window:
            listening = asyncio.create_task(self._listen(window))
            for visit in visits:
                await self._ask(window, *visit)
            self._rest()
            listening.cancel()

    async def _click(self, window: ClientConnection) -> float:
        """Ask for any page; gives the seconds until it was finished."""
        place, lang = self._chance.choice(COUNTRIES), self._chance.choice(LANGUAGES)
        return await self._ask(window, self._chance.choice(PAGES), place, lang)

    async def _ask(self, window: ClientConnection, page: str, place: str, lang: str) -> float:
        """Ask for a page as somebody who is there; gives the seconds until it was finished."""
        self._finished.clear()
        self._begun = False
        self._rest()
        asked = BackMsg()
        asked.rerun_script.query_string = f"lang={lang}" + (f"&geo={place}" if place else "")
        asked.rerun_script.page_name = page
        began = monotonic()
        await window.send(asked.SerializeToString())
        try:
            await asyncio.wait_for(self._finished.wait(), PATIENCE)
        except TimeoutError:
            there = f"{page}?{asked.rerun_script.query_string}"
            raise TimeoutError(
                f"no answer within {PATIENCE:g} seconds: {there}; last heard: {self._heard}"
            ) from None
        return monotonic() - began

    async def _listen(self, window: ClientConnection) -> None:
        async for message in window:
            said = ForwardMsg.FromString(bytes(message))  # type: ignore[arg-type]
            self._heard = f"{said.WhichOneof('type')} {said.script_finished}"
            match said.WhichOneof("type"):
                case "script_finished":
                    if self._is_whole(said.script_finished):
                        self._finished.set()
                    elif said.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                        self._seen.errors.append("the script does not compile")
                case "auto_rerun":
                    self._repeat(window, said.auto_rerun.fragment_id, said.auto_rerun.interval)
                case "new_session" if not said.metadata.run.fragment_ids:
                    self._begun = True
                    self._rest()
                case "delta":
                    self._look(said)
                case "page_not_found":
                    self._seen.errors.append(f"no page {said.page_not_found.page_name}")

    def _is_whole(self, said: ForwardMsg.ScriptFinishedStatus.ValueType) -> bool:
        """Whether the page that was asked for is finished: also once what repeats on it ran, which waits for the page.

        Streamlit forgets to say that a page is finished where something that repeats is asked for in that moment.
        """
        repeated = said == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
        return said == ForwardMsg.FINISHED_SUCCESSFULLY or (repeated and self._begun)

    def _repeat(self, window: ClientConnection, fragment: str, seconds: float) -> None:
        if known := self._repeating.pop(fragment, None):
            known.cancel()
        self._repeating[fragment] = asyncio.create_task(_repeat(window, fragment, seconds))

    def _rest(self) -> None:
        """Repeat nothing until the page asks for it again, as a browser does when a page begins anew."""
        for task in self._repeating.values():
            task.cancel()
        self._repeating.clear()

    def _look(self, said: ForwardMsg) -> None:
        element = said.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self._seen.errors.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            self._seen.errors.append(element.alert.body)


async def _repeat(window: ClientConnection, fragment: str, seconds: float) -> None:
    """What a page asks its window to rerun from time to time."""
    while True:
        await asyncio.sleep(seconds)
        asked = BackMsg()
        asked.rerun_script.fragment_id, asked.rerun_script.is_auto_rerun = fragment, True
        await window.send(asked.SerializeToString())
