"""What the command line prints and returns: messages, tables, progress, exit codes.

Which commands there are does not belong here.
"""

from __future__ import annotations

import csv
import difflib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Column, Table

ALL_WELL, NOTHING_PUBLISHED, WITH_PROBLEMS, WRONG_USAGE, STOPPED = 0, 1, 2, 64, 130

screen = Console(emoji=False)  # ":one:" is no picture
messages = Console(stderr=True, emoji=False)

form = click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)


as_of = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="As known at the end of this day (UTC).",
)


class Failed(Exception):
    """One clear line, and the exit code that goes with it."""

    def __init__(self, message: str, code: int = NOTHING_PUBLISHED) -> None:
        super().__init__(message)
        self.code = code


def past_day(moment: datetime | None) -> date | None:
    """The day that an option names; fails for one that is yet to come."""
    if moment is None:
        return None
    day, today = moment.date(), datetime.now(UTC).date()
    if day > today:
        raise Failed(f"--as-of {day} is yet to come: nobody knows what will be known then", WRONG_USAGE)
    return day


def say(line: str) -> None:
    """A message to the person at the terminal."""
    messages.print(line, highlight=False, soft_wrap=True, markup=False)


def warn(line: str) -> None:
    """A message about something that did not go well while the rest went on."""
    messages.print(line, style="yellow", highlight=False, soft_wrap=True, markup=False)


def fail(line: str, code: int) -> int:
    """The one line of an error, and its exit code."""
    messages.print(f"observatory: {line}", style="red", highlight=False, soft_wrap=True, markup=False)
    return code


def show(columns: list[str], rows: list[list[Any]], form: str) -> None:
    """Rows on standard output: a table for people, CSV or JSON for machines."""
    if form == "json":
        click.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=str, indent=1))
    elif form == "csv":
        from indicators.phrase import spreadsheet_cell

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([spreadsheet_cell(cell) for cell in row] for row in rows)
    else:
        table = Table(*(Column(name, overflow="fold") for name in columns))
        for row in rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        screen.print(table)


@contextmanager
def progress(title: str, total: int | None) -> Iterator[Callable[..., None]]:
    """A bar on a terminal; gives what to call with the name of each step, and how many are done of how many."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[name]}"),
    )
    with Progress(*columns, console=messages, transient=True, disable=not messages.is_terminal) as bar:
        task = bar.add_task(title, total=total, name="")

        def step(name: str, done: int | None = None, of: int | None = None) -> None:
            bar.update(task, advance=1 if done is None else 0, name=name)
            if done is not None:
                bar.update(task, completed=done, total=of)

        yield step


def nearest(word: str, known: list[str]) -> str:
    """What somebody may have meant, or all that there is."""
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"


def only(kind: str, start: str, known: Sequence[str]) -> str:
    """The one id that starts so; fails where none or several do."""
    found = [start] if start in known else [one for one in known if one.startswith(start)]
    if not found:
        where = "see `observatory release list` and `observatory capture list`"
        raise Failed(f"no {kind} {start}: {where}", WRONG_USAGE)
    if len(found) > 1:
        raise Failed(
            f"{start} fits {len(found)} of them, {found[0]} and {found[1]} for two: say more", WRONG_USAGE
        )
    return found[0]
