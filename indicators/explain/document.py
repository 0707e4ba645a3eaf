"""An explanation as plain data for machines and for templates: the same content as on a page, with names of codes.

Laying it out belongs to those who show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from indicators.explain.algebra import algebra
from indicators.explain.model import Cell, Counted, Explanation, Node, cells_of, counts_of
from indicators.explain.words import cell_names, in_words, role
from indicators.formula import Count, Slice
from indicators.labels import label
from indicators.phrase import flags_text
from indicators.words import translate
from sources.model import Capture
from warehouse.model import Check

Document = dict[str, Any]


def document(explained: Explanation, lang: str) -> Document:
    """The explanation as JSON takes it: figure, formula, tree, cells, cases, captures, checks and the command."""
    figure, tree = explained.figure, explained.tree
    return {
        "release": explained.release,
        "code_version": explained.code_version,
        "as_of": explained.on.isoformat() if explained.on else None,
        "figure": {
            **{name: _plain(value) for name, value in vars(figure).items()},
            "title": translate(explained.indicator.title, lang),
            "flags_in_words": flags_text(figure.flags, lang),
            "change_note": translate(figure.change_note, lang) if figure.change_note else "",
        },
        "formula": {
            "in_words": words_of(explained, lang),
            "algebra": algebra(explained.formula),
        },
        "recomputed": tree.value if tree else None,
        "agrees": explained.agrees,
        "tree": _node(tree, lang) if tree else None,
        "cells": [_cell(cell, explained, lang) for cell in cells_of(tree)] if tree else [],
        "counted": [_counted(one) for one in counts_of(tree)] if tree else [],
        "captures": [
            {
                **_capture(capture),
                "publisher": dataset.publisher,
                "kind": dataset.kind,
                "licence": dataset.licence,
            }
            for dataset, capture in explained.sources
        ],
        "checks": [vars(check) for check in explained.checks],
        "recompute": explained.recompute,
    }


def words_of(explained: Explanation, lang: str) -> str:
    """The formula in words for the figure's own period and member."""
    figure = explained.figure
    return in_words(explained.formula, explained.labels, lang, figure.period, figure.member)


def checks_by_name(checks: Iterable[Check]) -> list[tuple[str, str, int, tuple[Check, ...]]]:
    """Subject, name, how many passed, and those that failed: a table has each check once for each capture."""
    checks = list(checks)
    passed = Counter((one.subject, one.name) for one in checks if one.passed)
    keys = dict.fromkeys((one.subject, one.name) for one in checks)
    return [
        (*key, passed[key], tuple(one for one in checks if (one.subject, one.name) == key and not one.passed))
        for key in keys
    ]


def _node(node: Node, lang: str) -> Document:
    names = ("geo", "period", "member", "value", "low", "high", "unit", "flags", "status")
    return {
        "kind": type(node.formula).__name__,
        **({"algebra": algebra(node.formula)} if isinstance(node.formula, Slice | Count) else {}),
        **{name: getattr(node, name) for name in names},
        "operands": [
            {"role": role(node, place, lang), **_node(operand, lang)}
            for place, operand in enumerate(node.operands)
        ],
    }


def _cell(cell: Cell, explained: Explanation, lang: str) -> Document:
    names = (
        "geo",
        "period",
        "value",
        "low",
        "high",
        "flags",
        "confidentiality",
        "missing",
        "query",
        "page",
        "source",
    )
    dataset = cell.dataset
    return {
        "dataset": dataset.id,
        "title": dataset.title,
        "publisher": label("publisher", dataset.publisher, lang),
        "kind": label("kind", dataset.kind, lang),
        "licence": label("licence", dataset.licence, lang),
        "codes": dict(cell.codes),
        "names": cell_names(cell, explained.labels, lang),
        **{name: getattr(cell, name) for name in names},
        "flags_in_words": flags_text(cell.flags, lang),
        "confidentiality_in_words": label("confidentiality", cell.confidentiality, lang),
        "capture": _capture(cell.capture),
    }


def _counted(counted: Counted) -> Document:
    return {
        "dataset": counted.dataset.id,
        "page": counted.dataset.landing_page,
        "count": None if counted.silent else len(counted.cases),
        "silent": list(counted.silent),
        "cases": [vars(case) for case in counted.cases],
        "capture": _capture(counted.capture),
    }


def _capture(capture: Capture) -> Document:
    names = (
        "id", "dataset", "url", "retrieved_at", "known_from", "source_updated_at", "sha256", "scope", "origin",
    )  # fmt: skip
    return {name: _plain(getattr(capture, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
