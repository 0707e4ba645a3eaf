"""What is made once for all who read the same, and kept for as long as what it rests on stays the same.

Figures stay the same from release to release until a table behind them changes, so what is kept outlives releases.
Asking a release and drawing do not belong here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

import pandas as pd
import streamlit as st

from dashboards import stock
from dashboards.reader import Reader
from indicators.model import Indicator
from indicators.registry import indicators, themes
from indicators.sectors import Sector

Given = ParamSpec("Given")
Made = TypeVar("Made")

CHARTS, OTHERS = 1_000, 6_000
"""So many charts, and so many tables and texts, are kept; those that nobody asked for longest go first.

Nine pages in three languages for six countries and the EU hold 528 charts and 2,600 others, and a change of the table
that most rest on makes 420 and 1,600 of them anew, while some still read what was before.
"""


class Keeping(Protocol):
    """A decorator of a function of a reader."""

    def __call__(self, make: Callable[Given, Made]) -> Callable[Given, Made]: ...


def kept(rests_on: Callable[..., Iterable[str]] | None = None, *, chart: bool = False) -> Keeping:
    """Keep what a function of a reader gives, by its arguments and by what these indicators' figures are.

    ``rests_on`` names the indicators for the same arguments; without it they are those that the arguments are or
    name. The rows of a table among the arguments have to follow from the others. Of what is a ``chart`` less is kept,
    for it is large. What is given is shared: nobody may change it.
    """

    def keeping(make: Callable[Given, Made]) -> Callable[Given, Made]:
        code = make.__code__
        name = f"{code.co_filename} {code.co_name}"

        @wraps(make)
        def ask(*args: Given.args, **named: Given.kwargs) -> Made:
            given = (*args, *named.values())
            reader = next(value for value in given if isinstance(value, Reader))
            names = rests_on(*args, **named) if rests_on else _named(given)
            mark = "\0".join((name, *map(_told, given), reader.resting_on(names)))
            keep: Any = _chart if chart else _other
            made: Made = keep(mark, lambda: make(*args, **named))
            return made

        return ask

    return keeping


def of_theme(theme: str, *_: object) -> list[str]:
    """What rests on all indicators of the theme that is its first argument."""
    return [indicator.id for indicator in themes()[theme]]


def of_all(*_: object) -> list[str]:
    """What rests on every indicator."""
    return list(indicators())


@st.cache_resource(max_entries=CHARTS, show_spinner=False)
def _chart(mark: str, _make: Callable[[], object]) -> object:
    return stock.fetch(mark, _make)


@st.cache_resource(max_entries=OTHERS, show_spinner=False)
def _other(mark: str, _make: Callable[[], object]) -> object:
    return stock.fetch(mark, _make)


def _told(value: object) -> str:
    """What tells an argument from any other of its kind."""
    match value:
        case str():
            return value
        case Reader():
            return value.identity
        case Indicator() | Sector():
            return value.id
        case pd.DataFrame():
            return str(len(value))
        case _:
            return repr(value)


def _named(given: Iterable[object]) -> set[str]:
    """The indicators that arguments are, or name; a table is of one."""
    found = set()
    for value in given:
        match value:
            case Indicator():
                found.add(value.id)
            case pd.DataFrame():
                found |= {str(name) for name in value["indicator"].head(1)}
            case _:
                found.add(str(getattr(value, "indicator", "")))
    return found - {""}
