"""People who use a served page at once: each holds a connection as a browser does, and changes a filter now and then.

They speak Streamlit's own protocol over its websocket, so that the server does all that it does for a browser.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection

from benchmarks.door import Door

CHOICE = "Country to highlight"


@dataclass
class Person:
    """One session: the widget that is changed, its options, and what the last answer said."""

    door: Door
    page: str
    seed: int
    widget: str = ""
    options: list[str] = field(default_factory=list)
    script: str = ""
    seconds: list[float] = field(default_factory=list)
    repeated: dict[str, float] = field(default_factory=dict)
    """What the page asks its window to rerun from time to time, and after how many seconds."""

    async def visit(self, until: float, pause: float) -> None:
        """Open the page, then change the filter every ``pause`` seconds until a moment."""
        draw = random.Random(self.seed)  # noqa: S311 - who chooses which country when is no secret
        async with self.door.connect() as socket:
            await self.ask(socket, "")
            await asyncio.sleep(draw.uniform(0, pause))
            while time.monotonic() < until:
                started = time.perf_counter()
                await self.ask(socket, draw.choice(self.options))
                self.seconds.append(time.perf_counter() - started)
                await asyncio.sleep(pause * draw.uniform(0.8, 1.2))

    async def ask(self, socket: ClientConnection, option: str) -> None:
        """One rerun, from the question to the message that the script has finished; raises RuntimeError for an error."""
        question = BackMsg()
        question.rerun_script.page_script_hash = self.script
        question.rerun_script.page_name = self.page if not self.script else ""
        if option:
            state = question.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self.widget, option
        await socket.send(question.SerializeToString())
        while True:
            told = ForwardMsg.FromString(await socket.recv(decode=False))
            kind = told.WhichOneof("type")
            if kind == "delta" and told.delta.new_element.WhichOneof("type") == "selectbox":
                box = told.delta.new_element.selectbox
                if box.label == CHOICE:
                    self.widget, self.options = box.id, list(box.options)
            elif kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(f"{self.page}: {told.delta.new_element.exception.message}")
            elif kind == "auto_rerun":
                self.repeated[told.auto_rerun.fragment_id] = told.auto_rerun.interval
            elif kind == "new_session" and not told.metadata.run.fragment_ids:
                self.repeated.clear()
            elif kind == "navigation":
                self.script = told.navigation.page_script_hash
            elif kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return

    async def read(self, socket: ClientConnection, seconds: float) -> None:
        """Look at the page for some seconds, while its window reruns what it was asked to."""
        until = time.monotonic() + seconds
        fragment, every = next(iter(self.repeated.items()), ("", seconds))
        while time.monotonic() + every < until:
            await asyncio.sleep(every)
            question = BackMsg()
            question.rerun_script.fragment_id, question.rerun_script.is_auto_rerun = fragment, True
            await socket.send(question.SerializeToString())
            told = ForwardMsg()
            while told.WhichOneof("type") != "script_finished":
                told = ForwardMsg.FromString(await socket.recv(decode=False))
        await asyncio.sleep(max(0.0, until - time.monotonic()))


async def everything_once(door: Door, page: str, options: int | None = None) -> None:
    """Ask for every option once, or for the first few, as on a server that has been up for a while."""
    person = Person(door, page, 0)
    await person.visit(0, 0)
    async with door.connect() as socket:
        for option in person.options[:options]:
            await person.ask(socket, option)


async def crowd(door: Door, page: str, people: int, seconds: float, pause: float) -> list[float]:
    """The seconds of every change of a filter by so many people."""
    until = time.monotonic() + seconds
    everybody = [Person(door, page, seed) for seed in range(people)]
    await asyncio.gather(*(person.visit(until, pause) for person in everybody))
    return [taken for person in everybody for taken in person.seconds]
