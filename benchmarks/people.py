"""People who use a served page at once: each holds a connection as a browser does, and changes a filter now and then.

They speak Streamlit's own protocol over its websocket, so that the server does all that it does for a browser.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

CHOICE = "Country to highlight"


@dataclass
class Person:
    """One session: the widget that is changed, its options, and what the last answer said."""

    address: str
    page: str
    seed: int
    widget: str = ""
    options: list[str] = field(default_factory=list)
    script: str = ""
    seconds: list[float] = field(default_factory=list)

    async def visit(self, until: float, pause: float) -> None:
        """Open the page, then change the filter every ``pause`` seconds until a moment."""
        draw = random.Random(self.seed)  # noqa: S311 - who chooses which country when is no secret
        async with websockets.connect(self.address, max_size=None, ping_interval=None) as socket:
            await self.ask(socket, "")
            await asyncio.sleep(draw.uniform(0, pause))
            while time.monotonic() < until:
                started = time.perf_counter()
                await self.ask(socket, draw.choice(self.options))
                self.seconds.append(time.perf_counter() - started)
                await asyncio.sleep(pause * draw.uniform(0.8, 1.2))

    async def ask(self, socket: websockets.ClientConnection, option: str) -> None:
        """One rerun, from the question to the message that the script has finished."""
        question = BackMsg()
        question.rerun_script.page_script_hash = self.script
        question.rerun_script.page_name = self.page if not self.script else ""
        if option:
            state = question.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = self.widget, option
        await socket.send(question.SerializeToString())
        while True:
            told = ForwardMsg.FromString(await socket.recv())
            kind = told.WhichOneof("type")
            if kind == "delta" and told.delta.new_element.WhichOneof("type") == "selectbox":
                box = told.delta.new_element.selectbox
                if box.label == CHOICE:
                    self.widget, self.options = box.id, list(box.options)
            elif kind == "navigation":
                self.script = told.navigation.page_script_hash
            elif kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return


async def everything_once(address: str, page: str) -> None:
    """Ask for every option once, as on a server that has been up for a while."""
    person = Person(address, page, 0)
    await person.visit(0, 0)
    async with websockets.connect(address, max_size=None, ping_interval=None) as socket:
        for option in person.options:
            await person.ask(socket, option)


async def crowd(address: str, page: str, people: int, seconds: float, pause: float) -> list[float]:
    """The seconds of every change of a filter by so many people."""
    until = time.monotonic() + seconds
    everybody = [Person(address, page, seed) for seed in range(people)]
    await asyncio.gather(*(person.visit(until, pause) for person in everybody))
    return [taken for person in everybody for taken in person.seconds]
