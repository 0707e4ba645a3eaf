"""The command line: one module for each kind of command, and the exit codes of the README.

Doing the work does not belong here; each command calls the layer that does it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click
from pydantic import ValidationError

from indicators.words import spoken
from observatory import (
    ahead,
    briefing,
    catalogue,
    claiming,
    console,
    explaining,
    exporting,
    kept,
    revising,
    running,
    standing,
    verifying,
)
from sources.settings import Settings
from warehouse.model import Unusable

__all__ = ["cli", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="ai-observatory", prog_name="observatory")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:  # noqa: ARG001 - read by main(), which shows errors
    """The AI Observatory: AI uptake in the EU, every number explained, replayed and cited."""
    context.obj = Settings()
    try:
        spoken(context.obj.lang)
    except ValueError as error:
        raise console.Failed(f"OBSERVATORY_LANG: {error}", console.WRONG_USAGE) from error


for command in (
    running.up,
    running.refresh,
    running.import_,
    running.serve,
    catalogue.indicators,
    catalogue.figures,
    ahead.outlook,
    explaining.explain,
    revising.diff,
    claiming.claims,
    claiming.cite,
    briefing.brief,
    exporting.export,
    kept.release,
    kept.capture,
    standing.status,
    verifying.verify,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code; errors are one line, with a traceback only to debug."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = cli.main(words, prog_name="observatory", standalone_mode=False)
        return code if isinstance(code, int) else console.ALL_WELL
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return console.WRONG_USAGE
    except click.UsageError as error:
        advice = f" (see `{error.ctx.command_path} --help`)" if error.ctx else ""
        return console.fail(f"{error.format_message()}{advice}", console.WRONG_USAGE)
    except (click.Abort, KeyboardInterrupt):
        return console.fail("stopped", console.STOPPED)
    except Exception as error:
        if "--debug" in words:
            raise
        return _failure(error)


def _failure(error: Exception) -> int:
    match error:
        case console.Failed():
            return console.fail(str(error), error.code)
        case Unusable():
            return console.fail(str(error), console.NOTHING_PUBLISHED)
        case ValidationError():
            faults = [
                f"OBSERVATORY_{fault['loc'][0]}".upper() + f": {fault['msg']}" for fault in error.errors()
            ]
            return console.fail("; ".join(faults), console.WRONG_USAGE)
        case OSError(filename=str() as name, strerror=str() as reason):
            return console.fail(f"{name}: {reason}", console.NOTHING_PUBLISHED)
    text = " ".join(str(error).split())
    line = f"{type(error).__name__}: {text} (--debug shows where)"
    return console.fail(line, console.NOTHING_PUBLISHED)
