"""The only module of the pages that opens a release; each function answers one of their questions with a table.

What a page says or draws of it does not belong here; what briefs ask too, reading.py asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb
import pandas as pd
import streamlit as st

from dashboards import reading, stock
from dashboards.forerunner import shown
from indicators.model import Target
from indicators.registry import indicators
from sources.curated.actors import KINDS
from sources.settings import settings
from warehouse.journal import Look, last
from warehouse.model import Release
from warehouse.pins import Pin, pinned
from warehouse.read import FORMAT, NoRelease, OpenRelease, current, format_of, open_release
from warehouse.release import last_release, manifest

STRUCTURE = "structure"
"""The check that records what changed in a table's codes and dimensions, after the day of the capture."""


CAPTURES = (
    "id view title publisher kind licence scope origin state why used known_from retrieved_at judged_at decided_by "
    "sha256 size url landing_page"
).split()


def current_id() -> str | None:
    """The release that the reader of this rerun sees: what the pointer names, as soon as its pages are made."""
    return shown(current(settings().home))


def release() -> OpenRelease:
    """The current release; raises NoRelease. The pointer is read anew on every call."""
    home, identifier = settings().home, current_id()
    if identifier is None:
        raise NoRelease(f"no release in {home}")
    return _opened(str(home), identifier)


def opened(home: Path, identifier: str) -> OpenRelease:
    """A release by its name, kept open for a while; raises NoRelease."""
    return _opened(str(home), identifier)


def release_ids() -> list[str]:
    """The names of all releases that can be read here, the newest first."""
    folders = sorted(settings().home.glob("releases/[0-9]*/"), reverse=True)
    return [folder.name for folder in folders if format_of(folder) == FORMAT]


@st.cache_resource(max_entries=3, show_spinner=False)
def _opened(home: str, identifier: str) -> OpenRelease:
    return open_release(Path(home), identifier)


@st.cache_resource(max_entries=200, show_spinner=False)
def _rows(home: str, identifier: str, sql: str, parameters: tuple[object, ...]) -> pd.DataFrame:
    """A published release never changes, so neither does the answer to a query of it."""
    mark = repr(("rows", home, identifier, sql, parameters))
    return stock.fetch(mark, lambda: reading.asked(_opened(home, identifier), sql, *parameters))


@lru_cache(maxsize=5)  # asked for everything that a page shows
def _states(home: str, identifier: str) -> dict[str, str]:
    """For each indicator of a release what tells its figures, with their past, from any others.

    Under the empty name stands what all rest on: the code, official names, descriptions of tables, our own tables.
    """
    opened = _opened(home, identifier)
    own = opened.query(
        "SELECT indicator, count(*) || '-' || bit_xor(hash(f)) AS state FROM figures AS f GROUP BY ALL"
    )
    shared = opened.query(
        "SELECT (SELECT code_version FROM release) || ' ' || coalesce((SELECT bit_xor(hash(l)) FROM labels AS l), 0) "
        "|| ' ' || coalesce((SELECT bit_xor(hash(view, title, publisher, kind, licence, landing_page)) FROM "
        "(SELECT DISTINCT view, title, publisher, kind, licence, landing_page FROM captures)), 0) "
        "|| ' ' || coalesce((SELECT bit_xor(hash(id)) FROM captures WHERE used AND view LIKE 'curated.%'), 0) AS state"
    )
    return {"": str(shared["state"].iloc[0]), **dict(zip(own["indicator"], own["state"], strict=True))}


class SourcesGone(Exception):
    """The files behind a release's source views cannot be read."""


def ask(opened: OpenRelease, sql: str, *parameters: object) -> pd.DataFrame:
    """The rows of a query of a release, kept for the next page that asks; raises SourcesGone."""
    try:
        found = _rows(str(opened.folder.parents[1]), opened.id, sql, parameters)
        return found.copy(deep=False)  # so that whoever changes its answer changes nobody else's
    except duckdb.IOException as error:
        raise SourcesGone(str(error)) from error


def state(opened: OpenRelease, names: Iterable[str]) -> str:
    """What tells what a release says of these indicators from what any other release says of them."""
    home = str(opened.folder.parents[1])
    held = _states(home, opened.id)
    return "|".join((home, held[""], *(held.get(name, "") for name in sorted(names))))


def figures(opened: OpenRelease, indicator: str, on: date | None = None) -> pd.DataFrame:
    """All figures of an indicator as known now or on a day, by breakdown, member, geo and period; captures as one text."""
    if on:
        return reading.figures(opened, indicator, on, ask)
    return _figures(indicator, state(opened, [indicator]), opened).copy(deep=False)


@st.cache_resource(max_entries=300, show_spinner=False)
def _figures(indicator: str, state: str, _opened: OpenRelease) -> pd.DataFrame:
    return stock.fetch(f"figures {indicator} {state}", lambda: reading.figures(_opened, indicator))


def released_on(opened: OpenRelease, on: date) -> Release | None:
    """The release that readers saw at the end of a day; None before the first."""
    home = opened.folder.parents[1]
    name = last_release(home, on)
    return manifest(home, name) if name else None


def code_version(opened: OpenRelease) -> str:
    """The version of the code that computed the release's figures."""
    return str(ask(opened, "SELECT code_version FROM release")["code_version"].iloc[0])


def sources(opened: OpenRelease, figures: pd.DataFrame) -> pd.DataFrame:
    """The captures that these figures rest on, by table, the latest known first."""
    return ask(
        opened,
        "SELECT view, title, publisher, kind, licence, landing_page, known_from, origin, scope FROM captures "
        "WHERE list_contains(string_split(?, ' '), id) ORDER BY view, known_from DESC NULLS LAST",
        _captures_of(figures),
    )


def stated_by(opened: OpenRelease, figures: pd.DataFrame) -> pd.DataFrame:
    """The published texts that state these figures, where we collected them by hand; else no row.

    A series of such figures bears the name of the indicator that shows it.
    """
    if figures.empty or not opened.has("curated.figures"):
        return pd.DataFrame(columns=["source", "link", "source_date"])
    return ask(
        opened,
        "SELECT DISTINCT source, link, source_date FROM curated.figures "
        "WHERE list_contains(string_split(?, ' '), capture) AND series = ? "
        "AND list_contains(string_split(?, ' '), period) ORDER BY source_date DESC, source",
        _captures_of(figures),
        str(figures["indicator"].iloc[0]),
        " ".join(sorted(set(figures["period"]))),
    )


def _captures_of(figures: pd.DataFrame) -> str:
    return " ".join(
        sorted({capture for row in figures["captures"].dropna().unique() for capture in row.split()})
    )


def targets(opened: OpenRelease) -> tuple[Target, ...]:
    """The register of targets, by status and year; empty where it is not loaded."""
    return _targets(str(opened.folder.parents[1]), opened.id)


@st.cache_resource(max_entries=5, show_spinner=False)
def _targets(home: str, identifier: str) -> tuple[Target, ...]:
    return reading.targets(_opened(home, identifier), ask)


def with_course(opened: OpenRelease) -> tuple[str, ...]:
    """The indicators that have a yearly course by country, in the order of the catalogue; none in an older release."""
    if not opened.has("main.outlooks"):
        return ()
    held = set(ask(opened, "SELECT DISTINCT indicator FROM outlooks")["indicator"])
    return tuple(name for name in indicators() if name in held)


def captures(opened: OpenRelease) -> pd.DataFrame:
    """All captures that the release knows, by table, the newest first, with the columns of ``CAPTURES``."""
    found = ask(opened, "SELECT * FROM captures ORDER BY view, retrieved_at DESC")
    return _with(found, judged_at=None, decided_by="")[CAPTURES]


def checks(opened: OpenRelease) -> pd.DataFrame:
    """All checks with their results, those that failed first; ``rows`` holds the offending rows, or nothing."""
    found = ask(opened, "SELECT * FROM checks ORDER BY passed, severity, subject, name")
    return _with(found, capture="", rows=None)


def freshness(opened: OpenRelease) -> pd.DataFrame:
    """How fresh each dataset was found that has a calendar, the most overdue first; empty in an older release."""
    if not opened.has("main.freshness"):
        return pd.DataFrame()
    return ask(
        opened,
        "SELECT coalesce(c.view, f.dataset) AS view, f.* FROM main.freshness AS f LEFT JOIN "
        "(SELECT DISTINCT dataset, view FROM captures) AS c USING (dataset) "
        "WHERE f.due IS NOT NULL ORDER BY f.due, view",
    )


def _with(found: pd.DataFrame, **columns: str | None) -> pd.DataFrame:
    """A table with columns that a release of an earlier version of the code does not have yet."""
    return found.assign(**{name: value for name, value in columns.items() if name not in found})


def pin(opened: OpenRelease) -> Pin | None:
    """That readers are held at a release, and why; None while they see the newest. Read anew on every call."""
    return pinned(opened.folder.parents[1])


def look(opened: OpenRelease) -> Look | None:
    """The last look for new data; None before the first. Read anew on every call."""
    return last(opened.folder.parents[1])


def structure_changes(opened: OpenRelease) -> pd.DataFrame:
    """The recorded changes of tables' codes and dimensions, the newest first: subject, day and change."""
    return ask(
        opened,
        "SELECT subject, split_part(detail, ': ', 1) AS day, substr(detail, instr(detail, ': ') + 2) AS change "
        "FROM checks WHERE name = ? AND NOT passed ORDER BY day DESC, subject",
        STRUCTURE,
    )


def names(opened: OpenRelease, dimension: str, lang: str) -> dict[str, str]:
    """The names of a dimension's codes in a language, by code, official ones where we have no short one."""
    return _names(str(opened.folder.parents[1]), opened.id, dimension, lang)


@st.cache_resource(max_entries=100, show_spinner=False)
def _names(home: str, identifier: str, dimension: str, lang: str) -> dict[str, str]:
    return reading.names(_opened(home, identifier), dimension, lang, ask)


def baseline_dates(opened: OpenRelease) -> pd.DataFrame:
    """The tables of which figures still come from the baseline, with the baseline's date."""
    return ask(
        opened,
        "SELECT DISTINCT view, known_from FROM captures WHERE used AND origin = 'baseline' AND id IN "
        "(SELECT unnest(captures) FROM figures WHERE origin = 'baseline' AND known_to IS NULL) ORDER BY view",
    )


def has_cases(opened: OpenRelease) -> bool:
    return opened.has("pstw.cases")


def actors(opened: OpenRelease) -> pd.DataFrame:
    """The register of actors and systems by kind and name, each with its case of the Tech Watch where that is loaded.

    Columns of the register, and ``case_geo``, ``case_status`` and ``case_website``, empty without a case.
    """
    if not opened.has("curated.actors"):
        return pd.DataFrame()
    none = "(SELECT '' AS case_id, '' AS geo, '' AS status, '' AS website)"
    return ask(
        opened,
        "SELECT a.*, c.geo AS case_geo, c.status AS case_status, c.website AS case_website FROM curated.actors AS a "
        f"LEFT JOIN {'pstw.cases' if has_cases(opened) else none} AS c ON c.case_id = a.pstw_id "
        "ORDER BY list_position(string_split(?, ' '), a.kind), lower(a.name)",
        " ".join(KINDS),
    )
