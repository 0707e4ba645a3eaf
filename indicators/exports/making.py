"""Makes an export of a release in one form: a folder that appears whole or not at all.

How tables are written and described stands in the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import duckdb

from indicators.exports.describing import describe
from indicators.exports.sdmx import as_sdmx
from indicators.exports.sdmx import table as sdmx_table
from indicators.exports.tables import MAIN, Table, as_csv, as_parquet, prepare, tables
from indicators.exports.workbook import as_workbook
from sources.formats.sql import literal
from warehouse.read import DATABASE, OpenRelease

Step = Callable[[str], None]
Files = dict[str, Table | None]
STEM = "ai-observatory"


class Gone(Exception):
    """The release, or a table that it reads, is not there any more."""


def export(release: OpenRelease, form: str, folder: Path, step: Step = lambda _: None) -> Path:
    """Write a release into a folder of its own in ``folder``; gives it. One that is there gives way to the new.

    ``step`` is told of each file. Raises Gone, TooLong and OSError; then nothing is left behind.
    """
    target = folder / name_of(release.id, form)
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{target.name}.{uuid4().hex[:8]}.part"
    aside.mkdir()
    try:
        files = FORMS[form](release, aside, step)
        describe(release, aside, files)
        _take_its_place(aside, target)
    except duckdb.IOException as error:
        raise Gone(
            f"the files of release {release.id} cannot be read: run `observatory refresh` ({error})"
        ) from error
    finally:
        rmtree(aside, ignore_errors=True)
    return target


def zipped(release: OpenRelease, form: str) -> bytes:
    """The same as one ZIP in memory."""
    content = BytesIO()
    with TemporaryDirectory() as folder, ZipFile(content, "w", ZIP_DEFLATED) as packed:
        made = export(release, form, Path(folder))
        for path in sorted(made.iterdir()):
            packed.write(path, f"{made.name}/{path.name}")
    return content.getvalue()


def name_of(release: str, form: str) -> str:
    """What the folder of an export is called."""
    return f"{STEM}-{release}-{form}"


def _take_its_place(aside: Path, target: Path) -> None:
    old = aside.with_suffix(".old")
    if target.exists():
        target.rename(old)
    aside.rename(target)
    rmtree(old, ignore_errors=True)


def _duckdb(release: OpenRelease, folder: Path, step: Step) -> Files:
    """One database in which the source tables are tables, so that it needs nothing else."""
    name = f"{STEM}.duckdb"
    step(name)
    home = release.folder.parents[1]
    with duckdb.connect(str(folder / name)) as copy:
        prepare(copy)
        copy.execute("SET file_search_path = ?", [str(home.resolve())])
        copy.execute(f"ATTACH {literal(str(release.folder / DATABASE))} AS sealed (READ_ONLY)")
        for table in tables(release):
            step(table.slug)
            if table.schema != MAIN:
                copy.execute(f'CREATE SCHEMA IF NOT EXISTS "{table.schema}"')
            rows = f"sealed.{table.sql}" if table.held else table.sql
            copy.execute(f'CREATE TABLE "{table.schema}"."{table.name}" AS SELECT * FROM {rows}')
        copy.execute("DETACH sealed")
    return {name: None}


def _each(
    ending: str, write: Callable[[OpenRelease, Table, Path], None]
) -> Callable[[OpenRelease, Path, Step], Files]:
    """A form that has one file a table."""

    def written(release: OpenRelease, folder: Path, step: Step) -> Files:
        files: Files = {}
        for table in tables(release):
            name = f"{table.slug}.{ending}"
            step(name)
            write(release, table, folder / name)
            files[name] = table
        return files

    return written


def _sdmx(release: OpenRelease, folder: Path, step: Step) -> Files:
    name = "figures.sdmx.csv"
    step(name)
    as_sdmx(release, folder / name)
    return {name: sdmx_table()}


def _xlsx(release: OpenRelease, folder: Path, step: Step) -> Files:
    name = f"{STEM}.xlsx"
    step(name)
    as_workbook(release, folder / name)
    return {name: None}


FORMS: dict[str, Callable[[OpenRelease, Path, Step], Files]] = {
    "duckdb": _duckdb,
    "parquet": _each("parquet", as_parquet),
    "csv": _each("csv", as_csv),
    "sdmx-csv": _sdmx,
    "xlsx": _xlsx,
}
"""Each form with what writes its files."""
