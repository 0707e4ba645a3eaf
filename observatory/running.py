"""Commands that fetch, take in, publish and serve.

How a refresh is planned and run does not belong here: the pipelines know that.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from observatory.console import (
    ALL_WELL,
    NOTHING_PUBLISHED,
    WITH_PROBLEMS,
    WRONG_USAGE,
    Failed,
    nearest,
    progress,
    say,
    warn,
)
from sources.settings import Settings
from warehouse.copied import working_copy

if TYPE_CHECKING:
    from pipelines.refresh import Plan
    from warehouse.sharing import WorkingCopy

port_option = click.option(
    "--port", type=click.IntRange(1, 65535), help="Port of the pages (default: OBSERVATORY_PORT)."
)


@click.command()
@port_option
@click.pass_obj
def up(settings: Settings, port: int | None) -> int:
    """Serve the last release (or the baseline) at once, and refresh behind it."""
    from warehouse.read import current

    working_copy(settings)  # or say at once what is wrong with the settings of the store
    chosen = _free_port(settings, port)
    if current(settings.home) is None:
        say("Nothing published yet: starting with what is archived and the baseline that comes with us.")
        if publish(settings.model_copy(update={"offline": True})) == NOTHING_PUBLISHED:
            return NOTHING_PUBLISHED
    server = _serve(settings, chosen)
    refreshing = subprocess.Popen([sys.executable, "-m", "observatory", "refresh"])
    return _until_stopped(server, refreshing)


@click.command()
@port_option
@click.pass_obj
def serve(settings: Settings, port: int | None) -> int:
    """Serve the dashboards."""
    working_copy(settings)  # or say at once what is wrong with the settings of the store
    return _until_stopped(_serve(settings, _free_port(settings, port)))


@click.command()
@click.option("--only", metavar="DATASET", multiple=True, help="Only this dataset; may be given again.")
@click.option("--offline", is_flag=True, help="Ask no source; use what is archived and bundled.")
@click.pass_context
def refresh(context: click.Context, only: tuple[str, ...], offline: bool) -> int:
    """Find what changed at the sources, fetch and check it, compute what depends on it, publish."""
    settings: Settings = context.obj
    chosen = settings.model_copy(update={"offline": settings.offline or offline})
    _known_datasets(chosen, only)
    try:
        return publish(chosen, only, debug=_debug(context))
    except Exception as error:
        _tell(chosen, "AI Observatory: a refresh failed", [" ".join(str(error).split())])
        raise


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dataset", metavar="CODE", default="", help="Which dataset the files hold.")
@click.option("--dated", type=click.DateTime(["%Y-%m-%d"]), help="The day from which the content was known.")
@click.option("--full", is_flag=True, help="The file is the whole table, not a part of it.")
@click.pass_context
def import_(
    context: click.Context, paths: tuple[Path, ...], dataset: str, dated: datetime | None, full: bool
) -> int:
    """Take in files that someone downloaded (files or folders), then compute, check and publish."""
    from pipelines.refresh import held_back_line
    from warehouse.receive import arrivals, receive

    settings: Settings = context.obj
    day = dated.date() if dated else None
    _known_datasets(settings, (dataset,) if dataset else ())
    if day and day > datetime.now(UTC).date():
        raise Failed(
            f"--dated {day} is yet to come: give the day on which the content was known", WRONG_USAGE
        )
    take_over(settings)
    arriving = arrivals(paths, dataset, day, full)
    with progress("Reading files", len(arriving)) as step:
        received = receive(settings, arriving, step)
    for line in received.refused:
        warn(f"refused  {line}")
    say(f"{len(received.captures)} of {len(arriving)} files read.")
    known_bad = [capture for capture in received.captures if capture.state in ("held back", "withdrawn")]
    for capture in known_bad:
        warn(held_back_line(capture))
    code = publish(settings.model_copy(update={"offline": True}), debug=_debug(context))
    return WITH_PROBLEMS if code == ALL_WELL and (received.refused or known_bad) else code


def _debug(context: click.Context) -> bool:
    return bool(context.find_root().params["debug"])


def publish(settings: Settings, only: tuple[str, ...] = (), debug: bool = False) -> int:
    """Run the pipelines on what is new; the exit code that goes with the outcome."""
    from pipelines.refresh import plan

    planned = plan(settings, only, waiting=say_that_we_wait)
    for line in planned.problems:
        warn(line)
    if planned.empty:
        say("Nothing new.")
        return WITH_PROBLEMS if planned.problems else ALL_WELL
    return _run(settings, planned, debug)


def _run(settings: Settings, planned: Plan, debug: bool) -> int:
    from observatory.briefing import write_briefs
    from pipelines.run import run
    from warehouse.pins import pinned
    from warehouse.read import latest

    before = latest(settings.home)
    with progress("Refreshing", None) as step:
        outcome = run(settings, planned, step, waiting=say_that_we_wait, briefs=write_briefs, debug=debug)
    for line in outcome.problems:
        warn(line)
    _tell(settings, "AI Observatory: a refresh met problems", outcome.problems)
    if outcome.release is None:
        warn("Nothing was published; the current release stays.")
        return NOTHING_PUBLISHED
    same = outcome.release.id == before
    say(f"Nothing changed: release {before} stays." if same else f"Published release {outcome.release.id}.")
    pin = pinned(settings.home)
    if pin:
        since = f"since {pin.at:%Y-%m-%d %H:%M} UTC"
        warn(f"Readers stay at {pin.release}, {since}: {pin.why} (`observatory release resume` ends that)")
    return WITH_PROBLEMS if planned.problems or outcome.problems else ALL_WELL


def _tell(settings: Settings, title: str, lines: Sequence[str]) -> None:
    """Alert the people in charge, who may not be at this terminal."""
    from pipelines.alerts import tell

    for line in tell(settings, title, lines):
        warn(line)


def take_over(settings: Settings) -> WorkingCopy | None:
    """Know what others shared before anything is added to it."""
    shared = working_copy(settings)
    if shared:
        shared.pull(waiting=say_that_we_wait)
    return shared


def say_that_we_wait() -> None:
    say("Another run is at work in this home: waiting for it to end.")


def _free_port(settings: Settings, port: int | None) -> int:
    from dashboards.server import port_is_free

    chosen = port or settings.port
    if not port_is_free(chosen):
        raise Failed(f"port {chosen} is taken: choose another with --port N or OBSERVATORY_PORT")
    return chosen


def _serve(settings: Settings, port: int) -> subprocess.Popen[bytes]:
    from dashboards.server import address, start

    say(f"The observatory is at {address(port)} (stop it with Ctrl+C)")
    return start(port, settings.home)


def _until_stopped(server: subprocess.Popen[bytes], *others: subprocess.Popen[bytes]) -> int:
    """Wait for the server's end, or for somebody to end it; leaves no process behind."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return NOTHING_PUBLISHED if server.wait() else ALL_WELL
    except KeyboardInterrupt:
        say("Stopped.")
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
            raise Failed(f"no dataset {identifier}: {nearest(identifier, list(known))}", WRONG_USAGE)
