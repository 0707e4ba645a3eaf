"""The names of codes that a release carries: ours where we have a short one, else the official ones held.

The words themselves do not belong here: ours are in indicators.labels and words, the official in code lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from indicators.labels import LABELS, label
from indicators.words import GROUPS, LANGUAGES, geo_name
from sources import codelists
from sources.codes import MEMBER_STATES
from warehouse.outline import outline
from warehouse.scratch import scratch
from warehouse.vintages import State

Label = tuple[str, str, str, str]
"""Dimension, code, language, label."""


def labels(states: Mapping[str, State], memory: str) -> list[Label]:
    """All our names, and the official ones of other codes that the states' tables hold; each code once."""
    held = _held(states, memory)
    return [*_ours(), *_places(held["geo"]), *_official(states, held, memory)]


def _ours() -> Iterator[Label]:
    for dimension, codes in LABELS.items():
        for code in codes:
            for lang in LANGUAGES:
                yield dimension, code, lang, label(dimension, code, lang)


def _held(states: Mapping[str, State], memory: str) -> dict[str, set[str]]:
    """The codes of each dimension in all tables that have it."""
    found: dict[str, set[str]] = defaultdict(set)
    for state in states.values():
        for layer in state.layers:
            for dimension, codes in outline(state.dataset, layer.table, memory).codes.items():
                found[dimension].update(codes)
    return found


def _places(held: Iterable[str]) -> Iterator[Label]:
    """Countries and groups, which words.py names."""
    for code in sorted({*GROUPS, *MEMBER_STATES, *held}):
        for lang in LANGUAGES:
            if _is_ours("geo", code, lang):
                yield "geo", code, lang, geo_name(code, lang)


def _official(states: Mapping[str, State], held: Mapping[str, set[str]], memory: str) -> Iterator[Label]:
    for dataset in codelists.DATASETS:
        dimension, lang = codelists.list_of(dataset)
        codes = held.get(dimension)
        if dataset.id not in states or not codes:
            continue
        with scratch(memory) as connection:
            listed = f"SELECT code, label FROM ({states[dataset.id].sql()}) WHERE label <> '' ORDER BY code"
            rows = connection.execute(listed).fetchall()
        for code, text in rows:
            if code in codes and not _is_ours(dimension, code, lang):
                yield dimension, code, lang, text


def _is_ours(dimension: str, code: str, lang: str) -> bool:
    if dimension == "geo":
        return geo_name(code, lang) != code
    return code in LABELS.get(dimension, {})
