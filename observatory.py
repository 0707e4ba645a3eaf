"""The command line: what each command takes, prints and returns.

Doing the work does not belong here; each command calls the layer that does it.
"""

from __future__ import annotations

import csv
import difflib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Column, Table

from sources.settings import Settings

if TYPE_CHECKING:
    from indicators.model import Indicator
    from pipelines.refresh import Plan

ALL_WELL, NOTHING_PUBLISHED, WITH_PROBLEMS, WRONG_USAGE, STOPPED = 0, 1, 2, 64, 130
FIGURE_COLUMNS = [
    "indicator",
    "geo",
    "period",
    "breakdown",
    "member",
    "value",
    "unit",
    "flags",
    "status",
    "release",
]

screen = Console()
messages = Console(stderr=True)


class Failed(Exception):
    """One clear line, and the exit code that goes with it."""

    def __init__(self, message: str, code: int = NOTHING_PUBLISHED) -> None:
        super().__init__(message)
        self.code = code


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="ai-observatory", prog_name="observatory")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:  # noqa: ARG001 - read by main(), which shows errors
    """The AI Observatory: AI uptake in the EU, every number explained, replayed and cited."""
    context.obj = Settings()


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the pages (default: OBSERVATORY_PORT).")
@click.pass_obj
def up(settings: Settings, port: int | None) -> int:
    """Serve the last release (or the baseline) at once, and refresh behind it."""
    from warehouse.read import current

    chosen = _free_port(settings, port)
    if current(settings.home) is None:
        messages.print("First start: publishing the baseline that comes with the observatory.")
        if _publish(settings.model_copy(update={"offline": True})) == NOTHING_PUBLISHED:
            return NOTHING_PUBLISHED
    server = _serve(settings, chosen)
    refreshing = subprocess.Popen([sys.executable, "-m", "observatory", "refresh"])
    return _until_stopped(server, refreshing)


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the pages (default: OBSERVATORY_PORT).")
@click.pass_obj
def serve(settings: Settings, port: int | None) -> int:
    """Serve the dashboards."""
    return _until_stopped(_serve(settings, _free_port(settings, port)))


@cli.command()
@click.option("--only", metavar="DATASET", multiple=True, help="Only this dataset; may be given again.")
@click.option("--offline", is_flag=True, help="Ask no source; use what is archived and bundled.")
@click.pass_obj
def refresh(settings: Settings, only: tuple[str, ...], offline: bool) -> int:
    """Find what changed at the sources, fetch and check it, compute what depends on it, publish."""
    chosen = settings.model_copy(update={"offline": settings.offline or offline})
    _known_datasets(chosen, only)
    return _publish(chosen, only)


@cli.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dataset", metavar="CODE", default="", help="Which dataset the files hold.")
@click.option("--dated", type=click.DateTime(["%Y-%m-%d"]), help="The day from which the content was known.")
@click.option("--full", is_flag=True, help="The file is the whole table, not a part of it.")
@click.pass_obj
def import_(
    settings: Settings, paths: tuple[Path, ...], dataset: str, dated: datetime | None, full: bool
) -> int:
    """Take in files that someone downloaded (files or folders), then compute, check and publish."""
    from warehouse.receive import arrivals, receive

    _known_datasets(settings, (dataset,) if dataset else ())
    arriving = list(arrivals(paths, dataset, dated.date() if dated else None, full))
    with _progress("Reading files", len(arriving)) as step:
        received = receive(settings, arriving, step)
    for line in received.refused:
        messages.print(f"refused  {line}", style="yellow", highlight=False, soft_wrap=True)
    messages.print(f"{len(received.captures)} of {len(arriving)} files read.")
    code = _publish(settings.model_copy(update={"offline": True}))
    return WITH_PROBLEMS if code == ALL_WELL and received.refused else code


@cli.command()
@click.option("--theme", help="Only this theme.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table")
@click.pass_obj
def indicators(settings: Settings, theme: str | None, form: str) -> None:
    """The catalogue: id, theme, title, unit and whether figures are loaded."""
    from indicators import registry
    from warehouse.read import current, open_release

    if theme and theme not in registry.themes():
        raise Failed(f"no theme {theme}: there are {', '.join(registry.themes())}", WRONG_USAGE)
    measured: set[str] = set()
    if current(settings.home):
        found = open_release(settings.home).query(
            "SELECT DISTINCT indicator FROM figures WHERE value IS NOT NULL OR low IS NOT NULL"
        )
        measured = set(found["indicator"])
    rows = [
        [i.id, i.theme, i.title, i.unit, "measured" if i.id in measured else "not measured yet"]
        for i in registry.indicators().values()
        if theme in (None, i.theme)
    ]
    _print(["id", "theme", "title", "unit", "state"], rows, form)


@cli.command()
@click.argument("indicator")
@click.option("--geo", multiple=True, help="A country or group, e.g. DE or EU27_2020; may be given again.")
@click.option("--period", multiple=True, help="A period, e.g. 2025 or 2024-12; may be given again.")
@click.option("--by", metavar="DIM", help="By this breakdown, e.g. size_emp.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table")
@click.pass_obj
def figures(
    settings: Settings,
    indicator: str,
    geo: tuple[str, ...],
    period: tuple[str, ...],
    by: str | None,
    form: str,
) -> None:
    """Figures of one indicator in the current release, with their flags."""
    from indicators.formula import breakdown_of
    from indicators.registry import formulas
    from warehouse.read import NoRelease, open_release

    asked = _indicator(indicator)
    breakdowns = [breakdown_of(formula) for formula in formulas(asked)]
    if by and by not in breakdowns:
        there = ", ".join(sorted({b for b in breakdowns if b})) or "none"
        raise Failed(f"{asked.id} has no breakdown {by}: there is {there}", WRONG_USAGE)
    try:
        release = open_release(settings.home)
    except NoRelease as error:
        raise Failed(str(error)) from None
    rows = release.query(
        "SELECT *, ? AS release FROM figures WHERE indicator = ? AND breakdown = ? "
        "AND (len(?) = 0 OR list_contains(?, geo)) AND (len(?) = 0 OR list_contains(?, period)) "
        "ORDER BY member, geo, period",
        [release.id, asked.id, by or breakdowns[0], list(geo), list(geo), list(period), list(period)],
    )
    if rows.empty:
        asked_for = " ".join([*geo, *period]) or "anything"
        raise Failed(f"{asked.id} has no figure for {asked_for} in release {release.id}")
    shown = rows.astype(object).where(rows.notna(), None)
    ranges = [] if rows["low"].isna().all() else ["low", "high"]
    columns = ["geo", "period", "member", "value", *ranges, "unit", "flags", "status"]
    if form == "table":
        screen.print(f"{asked.title}, release {release.id}", highlight=False)
    else:
        columns = [*FIGURE_COLUMNS, *ranges]
    _print(columns, shown[columns].values.tolist(), form)


@cli.group()
def release() -> None:
    """Releases: what readers see, and what they saw."""


@release.command("list")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table")
@click.pass_obj
def release_list(settings: Settings, form: str) -> None:
    """Every release, the oldest first."""
    from warehouse.read import current
    from warehouse.release import releases

    now = current(settings.home)
    rows = [
        [r.id, f"{r.created_at:%Y-%m-%d %H:%M} UTC", len(r.captures), r.figures_digest[:12], r.id == now]
        for r in releases(settings.home)
    ]
    _print(["release", "created", "captures", "figures digest", "current"], rows, form)


@release.command("show")
@click.argument("identifier", required=False)
@click.pass_obj
def release_show(settings: Settings, identifier: str | None) -> None:
    """The manifest of a release (default: the current one)."""
    from warehouse.read import NoRelease, open_release

    try:
        opened = open_release(settings.home, identifier)
    except NoRelease as error:
        raise Failed(str(error)) from None
    click.echo((opened.folder / "release.json").read_text())


@cli.group()
def capture() -> None:
    """Captures: every retrieval of a dataset."""


@capture.command("list")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table")
@click.pass_obj
def capture_list(settings: Settings, form: str) -> None:
    """Every capture, in the order of retrieval, with the verdict on it."""
    from warehouse.archive import Archive

    rows = [
        [
            c.id,
            c.dataset,
            c.origin,
            c.scope,
            f"{c.known_from:%Y-%m-%d}" if c.known_from else "undated",
            c.state,
            c.why,
        ]
        for c in Archive(settings.home).captures()
    ]
    _print(["capture", "dataset", "origin", "scope", "known from", "state", "why"], rows, form)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Each dataset: its newest accepted capture, and what is held back and why."""
    from sources.registry import datasets
    from warehouse.archive import Archive
    from warehouse.vintages import layers

    captures = Archive(settings.home).captures()
    rows = []
    for dataset in datasets(settings).values():
        own = [c for c in captures if c.dataset == dataset.id]
        newest = next(iter(layers(own)), None)
        held = [f"{c.id}: {c.why}" for c in own if c.state == "held back"]
        known = f"{newest.known_from:%Y-%m-%d}" if newest and newest.known_from else ""
        rows.append([dataset.id, newest.origin if newest else "nothing loaded", known, "; ".join(held)])
    _print(["dataset", "from", "known from", "held back"], rows, "json" if as_json else "table")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code; errors are one line, with a traceback only to debug."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = cli.main(words, prog_name="observatory", standalone_mode=False)
        return code if isinstance(code, int) else ALL_WELL
    except click.UsageError as error:
        advice = f" (see `{error.ctx.command_path} --help`)" if error.ctx else ""
        return _say(f"{error.format_message()}{advice}", WRONG_USAGE)
    except Failed as error:
        return _say(str(error), error.code)
    except (click.Abort, KeyboardInterrupt):
        return _say("stopped", STOPPED)
    except Exception as error:
        if "--debug" in words:
            raise
        text = " ".join(str(error).split())
        return _say(f"{type(error).__name__}: {text} (--debug shows where)", NOTHING_PUBLISHED)


def _publish(settings: Settings, only: tuple[str, ...] = ()) -> int:
    """Run the pipelines on what is new; the exit code that goes with the outcome."""
    from pipelines.refresh import plan

    planned = plan(settings, only)
    for line in planned.problems:
        messages.print(line, style="yellow", highlight=False, soft_wrap=True)
    if planned.empty:
        messages.print("Nothing new.")
        return WITH_PROBLEMS if planned.problems else ALL_WELL
    return _run(settings, planned)


def _run(settings: Settings, planned: Plan) -> int:
    from pipelines.run import run

    with _progress("Refreshing", None) as step:
        outcome = run(settings, planned, step)
    for line in outcome.problems:
        messages.print(line, style="yellow", highlight=False, soft_wrap=True)
    if outcome.release is None:
        messages.print("Nothing was published; the current release stays.", style="red")
        return NOTHING_PUBLISHED
    messages.print(f"Release {outcome.release.id}.", highlight=False)
    return WITH_PROBLEMS if planned.problems or outcome.problems else ALL_WELL


def _free_port(settings: Settings, port: int | None) -> int:
    from dashboards.server import port_is_free

    chosen = port or settings.port
    if not port_is_free(chosen):
        raise Failed(f"port {chosen} is taken: choose another with --port N or OBSERVATORY_PORT")
    return chosen


def _serve(settings: Settings, port: int) -> subprocess.Popen[bytes]:
    from dashboards.server import address, start

    messages.print(f"The observatory is at {address(port)} (stop it with Ctrl+C)", highlight=False)
    return start(port, settings.home)


def _until_stopped(server: subprocess.Popen[bytes], *others: subprocess.Popen[bytes]) -> int:
    """Wait for the server's end, or for somebody to end it; leaves no process behind."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return NOTHING_PUBLISHED if server.wait() else ALL_WELL
    except KeyboardInterrupt:
        messages.print("Stopped.")
        return ALL_WELL
    finally:
        for process in (*others, server):
            process.terminate()
            process.wait()


def _known_datasets(settings: Settings, asked: tuple[str, ...]) -> None:
    from sources.registry import datasets

    known = datasets(settings)
    for identifier in asked:
        if identifier not in known:
            raise Failed(f"no dataset {identifier}: {_nearest(identifier, list(known))}", WRONG_USAGE)


def _indicator(identifier: str) -> Indicator:
    from indicators.registry import indicators as catalogue

    known = catalogue()
    if identifier not in known:
        raise Failed(f"no indicator {identifier}: {_nearest(identifier, list(known))}", WRONG_USAGE)
    return known[identifier]


def _nearest(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"


def _print(columns: list[str], rows: list[list[Any]], form: str) -> None:
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
def _progress(title: str, total: int | None) -> Iterator[Any]:
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


def _say(line: str, code: int) -> int:
    messages.print(f"observatory: {line}", style="red", highlight=False, soft_wrap=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
