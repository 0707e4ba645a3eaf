"""The cases of the Public Sector Tech Watch as a reader searches them: words, filters, one page, one case, all found.

Counts of cases as figures belong to the indicators; how a case looks belongs to its page.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import pandas as pd

from dashboards.data import ask
from warehouse.read import OpenRelease

PAGE = 25
"""How many cases a page of the list shows."""
AI = "artificial_intelligence"
FIELDS = "case_id name organisation country geo level cofog status technology subdomain start_year website source description"
_TEXT = (
    "strip_accents(lower(concat_ws(' ', case_id, name, description, organisation, country, cofog_detail)))"
)
_MEETS = (
    "list_bool_and(list_transform(list_filter(string_split(strip_accents(lower(?)), ' '), lambda w: w <> ''), "
    f"lambda w: contains({_TEXT}, w))) IS DISTINCT FROM false "
    "AND ? IN ('', geo) AND ? IN ('', status) AND ? IN ('', cofog) AND ? IN ('', technology) "
    "AND ? IN ('', CAST(start_year AS VARCHAR), CASE WHEN start_year IS NULL THEN 'none' END)"
)


@dataclass(frozen=True)
class Search:
    """What is asked for; an empty text asks for all. ``year`` is that of the start, or ``none`` where none is stated.

    Every one of ``words`` must stand in a case, whatever its case or accents.
    """

    words: str = ""
    geo: str = ""
    status: str = ""
    cofog: str = ""
    technology: str = AI
    year: str = ""


def count(opened: OpenRelease, search: Search) -> int:
    """How many cases meet a search."""
    found = ask(opened, f"SELECT count(*) AS n FROM pstw.cases WHERE {_MEETS}", *astuple(search))
    return int(found["n"].iloc[0])


def page(opened: OpenRelease, search: Search, number: int) -> pd.DataFrame:
    """One page, from 0, of the cases that meet a search, by name."""
    return ask(
        opened,
        f"SELECT * FROM pstw.cases WHERE {_MEETS} ORDER BY lower(name), case_id LIMIT ? OFFSET ?",
        *astuple(search),
        PAGE,
        PAGE * number,
    )


def all_found(opened: OpenRelease, search: Search) -> pd.DataFrame:
    """All cases that meet a search, with the columns that a reader can use."""
    columns = ", ".join(FIELDS.split())
    sql = f"SELECT {columns} FROM pstw.cases WHERE {_MEETS} ORDER BY lower(name), case_id"
    return ask(opened, sql, *astuple(search))


def one(opened: OpenRelease, identifier: str) -> dict[str, object] | None:
    """A case by its identifier; None where the release holds none of that name."""
    found = ask(opened, "SELECT * FROM pstw.cases WHERE case_id = ?", identifier)
    return {str(name): value for name, value in found.iloc[0].items()} if len(found) else None


def held(opened: OpenRelease, column: str) -> list[str]:
    """The codes, or the years as texts, that cases have in a column of FIELDS, in their order; without empty ones."""
    if column not in FIELDS.split():
        raise ValueError(f"{column} is no column that cases are filtered by")
    sql = f"SELECT DISTINCT CAST({column} AS VARCHAR) AS code FROM pstw.cases ORDER BY 1"
    return [code for code in ask(opened, sql)["code"] if code]
