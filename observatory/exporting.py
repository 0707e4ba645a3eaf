"""The command that hands out a whole release as open data.

What is in the files does not belong here.
"""

from __future__ import annotations

from pathlib import Path

import click

from observatory.console import WRONG_USAGE, Failed, nearest, progress, say
from sources.settings import Settings


@click.command()
@click.option(
    "--format", "form", metavar="FORMAT", required=True, help="duckdb, parquet, csv, sdmx-csv or xlsx."
)
@click.option("--release", metavar="RELEASE", default=None, help="Of this release (default: the current).")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="DIR")
@click.pass_obj
def export(settings: Settings, form: str, release: str | None, output: Path) -> None:
    """A whole release as open data, described for machines, with its licences, in a folder of its own in DIR.

    `duckdb` is one file that needs nothing else; `parquet` and `csv` have a file for each table; `sdmx-csv` and
    `xlsx` hold the figures known now.
    """
    from indicators.exports import FORMS, Gone, export
    from indicators.exports.workbook import TooLong
    from warehouse.read import NoRelease, open_release

    if form not in FORMS:
        raise Failed(f"no format {form}: {nearest(form, list(FORMS))}", WRONG_USAGE)
    try:
        opened = open_release(settings.home, release)
        with progress("Writing", None) as step:
            folder = export(opened, form, output, step)
    except (NoRelease, Gone, TooLong) as error:
        raise Failed(str(error)) from None
    except OSError as error:
        raise Failed(f"{output} cannot be written: {error.strerror or error}") from None
    files = [file for file in folder.iterdir() if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    say(f"{folder}: {len(files)} files, {size:,.1f} MB, of release {opened.id}.")
