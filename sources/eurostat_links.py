"""Addresses at Eurostat that a reader may follow from a number: the query of one cell, and a table's page.

Asking these addresses does not belong here: the product only shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from sources.model import Dataset

PUBLIC = "https://ec.europa.eu/eurostat/api/dissemination"


def cell_query(dataset: Dataset, codes: Mapping[str, str], geo: str, period: str, base: str = PUBLIC) -> str:
    """The address at which Eurostat states exactly one cell, as JSON-stat; it states it as of today.

    Filters go by name, so the address holds whatever order the table's dimensions come in. Raises
    ValueError for a dataset of another source, or where a dimension has no code: that is no one cell.
    """
    if dataset.source != "eurostat":
        raise ValueError(f"{dataset.id} is no table of Eurostat")
    missing = [name for name in dataset.dimensions if name not in codes]
    if missing:
        raise ValueError(f"{dataset.id}: no code for {', '.join(missing)}")
    place = {} if dataset.place else {"geo": geo}
    filters = {**{name: codes[name] for name in dataset.dimensions}, **place, "time": period}
    path = f"{base.rstrip('/')}/statistics/1.0/data/{quote(dataset.code.upper(), safe='')}"
    return f"{path}?{urlencode({'format': 'JSON', 'lang': 'EN', **filters})}"


def table_page(dataset: Dataset) -> str:
    """The table in Eurostat's data browser. No documented address shows it filtered to one cell."""
    return dataset.landing_page
