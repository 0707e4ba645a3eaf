"""The names of codes that a release carries: ours where we have a short one, else the official ones held.

The words themselves do not belong here: ours are in indicators.labels and words, the official in code lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from indicators.labels import LABELS, label
from indicators.words import GROUPS, LANGUAGES, geo_name
from sources import codelists
from sources.codes import MEMBER_STATES
from sources.formats.sql import literal, name
from warehouse.vintages import State

Label = tuple[str, str, str, str]
"""Dimension, code, language, label."""


def labels(states: Mapping[str, State]) -> list[Label]:
    """All our names, and the official ones of other codes that the states' tables hold; each code once."""
    with duckdb.connect() as connection:
        return [*_ours(), *_places(states, connection), *_official(states, connection)]


def _ours() -> Iterator[Label]:
    for dimension, codes in LABELS.items():
        for code in codes:
            for lang in LANGUAGES:
                yield dimension, code, lang, label(dimension, code, lang)


def _places(states: Mapping[str, State], connection: duckdb.DuckDBPyConnection) -> Iterator[Label]:
    """Countries and groups, which words.py names."""
    held = connection.execute(_codes("geo", states) or "SELECT NULL LIMIT 0").fetchall()
    for code in sorted({*GROUPS, *MEMBER_STATES, *(str(code) for (code,) in held)}):
        for lang in LANGUAGES:
            if _is_ours("geo", code, lang):
                yield "geo", code, lang, geo_name(code, lang)


def _official(states: Mapping[str, State], connection: duckdb.DuckDBPyConnection) -> Iterator[Label]:
    for dataset in codelists.DATASETS:
        dimension, lang = codelists.list_of(dataset)
        codes = _codes(dimension, states)
        if dataset.id not in states or not codes:
            continue
        listed = f"SELECT code, label FROM ({states[dataset.id].sql()}) SEMI JOIN ({codes}) USING (code)"
        for code, text in connection.execute(f"{listed} WHERE label <> '' ORDER BY code").fetchall():
            if not _is_ours(dimension, code, lang):
                yield dimension, code, lang, text


def _codes(dimension: str, states: Mapping[str, State]) -> str:
    """A query for the codes of a dimension in all tables that have it; empty where none has."""
    tables = [
        literal(str(layer.table))
        for state in states.values()
        for layer in state.layers
        if dimension in state.dataset.tidy_columns and not state.dataset.record_key
    ]
    column = name(dimension)
    return " UNION ".join(f"SELECT {column} AS code FROM read_parquet({table})" for table in tables)


def _is_ours(dimension: str, code: str, lang: str) -> bool:
    if dimension == "geo":
        return geo_name(code, lang) != code
    return code in LABELS.get(dimension, {})
