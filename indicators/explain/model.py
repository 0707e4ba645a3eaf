"""What an explanation is made of: the figure as stated, a tree of what it follows from, its cells, its checks.

How it is found belongs to the modules beside this one, how it reads in a language to words.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from indicators.formula import Formula
from indicators.model import Indicator
from sources.model import Capture, Dataset
from warehouse.model import Check


@dataclass(frozen=True)
class Stated:
    """A figure's row as the release states it; ``known_from`` None rests on undated captures."""

    indicator: str
    geo: str
    period: str
    breakdown: str
    member: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    flags: str
    status: str
    previous_period: str
    change: float | None
    change_status: str
    change_note: str
    known_from: datetime | None
    known_to: datetime | None
    vintage: datetime | None
    captures: tuple[str, ...]
    origin: str
    series: str


@dataclass(frozen=True)
class Cell:
    """One cell of a source's table that a figure rests on, or the place of one that the table has not.

    ``missing`` is empty, "not publishable" or "not measured". ``value`` is as published, unscaled. ``query``
    is the address that states exactly this cell, ``page`` the table's or the stating text's; empty where
    there is none.
    """

    dataset: Dataset
    codes: Mapping[str, str]
    geo: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    flags: str
    confidentiality: str
    missing: str
    capture: Capture
    query: str = ""
    page: str = ""
    source: str = ""


@dataclass(frozen=True)
class Case:
    """One record that was counted."""

    id: str
    name: str
    status: str
    geo: str
    country: str


@dataclass(frozen=True)
class Counted:
    """The cases that a count holds, and the edition that they stand in.

    ``silent`` names the columns asked for of which the edition says nothing: then nothing is counted.
    """

    dataset: Dataset
    capture: Capture
    cases: tuple[Case, ...]
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Node:
    """What one formula gives at one place and time, and what that follows from.

    ``series`` tells apart definitions that no change passes between.
    """

    formula: Formula
    geo: str
    period: str
    member: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    flags: str
    status: str
    series: str = ""
    operands: tuple[Node, ...] = ()
    cells: tuple[Cell, ...] = ()
    counted: Counted | None = None


@dataclass(frozen=True)
class Explanation:
    """A figure and its whole origin.

    ``tree`` is what the cells give when they are computed anew, None where the tables are not at hand;
    ``agrees`` says whether that is what the release states, None likewise. ``recompute`` is the command that
    does it again; ``sources`` holds the datasets behind it and their captures of the time.
    """

    indicator: Indicator
    formula: Formula
    figure: Stated
    release: str
    code_version: str
    on: date | None
    tree: Node | None
    agrees: bool | None
    sources: tuple[tuple[Dataset, Capture], ...]
    checks: tuple[Check, ...]
    recompute: str
    labels: Mapping[tuple[str, str, str], str]
    """Dimension, code and language -> label, for the codes of the formula and the cells."""


def cells_of(node: Node) -> tuple[Cell, ...]:
    """All input cells under a node, each once, in the order in which the formula reads them."""
    found = [*node.cells, *(cell for operand in node.operands for cell in cells_of(operand))]
    keyed = {
        (cell.dataset.id, tuple(sorted(cell.codes.items())), cell.geo, cell.period): cell for cell in found
    }
    return tuple(keyed.values())


def counts_of(node: Node) -> tuple[Counted, ...]:
    """The counts under a node, with their cases."""
    own = (node.counted,) if node.counted else ()
    return (*own, *(counted for operand in node.operands for counted in counts_of(operand)))
