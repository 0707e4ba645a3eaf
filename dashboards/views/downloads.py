"""Downloads: the whole release in each format, made when somebody asks; and what else is to be had."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from dashboards import data
from dashboards.heading import opening
from dashboards.reader import Reader, reader
from dashboards.text import plain
from indicators.exports import name_of, zipped
from indicators.phrase import date_text
from indicators.words import N_
from warehouse.read import OpenRelease

TOLD = {
    "duckdb": N_("One database with all figures and source tables, to ask in SQL; it needs nothing else."),
    "parquet": N_("One file a table, with its types: for R, Python and other programs."),
    "csv": N_("One text file a table, described column by column."),
    "sdmx-csv": N_("The figures known now, as statistical offices exchange them (SDMX-CSV 2.0)."),
    "xlsx": N_("The figures known now, as a workbook, with the indicators and their sources."),
}
SPELT = {"duckdb": "DuckDB", "parquet": "Parquet"}
"""Names that are not capitals throughout."""
MOST_BYTES = 200_000_000
"""Where the tables behind a release are larger, its server hands out only the figures."""
SMALL = ("sdmx-csv", "xlsx")


def page(reader: Reader) -> None:
    """Draw the page."""
    opening(
        reader.say(N_("What can be downloaded?")),
        [
            reader.say(
                N_(
                    "The whole of release {release} in five formats, each with its licences, a description for "
                    "programs (Frictionless data package) and one for data catalogues (DCAT-AP)."
                ),
                release=reader.release.id,
            ),
            _day(reader),
        ],
    )
    large = _size(reader.release) > MOST_BYTES
    for form, told in TOLD.items():
        st.header(SPELT.get(form, form.upper()), anchor=False)
        st.markdown(plain(reader.say(told)))
        if large and form not in SMALL:
            st.markdown(
                plain(reader.say(N_("Too large to be made here; on the server this command makes it:")))
            )
            st.code(f"observatory export --format {form} -o DIR", language=None)
        else:
            _button(reader, form)
    st.header(reader.say(N_("Single charts and tables")), anchor=False)
    st.markdown(
        reader.say(
            N_(
                "Every chart offers its picture (PNG, SVG) and its figures (CSV, XLSX) below it, with title, source, "
                "vintage, flags and licence inside the file."
            )
        )
    )


def _day(reader: Reader) -> str:
    """That a release holds what was known on every day, to a reader who looks at one."""
    if not reader.day:
        return ""
    said = N_(
        "It holds what was known on every day, {day} among them, in the columns known_from and known_to."
    )
    return reader.say(said, day=date_text(reader.day, reader.lang))


def _size(release: OpenRelease) -> int:
    """How many bytes the tables behind a release take."""
    return sum(path.stat().st_size for path in release.tables.values() if path.exists())


def _button(reader: Reader, form: str) -> None:
    home, release = reader.release.folder.parents[1], reader.release.id
    st.download_button(
        reader.say(N_("Download as {form}"), form=f"{SPELT.get(form, form.upper())} (ZIP)"),
        partial(made, home, release, form),
        file_name=f"{name_of(release, form)}.zip",
        mime="application/zip",
        key=f"export-{form}",
        on_click="ignore",
    )


def made(home: Path, release: str, form: str) -> bytes:
    """The files of one form as a ZIP, for a release that may not be the current one any more."""
    return zipped(data.opened(home, release), form)


page(reader())
